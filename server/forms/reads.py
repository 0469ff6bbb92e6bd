"""Which nodes an expression reads: phones work out again what reads what has changed, and nothing else.

For each node read, ``scope`` is the nearest repeat whose same instance both share, so that a change in one instance
does not ripple through the others.
"""

from collections.abc import Callable, Iterator, Sequence

from server.formlogic.definition import ROOT, Use
from server.formlogic.trees import Binary, Call, Expression, Filter, Negate, Number, Path, Step, String
from server.forms.paths import DOCUMENT, WALKS, FormPaths, Place
from server.forms.quoted_paths import question_path

__all__ = ["Shown", "unknown_names", "uses"]

Shown = Callable[[int], Sequence[Expression]]
"""Gives the expressions in the labels of the choices of a question, by its number."""

_CURRENT = Call("current", ())
_OF_THEIR_CONTEXT = frozenset({"string", "number", "string-length", "normalize-space"})  # without an argument
_OF_NODES = frozenset({"count", "position", "name", "local-name"})  # look at which nodes there are, not at their texts


def uses(paths: FormPaths, expression: Expression, context: int, shown: Shown) -> list[Use]:
    """Give every node that ``expression`` reads when evaluated at ``context``, each once, in order."""
    start = (context, paths.nearest_repeat(context))
    found = dict.fromkeys(_Reading(paths, start, shown).reads(expression, {start}))
    return [Use(number, scope) for number, scope in found]


def unknown_names(paths: FormPaths, expression: Expression, context: int) -> list[str]:
    """Give the names in paths that lead nowhere in the form."""
    start = (context, paths.nearest_repeat(context))
    reading = _Reading(paths, start, lambda number: ())
    list(reading.reads(expression, {start}))
    return reading.missing


class _Reading:
    """One walk through an expression that stands at ``current``."""

    def __init__(self, paths: FormPaths, current: Place, shown: Shown, asking: frozenset[int] = frozenset()) -> None:
        self._paths = paths
        self._current = current
        self._shown = shown
        self._asking = asking  # questions whose choices are being looked at
        self.missing: list[str] = []

    def reads(self, expression: Expression, here: set[Place], *, value: bool = True) -> Iterator[Place]:
        """Walk the expression; ``here`` is what the context node may be (empty: in a list, not in the form).

        With ``value``, texts count, and that of a group is those of all within it; else only which nodes there are.
        """
        match expression:
            case Path():
                yield from self._path_reads(expression, here, value=value)
            case Filter(source, predicates):
                at = set(self.reads(source, here, value=value))
                yield from sorted(at)
                for part in predicates:
                    yield from self.reads(part, at)
            case Call():
                yield from self._call_reads(expression, here, value=value)
            case Binary(operator, left, right):
                for part in (left, right):
                    yield from self.reads(part, here, value=value or operator != "|")
            case Negate(operand):
                yield from self.reads(operand, here)
            case Number() | String():
                return

    def _call_reads(self, call: Call, here: set[Place], *, value: bool) -> Iterator[Place]:
        if call == _CURRENT:
            yield from self._with_texts({self._current}, value=value)
        if call.name in _OF_THEIR_CONTEXT and not call.arguments:
            yield from self._with_texts(here, value=value)
        for number, argument in enumerate(call.arguments):
            nodes_alone = call.name in _OF_NODES or (call.name == "indexed-repeat" and number % 2 == 1)
            yield from self.reads(argument, here, value=not nodes_alone)
        if call.name == "jr:choice-name" and len(call.arguments) == 2:
            yield from self._label_reads(call.arguments[1], here)

    def _label_reads(self, question: Expression, here: set[Place]) -> Iterator[Place]:
        """Give what decides the label of a choice: which choices there are, and what their labels show."""
        path = question_path(question)
        if path is not None:
            number, _ = self._current
            question, here = self._paths.made_relative(path, number), {self._current}
        for place in sorted(set(self.reads(question, here, value=False))):
            yield place
            choices = self._paths.nodes[place[0]].choices
            if choices is None or place[0] in self._asking:
                continue
            inside = _Reading(self._paths, place, self._shown, self._asking | {place[0]})
            for part in (choices.nodes, *self._shown(place[0])):
                yield from inside.reads(part, {place})

    def _path_reads(self, path: Path, here: set[Place], *, value: bool) -> Iterator[Place]:
        at = self._start(path, here)
        if not isinstance(path.start, str) and path.start != _CURRENT:
            yield from sorted(at)
        for step in path.steps:
            before, at = at, self._step(at, step)
            if before and not at and not self._is_elsewhere(step):
                self.missing.append(step.test)
            for predicate in step.predicates:
                yield from self.reads(predicate, at)
        yield from self._with_texts(at, value=value)

    def _is_elsewhere(self, step: Step) -> bool:
        """Tell whether a step that leads nowhere here names something, so that it is no slip of the pen."""
        if step.test in ("*", "node()"):
            return True
        return step.axis in ("following", "preceding") and any(step.test == one.name for one in self._paths.nodes)

    def _start(self, path: Path, here: set[Place]) -> set[Place]:
        if path.start == "/":
            return {(DOCUMENT, ROOT)}
        if path.start == ".":
            return here
        return {self._current} if path.start == _CURRENT else set(self.reads(path.start, here, value=False))

    def _with_texts(self, at: set[Place], *, value: bool) -> list[Place]:
        """Give the nodes themselves and, where their texts count, the elements within them."""
        within = {below for one in at for below in self._paths.descendants(one)} if value else set()
        elements = {one for one in within if not self._paths.nodes[one[0]].name.startswith("@")}
        return sorted((at | elements) - {(DOCUMENT, ROOT)})

    def _step(self, at: set[Place], step: Step) -> set[Place]:
        if step.axis == "child" and step.test not in ("*", "node()", "text()"):
            below = ((self._paths.child(number, step.test), scope) for number, scope in at)
            return {(child, scope) for child, scope in below if child is not None}
        walk = WALKS["self" if step.test == "text()" else step.axis]  # a text is read where its leaf is
        reached = {place for one in at for place in walk(self._paths, one)}
        return {one for one in reached if self._fits(one[0], step)}

    def _fits(self, number: int, step: Step) -> bool:
        if step.test in ("node()", "text()"):
            return True
        if number == DOCUMENT:
            return False
        name = self._paths.nodes[number].name
        if step.axis == "attribute":
            return name.startswith("@") and step.test in ("*", name[1:])
        return not name.startswith("@") and step.test in ("*", name)
