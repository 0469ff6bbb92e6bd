"""Sentences and what is said for them, as translators deal with them: each with its state."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final, Literal

from babel.messages.catalog import Catalog, Message

from server.words.catalogues import State, english_of, forms_of

__all__ = ["FUZZY", "REVIEWED", "Entry", "Standing", "entries_of", "entry_of", "laid_over", "message_of"]

Standing = Literal["missing", "unsure", "draft", "reviewed"]
"""``missing``: nothing is said; ``unsure``: not shown until a person has looked; ``draft``: nobody has read it yet."""

FUZZY: Final = "fuzzy"
REVIEWED: Final = "reviewed"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One sentence: its English (and the English plural of a counted one), and each form of its translation."""

    english: tuple[str, ...]
    forms: tuple[str, ...]
    standing: Standing

    @property
    def key(self) -> str:
        """The English by which it is looked up."""
        return self.english[0]


def entries_of(catalogue: Catalog, *, state: State) -> dict[str, Entry]:
    """Read the entries of a catalogue; in a language that is reviewed, every sentence is that is not in doubt."""
    return {english_of(message): entry_of(message, state=state) for message in catalogue if message.id}


def entry_of(message: Message, *, state: State) -> Entry:
    """Read an entry."""
    english = message.id if isinstance(message.id, str) else tuple(message.id)
    forms = forms_of(message)
    return Entry(
        english=(english,) if isinstance(english, str) else english,
        forms=forms,
        standing=standing_of(message, forms, state=state),
    )


def standing_of(message: Message, forms: tuple[str, ...], *, state: State) -> Standing:
    """Tell how far a translation is."""
    if not all(form.strip() for form in forms):
        return "missing"
    if message.fuzzy:
        return "unsure"
    return "reviewed" if REVIEWED in message.flags or state == "reviewed" else "draft"


def laid_over(below: Mapping[str, Entry], above: Mapping[str, Entry]) -> dict[str, Entry]:
    """Put what is said above in place of what is said below."""
    said = {key: entry for key, entry in above.items() if entry.standing != "missing"}
    return {**below, **said}


def message_of(entry: Entry, template: Message, *, forms: int) -> Message:
    """Write an entry as a message: files, notes and kind come from the template."""
    message = template.clone()
    counted = len(entry.english) > 1
    said = entry.forms if entry.standing != "missing" else ("",) * (forms if counted else 1)
    message.string = tuple(said) if counted else said[0]
    message.flags -= {FUZZY, REVIEWED}
    message.flags |= flags_for(entry)
    return message


def flags_for(entry: Entry) -> Set[str]:
    """Name the flag of a .po file for a standing; a draft has none."""
    match entry.standing:
        case "unsure":
            return {FUZZY}
        case "reviewed":
            return {REVIEWED}
    return set()
