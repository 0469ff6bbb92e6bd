"""The answers of a response as single fields that can be compared between its versions, and put together again. Pure.

A field is named by the steps that lead to it. An instance of a repeat is named by the id of what it describes, where
it has one, so that it stays the same field when others come before it; else by its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from server.formlogic.definition import ROOT, Definition, Node
from server.formlogic.response import AnswerTree
from server.formlogic.values import is_blank

__all__ = ["Field", "Key", "Tree", "differing", "fields_of", "kept_beside", "node_of", "path_among", "tree_of"]

Key = tuple[str, ...]
"""Names from the top of the form; an instance of a repeat is a step of its own, in square brackets."""
Tree = dict[str, "str | AnswerTree | list[AnswerTree]"]
ENTITY: Final = ("meta", "entity", "@id")


@dataclass(frozen=True)
class Field:
    """One answer; ``path`` is where it stands in this version, such as ``/data/assets[2]/name``."""

    key: Key
    path: str
    text: str


def fields_of(answers: AnswerTree, *, root: str) -> dict[Key, Field]:
    """Give every answer that is not blank, in the order in which it stands; ``root`` is the path of the whole."""
    found = (Field(key, path, text) for key, path, text in _leaves(answers, (), root))
    return {field.key: field for field in found if not is_blank(field.text)}


def differing(one: Mapping[Key, Field], other: Mapping[Key, Field]) -> list[Key]:
    """Name the fields whose text is not the same, those that one side lacks among them."""
    return [key for key in dict.fromkeys([*one, *other]) if _text(one, key) != _text(other, key)]


def tree_of(fields: Iterable[tuple[Key, str]]) -> Tree:
    """Put fields together again; blank ones are left out, and so is an instance of which nothing is left."""
    tree: Tree = {}
    places: dict[Key, Tree] = {(): tree}
    for key, text in fields:
        if not is_blank(text):
            _place(places, key[:-1])[key[-1]] = text
    return tree


def node_of(definition: Definition, key: Key) -> Node | None:
    """Find the node of the form that a field belongs to; None for what the form does not ask."""
    number = ROOT
    for name in key:
        if name.startswith("["):
            continue
        below = (child for child in definition.children[number] if definition.nodes[child].name == name)
        found = next(below, None)
        if found is None:
            return None
        number = found
    return definition.nodes[number]


def kept_beside(definition: Definition, before: AnswerTree, after: AnswerTree, *, root: str) -> Tree:
    """Give ``after`` with the answers of ``before`` that no question of the form asks for: an engine passes them over.

    What stood in an instance that is gone goes with it.
    """
    there = fields_of(after, root=root)
    strangers = [
        (key, field.text) for key, field in fields_of(before, root=root).items() if node_of(definition, key) is None
    ]
    instances = {key[:length] for key in there for length in range(len(key) + 1)}
    kept = [(key, text) for key, text in strangers if _stands_in(key, instances)]
    return tree_of([*((key, field.text) for key, field in there.items()), *kept]) if kept else dict(after)


def path_among(key: Key, fields: Mapping[Key, Field], *, root: str) -> str | None:
    """Say where a field stands, or would stand, among others; None where the instance of a repeat is not there."""
    last = max((place for place, name in enumerate(key) if name.startswith("[")), default=-1)
    if last < 0:
        return "/".join((root, *key))
    beside = next((one.path for one in fields.values() if one.key[: last + 1] == key[: last + 1]), None)
    if beside is None:
        return None
    names = sum(not name.startswith("[") for name in key[: last + 1])
    return "/".join((*beside.split("/")[: names + 2], *key[last + 1 :]))


def _stands_in(key: Key, there: set[Key]) -> bool:
    """Tell whether the last instance of a repeat that a field stands in is still there."""
    last = max((place for place, name in enumerate(key) if name.startswith("[")), default=-1)
    return last < 0 or key[: last + 1] in there


def _text(fields: Mapping[Key, Field], key: Key) -> str:
    return fields[key].text if key in fields else ""


def _leaves(answers: AnswerTree, above: Key, path: str) -> Iterator[tuple[Key, str, str]]:
    for name, given in answers.items():
        match given:
            case str():
                yield (*above, name), f"{path}/{name}", given
            case list():
                yield from _instances(given, (*above, name), f"{path}/{name}")
            case dict():
                yield from _leaves(given, (*above, name), f"{path}/{name}")


def _instances(given: list[AnswerTree], above: Key, path: str) -> Iterator[tuple[Key, str, str]]:
    taken: set[str] = set()
    times = [one for one in given if isinstance(one, dict)]
    for position, one in enumerate(times, start=1):
        name = _name_of(one, position)
        step = f"[{position}]" if name in taken else name
        taken.add(step)
        yield from _leaves(one, (*above, step), f"{path}[{position}]")


def _name_of(instance: AnswerTree, position: int) -> str:
    """Name an instance by the id of the entity that it makes, in it or in a group of it; else by its place."""
    groups = [instance, *(one for one in instance.values() if isinstance(one, dict))]
    ids = (_at(one, ENTITY) for one in groups)
    return next((f"[{one}]" for one in ids if one), f"[{position}]")


def _at(tree: AnswerTree, names: Key) -> str:
    found: object = tree
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def _place(places: dict[Key, Tree], key: Key) -> Tree:
    """Find the group or instance of that name, and make it where it is missing."""
    if key not in places:
        made: Tree = {}
        if key[-1].startswith("["):
            repeat = _place(places, key[:-2]).setdefault(key[-2], [])
            assert isinstance(repeat, list), "A repeat is a list in every version."
            repeat.append(made)
        else:
            _place(places, key[:-1])[key[-1]] = made
        places[key] = made
    return places[key]
