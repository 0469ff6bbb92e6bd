"""What differs between two logics that claim to be the same version of a form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Difference", "between"]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One question, group or list that is not as it was; ``aspects`` names what of it changed."""

    path: str
    what: Literal["added", "removed", "changed"]
    aspects: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write it as part of a sentence, such as ``/data/age changed (constraint, required)``."""
        return f"{self.path} {self.what}" + (f" ({', '.join(self.aspects)})" if self.aspects else "")


def between(published: str, offered: str) -> tuple[Difference, ...]:
    """Compare the texts of two logics, question by question and list by list; at least one difference is named."""
    before, after = _named(published), _named(offered)
    found = [
        *(Difference(path=path, what="removed") for path in before if path not in after),
        *(Difference(path=path, what="added") for path in after if path not in before),
        *(_changed(path, before[path], after[path]) for path in after if path in before),
    ]
    real = tuple(difference for difference in found if difference is not None)
    return real or (Difference(path="/", what="changed", aspects=("order",)),)


def _changed(path: str, before: Mapping[str, object], after: Mapping[str, object]) -> Difference | None:
    aspects = tuple(sorted(name for name in {*before, *after} if before.get(name) != after.get(name)))
    return Difference(path=path, what="changed", aspects=aspects) if aspects else None


def _named(logic_text: str) -> dict[str, Mapping[str, object]]:
    """Name each node by its path and each list as ``list x``. Node numbers are left out: one insertion moves all."""
    logic = json.loads(logic_text)
    nodes = logic["nodes"]
    named = {_path(nodes, number): _own_aspects(node) for number, node in enumerate(nodes)}
    return named | {f"list {name}": {"choices": items} for name, items in logic["lists"].items()}


def _path(nodes: list[dict[str, object]], number: int) -> str:
    parent = nodes[number].get("parent")
    above = _path(nodes, parent) if isinstance(parent, int) else ""
    return f"{above}/{nodes[number]['name']}"


def _own_aspects(node: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in node.items() if name not in {"parent", "uses"}}
