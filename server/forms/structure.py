"""Build the tree of nodes from the primary instance: groups, repeats, leaves, attributes; names and numbers only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from server.formlogic.definition import Kind, Node
from server.forms.problems import FormProblem, FormRefused
from server.forms.xform import XForm, qualified

__all__ = ["build_nodes"]

TEMPLATE = "{http://openrosa.org/javarosa}template"
_IDENTITY = frozenset({"id", "version", "orx:version", "odk:prefix", "odk:delimiter", "odk:tag"})  # of the root element
_ASKING = frozenset({"input", "select1", "select", "range", "rank", "upload", "trigger"})
_MARKS = frozenset({"jr:template"})


@dataclass(frozen=True)
class _Place:
    element: Element
    name: str
    path: str
    parent: int | None
    initial: int


def build_nodes(form: XForm) -> list[Node]:
    """Number every element and attribute of the primary instance, in document order, the root first."""
    repeats = {control.path for control in form.controls if control.kind == "repeat"}
    asked = {control.path for control in form.controls if control.kind in _ASKING}
    nodes: list[Node] = []
    name = qualified(form.root.tag)
    _add(_Place(form.root, name, f"/{name}", None, 1), repeats, nodes)
    _refuse_asked_groups(nodes, asked)
    return nodes


def _refuse_asked_groups(nodes: Sequence[Node], asked: Collection[str]) -> None:
    """Raise ``FormRefused`` for questions whose answer would have to stand beside attributes or other nodes."""
    paths: list[str] = []
    for node in nodes:
        paths.append(f"{paths[node.parent]}/{node.name}" if node.parent is not None else f"/{node.name}")
        if node.kind == "group" and paths[-1] in asked:
            message = f"The form asks “{paths[-1]}”, which has attributes or other questions in it."
            remedy = "Take them out; an answer stands alone."
            raise FormRefused([FormProblem("question-not-alone", message, remedy, path=paths[-1])])


def _add(place: _Place, repeats: set[str], nodes: list[Node]) -> None:
    number = len(nodes)
    kind = _kind(place, repeats)
    text = (place.element.text or "").strip() if kind == "leaf" else ""
    nodes.append(Node(number, place.name, kind, place.parent, value=text, initial=place.initial))
    for name, value in _attributes(place):
        nodes.append(Node(len(nodes), f"@{name}", "leaf", number, value=value))
    for same in _children_by_name(place.element):
        child = next((one for one in same if TEMPLATE in one.attrib), same[0])
        path = f"{place.path}/{qualified(child.tag)}"
        initial = sum(1 for one in same if TEMPLATE not in one.attrib)
        _add(_Place(child, qualified(child.tag), path, number, initial), repeats, nodes)


def _kind(place: _Place, repeats: set[str]) -> Kind:
    if place.path in repeats:
        return "repeat"
    whole = place.parent is None or len(place.element) or _attributes(place)
    return "group" if whole else "leaf"


def _attributes(place: _Place) -> list[tuple[str, str]]:
    names = [(qualified(name), value) for name, value in place.element.attrib.items()]
    outside = _MARKS if place.parent is not None else _MARKS | _IDENTITY
    return [(name, value) for name, value in names if name not in outside]


def _children_by_name(element: Element) -> Sequence[Sequence[Element]]:
    groups: dict[str, list[Element]] = {}
    for child in element:
        groups.setdefault(str(child.tag), []).append(child)
    return list(groups.values())
