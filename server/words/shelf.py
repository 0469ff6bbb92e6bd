"""Where the catalogues of a language lie: what is below, and the file that translators change."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from babel.messages.catalog import Catalog

from server.words.catalogues import Header, english_of, read_catalogue, read_header, text_of
from server.words.entries import Entry, entries_of, laid_over, message_of
from server.words.tongues import PACKAGE_FILE, added_file, catalogue_folder, locale_of, over
from server.words.writing import head_of, po_text, write_whole

__all__ = ["Shelf"]


@dataclass(frozen=True)
class Shelf:
    """The catalogues of one language: ``package`` may be changed in ``data``; without it, it is changed itself."""

    locale: str
    package: Path
    data: Path | None

    @classmethod
    def of(cls, lang: str, *, data: Path | None, source: Path | None) -> Self:
        """Find the catalogues of an installed Fieldwell and its data folder, or of a working copy."""
        return cls(
            locale=locale_of(lang),
            package=catalogue_folder() if source is None else source / "translations",
            data=None if source is not None else data,
        )

    @property
    def target(self) -> Path:
        """The file that an import writes."""
        packaged = self.package / self.locale / PACKAGE_FILE
        return packaged if self.data is None else added_file(self.data, self.locale)

    @cached_property
    def template(self) -> Catalog:
        """Every English sentence."""
        return read_catalogue(text_of(self.package / "messages.pot"))

    @cached_property
    def header(self) -> Header:
        """What the catalogues say of the language."""
        heads = [read_header(text_of(path)) for path in (self._packaged, self.target) if path.is_file()]
        if not heads:
            return Header()
        return heads[0] if len(heads) == 1 else over(heads[0], heads[1])

    @cached_property
    def below(self) -> dict[str, Entry]:
        """What is said without the file that is changed."""
        return {} if self.data is None else self._entries(self._packaged)

    @cached_property
    def target_entries(self) -> dict[str, Entry]:
        """What the file that is changed says now."""
        return self._entries(self.target)

    @cached_property
    def packaged_header(self) -> Header | None:
        """What the package says of the language, where it has it."""
        there = self._packaged.is_file() and self._packaged != self.target
        return read_header(text_of(self._packaged)) if there else None

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """What is said for each sentence now; all of them are here, those without a translation as missing."""
        said = laid_over(self.below, self.target_entries)
        blank = entries_of(self.template, state="draft")
        return {key: said.get(key, one) for key, one in blank.items()}

    @cached_property
    def catalogue(self) -> Catalog:
        """All sentences with what is said for them now."""
        return self.made_of(self.entries, self.header)

    @property
    def is_there(self) -> bool:
        """Whether there is anything in this language yet."""
        return self._packaged.is_file() or self.target.is_file()

    def made_of(self, entries: dict[str, Entry], header: Header) -> Catalog:
        """Make a catalogue of entries; files and notes for translators come from the template."""
        made = read_catalogue(head_of(self.locale, header), locale=self.locale)
        for message in self.template:
            entry = entries.get(english_of(message)) if message.id else None
            if entry is not None:
                made[message.id] = message_of(entry, message, forms=made.num_plurals)
        return made

    def text(self, entries: dict[str, Entry], header: Header) -> str:
        """Write entries as a .po file."""
        return po_text(head_of(self.locale, header), self.made_of(entries, header))

    def keep(self, text: str) -> None:
        """Put the file in place."""
        write_whole(self.target, text.encode())

    @property
    def _packaged(self) -> Path:
        return self.package / self.locale / PACKAGE_FILE

    def _entries(self, path: Path) -> dict[str, Entry]:
        if not path.is_file():
            return {}
        text = text_of(path)
        return entries_of(read_catalogue(text, locale=self.locale), state=read_header(text).state)
