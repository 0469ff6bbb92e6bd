"""One response, evaluated whole: the plain reference that the phone's incremental engine is held against.

Every change settles the whole response again: all calculations and all relevance, in the order of the form, until
nothing changes. Slow and easy to believe.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from server.formlogic.definition import ROOT, Definition, Node
from server.formlogic.expressions import Context, evaluate
from server.formlogic.functions import FUNCTIONS
from server.formlogic.instance import Element, document_of, list_document
from server.formlogic.surroundings import Surroundings
from server.formlogic.trees import Expression
from server.formlogic.values import Value, is_blank, to_boolean, to_string

__all__ = ["AnswerTree", "Response"]

AnswerTree = Mapping[str, "str | AnswerTree | list[AnswerTree]"]
"""Groups are objects, repeats lists of objects, attributes ``@name``, leaves texts; below the root element."""

MOST_PASSES = 1_000  # of settling; a form that needs more than one pass for each expression reads itself in a circle


class Response:
    """The instance of one form version with its answers.

    ``choice_name`` gives the label of a choice in the language shown, for ``jr:choice-name``. With ``keep_volatile``
    calculations of what only the phone could know (the time, chance, fresh ids) stand as they were given.
    """

    def __init__(self, definition: Definition, surroundings: Surroundings, *, keep_volatile: bool = False) -> None:
        self.definition = definition
        self.surroundings = surroundings
        self.keep_volatile = keep_volatile
        self.root = Element(definition.nodes[ROOT].name, definition=definition.nodes[ROOT])
        self.choice_name: Callable[[str, str], str] = lambda value, question: ""
        document_of(self.root)

    @classmethod
    def begin(cls, definition: Definition, surroundings: Surroundings) -> "Response":
        """Begin an empty response: initial values, first instances of repeats, fresh ids, then settle."""
        response = cls(definition, surroundings)
        response._fill(response.root)
        response.settle()
        for element in list(response.root.walk()):
            response._set_values(element, event="first-load")
            response._preload(element)
        response.settle()
        return response

    @classmethod
    def from_answers(
        cls, definition: Definition, answers: AnswerTree, surroundings: Surroundings, *, keep_volatile: bool = False
    ) -> "Response":
        """Take up a response from its answers; questions that are not in the form are passed over. Does not settle."""
        response = cls(definition, surroundings, keep_volatile=keep_volatile)
        response._take(response.root, answers)
        return response

    def answer(self, element: Element, text: str) -> None:
        """Give an answer and settle."""
        element.text = text
        self.settle()

    def add(self, repeat: Node, parent: Element) -> Element:
        """Add an instance of ``repeat`` behind the others within ``parent``, and settle."""
        added = Element(repeat.name, definition=repeat)
        self._insert(parent, added)
        self._fill(added)
        for element in list(added.walk()):
            self._set_values(element, event="new-repeat")
        self.settle()
        return added

    def remove(self, instance: Element) -> None:
        """Take an instance of a repeat away, and settle."""
        if instance.parent is not None:
            instance.parent.children.remove(instance)
        self.settle()

    def settle(self) -> None:
        """Recompute every calculation and relevance until nothing changes; raise ``RuntimeError`` for a circle."""
        passes = min(len(self.definition.order) + 2, MOST_PASSES)
        for _ in range(passes):
            if not self._pass():
                return
        raise RuntimeError(f"Form {self.definition.form_id} does not settle in {passes} passes")

    def instances(self, number: int) -> list[Element]:
        """All elements of one node of the form, in document order."""
        node = self.definition.nodes[number]
        if node.parent is None:
            return [self.root]
        parents = self.instances(node.parent)
        return [child for parent in parents for child in parent.children if child.definition is node]

    def context(self, element: Element) -> Context:
        """Where the expressions of ``element`` are evaluated."""
        return Context(
            node=element,
            surroundings=self.surroundings,
            lists=self._lists,
            functions=FUNCTIONS,
            choice_name=self.choice_name,
        )

    def answers(self) -> AnswerTree:
        """What is finalised: relevant answers only; blank answers, empty groups and empty repeats are left out."""
        return _finalised(self.root)

    @cached_property
    def _lists(self) -> Mapping[str, Element]:
        return {name: list_document(items) for name, items in self.definition.lists.items()}

    def _pass(self) -> bool:
        changed = False
        for number, aspect in self.definition.order:
            node = self.definition.nodes[number]
            if aspect == "calculate" and node.volatile and self.keep_volatile:
                continue
            expression = node.calculate if aspect == "calculate" else node.relevant
            for element in self.instances(number) if expression else ():
                changed |= self._apply(element, aspect, expression)
        return changed

    def _apply(self, element: Element, aspect: str, expression: Expression | None) -> bool:
        if expression is None or (aspect == "calculate" and self._stands(element)):
            return False
        value = evaluate(expression, self.context(element))
        if aspect == "calculate":
            before, element.text = element.text, _stored(value)
            return before != element.text
        relevant = to_boolean(value)
        shown, element.own_relevant = element.own_relevant, relevant
        return shown != relevant

    def _stands(self, element: Element) -> bool:
        """Tell whether a volatile calculation stands: it is worked out again only when what it reads has changed."""
        node = element.definition
        if node is None or not node.volatile:
            return False
        read = [one for use in node.uses.get("calculate", ()) if use.node >= 0 for one in self.instances(use.node)]
        seen = tuple(f"{one.path} {one.relevant} {one.text}" for one in read if one is not element)
        before, element.seen = element.seen, seen
        return before == seen

    def _fill(self, element: Element) -> None:
        for node in self._nodes_within(element):
            for _ in range(node.initial if node.kind == "repeat" else 1):
                self._fill(element.append(Element(node.name, definition=node, text=node.value)))

    def _take(self, element: Element, answers: AnswerTree) -> None:
        for node in self._nodes_within(element):
            given = answers.get(node.name)
            for tree in _instances_given(node, given):
                child = element.append(Element(node.name, definition=node))
                if isinstance(tree, str):
                    child.text = tree
                else:
                    self._take(child, tree)

    def _nodes_within(self, element: Element) -> Iterator[Node]:
        number = element.definition.number if element.definition else ROOT
        return (self.definition.nodes[child] for child in self.definition.children[number])

    def _insert(self, parent: Element, added: Element) -> None:
        order = added.definition.number if added.definition else 0
        place = sum(1 for child in parent.children if child.definition and child.definition.number <= order)
        added.parent = parent
        parent.children.insert(place, added)

    def _set_values(self, element: Element, *, event: str) -> None:
        for action in element.definition.set_values if element.definition else ():
            if action.event == event:
                element.text = to_string(evaluate(action.value, self.context(element)))

    def _preload(self, element: Element) -> None:
        if element.definition and element.definition.preload == "uid":
            element.text = f"uuid:{self.surroundings.new_uuid()}"


def _stored(value: Value) -> str:
    """A calculated value as an answer: what is no number is no answer (JavaRosa stores nothing for NaN)."""
    text = to_string(value)
    return "" if text == "NaN" and isinstance(value, float) else text


def _instances_given(node: Node, given: object) -> list["str | AnswerTree"]:
    if node.kind == "repeat":
        return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    if node.kind == "group":
        return [given if isinstance(given, dict) else {}]
    return [given if isinstance(given, str) else ""]


def _finalised(element: Element) -> dict[str, "str | AnswerTree | list[AnswerTree]"]:
    answers: dict[str, str | AnswerTree | list[AnswerTree]] = {}
    for child in element.children:
        if child.definition is None or not child.own_relevant:
            continue
        if child.definition.kind == "leaf":
            if not is_blank(child.text):
                answers[child.name] = child.text
            continue
        inner = _finalised(child)
        if child.definition.kind == "repeat":
            instances = answers.setdefault(child.name, [])
            if isinstance(instances, list):
                instances.append(inner)
        elif inner:
            answers[child.name] = inner
    return answers
