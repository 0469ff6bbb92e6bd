"""Makes the file that somebody wants, piece by piece: which writer, what it is called, of what type it is."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Final

from server.exports.dictionary import as_dictionary, dictionary_rows
from server.exports.geojson import as_geojson
from server.exports.lines import as_lines
from server.exports.packing import as_csv, file_name, gathered, has_repeats
from server.exports.photos import Drawn, Originals, PictureDrawer, WholeFiles, as_photos
from server.exports.reading import Export, Reads, prepare, responses
from server.exports.sheets import as_sheets
from server.exports.wanted import Wanted

__all__ = ["Making", "Sources", "make"]

CSV: Final = ("csv", "text/csv; charset=utf-8")
ZIP: Final = ("zip", "application/zip")
XLSX: Final = ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
GEOJSON: Final = ("geojson", "application/geo+json")
LINES: Final = ("jsonl", "application/jsonl; charset=utf-8")


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where everything comes from; ``folder`` is where files may wait, on the disk that the data are on."""

    database: Reads
    pictures: PictureDrawer
    files: WholeFiles
    folder: Path

    def read(self) -> AbstractContextManager[Connection]:
        """Read the database."""
        return self.database.read()


@dataclass(frozen=True, kw_only=True)
class Making:
    """A file that is about to be made; its pieces are worked out as they are asked for."""

    name: str
    content_type: str
    pieces: Iterator[bytes]


def make(sources: Sources, wanted: Wanted, *, day: str, right_to_left: bool = False) -> Making:
    """Prepare the file; ``day`` stands in its name, ``right_to_left`` says how the chosen language is written."""
    with sources.read() as connection:
        export = prepare(connection, wanted)
        explained = dictionary_rows(connection, wanted.form_id) if wanted.format in {"xlsx", "dictionary"} else []
    (extension, content_type), pieces = _written(sources, export, explained, right_to_left=right_to_left)
    return Making(name=f"{_stem(wanted, day)}.{extension}", content_type=content_type, pieces=gathered(pieces))


def _written(
    sources: Sources, export: Export, explained: list[list[str]], *, right_to_left: bool
) -> tuple[tuple[str, str], Iterator[bytes]]:
    """Give the end of the file's name with its type, and its pieces."""
    rows, wanted, folder = responses(sources.database, export), export.wanted, sources.folder
    match wanted.format:
        case "csv":
            return ZIP if has_repeats(export.table) else CSV, as_csv(rows, export, folder=folder)
        case "xlsx":
            return XLSX, as_sheets(rows, export, dictionary=explained, right_to_left=right_to_left, folder=folder)
        case "geojson":
            return GEOJSON, as_geojson(rows, export)
        case "dictionary":
            return CSV, iter([as_dictionary(explained)])
        case "lines":
            return LINES, as_lines(sources.database, wanted)
        case "photos":
            return ZIP, as_photos(sources.database, wanted, Drawn(sources.pictures), folder=folder)
        case "originals":
            return ZIP, as_photos(sources.database, wanted, Originals(sources.files), folder=folder)


def _stem(wanted: Wanted, day: str) -> str:
    """Name the file for the form, what is in it, where that is not plain from the end of its name, and the day."""
    about = f"-{wanted.format}" if wanted.format in {"photos", "originals", "dictionary"} else ""
    return file_name(f"{wanted.form_id}{about}-{day}")
