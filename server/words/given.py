"""What a translator's file gives: sentences with what is said for them, and where in the file each stands."""

from dataclasses import dataclass

from babel.messages.catalog import Message

from server.words.catalogues import TAG, CatalogueUnreadable, Header, State, english_of, read_catalogue, read_header
from server.words.entries import Standing, entry_of
from server.words.names import sentence_name
from server.words.tongues import locale_of

__all__ = ["Given", "GivenFile", "read_po_file", "standing_named"]


@dataclass(frozen=True, kw_only=True)
class Given:
    """What is said for one sentence; ``name`` is its short name, ``english`` what the file calls it."""

    where: str
    name: str
    english: str
    forms: tuple[str, ...]
    standing: Standing
    is_formula: bool = False


@dataclass(frozen=True, kw_only=True)
class GivenFile:
    """A whole file: what it says of its language, and its sentences."""

    header: Header
    given: tuple[Given, ...]


def standing_named(name: str, *, whole: State) -> Standing:
    """Read a state as people write it; what is none of ours has that of the whole language."""
    match name:
        case "reviewed":
            return "reviewed"
        case "unsure":
            return "unsure"
    return whole


def read_po_file(text: str) -> GivenFile:
    """Read a .po file; raises CatalogueUnreadable."""
    header = read_header(text)
    if header.language is not None and TAG.fullmatch(header.language) is None:
        raise CatalogueUnreadable(f"“{header.language}” is no tag of a language. Write it as in bn, zh-Hans or pt-BR.")
    catalogue = read_catalogue(text, locale=locale_of(header.language) if header.language else None)
    return GivenFile(header=header, given=tuple(given_in(message, header.state) for message in catalogue if message.id))


def given_in(message: Message, state: State) -> Given:
    """Read a message. One that is not translated has blank forms and is told apart by that."""
    entry = entry_of(message, state=state)
    return Given(
        where=f"line {message.lineno}",
        name=sentence_name(english_of(message)),
        english=english_of(message),
        forms=entry.forms,
        standing="draft" if entry.standing == "missing" else entry.standing,
    )
