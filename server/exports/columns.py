"""Which columns the answers of a form have, over all its versions. Pure.

One table for the form, and one for each repeat, whose rows name the row that they stand in. Columns stand in the order
of the newest version; one that only an older version has stands behind what it stood behind there.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from server.formlogic.definition import ROOT, Definition, Item, Node
from server.formlogic.trees import Call, String, inner

__all__ = ["EQUALITY", "Column", "Multiple", "Place", "Shape", "Steps", "Table", "items_of", "tables"]

EQUALITY: Final = "equality"
"""The group whose answers are kept apart from the others, under their own permission: it is in no table."""
NOT_EXPORTED: Final = frozenset({"meta", EQUALITY})
PRELOADS: Final = frozenset({None, "start", "end", "today"})
"""What a form may have filled in without being asked; any other names the phone or its owner."""
CHOICE_COLUMNS: Final = 60
"""A question with more choices to tick than this has no column for each of them."""

Shape = Literal["text", "number", "date", "moment", "choice", "choices", "chosen", "latitude", "longitude", "accuracy"]
Multiple = Literal["both", "one", "each"]
"""How a question with several answers is told: in one column, in one for each choice, or both."""
Steps = tuple[str, ...]
"""Names from the row's own place in the answers down to one question, or to a repeat."""
Place = tuple[Steps, ...]
"""Where a table's rows stand: through which repeat, then through which repeat within that; the form itself: ()."""
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Column:
    """One column; ``value`` is the choice that a column of shape ``chosen`` is about."""

    steps: Steps
    shape: Shape
    value: str = ""


@dataclass(frozen=True)
class Table:
    """Columns of the rows at one place, and the repeats within these rows."""

    place: Place
    columns: tuple[Column, ...]
    inner: tuple["Table", ...]

    def all(self) -> Iterator["Table"]:
        """Give this table and those within it, in the order of the form."""
        yield self
        for table in self.inner:
            yield from table.all()


def tables(versions: Sequence[Definition], *, multiple: Multiple = "both") -> Table:
    """Give the table of a form, from its versions, the newest first."""
    found = [_told(_walk(version, ROOT, (), ()), multiple) for version in versions]
    places = _merged([list(dict.fromkeys(place for place, _ in walked)) for walked in found])
    columns = {
        place: _merged([[column for where, column in walked if where == place and column] for walked in found])
        for place in [(), *places]
    }
    return _table((), columns)


def items_of(node: Node, definition: Definition) -> dict[str, Item]:
    """Give the choices that stand in the form itself, by value; a list from a file gives none."""
    if node.choices is None:
        return {}
    calls = (one for one in inner(node.choices.nodes) if isinstance(one, Call) and one.name == "instance")
    names = [call.arguments[0].text for call in calls if isinstance(call.arguments[0], String)]
    items = (item for name in names for item in definition.lists.get(name, ()))
    return {item[node.choices.value]: item for item in items if node.choices.value in item}


def _told(walked: Iterator[tuple[Place, Column | None]], multiple: Multiple) -> list[tuple[Place, Column | None]]:
    """Leave out what tells of a question with several answers in a way that is not wanted."""
    found = list(walked)
    split = {(place, column.steps) for place, column in found if column and column.shape == "chosen"}
    unwanted = {"both": None, "one": "chosen", "each": "choices"}[multiple]
    return [
        (place, column)
        for place, column in found
        if column is None or column.shape != unwanted or (place, column.steps) not in split
    ]


def _table(place: Place, columns: Mapping[Place, tuple[Column, ...]]) -> Table:
    within = tuple(_table(one, columns) for one in columns if one and one[:-1] == place)
    return Table(place, columns[place], within)


def _walk(definition: Definition, number: int, place: Place, steps: Steps) -> Iterator[tuple[Place, Column | None]]:
    """Give each place where rows may stand, and each column with its place, in document order."""
    for node in (definition.nodes[child] for child in definition.children[number]):
        here = (*steps, node.name)
        if node.name.startswith("@") or (number == ROOT and node.name in NOT_EXPORTED) or node.name == "meta":
            continue
        if node.kind == "repeat":
            yield (*place, here), None
            yield from _walk(definition, node.number, (*place, here), ())
        elif node.kind == "group":
            yield from _walk(definition, node.number, place, here)
        else:
            yield from ((place, column) for column in _columns(definition, node, here))


def _columns(definition: Definition, node: Node, steps: Steps) -> list[Column]:
    if node.control == "note" or node.preload not in PRELOADS:
        return []
    if node.choices is not None and node.control in {"select", "rank"}:
        values = items_of(node, definition) if node.control == "select" else {}
        each = [Column(steps, "chosen", value) for value in values] if len(values) <= CHOICE_COLUMNS else []
        return [Column(steps, "choices"), *each]
    if node.choices is not None:
        return [Column(steps, "choice")]
    match node.type:
        case "geopoint":
            return [Column(steps, "latitude"), Column(steps, "longitude"), Column(steps, "accuracy")]
        case "int" | "integer" | "decimal":
            return [Column(steps, "number")]
        case "date":
            return [Column(steps, "date")]
        case "dateTime":
            return [Column(steps, "moment")]
    return [Column(steps, "text")]


def _merged(orders: Sequence[Sequence[T]]) -> tuple[T, ...]:
    """Make one order of several; the first says most."""
    found: list[T] = []
    for order in orders:
        known, at = set(found), 0
        for one in order:
            if one in known:
                at = found.index(one) + 1
            else:
                found.insert(at, one)
                at += 1
    return tuple(found)
