"""One response, evaluated whole: the plain reference that the phone's incremental engine is held against.

Every change settles the whole response again: all calculations and all relevance, in the order of the form, until
nothing changes. Slow and easy to believe.
"""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from server.formlogic.definition import ROOT, Aspect, Definition, Lists, Node, Use
from server.formlogic.expressions import ChoiceName, Context, evaluate, value_itself
from server.formlogic.functions import FUNCTIONS
from server.formlogic.growth import AnswerTree, finalised, grow_fresh, grow_given, place_for
from server.formlogic.instance import Element, ItemList, document_of, list_document
from server.formlogic.surroundings import Surroundings
from server.formlogic.trees import Call, Expression, inner
from server.formlogic.values import Value, is_blank, to_boolean, to_number, to_string
from server.formlogic.volatile import names_choices

__all__ = ["AnswerTree", "Response"]

MOST_INSTANCES = 1_000  # of a repeat whose number a form works out
_NO_FILES: frozenset[str] = frozenset()
MOST_PASSES = 1_000  # of settling; a form that needs more than one pass for each expression reads itself in a circle


class Response:
    """The instance of one form version with its answers.

    With ``keep_volatile``, what only the phone could know (the time, chance, fresh ids, the words of the language
    shown, a list that is not here) stands as it was given: calculations, and what was shown for it.
    """

    def __init__(
        self,
        definition: Definition,
        surroundings: Surroundings,
        *,
        lists: Lists = MappingProxyType({}),
        keep_volatile: bool = False,
    ) -> None:
        self.definition = definition
        self.surroundings = surroundings
        self.file_lists = lists
        self.keep_volatile = keep_volatile
        self.root = Element(definition.nodes[ROOT].name, definition=definition.nodes[ROOT])
        self._choice_name: ChoiceName = value_itself
        self._given: set[Element] = set()  # what has an answer in the answers that were taken up
        self._by_number: dict[int, list[Element]] = {}  # while nobody comes or goes
        document_of(self.root)

    @classmethod
    def begin(
        cls, definition: Definition, surroundings: Surroundings, *, lists: Lists = MappingProxyType({})
    ) -> "Response":
        """Begin an empty response: initial values, first instances of repeats, what is known beforehand; settle.

        Then come the values of the first load, which may read what was calculated.
        """
        response = cls(definition, surroundings, lists=lists)
        grow_fresh(response.root, definition)
        there = list(response.root.walk())  # instances that a count adds get the values of a new repeat instead
        for element in there:
            known = surroundings.tell(element.definition.preload if element.definition else None)
            element.text = element.text if known is None else known
        response.settle()
        for element in there:
            response._set_values(element, event="first-load")
        response.settle()
        return response

    @classmethod
    def from_answers(
        cls,
        definition: Definition,
        answers: AnswerTree,
        surroundings: Surroundings,
        *,
        lists: Lists = MappingProxyType({}),
        keep_volatile: bool = False,
    ) -> "Response":
        """Take up a response from its answers; questions that are not in the form are passed over. Does not settle."""
        response = cls(definition, surroundings, lists=lists, keep_volatile=keep_volatile)
        grow_given(response.root, definition, answers)
        response._given = {element for element in response.root.walk() if not is_blank(element.text)}
        return response

    def speak(self, choice_name: ChoiceName) -> None:
        """Take the labels of choices, for ``jr:choice-name``, from another language, and settle."""
        self._choice_name = choice_name
        for element in self.root.walk():
            if element.definition and element.definition.calculate and names_choices(element.definition.calculate):
                element.seen = None  # the language is one of the things that it reads
        self.settle()

    def answer(self, element: Element, text: str) -> None:
        """Give an answer and settle."""
        element.text = text
        self.settle()

    def add(self, repeat: Node, parent: Element) -> Element:
        """Add an instance of ``repeat`` behind the others within ``parent``, and settle."""
        added = self._grow(repeat, parent)
        self.settle()
        return added

    def remove(self, instance: Element) -> None:
        """Take an instance of a repeat away, and settle."""
        if instance.parent is not None:
            self._take_out(instance, instance.parent)
        self.settle()

    def finish(self) -> None:
        """Note when the response was finished, where the form asks for it, and settle."""
        for element in self.root.walk():
            if element.definition and element.definition.preload == "end":
                element.text = self.surroundings.now
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
        if not self._by_number:
            for element in self.root.walk():
                if element.definition is not None:
                    self._by_number.setdefault(element.definition.number, []).append(element)
        return self._by_number.get(number, [])

    def context(self, element: Element) -> Context:
        """Where the expressions of ``element`` are evaluated."""
        return Context(
            node=element,
            surroundings=self.surroundings,
            lists=self._lists,
            functions=FUNCTIONS,
            choice_name=self._choice_name,
        )

    def can_judge(self, expression: Expression | None) -> bool:
        """Tell whether the value of an expression of the form is the one that the phone had."""
        if expression is None or not self.keep_volatile:
            return True
        return id(expression) not in self.definition.known_to_phone_alone and not self.lacks_list(expression)

    def lacks_list(self, expression: Expression) -> bool:
        """Tell whether an expression of the form looks into a list from a file that was not given."""
        return not self.definition.files_read.get(id(expression), _NO_FILES) <= self.file_lists.keys()

    def answers(self) -> AnswerTree:
        """What is finalised: relevant answers only; blank answers, empty groups and empty repeats are left out."""
        return finalised(self.root)

    @cached_property
    def _lists(self) -> Mapping[str, Element]:
        found = {name: self.file_lists.get(name, ()) for name in self.definition.list_files}
        lists = {**found, **self.definition.lists}
        return {
            name: items.document if isinstance(items, ItemList) else list_document(items)
            for name, items in lists.items()
        }

    def _pass(self) -> bool:
        changed = False
        for number, aspect in self.definition.order:
            node = self.definition.nodes[number]
            expression = _expression(node, aspect)
            if not self.can_judge(expression):
                changed |= aspect == "relevant" and self._show_given(number)
            elif aspect == "count":
                changed |= self._keep_count(node)
            elif aspect == "calculate" and number in self.definition.running:
                changed |= self._run_through(number, expression)
            else:
                for element in self.instances(number):
                    changed |= self._apply(element, aspect, expression)
        return changed

    def _run_through(self, number: int, expression: Expression | None) -> bool:
        """Work a running total out from the first instance to the last; to each, those that come after are blank.

        So is its own, but for once(), which asks what stands.
        """
        keeps = expression is not None and any(
            isinstance(one, Call) and one.name == "once" for one in inner(expression)
        )
        elements = self.instances(number)
        before = [element.text for element in elements]
        for element in elements:
            element.text = ""
        for element, text in zip(elements, before, strict=True):
            stands = self._stands(element)
            element.text = text if stands or keeps else ""
            if expression is not None and not stands:
                element.text = _stored(evaluate(expression, self.context(element)))
        return before != [element.text for element in elements]

    def _show_given(self, number: int) -> bool:
        """Take for relevant what has an answer: what was hidden has none."""
        before = [element.own_relevant for element in self.instances(number)]
        for element in self.instances(number):
            element.own_relevant = any(one in self._given for one in element.walk())
        return before != [element.own_relevant for element in self.instances(number)]

    def _keep_count(self, repeat: Node) -> bool:
        """Give a repeat the number of instances that its form works out, under each parent."""
        changed = False
        for parent in self.instances(repeat.parent or ROOT):
            there = list(parent.named(repeat.name))
            wanted = self._count(repeat, parent)
            changed |= wanted != len(there)
            for surplus in there[wanted:]:
                self._take_out(surplus, parent)
            for _ in range(wanted - len(there)):
                self._grow(repeat, parent)
        return changed

    def _count(self, repeat: Node, parent: Element) -> int:
        """Work the number out from where the first instance stands, or would stand."""
        there = parent.named(repeat.name)
        first = there[0] if there else parent.insert(place_for(repeat, parent), Element(repeat.name, definition=repeat))
        number = to_number(evaluate(repeat.count, self.context(first))) if repeat.count else 0.0
        if not there:
            parent.remove(first)
        return int(min(number, MOST_INSTANCES)) if number > 0 else 0

    def _grow(self, repeat: Node, parent: Element) -> Element:
        added = Element(repeat.name, definition=repeat)
        parent.insert(place_for(repeat, parent), added)
        grow_fresh(added, self.definition)
        self._by_number.clear()
        for element in list(added.walk()):
            self._set_values(element, event="new-repeat")
        return added

    def _take_out(self, instance: Element, parent: Element) -> None:
        parent.remove(instance)
        self._by_number.clear()

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
        read = [one for use in node.uses.get("calculate", ()) for one in self._read_by(element, use)]
        seen = tuple(f"{one.path} {one.relevant} {one.text}" for one in read if one is not element)
        before, element.seen = element.seen, seen
        return before == seen

    def _read_by(self, element: Element, use: Use) -> list[Element]:
        """Give the elements of a node that ``element`` reads: those in the same instance of the repeat they share."""
        around = next((above for above in element.line() if _number(above) == use.scope), self.root)
        return [one for one in self.instances(use.node) if any(above is around for above in one.line())]

    def _set_values(self, element: Element, *, event: str) -> None:
        node = element.definition
        if node is None or node.calculate is not None:  # what is calculated is never set
            return
        for action in node.set_values:
            if action.event == event and action.value is not None:
                element.text = _stored(evaluate(action.value, self.context(element)))


def _number(element: Element) -> int | None:
    return element.definition.number if element.definition else None


def _expression(node: Node, aspect: Aspect) -> Expression | None:
    return {"calculate": node.calculate, "relevant": node.relevant, "count": node.count}[aspect]


def _stored(value: Value) -> str:
    """A calculated value as an answer: what is no number is no answer (JavaRosa stores nothing for NaN)."""
    text = to_string(value)
    return "" if text == "NaN" and isinstance(value, float) else text
