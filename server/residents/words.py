"""Texts of a form as a page shows them: in pieces, in the language they are really in, with their pictures. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.formlogic.expressions import ExpressionError, evaluate
from server.formlogic.functions_choice import chosen
from server.formlogic.instance import Element
from server.formlogic.response import Response
from server.formlogic.texts import Pack, Text
from server.formlogic.trees import Expression
from server.formlogic.validate import choices
from server.formlogic.values import is_blank, to_string

__all__ = ["TYPED", "Choice", "Piece", "Words", "choices_of", "labels_chosen", "plain", "words_of"]

TYPED = ""
"""The language of what a person typed: nobody says which it is."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; ``given``: a value put in, which may run another way than the words around it."""

    text: str
    given: bool = False


@dataclass(frozen=True)
class Words:
    """A text in ``lang`` (BCP 47; '' for what was typed).

    ``media`` names the files that go with it: kind (`image`, `audio`, `video`) to sha256. ``original`` is the same in
    the form's own language, where nobody has checked the translation and a person is asked to agree to it.
    """

    pieces: tuple[Piece, ...]
    lang: str
    media: Mapping[str, str] = field(default_factory=dict)
    original: "Words | None" = None

    @property
    def text(self) -> str:
        """All of it, joined."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Choice:
    """One that may be chosen: what is stored, and what is said."""

    value: str
    label: Words


def words_of(
    text_id: str | None, element: Element, response: Response, pack: Pack, *, original: Pack | None = None
) -> Words | None:
    """Give a text of the form; None where it has none. ``original`` is the pack to set beneath a translation."""
    text = pack.texts.get(text_id) if text_id else None
    if text is None:
        return None
    beneath = None
    if original is not None and text.lang != original.lang:
        beneath = words_of(text_id, element, response, original)
    return _words(text, element, response, pack, beneath)


def choices_of(element: Element, response: Response, pack: Pack, *, original: Pack | None = None) -> list[Choice]:
    """Give what may be chosen here now; of two with the same value the first counts."""
    source = element.definition.choices if element.definition else None
    found: dict[str, Choice] = {}
    for item in choices(response, element) if source else []:
        columns = {child.name: child.text for child in item.elements}
        value, named = columns.get(source.value, "") if source else "", columns.get(source.text, "") if source else ""
        label = words_of(named, element, response, pack, original=original)
        if source and source.literal:
            label = plain(named, pack.lang)
        found.setdefault(value, Choice(value, label or plain(value)))
    return [choice for value, choice in found.items() if not is_blank(value)]


def labels_chosen(element: Element, response: Response, pack: Pack) -> list[Words]:
    """Give the labels of what was chosen; a choice that is no longer offered shows what is stored."""
    labels = {choice.value: choice.label for choice in choices_of(element, response, pack)}
    several = element.definition is not None and element.definition.control == "select"
    values = chosen(element.text) if several else [element.text]
    return [labels.get(value) or plain(value) for value in values if not is_blank(value)]


def plain(text: str, lang: str = TYPED) -> Words:
    """Make words of a text as it stands."""
    return Words((Piece(text, given=lang == TYPED),), lang)


def _words(text: Text, element: Element, response: Response, pack: Pack, original: Words | None) -> Words:
    pieces = tuple(
        Piece(part) if isinstance(part, str) else Piece(_value(part, element, response), given=True)
        for part in text.parts
    )
    files = {kind: pack.media[name] for kind, name in text.media.items() if name in pack.media}
    return Words(pieces, text.lang, files, original)


def _value(part: Expression, element: Element, response: Response) -> str:
    """Give a value that a text shows; one that cannot be worked out shows as an ellipsis."""
    try:
        return to_string(evaluate(part, response.context(element)))
    except ExpressionError:
        return "…"
