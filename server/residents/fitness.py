"""Which questions of a form keep it off posters: those that cannot be answered page by page without script. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from server.formlogic.definition import Definition, Node
from server.formlogic.trees import Call, String, inner

__all__ = ["Unfit", "UnfitReason", "unfit_questions"]

UnfitReason = Literal["repeat", "upload", "rank", "position", "list-from-file", "kind"]

CONTROLS: Final = frozenset({"input", "note", "select1", "select", "range", "trigger"})
TYPES: Final = frozenset({"string", "int", "decimal", "date", "time", "dateTime", "barcode"})
POSITIONS: Final = frozenset({"geopoint", "geotrace", "geoshape"})


@dataclass(frozen=True)
class Unfit:
    """A question that keeps a form off posters: its path in the form, its own name, and why."""

    path: str
    name: str
    reason: UnfitReason


def unfit_questions(definition: Definition) -> list[Unfit]:
    """Name what of a form a browser without script cannot answer, in the order of the form; [] for a fit one.

    A repeat is named once, and not what is in it.
    """
    found: list[Unfit] = []
    repeats: set[int] = set()
    for node in definition.nodes:
        if node.parent in repeats:
            repeats.add(node.number)
        elif node.kind == "repeat":
            repeats.add(node.number)
            found.append(Unfit(definition.path(node.number), node.name, "repeat"))
        elif node.kind == "leaf" and node.control is not None and (reason := _reason(definition, node)):
            found.append(Unfit(definition.path(node.number), node.name, reason))
    return found


def _reason(definition: Definition, node: Node) -> UnfitReason | None:
    """Say why a question is unfit; None for one that fits."""
    if node.control in {"upload", "rank"}:
        return "upload" if node.control == "upload" else "rank"
    if node.type in POSITIONS:
        return "position"
    if any(name in definition.list_files for name in _lists_of(node)):
        return "list-from-file"
    fits = node.control in CONTROLS and (node.choices is not None or node.type in TYPES)
    return None if fits else "kind"


def _lists_of(node: Node) -> Iterator[str]:
    """Name the lists that a question offers."""
    for part in inner(node.choices.nodes) if node.choices else ():
        match part:
            case Call("instance", (String(name),)):
                yield name
