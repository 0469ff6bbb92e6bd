"""The compiled logic of a form version: its nodes, its lists and the order of evaluation.

The logic is JSON that never changes once published and is named by the hash of its bytes. Node numbers are
positions in ``Definition.nodes``, which stand in document order with the root element first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from server.formlogic.trees import Call, Expression, String, inner
from server.formlogic.volatile import known_to_phone_alone

__all__ = [
    "ROOT",
    "Aspect",
    "ChoiceSource",
    "Definition",
    "Item",
    "Kind",
    "Lists",
    "Node",
    "Range",
    "SetValue",
    "Use",
]

ROOT = 0  # the number of the root element's node; as a scope: "anywhere in the response"

Kind = Literal["group", "repeat", "leaf"]
Aspect = Literal["calculate", "relevant", "count"]
Item = Mapping[str, str]  # one choice of a list: column → text
Lists = Mapping[str, tuple[Item, ...]]


@dataclass(frozen=True)
class ChoiceSource:
    """Where a question's choices come from: a node-set of items, and two of their columns."""

    nodes: Expression
    value: str
    text: str
    literal: bool = False  # the text column holds the words themselves, as in a list from a file, not a text id


@dataclass(frozen=True)
class SetValue:
    """A value given once: to every instance when a response begins, or to the nodes of a repeat just added."""

    event: Literal["first-load", "new-repeat"]
    value: Expression | None  # None: the phone's position, which the app asks for and answers


@dataclass(frozen=True)
class Range:
    """The bounds of a range question and the step between its values, as decimal numbers in text."""

    start: str
    end: str
    step: str


@dataclass(frozen=True)
class Use:
    """A node that an expression reads; ``scope`` is the nearest repeat whose same instance both share."""

    node: int
    scope: int


@dataclass(frozen=True)
class Node:
    """One element or attribute of the instance, with all that binds to it."""

    number: int
    name: str
    kind: Kind
    parent: int | None = None
    type: str = "string"
    control: str | None = None
    appearance: str = ""
    value: str = ""
    initial: int = 1
    relevant: Expression | None = None
    required: Expression | None = None
    constraint: Expression | None = None
    readonly: Expression | None = None
    calculate: Expression | None = None
    volatile: bool = False
    uses: Mapping[Aspect, tuple[Use, ...]] = field(default_factory=dict)
    count: Expression | None = None
    range: Range | None = None
    media: str | None = None
    choices: ChoiceSource | None = None
    label: str | None = None
    hint: str | None = None
    guidance: str | None = None
    constraint_message: str | None = None
    required_message: str | None = None
    set_values: tuple[SetValue, ...] = ()
    preload: str | None = None
    entity: str | None = None
    save_to: str | None = None


@dataclass(frozen=True)
class Definition:
    """The logic of one form version."""

    form_id: str
    version: str
    nodes: tuple[Node, ...]
    lists: Lists
    order: tuple[tuple[int, Aspect], ...]
    list_files: Mapping[str, str] = field(default_factory=dict)  # list id → name of the file that its items come from

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of each node's children, in document order."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for node in self.nodes:
            if node.parent is not None:
                found[node.parent].append(node.number)
        return tuple(map(tuple, found))

    @cached_property
    def running(self) -> frozenset[int]:
        """The nodes whose calculation reads itself in other instances, such as a running total."""
        read = ((node, use) for node in self.nodes for use in node.uses.get("calculate", ()))
        return frozenset(node.number for node, use in read if use.node == node.number)

    @cached_property
    def known_to_phone_alone(self) -> frozenset[int]:
        """The identities (``id``) of the expressions whose value only the phone can know."""
        return frozenset(id(one) for one in self._expressions() if known_to_phone_alone(one))

    @cached_property
    def files_read(self) -> Mapping[int, frozenset[str]]:
        """The lists from files that expressions look into, by the identity of the expression; only those that do."""
        found = {id(one): frozenset(self._files_in(one)) for one in self._expressions()}
        return {one: names for one, names in found.items() if names}

    def _expressions(self) -> Iterator[Expression]:
        for node in self.nodes:
            rules = (node.relevant, node.required, node.constraint, node.readonly, node.calculate, node.count)
            yield from (one for one in rules if one is not None)
            if node.choices is not None:
                yield node.choices.nodes

    def _files_in(self, expression: Expression) -> Iterator[str]:
        for part in inner(expression):
            match part:
                case Call("instance", (String(name),)) if name in self.list_files:
                    yield name

    def path(self, number: int) -> str:
        """The path of a node without positions, such as ``/data/main/assets/name``."""
        node = self.nodes[number]
        above = "" if node.parent is None else self.path(node.parent)
        return f"{above}/{node.name}"
