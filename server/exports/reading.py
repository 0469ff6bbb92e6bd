"""Reads the answers of one form for an export, a few at a time: no slow line keeps a read of the database open."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.exports import queries
from server.exports.cells import text_cell
from server.exports.columns import EQUALITY, Table, tables
from server.exports.headings import Words, words_of
from server.exports.queries import ExportedResponse
from server.exports.rows import Row, rows_of
from server.formlogic.definition import Definition
from server.formlogic.logic_json import load
from server.formlogic.response import AnswerTree
from server.formlogic.texts import Pack, load_pack
from server.forms import queries as form_queries
from server.forms.queries import FormVersion
from server.reviews.parts import join_parts
from server.store.database import Database

__all__ = ["ABOUT", "Export", "Wanted", "prepare", "responses"]

RESPONSES_AT_A_TIME: Final = 100
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


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks for: ``reader`` is their person id, ``lang`` the language of labels, None for names."""

    reader: str
    form_id: str
    neighbourhood_id: str | None
    lang: str | None


@dataclass(frozen=True, kw_only=True)
class Export:
    """What stays the same while an export is written."""

    wanted: Wanted
    table: Table
    words: Words | None
    versions: tuple[str, ...]


def prepare(connection: sqlite3.Connection, wanted: Wanted) -> Export:
    """Put the columns of all versions of the form together."""
    versions = [one for one in form_queries.versions(connection) if one.form_id == wanted.form_id]
    read = [(version, definition) for version in versions if (definition := _definition(connection, version))]
    words = words_of(_worded(connection, read, wanted.lang)) if wanted.lang else None
    return Export(
        wanted=wanted,
        table=tables([definition for _, definition in read]),
        words=words,
        versions=tuple(version.version for version, _ in read),
    )


def responses(database: Database, export: Export) -> Iterator[list[Row]]:
    """Give the rows of one response after the other, the oldest first; the main row comes first and tells about it."""
    after = ""
    while batch := _batch(database, export, after=after):
        yield from (rows for _, rows in batch)
        after = batch[-1][0]


def _batch(database: Database, export: Export, *, after: str) -> list[tuple[str, list[Row]]]:
    wanted = export.wanted
    with database.read() as connection:
        found = queries.page(
            connection,
            reader=wanted.reader,
            form_id=wanted.form_id,
            versions=export.versions,
            neighbourhood_id=wanted.neighbourhood_id,
            after=after,
            limit=RESPONSES_AT_A_TIME,
        )
        parts = queries.parts(connection, [one.head_rev for one in found], apart=EQUALITY)
        problems = queries.problems(connection, [one.response_id for one in found])
    return [
        (one.response_id, _rows(export, one, parts.get(one.head_rev, []), problems.get(one.response_id, [])))
        for one in found
    ]


def _rows(
    export: Export,
    response: ExportedResponse,
    parts: Sequence[tuple[str, str]],
    problems: Sequence[tuple[str, str]],
) -> list[Row]:
    main, *repeats = rows_of(export.table, _answers(parts), response_id=response.response_id, words=export.words)
    about = (
        response.response_id,
        response.version,
        response.neighbourhood,
        response.venue,
        response.poster,
        response.lang,
        response.received_at,
        response.made_at,
        response.state,
        "; ".join(f"{path} {code}".strip() for path, code in problems if not _is_apart(path)),
    )
    return [Row(main.table, main.key, main.parent, (*map(text_cell, about), *main.cells)), *repeats]


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
