"""What a file will hold and how large it will be, before anybody takes it away."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from server.exports import queries, record_queries
from server.exports.wanted import Format, Wanted

__all__ = ["APART_FORMATS", "OF_FILES", "SHEETS_RESPONSES", "Preview", "preview"]

APART_FORMATS: Final[frozenset[Format]] = frozenset({"lines"})
"""What can hold the answers that are kept apart."""
OF_FILES: Final[frozenset[Format]] = frozenset({"photos", "originals"})
"""What holds the files of responses, and nothing else."""
SHEETS_RESPONSES: Final = 100_000
"""How many responses a workbook from the console may hold: it is sent once it is whole, and nobody waits for more."""
SAMPLED: Final = 200
DRAWN_BYTES: Final = 120_000
"""About how large a picture is as the server draws it."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """How many responses, how many files beside them, and about how many bytes."""

    responses: int
    files: int
    bytes: int
    is_too_long: bool


BYTES_OF_RESPONSE: Final[dict[Format, float]] = {"csv": 1.0, "xlsx": 0.5, "geojson": 1.5, "lines": 1.6}
"""How many bytes a file has for each byte of answers; each was measured on the demo and rounded up."""


def preview(connection: sqlite3.Connection, wanted: Wanted) -> Preview:
    """Count what is wanted; the size is reckoned from the first of them."""
    responses = queries.count(connection, wanted.filters, reader=wanted.reader)
    files, file_bytes = 0, 0
    if wanted.format in OF_FILES:
        files, file_bytes = record_queries.count_files(connection, wanted.filters, reader=wanted.reader)
    size = {"photos": files * DRAWN_BYTES, "originals": file_bytes}.get(wanted.format)
    if size is None:
        each = queries.mean_bytes(connection, wanted.filters, reader=wanted.reader, sampled=SAMPLED)
        size = int(each * BYTES_OF_RESPONSE.get(wanted.format, 0) * responses)
    too_long = wanted.format == "xlsx" and responses > SHEETS_RESPONSES
    return Preview(responses=responses, files=files, bytes=size, is_too_long=too_long)
