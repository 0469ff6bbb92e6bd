"""Writes the photos and other files of responses as a zip, whose names lead back to the response and the question.

    0192…-assets[1]-photo-3f2a….webp        a picture as the server drew it, without what a camera wrote into it
    files.csv                               every file: of which response and question, and what became of it

Only files that an answer names are in it, so none that belongs to answers that are kept apart. They are stored as they
are, since pictures grow no smaller; one at a time is in memory, and at most as large as a phone may send.
"""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final, Literal, Protocol

from server.exports import queries, record_queries
from server.exports.cells import text_cell
from server.exports.columns import EQUALITY
from server.exports.packing import Drain, file_name, lines_of
from server.exports.reading import Reads
from server.exports.record_queries import FileRow
from server.exports.wanted import Wanted
from server.formlogic.response import AnswerTree
from server.pictures.drawing import Size
from server.reviews.parts import join_parts

__all__ = ["Drawn", "Originals", "PhotoSource", "as_photos"]

RESPONSES_AT_A_TIME: Final = 50
COPIED_BYTES: Final = 256 * 1024
NAME_HASH: Final = 8
HEADINGS: Final = ("_file", "_response", "question", "name", "sha256", "bytes", "type", "state")

Made = Literal["here", "erased", "not-here-yet", "no-picture", "lost"]


class PhotoSource(Protocol):
    """Where the contents come from."""

    def open(self, file: FileRow) -> tuple[IO[bytes] | bytes | None, str]:
        """Give what goes into the zip and the end of its name; None for a file that is not to be shown."""


class PictureDrawer(Protocol):
    """Who draws pictures."""

    def picture(self, sha256: str, size: Size) -> bytes | None: ...


class WholeFiles(Protocol):
    """Who has files as they came."""

    def open_whole(self, sha256: str) -> BinaryIO: ...


@dataclass(frozen=True)
class Drawn:
    """Pictures as the server draws them."""

    pictures: PictureDrawer

    def open(self, file: FileRow) -> tuple[IO[bytes] | bytes | None, str]:
        """Give the large picture; None for what is none."""
        return self.pictures.picture(file.sha256, Size.LARGE), ".webp"


@dataclass(frozen=True)
class Originals:
    """Files as they came, with all that a camera wrote into them."""

    files: WholeFiles

    def open(self, file: FileRow) -> tuple[IO[bytes] | bytes | None, str]:
        """Give the file; raises OSError."""
        return self.files.open_whole(file.sha256), Path(file_name(file.name)).suffix.lower()


def as_photos(database: Reads, wanted: Wanted, source: PhotoSource, *, folder: Path) -> Iterator[bytes]:
    """Give the bytes of the zip."""
    drain = Drain()
    with (
        tempfile.TemporaryFile(dir=folder) as index,
        zipfile.ZipFile(drain, "w", zipfile.ZIP_STORED) as archive,
    ):
        index.write(lines_of([HEADINGS], first=True))
        for file, question in _named_files(database, wanted):
            yield from _put(archive, drain, index, file, question, source)
        index.seek(0)
        with archive.open("files.csv", "w", force_zip64=True) as member:
            while copied := index.read(COPIED_BYTES):
                member.write(copied)
                yield drain.taken()
    yield drain.taken()


def _put(
    archive: zipfile.ZipFile, drain: Drain, index: IO[bytes], file: FileRow, question: str, source: PhotoSource
) -> Iterator[bytes]:
    """Put one file in, and its line into the index."""
    name, state = "", _state(file)
    if state == "here":
        content, end = None, ""
        with suppress(OSError):
            content, end = source.open(file)
        if content is None:
            state = "no-picture" if end else "lost"
        else:
            name = f"{file.response_id}-{file_name(question.replace('/', '-'))}-{file.sha256[:NAME_HASH]}{end}"
            yield from _copied(archive, drain, name, content)
    line = [name, file.response_id, question, file.name, file.sha256, str(file.bytes), file.type, state]
    index.write(lines_of([[text_cell(cell) for cell in line]]))


def _copied(archive: zipfile.ZipFile, drain: Drain, name: str, content: IO[bytes] | bytes) -> Iterator[bytes]:
    with archive.open(name, "w", force_zip64=True) as member:
        if isinstance(content, bytes):
            member.write(content)
        else:
            with content:
                while piece := content.read(COPIED_BYTES):
                    member.write(piece)
                    yield drain.taken()
    yield drain.taken()


def _state(file: FileRow) -> Made:
    return "here" if file.state == "here" else "erased" if file.state == "erased" else "not-here-yet"


def _named_files(database: Reads, wanted: Wanted) -> Iterator[tuple[FileRow, str]]:
    """Give each file that an answer names, with the place of that answer."""
    after = ""
    while True:
        with database.read() as connection:
            ids = record_queries.page_of_ids(
                connection, wanted.filters, reader=wanted.reader, after=after, limit=RESPONSES_AT_A_TIME
            )
            files = record_queries.files(connection, [head for _, head in ids])
            parts = queries.parts(connection, sorted({one.head_rev for one in files}), apart=EQUALITY)
        if not ids:
            return
        after = ids[-1][0]
        places = {rev: _places(found) for rev, found in parts.items()}
        for file in files:
            question = places.get(file.head_rev, {}).get(file.name)
            if question is not None:
                yield file, question


def _places(parts: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Give the place of each text that was answered, by the text; the first one counts."""
    try:
        answers: AnswerTree = {name: one for name, one in join_parts(parts).answers.items() if name != EQUALITY}
    except (ValueError, LookupError, TypeError, RecursionError):
        return {}
    found: dict[str, str] = {}
    waiting: list[tuple[str, object]] = []
    waiting.extend(reversed(list(answers.items())))
    while waiting:
        place, one = waiting.pop()
        if isinstance(one, str):
            found.setdefault(one, place)
        elif isinstance(one, dict):
            waiting += [(f"{place}/{name}", inner) for name, inner in one.items()][::-1]
        elif isinstance(one, list):
            waiting += [(f"{place}[{number}]", inner) for number, inner in enumerate(one, start=1)][::-1]
    return found
