"""What the paths of an expression mean in a form: the tree of its nodes, walked, and paths made relative to a repeat.

An absolute path to a node inside the repeat that the expression stands in means the same instance of that repeat (ODK
XForms, "XPath paths"). That needs the whole form, so such a path is rewritten once, here, to a relative one, and the
engines do plain XPath.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from server.formlogic.definition import ROOT, Node
from server.formlogic.trees import Binary, Call, Expression, Filter, Negate, Number, Path, Step, String

__all__ = ["DOCUMENT", "WALKS", "FormPaths", "Place"]

DOCUMENT = -1  # the node above the root element
_PARENT = Step("parent", "node()")

Place = tuple[int, int]  # a node, and the nearest repeat whose same instance it shares with where an expression stands


class FormPaths:
    """The tree of a form's nodes, as paths walk it."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes  # the caller goes on filling them in
        self._children: list[list[int]] = [[] for _ in nodes]
        self._named = {(DOCUMENT, nodes[ROOT].name): ROOT}  # parent and name → child
        for node in nodes:
            if node.parent is not None:
                self._children[node.parent].append(node.number)
                self._named.setdefault((node.parent, node.name), node.number)

    def find(self, path: str) -> int | None:
        """Give the number of the node with an absolute path such as ``/data/main/name``."""
        parts = path.strip().lstrip("/").split("/")
        if parts[0] != self.nodes[ROOT].name:
            return None
        number: int | None = ROOT
        for part in parts[1:]:
            number = None if number is None else self.child(number, part)
        return number

    def above(self, number: int) -> Iterator[int]:
        """The node and its ancestors, innermost first."""
        at: int | None = number
        while at is not None:
            yield at
            at = self.nodes[at].parent

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
        at: int | None = DOCUMENT
        for place, step in enumerate(steps[:-1], start=1):
            if step.axis != "child" or step.predicates or at is None:
                break
            at = self.child(at, step.test)
            if at is not None and at in around and self.nodes[at].kind == "repeat":
                best = (place, at)
        return best

    def nearest_repeat(self, number: int) -> int:
        """Give the innermost repeat that a node stands in, or is; the root element where there is none."""
        return next((one for one in self.above(number) if self.nodes[one].kind == "repeat"), ROOT)

    def child(self, number: int, name: str) -> int | None:
        """Give the child of one name."""
        return self._named.get((number, name))

    def children(self, place: Place) -> Iterator[Place]:
        """Step down: the scope stays, a repeat entered from above is any of its instances."""
        number, scope = place
        below = [ROOT] if number == DOCUMENT else self._children[number] if number >= 0 else []
        yield from ((child, scope) for child in below)

    def parent(self, place: Place) -> Iterator[Place]:
        """Step up: leaving the repeat that is the scope widens it to the next one out."""
        number, scope = place
        parent = self.nodes[number].parent if number >= 0 else None
        if parent is not None:
            yield parent, self.nearest_repeat(parent) if number == scope else scope
        elif number == ROOT:
            yield DOCUMENT, ROOT

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

    def after(self, place: Place) -> Iterator[Place]:
        """All nodes that may come after, but for those within: in other instances of a repeat around, any of it."""
        number = place[0]
        last = max((below for below, _ in self.descendants(place)), default=number)
        yield from ((other, ROOT) for other in range(last + 1, len(self.nodes)) if number >= ROOT)
        yield from self._other_instances(number)

    def before(self, place: Place) -> Iterator[Place]:
        """All nodes that may come before, but for those around: in other instances of a repeat around, any of it."""
        number = place[0]
        around = set(self.above(number)) if number >= ROOT else set()
        yield from ((other, ROOT) for other in range(number) if other not in around)
        yield from self._other_instances(number)

    def _other_instances(self, number: int) -> Iterator[Place]:
        repeats = [one for one in self.above(number) if self.nodes[one].kind == "repeat"] if number >= ROOT else []
        for outermost in repeats[-1:]:
            yield outermost, ROOT
            yield from ((below, ROOT) for below, _ in self.descendants((outermost, ROOT)))

    def siblings(self, place: Place) -> Iterator[Place]:
        """All nodes beside, other instances of the same repeat included."""
        for above in self.parent(place):
            yield from self.children(above)


_Walk = Callable[[FormPaths, Place], Iterator[Place]]
WALKS: dict[str, _Walk] = {
    "self": lambda paths, place: iter([place]),
    "child": FormPaths.children,
    "attribute": FormPaths.children,
    "parent": FormPaths.parent,
    "descendant": FormPaths.descendants,
    "descendant-or-self": lambda paths, place: iter([place, *paths.descendants(place)]),
    "ancestor": FormPaths.ancestors,
    "ancestor-or-self": lambda paths, place: iter([place, *paths.ancestors(place)]),
    "following": FormPaths.after,
    "preceding": FormPaths.before,
    "following-sibling": FormPaths.siblings,
    "preceding-sibling": FormPaths.siblings,
}
