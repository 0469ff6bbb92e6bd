"""What the paths of an expression mean in a form: made relative within a repeat, and which nodes they read.

Two rules need the whole form, so they are applied once, here, and the engines do plain XPath:

* An absolute path to a node inside the repeat that the expression stands in means the same instance of that repeat
  (ODK XForms, "XPath paths"); it is rewritten to a relative path.
* For each node read, ``scope`` is the nearest repeat whose same instance both share, so that a change in one instance
  does not ripple through the others.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from server.formlogic.definition import ROOT, Node, Use
from server.formlogic.trees import Binary, Call, Expression, Filter, Negate, Number, Path, Step, String

__all__ = ["ANYTHING", "FormPaths"]

ANYTHING = -1  # as the node of a use: a path that can't be followed here may read any node
_DOCUMENT = -2  # the node above the root element
_PARENT = Step("parent", "node()")
_CURRENT = Call("current", ())
_OF_THEIR_CONTEXT = frozenset({"string", "number", "string-length", "normalize-space"})  # without an argument
_OF_NODES = frozenset({"count", "position", "name", "local-name"})  # look at which nodes there are, not at their texts

Place = tuple[int, int]  # a node, and the nearest repeat whose same instance it shares with where an expression stands


class FormPaths:
    """The tree of a form's nodes, as paths walk it."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._children: list[list[int]] = [[] for _ in nodes]
        self._named = {(_DOCUMENT, nodes[ROOT].name): ROOT}  # parent and name → child
        for node in nodes:
            if node.parent is not None:
                self._children[node.parent].append(node.number)
                self._named.setdefault((node.parent, node.name), node.number)

    def find(self, path: str) -> int | None:
        """Give the number of the node with an absolute path such as ``/data/main/name``."""
        parts = path.strip().lstrip("/").split("/")
        if parts[0] != self._nodes[ROOT].name:
            return None
        number: int | None = ROOT
        for part in parts[1:]:
            number = None if number is None else self._child(number, part)
        return number

    def above(self, number: int) -> Iterator[int]:
        """The node and its ancestors, innermost first."""
        at: int | None = number
        while at is not None:
            yield at
            at = self._nodes[at].parent

    def made_relative(self, expression: Expression, context: int, *, inside: bool = False) -> Expression:
        """Rewrite absolute paths into the repeat that ``context`` stands in; ``inside`` a predicate use current()."""

        def again(inner: Expression) -> Expression:
            return self.made_relative(inner, context, inside=inside)

        match expression:
            case Number() | String():
                return expression
            case Negate(operand):
                return Negate(again(operand))
            case Binary(operator, left, right):
                return Binary(operator, again(left), again(right))
            case Call("indexed-repeat", (node, *pairs)):
                # The node and its repeats are meant in all instances; only the positions may look around here.
                across = (again(one) if place % 2 else one for place, one in enumerate(pairs))
                return Call("indexed-repeat", (node, *across))
            case Call(name, arguments):
                return Call(name, tuple(map(again, arguments)))
            case Filter(source, predicates):
                return Filter(again(source), self._predicates(predicates, context))
            case Path():
                return self._relative_path(expression, context, inside=inside)

    def _relative_path(self, path: Path, context: int, *, inside: bool) -> Path:
        steps = tuple(replace(step, predicates=self._predicates(step.predicates, context)) for step in path.steps)
        if not isinstance(path.start, str):
            return Path(self.made_relative(path.start, context, inside=inside), steps)
        if path.start == ".":
            return Path(".", steps)
        passed, repeat = self._shared_repeat(steps, context)
        if repeat is None:
            return Path("/", steps)
        climbs = (_PARENT,) * list(self.above(context)).index(repeat)
        start: Literal["."] | Call = Call("current", ()) if inside else "."
        return Path(start, climbs + steps[passed:])

    def _predicates(self, predicates: tuple[Expression, ...], context: int) -> tuple[Expression, ...]:
        return tuple(self.made_relative(predicate, context, inside=True) for predicate in predicates)

    def _shared_repeat(self, steps: Sequence[Step], context: int) -> tuple[int, int | None]:
        """Find the innermost repeat around ``context`` that the path goes into; and how many steps lead to it."""
        around = set(self.above(context))
        best: tuple[int, int | None] = (0, None)
        at: int | None = _DOCUMENT
        for place, step in enumerate(steps[:-1], start=1):
            if step.axis != "child" or step.predicates or at is None:
                break
            at = self._child(at, step.test)
            if at is not None and at in around and self._nodes[at].kind == "repeat":
                best = (place, at)
        return best

    def _child(self, number: int, name: str) -> int | None:
        return self._named.get((number, name))

    def uses(self, expression: Expression, context: int) -> list[Use]:
        """Give every node that ``expression`` reads when evaluated at ``context``, each once, in order."""
        start = {(context, self._nearest_repeat(context))}
        found = dict.fromkeys(self._reads(expression, start, start))
        return [Use(number, scope) for number, scope in found]

    def unknown(self, expression: Expression, context: int) -> list[str]:
        """Give the names in paths that lead nowhere in the form."""
        found: list[str] = []
        start = {(context, self._nearest_repeat(context))}
        list(self._reads(expression, start, start, missing=found))
        return found

    def _nearest_repeat(self, number: int) -> int:
        return next((one for one in self.above(number) if self._nodes[one].kind == "repeat"), ROOT)

    def _reads(
        self,
        expression: Expression,
        here: set[Place],
        current: set[Place],
        *,
        missing: list[str] | None = None,
        value: bool = True,
    ) -> Iterator[Place]:
        """Walk the expression; ``here`` is what the context node may be (empty: in a list, not in the form).

        With ``value``, texts count, and that of a group is those of all within it; else only which nodes there are.
        """
        match expression:
            case Path():
                yield from self._path_reads(expression, here, current, missing, value=value)
            case Filter(source, predicates):
                at = set(self._reads(source, here, current, missing=missing, value=value))
                yield from sorted(at)
                for part in predicates:
                    yield from self._reads(part, at, current, missing=missing)
            case Call():
                yield from self._call_reads(expression, here, current, missing, value=value)
            case Binary(operator, left, right):
                for part in (left, right):
                    yield from self._reads(part, here, current, missing=missing, value=value or operator != "|")
            case Negate(operand):
                yield from self._reads(operand, here, current, missing=missing)
            case Number() | String():
                return

    def _call_reads(
        self, call: Call, here: set[Place], current: set[Place], missing: list[str] | None, *, value: bool
    ) -> Iterator[Place]:
        if call == _CURRENT:
            yield from self._with_texts(current, value=value)
        if call.name in _OF_THEIR_CONTEXT and not call.arguments:
            yield from self._with_texts(here, value=value)
        for number, argument in enumerate(call.arguments):
            nodes_alone = call.name in _OF_NODES or (call.name == "indexed-repeat" and number % 2 == 1)
            yield from self._reads(argument, here, current, missing=missing, value=not nodes_alone)

    def _path_reads(
        self, path: Path, here: set[Place], current: set[Place], missing: list[str] | None, *, value: bool
    ) -> Iterator[Place]:
        at = self._start(path, here, current)
        if not isinstance(path.start, str) and path.start != _CURRENT:
            yield from sorted(at)
        for step in path.steps:
            before, at = at, self._step(at, step)
            if before and not at and missing is not None and step.test not in ("*", "node()"):
                missing.append(step.test)
            for predicate in step.predicates:
                yield from self._reads(predicate, at, current, missing=missing)
        yield from self._with_texts(at, value=value)

    def _start(self, path: Path, here: set[Place], current: set[Place]) -> set[Place]:
        if path.start == "/":
            return {(_DOCUMENT, ROOT)}
        if path.start == ".":
            return here
        return current if path.start == _CURRENT else set(self._reads(path.start, here, current, value=False))

    def _with_texts(self, at: set[Place], *, value: bool) -> list[Place]:
        """Give the nodes themselves and, where their texts count, the elements within them."""
        within = {below for one in at for below in self.descendants(one)} if value else set()
        elements = {one for one in within if not self._nodes[one[0]].name.startswith("@")}
        return sorted((at | elements) - {(_DOCUMENT, ROOT)})

    def _step(self, at: set[Place], step: Step) -> set[Place]:
        walk = _WALKS.get("self" if step.test == "text()" else step.axis)  # a text is read where its leaf is
        if at and (walk is None or (ANYTHING, ROOT) in at):
            return {(ANYTHING, ROOT)}
        if walk is None or (step.axis == "child" and step.test not in ("*", "node()", "text()")):
            below = ((self._child(number, step.test), scope) for number, scope in at)
            return {(child, scope) for child, scope in below if child is not None}
        reached = {place for one in at for place in walk(self, one)}
        return {one for one in reached if self._fits(one[0], step)}

    def _fits(self, number: int, step: Step) -> bool:
        if step.test in ("node()", "text()") or number == ANYTHING:
            return True
        if number == _DOCUMENT:
            return False
        name = self._nodes[number].name
        if step.axis == "attribute":
            return name.startswith("@") and step.test in ("*", name[1:])
        return not name.startswith("@") and step.test in ("*", name)

    def children(self, place: Place) -> Iterator[Place]:
        """Step down: the scope stays, a repeat entered from above is any of its instances."""
        number, scope = place
        below = [ROOT] if number == _DOCUMENT else self._children[number] if number >= 0 else []
        yield from ((child, scope) for child in below)

    def parent(self, place: Place) -> Iterator[Place]:
        """Step up: leaving the repeat that is the scope widens it to the next one out."""
        number, scope = place
        parent = self._nodes[number].parent if number >= 0 else None
        if parent is not None:
            yield parent, self._nearest_repeat(parent) if number == scope else scope
        elif number == ROOT:
            yield _DOCUMENT, ROOT

    def descendants(self, place: Place) -> Iterator[Place]:
        """All nodes below."""
        for child in self.children(place):
            yield child
            yield from self.descendants(child)

    def ancestors(self, place: Place) -> Iterator[Place]:
        """All nodes above."""
        for above in self.parent(place):
            yield above
            yield from self.ancestors(above)

    def siblings(self, place: Place) -> Iterator[Place]:
        """All nodes beside, other instances of the same repeat included."""
        for above in self.parent(place):
            yield from self.children(above)


_Walk = Callable[[FormPaths, Place], Iterator[Place]]
_WALKS: dict[str, _Walk] = {
    "self": lambda paths, place: iter([place]),
    "child": FormPaths.children,
    "attribute": FormPaths.children,
    "parent": FormPaths.parent,
    "descendant": FormPaths.descendants,
    "descendant-or-self": lambda paths, place: iter([place, *paths.descendants(place)]),
    "ancestor": FormPaths.ancestors,
    "ancestor-or-self": lambda paths, place: iter([place, *paths.ancestors(place)]),
    "following-sibling": FormPaths.siblings,
    "preceding-sibling": FormPaths.siblings,
}
