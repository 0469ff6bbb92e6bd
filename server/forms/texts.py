"""Gather the words of a form: every text in every language, with fallbacks resolved here and named as such.

pyxform writes “-” for a blank translation and says nothing; a text that is only “-” counts as missing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from server.formlogic.texts import Pack, Text
from server.formlogic.trees import Expression
from server.forms.languages import language_tag
from server.forms.problems import FormProblem, FormRefused
from server.forms.xform import XForm, local

__all__ = ["Words", "gather_words"]

MISSING = "-"
UNTOLD = "und"  # BCP 47 for a language that nobody has named

Part = str | Expression
ReadExpression = Callable[[str, str], Expression]  # source text, text id → tree


@dataclass
class Words:
    """The texts of a form: text id → language tag → parts. ``default`` is the language to fall back to first."""

    default: str
    languages: list[str]
    texts: dict[str, dict[str, tuple[Part, ...]]] = field(default_factory=dict)

    def add(self, text_id: str, lang: str, parts: tuple[Part, ...]) -> None:
        """Keep a text, unless it says nothing."""
        if "".join(part if isinstance(part, str) else MISSING * 2 for part in parts).strip() not in ("", MISSING):
            self.texts.setdefault(text_id, {})[lang] = parts

    def __contains__(self, text_id: str) -> bool:
        return text_id in self.texts

    def packs(self, *, form_id: str, version: str, title: str) -> Mapping[str, Pack]:
        """Give one complete pack a language; a text that is missing falls back to the default, then to any other."""
        return {
            lang: Pack(
                form_id,
                version,
                lang,
                Text((title,), self.default),
                {text_id: self._text(found, lang) for text_id, found in self.texts.items()},
            )
            for lang in self.languages
        }

    def missing(self, lang: str) -> list[str]:
        """Give the ids of the texts that have no words in ``lang``."""
        return [text_id for text_id, found in self.texts.items() if lang not in found]

    def _text(self, found: Mapping[str, tuple[Part, ...]], lang: str) -> Text:
        really = next(one for one in (lang, self.default, *found) if one in found)
        return Text(found[really], really)


def gather_words(form: XForm, *, untold: str, read: ReadExpression) -> Words:
    """Gather the itext of a form; ``untold`` is the language of a form that has no translations.

    Raise ``FormRefused`` for a language column whose language is not told, and for media, which phones can't show yet.
    """
    tags = {translation.get("lang", ""): _tag(translation.get("lang", ""), untold) for translation in form.translations}
    default = next((tags[one.get("lang", "")] for one in form.translations if one.get("default")), None)
    languages = list(dict.fromkeys(tags.values())) or [untold]
    words = Words(default or languages[0], languages)
    for translation in form.translations:
        for text_id, parts in _texts(translation, read):
            words.add(text_id, tags[translation.get("lang", "")], parts)
    return words


def _tag(name: str, untold: str) -> str:
    if name == "default":
        return untold
    tag = language_tag(name)
    if tag is None:
        message = f"The language “{name}” is not known."
        remedy = f"Add its code in brackets to the column names, such as label::{name} (bn)."
        raise FormRefused([FormProblem("language-unknown", message, remedy, aspect=f"label::{name}")])
    return tag


def _texts(translation: Element, read: ReadExpression) -> Iterator[tuple[str, tuple[Part, ...]]]:
    for text in translation:
        text_id = text.get("id", "")
        for value in text:
            form = value.get("form")
            if form is not None:
                raise _media(text_id, form)
            yield text_id, parts_of(value, text_id, read)


def _media(text_id: str, form: str) -> FormRefused:
    path = text_id.rpartition(":")[0] or text_id
    message = f"“{form}” is not supported yet."
    remedy = "Empty these cells, or take the column out."
    return FormRefused([FormProblem("media-unsupported", message, remedy, path=path, aspect=f"media::{form}")])


def parts_of(element: Element, text_id: str, read: ReadExpression) -> tuple[Part, ...]:
    """Read a text with its outputs: words, and expressions whose values stand between them."""
    parts: list[Part] = [element.text or ""]
    for child in element:
        if local(child) == "output":
            parts.append(read(child.get("value", ""), text_id))
        parts.append(child.tail or "")
    return tuple(part for part in _trimmed(parts) if part != "")


def _trimmed(parts: list[Part]) -> list[Part]:
    if isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return parts
