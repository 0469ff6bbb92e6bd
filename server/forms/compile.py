"""Compile an XForm to the logic and the text packs that phones and the reference engine run.

Everything that can't be done is refused with its place; nothing is passed over. All problems that can be seen at once
are told at once.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from server.formlogic.definition import Definition
from server.formlogic.logic_json import dump
from server.formlogic.texts import dump_pack
from server.formlogic.trees import Json
from server.forms.assembly import Assembly
from server.forms.external_choices import ExternalChoices
from server.forms.fitting import misfits, part_readings
from server.forms.languages import UNTOLD
from server.forms.list_files import ListFile
from server.forms.media_files import MediaFile
from server.forms.problems import FormProblem, FormRefused
from server.forms.texts import Words, gather_words
from server.forms.wordings import raw_marks, too_long
from server.forms.xform import read_xform

__all__ = ["Compiled", "compile_xform"]


@dataclass(frozen=True)
class Compiled:
    """A form version, ready to publish; ``logic_text`` and each of the ``packs``, one a language, are JSON text."""

    form_id: str
    version: str
    title: str
    default_lang: str
    logic_text: str
    packs: Mapping[str, str]
    xform: str
    list_files: Mapping[str, str] = field(default_factory=dict)  # list id → name of a file to lie beside the form
    media_files: tuple[str, ...] = ()  # names of the images, sounds and videos to lie beside it
    lists: Mapping[str, ListFile] = field(default_factory=dict)  # the list files that were given, by list id
    media: tuple[MediaFile, ...] = ()  # the media files that were given
    warnings: tuple[FormProblem, ...] = ()


def compile_xform(
    xml: str,
    *,
    untold: str = UNTOLD,
    external: ExternalChoices | None = None,
    titles: Mapping[str, str] = MappingProxyType({}),
    strict: bool = True,
) -> Compiled:
    """Compile XForm XML; raise ``FormRefused`` with every reason why it can't be done.

    ``untold`` is the language (BCP 47) of a form that names none; ``external`` holds the lists of select_one_external,
    ``titles`` the titles by language where the source has more than the one of the XForm.
    With ``strict`` off, what phones can't show yet is let through: for vectors, which try the logic alone.
    """
    form = read_xform(xml)
    external = external or ExternalChoices()
    compiler = Assembly(form, external.lists, strict=strict)
    words = gather_words(form, untold=untold, read=compiler.expression_of_text)
    for text_id, of_text in external.texts.items():
        for lang, text in of_text.items():
            words.add(text_id, lang, (text,))
    definition = compiler.definition(words)
    problems = [*compiler.problems, *(_of_the_whole(definition, words) if strict else ())]
    if problems:
        raise FormRefused(problems)
    titles = {words.default: form.title, **titles}
    packs = words.packs(form_id=definition.form_id, version=definition.version, titles=titles)
    return Compiled(
        form_id=definition.form_id,
        version=definition.version,
        title=form.title,
        default_lang=words.default,
        logic_text=_text(dump(definition)),
        packs={lang: _text(dump_pack(pack)) for lang, pack in packs.items()},
        xform=xml,
        list_files=definition.list_files,
        media_files=tuple(words.media_files()),
        warnings=(*compiler.warnings, *part_readings(definition), *raw_marks(words)),
    )


def _of_the_whole(definition: Definition, words: Words) -> Iterator[FormProblem]:
    yield from misfits(definition)
    yield from too_long(words)


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
