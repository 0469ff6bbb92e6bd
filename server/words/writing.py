"""Writes catalogues as .po files, with our own lines in their heads; a file is there whole or not at all."""

import os
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from server.words.catalogues import Header
from server.words.plurals import locale_known, plural_forms_header
from server.words.tongues import tongue_of

__all__ = ["head_of", "plural_forms_of", "po_text", "write_whole"]

LINE_WIDTH: Final = 110
ENGLISH_PLURALS: Final = "nplurals=2; plural=(n != 1);"


def po_text(head: str, catalogue: Catalog) -> str:
    """Write a head and the sentences in alphabetical order, with names of files but no line numbers."""
    body = BytesIO()
    write_po(body, catalogue, width=LINE_WIDTH, sort_output=True, include_lineno=False, omit_header=True)
    return f"{head.rstrip()}\n\n{body.getvalue().decode().strip()}\n"


def head_of(locale: str, header: Header) -> str:
    """Write the head of a catalogue; what is left open is filled as CLDR has it."""
    tongue = tongue_of(locale, header)
    checked = "A person has reviewed it." if header.state == "reviewed" else "No person has reviewed all of it yet."
    lines = {
        "Project-Id-Version": "Fieldwell",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": header.plural_forms or plural_forms_of(locale, header),
        "X-Fieldwell-State": header.state,
        "X-Fieldwell-Autonym": header.autonym,
        "X-Fieldwell-Direction": header.direction,
        "X-Fieldwell-Formats-Like": header.formats_like,
    }
    written = "".join(f'"{name}: {value}\\n"\n' for name, value in lines.items() if value)
    return f'# Fieldwell in {tongue.autonym}. {checked}\nmsgid ""\nmsgstr ""\n{written}'


def plural_forms_of(locale: str, header: Header) -> str:
    """Give Plural-Forms of a language that CLDR knows, else of the one whose numbers it writes, else of English."""
    known = locale_known(locale) or locale_known(header.formats_like)
    return plural_forms_header(known) if known else ENGLISH_PLURALS


def write_whole(path: Path, body: bytes) -> None:
    """Put a file in its place: whoever reads meanwhile sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    with beside.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
