"""Says fields in the words of a form: the question, the groups it stands in, the answer as a person reads it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.editing.fields import Key, node_of
from server.formlogic.definition import ROOT, Definition, Lists, Node
from server.formlogic.functions_choice import chosen
from server.formlogic.instance import Element
from server.formlogic.response import Response
from server.formlogic.texts import Pack
from server.formlogic.values import is_blank
from server.reviews.apart import APART
from server.reviews.passages import Fragment
from server.reviews.reading import items_by_value, position_of, rendered
from server.reviews.wording import position_words

__all__ = ["Form", "Said", "Values", "is_apart", "is_worked_out", "said", "say_answer", "say_question"]

SEVERAL: Final = frozenset({"select", "rank"})
VALUE_PUT_IN: Final = "…"


@dataclass(frozen=True, kw_only=True)
class Values:
    """Answers whose values may be put into the words of a form, and where each question of theirs stands, by path."""

    response: Response
    elements: Mapping[str, Element]


@dataclass(frozen=True, kw_only=True)
class Form:
    """The logic that answers were given under, its lists from files, and its words in one language.

    Without ``values``, what a text would show of the answers stays open.
    """

    definition: Definition
    lists: Lists
    pack: Pack
    values: Values | None = None

    @property
    def root(self) -> str:
        """The path of the whole response."""
        return self.definition.path(ROOT)


@dataclass(frozen=True, kw_only=True)
class Group:
    """What stands around a field: its words, and which time of a repeat it is; one of the two at least."""

    words: Fragment | None
    time: int | None


@dataclass(frozen=True, kw_only=True)
class Said:
    """A field as a page names it: the groups around it, the outermost first, and its question."""

    key: Key
    groups: tuple[Group, ...]
    question: Fragment
    worked_out: bool


def said(form: Form, key: Key, path: str) -> Said:
    """Name a field in the words of the form; one that the form does not ask has its path."""
    node = node_of(form.definition, key)
    return Said(
        key=key,
        groups=tuple(_groups(form, key, path)),
        question=say_question(form, node, path) if node is not None else Fragment(path),
        worked_out=is_worked_out(node),
    )


def say_question(form: Form, node: Node, path: str) -> Fragment:
    """Give the question of a node, as it is asked at a path."""
    return _text(form, node.label, path) or Fragment(node.name)


def say_answer(form: Form, key: Key, text: str) -> tuple[Fragment, ...]:
    """Give an answer as typed, or the labels of what was chosen; nothing where it is blank."""
    node = node_of(form.definition, key)
    if is_blank(text):
        return ()
    if node is None or node.choices is None:
        return (Fragment(_position(text) if node is not None and node.type == "geopoint" else text),)
    items = items_by_value(node, {**form.lists, **form.definition.lists})
    values = chosen(text) if node.control in SEVERAL else [text]
    labels = ((value, items.get(value, {}).get(node.choices.text, "")) for value in values)
    if node.choices.literal:
        return tuple(Fragment(label or value) for value, label in labels)
    return tuple(_text(form, label, "") or Fragment(value) for value, label in labels)


def is_worked_out(node: Node | None) -> bool:
    """Tell whether nobody answers here: the form works it out, or an id is noted."""
    return node is not None and node.control is None


def is_apart(key: Key) -> bool:
    """Tell whether a field is of the answers that only administrators read one by one."""
    return key[:1] == (APART,)


def _groups(form: Form, key: Key, path: str) -> Iterator[Group]:
    """Name the groups around a field that have words of their own or are times of a repeat, the outermost first."""
    names = [name for name in key if not name.startswith("[")]
    root, *steps = path.split("/")[1:]
    for depth in range(1, len(names)):
        node = node_of(form.definition, tuple(names[:depth]))
        above = "/".join(("", root, *steps[:depth]))
        words = _text(form, node.label, above) if node is not None else None
        time = _time_of(steps[depth - 1]) if len(steps) == len(names) else None
        if words is not None or time is not None:
            yield Group(words=words, time=time)


def _time_of(step: str) -> int | None:
    """Read which time of a repeat a step of a path is: 2 for `assets[2]`."""
    number = step.partition("[")[2].removesuffix("]")
    return int(number) if number.isdecimal() else None


def _position(text: str) -> str:
    """Write a position as pages write it; what is none, as it came."""
    position = position_of(text)
    return position_words(position) if position is not None else text


def _text(form: Form, text_id: str | None, path: str) -> Fragment | None:
    text = form.pack.texts.get(text_id) if text_id else None
    if text is None:
        return None
    element = form.values.elements.get(path) if form.values else None
    if form.values is not None and element is not None:
        words = rendered(text, form.values.response, element)
    else:
        words = "".join(_pieces(text.parts))
    return None if is_blank(words) else Fragment(words, text.lang)


def _pieces(parts: Sequence[object]) -> Iterator[str]:
    return (part if isinstance(part, str) else VALUE_PUT_IN for part in parts)
