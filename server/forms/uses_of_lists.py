"""What a form asks of its lists: who chooses from them, and which columns are read where. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from server.formlogic.definition import Definition, Node
from server.formlogic.trees import Binary, Call, Expression, Filter, Negate, Path, Step, String, inner

__all__ = ["ListUse", "uses_of_lists"]

_ASPECTS = ("calculate", "relevant", "constraint", "required", "readonly", "count")
_CELLS = {"count": "repeat_count"}


@dataclass
class ListUse:
    """How a form uses one list: ``columns`` maps each column read to the path and the aspect of who reads it first.

    ``value`` is the column of what is stored, ``""`` where nobody chooses from the list; ``several`` at once.
    """

    path: str
    aspect: str
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    value: str = ""
    several: bool = False


def uses_of_lists(definition: Definition, lists: Collection[str]) -> dict[str, ListUse]:
    """Give the use of each of the ``lists`` that is used, by the list's id."""
    found: dict[str, ListUse] = {}
    for node in definition.nodes:
        path = definition.path(node.number)
        if node.choices:
            _chosen_from(node, path, lists, found)
        for aspect in _ASPECTS:
            expression: Expression | None = getattr(node, aspect)
            _read(expression, path, _CELLS.get(aspect, aspect), lists, found)
        for action in node.set_values:
            _read(action.value, path, "default", lists, found)
    return found


def _chosen_from(node: Node, path: str, lists: Collection[str], found: dict[str, ListUse]) -> None:
    source = node.choices
    for name in _named(source.nodes, lists) if source else ():
        use = found.setdefault(name, ListUse(path, "type"))
        use.value = source.value if source else ""
        use.several |= node.control in ("select", "rank")
        for column in (source.value, source.text) if source else ():
            use.columns.setdefault(column, (path, "type"))
    _read(source.nodes if source else None, path, "choice_filter", lists, found)


def _named(expression: Expression, lists: Collection[str]) -> list[str]:
    calls = (part for part in inner(expression) if isinstance(part, Call) and part.name == "instance")
    names = (call.arguments[0] for call in calls)
    return [name.text for name in names if isinstance(name, String) and name.text in lists]


def _read(
    expression: Expression | None, path: str, aspect: str, lists: Collection[str], found: dict[str, ListUse]
) -> None:
    """Note the lists that an expression reads, with their columns."""
    for name in _named(expression, lists) if expression is not None else ():
        found.setdefault(name, ListUse(path, aspect))
    for part in inner(expression) if expression is not None else ():
        match part:
            case Path(Call("instance", (String(name),)), steps) if name in found:
                for column in _columns(steps):
                    found[name].columns.setdefault(column, (path, aspect))


def _columns(steps: tuple[Step, ...]) -> Iterator[str]:
    """Name the columns in a path such as ``root/item[district = …]/title``."""
    for predicate in steps[1].predicates if len(steps) > 1 else ():
        for part in _of_the_item(predicate):
            match part:
                case Path(".", (Step("child", name), *_)) if "(" not in name and name != "*":
                    yield name
    if len(steps) > 2 and steps[2].axis == "child" and "(" not in steps[2].test and steps[2].test != "*":
        yield steps[2].test


def _of_the_item(expression: Expression) -> Iterator[Expression]:
    """Give the expressions that see the item itself: not those in predicates further in."""
    yield expression
    match expression:
        case Negate(one):
            yield from _of_the_item(one)
        case Binary(_, left, right):
            yield from (*_of_the_item(left), *_of_the_item(right))
        case Call(_, arguments):
            for argument in arguments:
                yield from _of_the_item(argument)
        case Filter(source, _):
            yield from _of_the_item(source)
