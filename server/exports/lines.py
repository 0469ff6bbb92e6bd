"""Writes an export as JSON lines: one response to a line, with the exact texts that its revisions are named for.

    {"v": 1, "response": id,
     "revisions": [{"rev", "received_at", "device", "header": text, "parts": [text, or null: erased]}, …],
     "reviews": [{"review", "rev", "action", "reason", "person", "name", "at", "undoes"}, …],
     "absent": [sha256 of a text that is not erased, but not in this file, …]}

Whoever has the file can make the same responses of it again (server.exports.importing).
"""

import json
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final

from server.exports import record_queries
from server.exports.columns import EQUALITY
from server.exports.reading import Reads
from server.exports.record_queries import PartRow, ReviewRow, RevisionRow
from server.exports.wanted import Wanted

__all__ = ["LINE_VERSION", "as_lines"]

LINE_VERSION: Final = 1
RESPONSES_AT_A_TIME: Final = 50
AS_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def as_lines(database: Reads, wanted: Wanted) -> Iterator[bytes]:
    """Give the lines, some at a time."""
    after = ""
    while True:
        with database.read() as connection:
            ids = record_queries.page_of_ids(
                connection, wanted.filters, reader=wanted.reader, after=after, limit=RESPONSES_AT_A_TIME
            )
            names = [response_id for response_id, _ in ids]
            revisions = record_queries.revisions(connection, names, reader=wanted.reader)
            parts = record_queries.parts(connection, [one.rev for one in revisions])
            reviews = record_queries.reviews(connection, names)
        if not ids:
            return
        after = names[-1]
        yield b"".join(_written(revisions, parts, reviews, apart=wanted.apart))


def _written(
    revisions: list[RevisionRow], parts: list[PartRow], reviews: list[ReviewRow], *, apart: bool
) -> Iterator[bytes]:
    of_rev = {rev: list(found) for rev, found in groupby(parts, key=attrgetter("rev"))}
    of_response = {name: list(found) for name, found in groupby(reviews, key=attrgetter("response_id"))}
    for name, found in groupby(revisions, key=attrgetter("response_id")):
        told = [_revision(one, of_rev.get(one.rev, []), apart=apart) for one in found]
        line = {
            "v": LINE_VERSION,
            "response": name,
            "revisions": [revision for revision, _ in told],
            "reviews": [_review(one) for one in of_response.get(name, [])],
            "absent": sorted({sha256 for _, absent in told for sha256 in absent}),
        }
        yield AS_JSON(line).encode() + b"\n"


def _revision(row: RevisionRow, parts: list[PartRow], *, apart: bool) -> tuple[dict[str, object], list[str]]:
    """Give a revision with the texts that go along, and the hashes of those that stay behind."""
    came = {part.sha256: part for part in parts}
    texts: list[str | None] = []
    absent: list[str] = []
    for sha256 in _named(row.header):
        part = came.get(sha256)
        stays = part is None or (part.body is not None and not apart and _is_apart(part))
        texts.append(None if stays or part is None else part.body)
        absent += [sha256] if stays else []
    told = {"rev": row.rev, "received_at": row.received_at, "device": row.device_id, "header": row.header}
    return {**told, "parts": texts}, absent


def _named(header: str) -> list[str]:
    """List what a header names its parts by; it was read by every rule before it was kept."""
    return [part["sha256"] for part in json.loads(header)["parts"]]


def _review(row: ReviewRow) -> dict[str, object]:
    return {
        "review": row.review_id,
        "rev": row.rev,
        "action": row.action,
        "reason": row.reason,
        "person": row.person_id,
        "name": row.person,
        "at": row.at,
        "undoes": row.undoes,
    }


def _is_apart(part: PartRow) -> bool:
    """Tell whether a text holds answers that are kept apart, or nobody can tell what it holds."""
    if part.name == EQUALITY:
        return True
    if f'"{EQUALITY}"' not in (part.body or "") and "\\u" not in (part.body or ""):
        return False
    try:
        return EQUALITY in json.loads(part.body or "")["answers"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return True
