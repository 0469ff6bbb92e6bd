"""The questions of a form as they stand in it, for whoever chooses it or puts it on a poster. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from server.formlogic.definition import ROOT, Definition, Item, Node
from server.formlogic.texts import Pack
from server.formlogic.trees import Call, String, inner
from server.reviews.passages import Fragment

__all__ = ["Question", "questions_of"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, or the heading of a group of them: then there is no ``number``. ``depth`` counts groups around."""

    words: Fragment
    hint: Fragment | None
    number: int | None
    depth: int
    choices: tuple[Fragment, ...]
    only_sometimes: bool


def questions_of(definition: Definition, pack: Pack) -> list[Question]:
    """List all questions in the order of the form, those that are asked only sometimes too."""
    found: list[Question] = []
    for node, depth in _nodes(definition, ROOT, 0):
        words = _words(pack, node.label)
        asked = node.kind == "leaf" and node.control is not None
        if words is None or not (asked or node.kind != "leaf"):
            continue
        is_question = asked and node.control != "note"
        found.append(
            Question(
                words=words,
                hint=_words(pack, node.hint),
                number=1 + sum(one.number is not None for one in found) if is_question else None,
                depth=depth,
                choices=tuple(_choices(definition, pack, node)),
                only_sometimes=node.relevant is not None,
            )
        )
    return found


def _nodes(definition: Definition, parent: int, depth: int) -> Iterator[tuple[Node, int]]:
    for number in definition.children[parent]:
        node = definition.nodes[number]
        yield node, depth
        yield from _nodes(definition, number, depth + 1)


def _choices(definition: Definition, pack: Pack, node: Node) -> Iterator[Fragment]:
    """Give the choices that the form holds itself; those of a list from a file may be thousands."""
    if node.choices is None:
        return
    for call in inner(node.choices.nodes):
        if isinstance(call, Call) and call.name == "instance" and isinstance(call.arguments[0], String):
            items: tuple[Item, ...] = definition.lists.get(call.arguments[0].text, ())
            for item in items:
                text = item.get(node.choices.text, "")
                label = Fragment(text) if node.choices.literal else _words(pack, text)
                if label is not None:
                    yield label


def _words(pack: Pack, text_id: str | None) -> Fragment | None:
    text = pack.texts.get(text_id) if text_id else None
    if text is None:
        return None
    words = "".join(part if isinstance(part, str) else "…" for part in text.parts)
    return Fragment(words, text.lang) if words.strip() else None
