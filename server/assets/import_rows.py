"""What the columns of a file mean, and what its rows make: assets, with what is wrong in each row. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from server.assets.folding import fold
from server.assets.import_files import Table
from server.assets.matching import Candidates, Seen, Suggestion
from server.assets.rules import NEVER_ON_A_MAP
from server.coding.codebook import CodeBook
from server.config import PLACE_WORDS_CHARACTERS
from server.venues.typed import is_position, read_position
from sync.limits import NAME_CHARACTERS

__all__ = ["MEANINGS", "ImportRow", "Meaning", "RowProblem", "guessed", "rows_of", "with_twins"]

Meaning = Literal["", "name", "names", "kind", "place_words", "latitude", "longitude"]
RowProblem = Literal[
    "no-name", "name-too-long", "kind-unknown", "position-unreadable", "position-nowhere", "never-on-a-map",
    "words-cut",
]  # fmt: skip
MEANINGS: Final[tuple[Meaning, ...]] = ("", "name", "names", "kind", "place_words", "latitude", "longitude")
HEADINGS: Final[Mapping[Meaning, frozenset[str]]] = {
    "name": frozenset(("name", "title", "asset", "asset name", "label", "organisation", "নাম", "اسم", "الاسم")),
    "names": frozenset(("other names", "names", "alt name", "also known as", "alias")),
    "kind": frozenset(("kind", "type", "category", "asset kind", "asset type")),
    "place_words": frozenset(("place", "address", "where", "location", "how to find it", "postcode", "addr street")),
    "latitude": frozenset(("latitude", "lat", "y", "northing wgs84")),
    "longitude": frozenset(("longitude", "lon", "lng", "long", "x")),
}
SEPARATED: Final = re.compile(r"\s*[;|]\s*")
MOST_NAMES: Final = 20


@dataclass(frozen=True, kw_only=True)
class ImportRow:
    """One row as the asset that it makes. `stops`: it makes none. `twin`: the asset that it seems to be already."""

    number: int
    name: str
    names: tuple[str, ...]
    kind: str
    place_words: str
    latitude: float | None
    longitude: float | None
    problems: tuple[RowProblem, ...]
    twin: Suggestion | None = None
    twin_row: int | None = None

    @property
    def stops(self) -> bool:
        """Whether something is so wrong that the row cannot be imported."""
        return "no-name" in self.problems or "name-too-long" in self.problems

    @property
    def is_twin(self) -> bool:
        """Whether it seems to be here, or in the file, already."""
        return self.twin is not None or self.twin_row is not None


def guessed(columns: Sequence[str]) -> tuple[Meaning, ...]:
    """Guess what each column means from its heading; no two mean the same."""
    taken: set[Meaning] = set()
    found: list[Meaning] = []
    for heading in columns:
        likely = (one for one, words in HEADINGS.items() if fold(heading) in words and one not in taken)
        meaning: Meaning = next(likely, "")
        found.append(meaning)
        if meaning:
            taken.add(meaning)
    return tuple(found)


def rows_of(table: Table, meanings: Sequence[Meaning], *, kinds: CodeBook) -> list[ImportRow]:
    """Read each row by what its columns mean."""
    known = {fold(words): code.id for code in kinds.codes for words in (code.id, *code.labels.values())}
    tagged = {tag: code.id for code in kinds.codes for tag in code.frames.get("osm_tags", ())}
    return [
        _row(number, dict(zip(meanings, row, strict=False)), known, _tags(table.columns, row, tagged))
        for number, row in enumerate(table.rows, start=table.first)
    ]


def with_twins(rows: Sequence[ImportRow], known: Sequence[Seen]) -> list[ImportRow]:
    """Find the rows that are here already, or stand in the file before."""
    here = Candidates(known)
    before = Candidates(_seen(row) for row in rows if not row.stops)
    return [row if row.stops else _judged(row, here, before) for row in rows]


def _judged(row: ImportRow, here: Candidates, before: Candidates) -> ImportRow:
    twin = next(iter(here.twins(_seen(row))), None)
    earlier = (int(one.id) for one in before.twins(_seen(row)))
    twin_row = min((number for number in earlier if number < row.number), default=None)
    return ImportRow(**{**vars(row), "twin": twin, "twin_row": twin_row if twin is None else None})


def _seen(row: ImportRow) -> Seen:
    return Seen(
        id=str(row.number),
        names=(row.name, *row.names),
        kind=row.kind,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def _row(number: int, given: Mapping[Meaning, str], known: Mapping[str, str], tagged: str) -> ImportRow:
    problems: list[RowProblem] = []
    name, said = given.get("name", ""), given.get("kind", "")
    kind = known.get(fold(said), "") or tagged
    if not name:
        problems.append("no-name")
    elif len(name) > NAME_CHARACTERS:
        problems.append("name-too-long")
    if said and not kind:
        problems.append("kind-unknown")
    words = given.get("place_words", "")
    if len(words) > PLACE_WORDS_CHARACTERS:
        problems.append("words-cut")
    latitude, longitude = _position(given, kind, problems)
    names = (one for one in SEPARATED.split(given.get("names", "")) if one and one != name)
    return ImportRow(
        number=number,
        name=name,
        names=tuple(dict.fromkeys(one[:NAME_CHARACTERS] for one in names))[:MOST_NAMES],
        kind=kind,
        place_words=words[:PLACE_WORDS_CHARACTERS],
        latitude=latitude,
        longitude=longitude,
        problems=tuple(problems),
    )


def _position(given: Mapping[Meaning, str], kind: str, problems: list[RowProblem]) -> tuple[float | None, float | None]:
    latitude, longitude = given.get("latitude", ""), given.get("longitude", "")
    if not latitude and not longitude:
        return None, None
    if kind == NEVER_ON_A_MAP:
        problems.append("never-on-a-map")
        return None, None
    found = read_position(f"{latitude}, {longitude}")
    if found is None:
        problems.append("position-nowhere" if is_position(f"{latitude}, {longitude}") else "position-unreadable")
        return None, None
    return found


def _tags(columns: Sequence[str], row: Sequence[str], tagged: Mapping[str, str]) -> str:
    """Tell the kind from OpenStreetMap's tags, where columns are tags; '' where none is known."""
    pairs = list(zip(columns, row, strict=False))
    exact = (tagged.get(f"{key}={value}") for key, value in pairs if value)
    some = (tagged.get(f"{key}=*") for key, value in pairs if value)
    return next((one for one in (*exact, *some) if one), "")
