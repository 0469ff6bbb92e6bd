"""Text packs: the words of a form version in one language, each with the language it is really in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.formlogic.expressions import evaluate
from server.formlogic.instance import Element
from server.formlogic.response import Response
from server.formlogic.trees import Expression, Json, from_json, to_json
from server.formlogic.values import to_string

__all__ = ["Pack", "Text", "choice_label", "dump_pack", "load_pack", "render"]

Part = str | Expression


@dataclass(frozen=True)
class Text:
    """A text in ``lang`` (BCP 47), in parts: words, and expressions whose value is shown between them.

    ``media`` names the files that go with it, by kind: ``image``, ``audio``, ``video``.
    """

    parts: tuple[Part, ...]
    lang: str
    media: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pack:
    """The words of one form version in the language ``lang``, by text id."""

    form_id: str
    version: str
    lang: str
    title: Text
    texts: Mapping[str, Text]
    media: Mapping[str, str] = field(default_factory=dict)  # file name → sha256 of its bytes


def render(text: Text, response: Response, element: Element) -> str:
    """Put the values that ``text`` shows into it, as seen from ``element``."""
    context = response.context(element)
    return "".join(part if isinstance(part, str) else to_string(evaluate(part, context)) for part in text.parts)


def choice_label(pack: Pack, response: Response, element: Element, value: str) -> str:
    """Give the label of the choice ``value`` of a question, ``''`` where there is none."""
    source = element.definition.choices if element.definition else None
    if source is None:
        return ""
    items = evaluate(source.nodes, response.context(element))
    for item in items if isinstance(items, list) else []:
        columns = {child.name: child.text for child in item.elements}
        if columns.get(source.value) == value:
            if source.literal:
                return columns.get(source.text, "")
            text = pack.texts.get(columns.get(source.text, ""))
            return render(text, response, element) if text else ""
    return ""


def dump_pack(pack: Pack) -> dict[str, Json]:
    """Turn a pack into JSON values."""
    return {
        "format": 1,
        "form": {"id": pack.form_id, "version": pack.version},
        "lang": pack.lang,
        "title": _text_to_json(pack.title, lang=pack.lang),
        "texts": {name: _text_to_json(text, lang=pack.lang) for name, text in pack.texts.items()},
        **({"media": dict(pack.media)} if pack.media else {}),
    }


def _text_to_json(text: Text, *, lang: str) -> Json:
    plain = all(isinstance(part, str) for part in text.parts)
    words = "".join(part for part in text.parts if isinstance(part, str))
    if plain and text.lang == lang and not text.media:
        return words
    fields: dict[str, Json] = {"text": words} if plain else {"parts": [_part_to_json(part) for part in text.parts]}
    if text.lang != lang:
        fields["lang"] = text.lang
    fields.update(text.media)
    return fields


def _part_to_json(part: Part) -> Json:
    return part if isinstance(part, str) else to_json(part)


def load_pack(body: str) -> Pack:
    """Parse the JSON text of a pack; raise ``ValueError`` for any other shape."""
    match json.loads(body):
        case {
            "form": {"id": str(form_id), "version": str(version)},
            "lang": str(lang),
            "title": title,
            "texts": texts,
            **rest,
        }:
            files = rest.get("media", {})
            if isinstance(texts, dict) and isinstance(files, dict):
                media = {str(name): str(sha256) for name, sha256 in files.items()}
                words = {str(name): _text(text, lang=lang) for name, text in texts.items()}
                return Pack(form_id, version, lang, _text(title, lang=lang), words, media)
    raise ValueError("Not a text pack: form, lang, title or texts is missing or of another kind")


def _text(value: object, *, lang: str) -> Text:
    match value:
        case str(words):
            return Text((words,), lang)
        case {"text": str(words), **rest}:
            return Text((words,), str(rest.pop("lang", lang)), _media(rest))
        case {"parts": [*parts], **rest}:
            language = str(rest.pop("lang", lang))
            return Text(tuple(map(_part, parts)), language, _media(rest))
    raise ValueError(f"Not a text of a pack: {value!r:.80}")


def _media(fields: Mapping[Any, object]) -> Mapping[str, str]:
    return {str(kind): str(file) for kind, file in fields.items()}


def _part(value: object) -> Part:
    return value if isinstance(value, str) else from_json(value)
