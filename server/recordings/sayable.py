"""What of a form can be spoken: questions, hints, choices, in the order of the form, under keys that last. Pure.

A key outlives versions of the form: a question's is its path, a choice's is its list and its value. The phone makes the
same keys (`pwa/src/formlogic/questions.ts`). Where a list names one value twice in other words, the second has no key.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from server.formlogic.definition import ROOT, Definition, Item, Node
from server.formlogic.texts import Pack
from server.formlogic.trees import Call, String, inner
from server.reviews.passages import Fragment

__all__ = ["Asked", "Role", "Sayable", "choice_key", "sayable_in"]

Role = Literal["question", "hint", "choice"]
PLACE_IN_LIST: Final = re.compile(r"-\d+$")
HOLE: Final = "…"


@dataclass(frozen=True)
class Sayable:
    """One text to be spoken. ``has_hole``: the phone puts an answer in where “…” stands, which no recording can say."""

    key: str
    role: Role
    words: Fragment
    has_hole: bool


@dataclass(frozen=True)
class Asked:
    """A question or note with what can be spoken of it; choices that stood at a question before are not named again."""

    number: int
    texts: tuple[Sayable, ...]


def sayable_in(definition: Definition, pack: Pack) -> list[Asked]:
    """List the questions and notes of a form whose words can be spoken."""
    known: set[str] = set()
    found: list[Asked] = []
    for node in leaves(definition, ROOT):
        texts = tuple(one for one in texts_of(definition, pack, node) if one.key not in known)
        if any(one.role == "question" for one in texts):
            found.append(Asked(len(found) + 1, texts))
            known.update(one.key for one in texts)
    return found


def choice_key(text_id: str, value: str) -> str:
    """Name the label of a choice by its list and its value: its text's id counts places, which change."""
    return f"{PLACE_IN_LIST.sub('', text_id)}={value}"


def leaves(definition: Definition, parent: int) -> Iterator[Node]:
    """Walk the nodes that ask or say something."""
    for number in definition.children[parent]:
        node = definition.nodes[number]
        if node.kind == "leaf" and node.control is not None:
            yield node
        yield from leaves(definition, number)


def texts_of(definition: Definition, pack: Pack, node: Node) -> Iterator[Sayable]:
    """Give what can be spoken of a question: its label, its hint, then the choices that the form holds itself."""
    yield from sayable(pack, node.label, node.label, "question")
    yield from sayable(pack, node.hint, node.hint, "hint")
    for item in choices_of(definition, node):
        assert node.choices is not None, "Only a question with choices has items."
        text_id, value = item.get(node.choices.text, ""), item.get(node.choices.value, "")
        yield from sayable(pack, text_id, choice_key(text_id, value), "choice")


def choices_of(definition: Definition, node: Node) -> Iterator[Item]:
    """Give the items of the lists a question chooses from; words from a file may be thousands and are left out."""
    if node.choices is None or node.choices.literal:
        return
    for call in inner(node.choices.nodes):
        if isinstance(call, Call) and call.name == "instance" and isinstance(call.arguments[0], String):
            yield from definition.lists.get(call.arguments[0].text, ())


def sayable(pack: Pack, text_id: str | None, key: str | None, role: Role) -> Iterator[Sayable]:
    """Give a text with words; none where a file alone says it."""
    text = pack.texts.get(text_id) if text_id else None
    if text is None or not key:
        return
    words = "".join(part if isinstance(part, str) else HOLE for part in text.parts)
    if words.strip(f" {HOLE}"):
        yield Sayable(key, role, Fragment(words, text.lang), any(not isinstance(part, str) for part in text.parts))
