"""Counts how far each language is, for the app and for the console. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from babel.messages.catalog import Catalog

from server.words.catalogues import english_of
from server.words.entries import Entry
from server.words.where import part_of

__all__ = ["Progress", "as_table", "progress_of"]

Part = Literal["app", "console"]
TITLES: Final = ("language", "", "state", "part", "sentences", "translated", "reviewed", "drafts", "unsure", "missing")
FIRST_FIGURE: Final = 4


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many sentences of one part of Fieldwell are how far."""

    part: Part
    sentences: int
    reviewed: int
    drafts: int
    unsure: int
    missing: int

    @property
    def translated(self) -> int:
        """Those that people see in their language."""
        return self.reviewed + self.drafts


def progress_of(entries: Mapping[str, Entry], template: Catalog) -> list[Progress]:
    """Count the sentences of the app, and those of the console and the pages of posters; some are in both."""
    parts = {english_of(one): part_of(path for path, _line in one.locations) for one in template if one.id}
    return [
        counted(part, [entry for key, entry in entries.items() if parts.get(key, part) in {part, "both"}])
        for part in ("app", "console")
    ]


def counted(part: str, entries: Sequence[Entry]) -> Progress:
    """Count the entries of one part."""
    standings = [entry.standing for entry in entries]
    return Progress(
        part="app" if part == "app" else "console",
        sentences=len(standings),
        reviewed=standings.count("reviewed"),
        drafts=standings.count("draft"),
        unsure=standings.count("unsure"),
        missing=standings.count("missing"),
    )


def as_table(found: Iterable[tuple[str, str, str, Sequence[Progress]]]) -> Iterator[str]:
    """Write a line for each part of each language: tag, autonym, state, and the counts."""
    rows: list[tuple[str, ...]] = [TITLES]
    for lang, autonym, state, parts in found:
        for one in parts:
            figures = (one.sentences, one.translated, one.reviewed, one.drafts, one.unsure, one.missing)
            rows.append((lang, autonym, state, one.part, *map(str, figures)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(TITLES))]
    for row in rows:
        cells = [
            cell.rjust(width) if column >= FIRST_FIGURE else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
