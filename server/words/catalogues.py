"""Reads message catalogues (.po): their sentences by Babel, and the lines of their headers that are ours."""

import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final, Literal, cast

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

__all__ = [
    "TAG",
    "CatalogueUnreadable",
    "Direction",
    "Header",
    "State",
    "english_of",
    "forms_of",
    "is_whole",
    "read_catalogue",
    "read_header",
]

State = Literal["draft", "reviewed"]
Direction = Literal["ltr", "rtl"]

HEADER_LINE: Final = re.compile(r'^"([A-Za-z-]+):[ \t]*(.*?)[ \t]*\\n"[ \t]*$', re.MULTILINE)
TOO_MANY_FORMS: Final = re.compile(r"nplurals\s*=\s*0*(?:[7-9]|[1-9]\d)")
"""No language has more than six plural forms; as many are made of each sentence as a file says."""
OURS: Final = "X-Fieldwell-"
TAG: Final = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
"""A BCP 47 tag, or the name of a folder that is made of one."""


class CatalogueUnreadable(Exception):
    """The text is no catalogue; the message says in which line it goes wrong."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """What the head of a catalogue says of its language, where it says so."""

    language: str | None = None
    plural_forms: str | None = None
    state: State = "draft"
    autonym: str | None = None
    direction: Direction | None = None
    formats_like: str | None = None


def read_header(text: str) -> Header:
    """Read the head of a catalogue; what does not say how far it can be trusted is a draft."""
    head = text.replace("\r\n", "\n").lstrip("\ufeff\n").partition("\n\n")[0]
    said = {name: value for name, value in HEADER_LINE.findall(head) if value}
    direction = said.get(f"{OURS}Direction")
    return Header(
        language=said.get("Language"),
        plural_forms=said.get("Plural-Forms"),
        state="reviewed" if said.get(f"{OURS}State") == "reviewed" else "draft",
        autonym=said.get(f"{OURS}Autonym"),
        direction=cast("Direction", direction) if direction in {"ltr", "rtl"} else None,
        formats_like=said.get(f"{OURS}Formats-Like"),
    )


def read_catalogue(text: str, *, locale: str | None = None) -> Catalog:
    """Read the sentences; raises CatalogueUnreadable."""
    if TOO_MANY_FORMS.search(text):
        raise CatalogueUnreadable("It has more plural forms than any language. Copy them from one that counts alike.")
    try:
        # Babel believes `locale` more than the header, and asks CLDR for plural forms only where the header has none.
        catalogue = read_po(StringIO(text), locale=locale, abort_invalid=True)
    except (PoFileError, ValueError, IndexError, SyntaxError) as error:
        line = getattr(error, "lineno", None)
        where = f"Line {line + 1}" if isinstance(line, int) else "The file"
        raise CatalogueUnreadable(
            f"{where} is not as a .po file should be: {str(error).removesuffix(f' on {line}')}."
        ) from error
    catalogue.charset = "utf-8"  # As which it is written again, whatever its header says.
    return catalogue


def text_of(path: Path) -> str:
    """Read a catalogue's file; raises CatalogueUnreadable when it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueUnreadable("The file is not written in UTF-8. Save it as UTF-8.") from error


def english_of(message: Message) -> str:
    """Give the English sentence by which a message is looked up; of a counted one the singular."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


def forms_of(message: Message) -> tuple[str, ...]:
    """Give the one translation, or that of each plural form; a missing one is empty."""
    string = message.string
    return tuple(str(one or "") for one in string) if isinstance(string, list | tuple) else (str(string or ""),)


def is_whole(message: Message) -> bool:
    """Tell whether a message can be shown: every form is there, and nobody has put a question mark to it."""
    return bool(message.id) and not message.fuzzy and all(form.strip() for form in forms_of(message))
