"""Puts several versions of a response together, field by field. Pure.

Every version that no other one follows takes part. What all agree on stays; for the rest somebody chooses whose answer
counts, the shown version's unless told otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.editing.fields import Field, Key, Tree, fields_of, tree_of
from server.editing.words import is_apart
from server.formlogic.response import AnswerTree

__all__ = ["Contested", "Sides", "compare", "merged"]


@dataclass(frozen=True, kw_only=True)
class Contested:
    """A field in which versions differ: what each says, blank where it says nothing; ``name`` is its name in HTML."""

    name: str
    key: Key
    path: str
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The versions beside each other, the shown one first."""

    fields: tuple[Mapping[Key, Field], ...]
    contested: tuple[Contested, ...]
    agreed: tuple[Field, ...]

    @property
    def contests_apart(self) -> bool:
        """Whether they differ in answers that only administrators read."""
        return any(is_apart(one.key) for one in self.contested)


def compare(versions: Sequence[AnswerTree], *, root: str) -> Sides:
    """Lay versions side by side."""
    sides = tuple(fields_of(one, root=root) for one in versions)
    keys = list(dict.fromkeys(key for side in sides for key in side))
    contested: list[Contested] = []
    agreed: list[Field] = []
    for key in keys:
        there = [side[key] for side in sides if key in side]
        texts = tuple(side[key].text if key in side else "" for side in sides)
        if len(set(texts)) == 1:
            agreed.append(there[0])
        else:
            contested.append(Contested(name=f"f{len(contested)}", key=key, path=there[0].path, texts=texts))
    return Sides(fields=sides, contested=tuple(contested), agreed=tuple(agreed))


def merged(sides: Sides, chosen: Mapping[str, int]) -> Tree:
    """Give the answers that come of choosing a side for each contested field, by its name; the first counts else."""
    texts = {field.key: field.text for field in sides.agreed}
    for one in sides.contested:
        side = chosen.get(one.name, 0)
        texts[one.key] = one.texts[side if 0 <= side < len(one.texts) else 0]
    order = dict.fromkeys(key for side in sides.fields for key in side)
    return tree_of((key, texts[key]) for key in order)
