"""Gather the words of a form: every text in every language, with fallbacks resolved here and named as such.

pyxform writes “-” for a blank translation and says nothing; a text that is only “-” counts as missing. It makes every
apostrophe straight, as expressions need it; words get theirs back.
"""

import re
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

GUIDANCE = "guidance"
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")

Part = str | Expression
ReadExpression = Callable[[str, str], Expression]  # source text, text id → tree


@dataclass
class Words:
    """The texts of a form: text id → language tag → parts. ``default`` is the language to fall back to first."""

    default: str
    languages: list[str]
    texts: dict[str, dict[str, tuple[Part, ...]]] = field(default_factory=dict)
    media: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)  # text id → language → kind → file name

    def add(self, text_id: str, lang: str, parts: tuple[Part, ...]) -> None:
        """Keep a text, unless it says nothing."""
        if "".join(part if isinstance(part, str) else MISSING * 2 for part in parts).strip() not in ("", MISSING):
            self.texts.setdefault(text_id, {})[lang] = tuple(
                APOSTROPHE.sub("’", part) if isinstance(part, str) else part for part in parts
            )

    def add_media(self, text_id: str, lang: str, kind: str, source: str) -> None:
        """Keep the file of a text, such as ``jr://images/pic.png``, unless the cell says nothing."""
        name = source.rpartition("/")[2]
        if name not in ("", MISSING):
            of_text = self.media.setdefault(text_id, {}).setdefault(lang, {})
            of_text["image" if kind == "big-image" else kind] = name

    def media_files(self) -> list[str]:
        """Give the name of every file that some text shows or plays, each once."""
        languages = (files for of_text in self.media.values() for files in of_text.values())
        return list(dict.fromkeys(name for files in languages for name in files.values()))

    def __contains__(self, text_id: str) -> bool:
        return text_id in self.texts or text_id in self.media

    def packs(self, *, form_id: str, version: str, titles: Mapping[str, str]) -> Mapping[str, Pack]:
        """Give one complete pack a language; a text that is missing falls back to the default, then to any other.

        ``titles`` are by language, the default one among them.
        """
        return {
            lang: Pack(
                form_id,
                version,
                lang,
                self._title(lang, titles),
                {text_id: self._text(text_id, lang) for text_id in {**self.texts, **self.media}},
            )
            for lang in self.languages
        }

    def missing(self, lang: str) -> list[str]:
        """Give the ids of the texts that have no words in ``lang``."""
        return [text_id for text_id, found in self.texts.items() if lang not in found]

    def _title(self, lang: str, titles: Mapping[str, str]) -> Text:
        really = lang if lang in titles else self.default
        return Text((titles[really],), really)

    def _text(self, text_id: str, lang: str) -> Text:
        found = self.texts.get(text_id, {})
        really = next((one for one in (lang, self.default, *found) if one in found), lang)
        others = (really, self.default) if found else tuple(self.media.get(text_id, {}))
        return Text(found.get(really, ()), really, self._media(text_id, (lang, *others)))

    def _media(self, text_id: str, langs: tuple[str, ...]) -> Mapping[str, str]:
        """Give the files of a text, each in the first of ``langs`` that has one; a picture may serve several."""
        found = self.media.get(text_id, {})
        chosen: dict[str, str] = {}
        for one in langs:
            for kind, name in found.get(one, {}).items():
                chosen.setdefault(kind, name)
        return chosen


def gather_words(form: XForm, *, untold: str, read: ReadExpression) -> Words:
    """Gather the itext of a form; ``untold`` is the language of a form that has no translations.

    Raise ``FormRefused`` for a language column whose language is not known.
    """
    tags = {translation.get("lang", ""): _tag(translation.get("lang", ""), untold) for translation in form.translations}
    default = next((tags[one.get("lang", "")] for one in form.translations if one.get("default")), None)
    languages = list(dict.fromkeys(tags.values())) or [untold]
    words = Words(default or languages[0], languages)
    for translation in form.translations:
        lang = tags[translation.get("lang", "")]
        for text_id, kind, value in _values(translation):
            if kind is None:
                words.add(text_id, lang, parts_of(value, text_id, read))
            elif kind == GUIDANCE:
                words.add(f"{text_id}:{GUIDANCE}", lang, parts_of(value, text_id, read))
            else:
                words.add_media(text_id, lang, kind, (value.text or "").strip())
    return words


def _tag(name: str, untold: str) -> str:
    if name == "default":
        return untold
    tag = language_tag(name)
    if tag is None:
        message = f"The language “{name}” is not known."
        remedy = f"Add its code in brackets to the column names, such as label::{name} (bn)."
        raise FormRefused([FormProblem("language-unknown", message, remedy, aspect=f"language:{name}")])
    return tag


def _values(translation: Element) -> Iterator[tuple[str, str | None, Element]]:
    for text in translation:
        for value in text:
            yield text.get("id", ""), value.get("form"), value


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
