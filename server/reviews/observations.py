"""Finds the observations inside a response: what its form calls an entity, with the properties it saves.

Pure. A group or repeat that creates an entity in the list ``asset_observations`` or
``barrier_observations`` is one observation per instance. A barrier belongs to the asset
it is nested in, or names one by its ``asset`` property.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.formlogic.definition import ROOT, Definition, Node
from server.formlogic.response import AnswerTree

__all__ = ["ASSETS", "BARRIERS", "Observation", "asset_around", "find_observations"]

ASSETS: Final = "asset_observations"
BARRIERS: Final = "barrier_observations"
NOT_CREATED: Final = frozenset({"", "0", "false"})


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One entity as answered. ``id`` is the phone's, '' when it gave none.

    ``repeat`` is the path of the nearest repeat instance that it is or stands in, '' outside of any.
    """

    entity_list: str
    id: str
    path: str
    repeat: str
    label: str
    properties: Mapping[str, str]


def find_observations(definition: Definition, answers: AnswerTree) -> tuple[Observation, ...]:
    """List the observations of a response in document order."""
    walk = _Walk(definition)
    return tuple(walk.below(ROOT, answers, path=definition.path(ROOT), repeat=""))


def asset_around(barrier: Observation, assets: Sequence[Observation]) -> Observation | None:
    """Find the asset that a barrier is nested in: the one around it, else the only one of the nearest repeat around.

    A form's converter puts an entity on the innermost group that holds all it saves, so the
    asset may be a group beside its barriers, in the same instance of a repeat.
    """
    around = [asset for asset in assets if _is_inside(barrier.path, asset.path)]
    if around:
        return max(around, key=lambda asset: len(asset.path))
    beside = [asset for asset in assets if asset.repeat and _is_inside(barrier.path, asset.repeat)]
    nearest = max((len(asset.repeat) for asset in beside), default=0)
    candidates = [asset for asset in beside if len(asset.repeat) == nearest]
    return candidates[0] if len(candidates) == 1 else None


@dataclass(frozen=True)
class _Walk:
    definition: Definition

    def below(self, number: int, answers: AnswerTree, *, path: str, repeat: str) -> Iterator[Observation]:
        """Walk what stands below one instance of node ``number``."""
        node = self.definition.nodes[number]
        nearest = path if node.kind == "repeat" else repeat
        yield from self._observation(node, answers, path=path, repeat=nearest)
        for child in self._containers(number):
            for step, inner in _instances(child, answers):
                yield from self.below(child.number, inner, path=f"{path}/{step}", repeat=nearest)

    def _observation(self, node: Node, answers: AnswerTree, *, path: str, repeat: str) -> Iterator[Observation]:
        entity = _entity(answers)
        if node.entity is None or _text(entity.get("@create")).strip() in NOT_CREATED:
            return
        yield Observation(
            entity_list=node.entity,
            id=_text(entity.get("@id")).strip(),
            path=path,
            repeat=repeat,
            label=_text(entity.get("label")),
            properties=dict(self._saved(node.number, answers)),
        )

    def _saved(self, number: int, answers: AnswerTree) -> Iterator[tuple[str, str]]:
        """Gather what is saved below one instance, stopping where another entity begins."""
        for child in map(self.definition.nodes.__getitem__, self.definition.children[number]):
            if child.save_to is not None and _text(answers.get(child.name)):
                yield child.save_to, _text(answers.get(child.name))
            if child.kind != "leaf" and child.entity is None:
                for _step, inner in _instances(child, answers):
                    yield from self._saved(child.number, inner)

    def _containers(self, number: int) -> Iterator[Node]:
        children = map(self.definition.nodes.__getitem__, self.definition.children[number])
        return (child for child in children if child.kind != "leaf")


def _instances(node: Node, answers: AnswerTree) -> Iterator[tuple[str, AnswerTree]]:
    """Give each instance of a group or repeat as a step of a path and what was answered in it."""
    given = answers.get(node.name)
    if node.kind == "repeat" and isinstance(given, list):
        for position, inner in enumerate(given, start=1):
            if isinstance(inner, dict):
                yield f"{node.name}[{position}]", inner
    elif node.kind == "group" and isinstance(given, dict):
        yield node.name, given


def _entity(answers: AnswerTree) -> AnswerTree:
    meta = answers.get("meta")
    entity = meta.get("entity") if isinstance(meta, dict) else None
    return entity if isinstance(entity, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_inside(path: str, outer: str) -> bool:
    return path.startswith(f"{outer}/")
