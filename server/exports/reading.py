"""Reads the answers of one form for an export, a few at a time: no slow line keeps a read of the database open."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from server.exports import queries
from server.exports.columns import EQUALITY, Table, tables
from server.exports.headings import Words, words_of
from server.exports.queries import ExportedResponse
from server.exports.rows import Row, RowMaker, row_maker
from server.exports.wanted import Wanted
from server.formlogic.definition import Definition
from server.formlogic.logic_json import load
from server.formlogic.response import AnswerTree
from server.formlogic.texts import Pack, load_pack
from server.forms import queries as form_queries
from server.forms.queries import FormVersion
from server.reviews.parts import join_parts

__all__ = ["ABOUT", "Export", "Reads", "definitions", "prepare", "responses"]

RESPONSES_AT_A_TIME: Final = 200
ABOUT: Final = (
    "_response",
    "_version",
    "_neighbourhood",
    "_venue",
    "_poster",
    "_language",
    "_received",
    "_made",
    "_state",
    "_problems",
)
"""The columns in front of the answers; they are called the same in every language, so that programs find them."""


class Reads(Protocol):
    """A database of which each short read sees one moment."""

    def read(self) -> AbstractContextManager[sqlite3.Connection]: ...


@dataclass(frozen=True, kw_only=True)
class Export:
    """What stays the same while an export is written."""

    wanted: Wanted
    table: Table
    words: Words | None
    versions: tuple[str, ...]
    maker: RowMaker


def prepare(connection: sqlite3.Connection, wanted: Wanted) -> Export:
    """Put the columns of all versions of the form together."""
    read = definitions(connection, wanted.form_id)
    words = words_of(_worded(connection, read, wanted.lang)) if wanted.lang else None
    table = tables([definition for _, definition in read], multiple=wanted.multiple)
    return Export(
        wanted=wanted,
        table=table,
        words=words,
        versions=tuple(version.version for version, _ in read),
        maker=row_maker(table, words, placed_only=wanted.format == "geojson"),
    )


def definitions(connection: sqlite3.Connection, form_id: str) -> list[tuple[FormVersion, Definition]]:
    """Give the versions of a form with what they ask, the newest first."""
    versions = [one for one in form_queries.versions(connection) if one.form_id == form_id]
    return [(version, definition) for version in versions if (definition := _definition(connection, version))]


def responses(database: Reads, export: Export) -> Iterator[list[Row]]:
    """Give the rows of some responses after the other, the oldest first; a main row begins with what ABOUT names."""
    after = ""
    while True:
        with database.read() as connection:
            found = queries.page(
                connection,
                export.wanted.filters,
                reader=export.wanted.reader,
                versions=export.versions,
                after=after,
                limit=RESPONSES_AT_A_TIME,
            )
            parts = queries.parts(connection, [one.head_rev for one in found], apart=EQUALITY)
            problems = queries.problems(connection, [one.response_id for one in found])
        if not found:
            return
        after = found[-1].response_id
        yield [
            row
            for one in found
            for row in _rows(export, one, parts.get(one.head_rev, []), problems.get(one.response_id, []))
        ]


def _rows(
    export: Export,
    response: ExportedResponse,
    parts: Sequence[tuple[str, str]],
    problems: Sequence[tuple[str, str]],
) -> Iterator[Row]:
    main, *repeats = export.maker.rows(_answers(parts), key=response.response_id)
    told = "; ".join(f"{path} {code}".strip() for path, code in problems if not _is_apart(path))
    key, _head, *about = response
    yield main._replace(cells=(key, *about, told, *main.cells))
    yield from repeats


def _answers(parts: Sequence[tuple[str, str]]) -> AnswerTree:
    """Join the parts; answers that cannot be read leave the cells blank, and are a problem already."""
    try:
        return join_parts(parts).answers
    except (ValueError, LookupError, TypeError, RecursionError):
        return {}


def _is_apart(path: str) -> bool:
    """Tell whether a problem is about an answer that is kept apart: a path begins with the form's own element."""
    return path.split("/")[2:3] == [EQUALITY]


def _definition(connection: sqlite3.Connection, version: FormVersion) -> Definition | None:
    """Load what a version asks; one that cannot be read has no columns, and its responses no readable answers."""
    body = form_queries.logic(connection, sha256=version.logic_sha)
    try:
        return load(json.loads(body)) if body else None
    except ValueError:
        return None


def _worded(
    connection: sqlite3.Connection, versions: Sequence[tuple[FormVersion, Definition]], lang: str
) -> list[tuple[Definition, Pack]]:
    found: list[tuple[Definition, Pack]] = []
    for version, definition in versions:
        offered = form_queries.current_texts(connection, form_id=version.form_id, version=version.version)
        sha256 = next((pack.sha256 for pack in offered if pack.lang == lang), None)
        body = form_queries.text_pack_body(connection, sha256=sha256) if sha256 else None
        if body:
            found.append((definition, load_pack(body)))
    return found
