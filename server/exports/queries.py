"""SQL of the export: everything within the reader's reach, in short reads."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from server.reviews.filter_queries import conditions
from server.reviews.filters import Filters

__all__ = [
    "ExportedResponse",
    "FormToExport",
    "LanguageOfForms",
    "count",
    "forms",
    "languages",
    "mean_bytes",
    "page",
    "parts",
    "problems",
    "xforms",
]


@dataclass(frozen=True, kw_only=True)
class FormToExport:
    """A form with answers that the reader may see."""

    form_id: str
    title: str
    responses: int


@dataclass(frozen=True, kw_only=True)
class LanguageOfForms:
    """A language that published forms have words in."""

    lang: str
    autonym: str


class ExportedResponse(NamedTuple):
    """What is told of a response beside its answers; times are ISO 8601 UTC text with a Z."""

    response_id: str
    head_rev: str
    version: str
    neighbourhood: str
    venue: str
    poster: str
    lang: str
    received_at: str
    made_at: str
    state: str


def forms(connection: sqlite3.Connection, *, reader: str, lang: str) -> list[FormToExport]:
    """List the forms that have answers in the reader's reach, each titled in `lang`, else in its own language."""
    rows = connection.execute(
        """
        WITH reached AS MATERIALIZED (SELECT neighbourhood_id FROM reach WHERE person_id = :reader),
             counted AS (
                 SELECT value AS form_id, SUM(responses) AS responses
                   FROM response_counts
                  WHERE what = 'form' AND LENGTH(period) = 7
                    AND EXISTS (SELECT 1 FROM reached
                                 WHERE reached.neighbourhood_id IN ('*', response_counts.neighbourhood_id))
                  GROUP BY value
             )
        SELECT counted.form_id, counted.responses,
               COALESCE(
                   (SELECT text_packs.title
                      FROM form_versions
                      JOIN form_texts USING (form_id, version)
                      JOIN text_packs ON text_packs.sha256 = form_texts.sha256
                     WHERE form_versions.form_id = counted.form_id
                     ORDER BY form_versions.published_at DESC, form_texts.lang <> :lang,
                              form_texts.lang <> form_versions.default_lang, form_texts.lang
                     LIMIT 1),
                   counted.form_id
               ) AS title
          FROM counted
         WHERE counted.responses > 0
         ORDER BY title, counted.form_id
        """,
        {"reader": reader, "lang": lang},
    )
    return [FormToExport(**row) for row in rows]


def languages(connection: sqlite3.Connection) -> list[LanguageOfForms]:
    """List the languages that published forms have words in."""
    rows = connection.execute(
        """
        SELECT text_packs.lang, MIN(text_packs.autonym) AS autonym
          FROM form_texts
          JOIN text_packs USING (sha256)
         GROUP BY text_packs.lang
         ORDER BY text_packs.lang
        """
    )
    return [LanguageOfForms(**row) for row in rows]


def xforms(connection: sqlite3.Connection, *, form_id: str) -> dict[str, str]:
    """Give the form as it was published, by version."""
    rows = connection.execute(
        "SELECT version, xform FROM form_versions WHERE form_id = :form_id ORDER BY version", {"form_id": form_id}
    )
    return {row["version"]: row["xform"] for row in rows}


def count(connection: sqlite3.Connection, filters: Filters, *, reader: str) -> int:
    """Count the responses that an export holds, those included of which only the main answers were erased."""
    wanted = conditions(filters, reader=reader)
    row = connection.execute(
        f"SELECT COUNT(*) AS responses FROM responses WHERE {wanted.sql} AND responses.gone = ''",  # noqa: S608  # constants of filter_queries
        wanted.parameters,
    ).fetchone()
    return int(row["responses"])


def mean_bytes(connection: sqlite3.Connection, filters: Filters, *, reader: str, sampled: int) -> float:
    """Give about how many bytes the answers of a response have, from the first that are wanted."""
    wanted = conditions(filters, reader=reader)
    row = connection.execute(
        f"""
        WITH first AS (SELECT head_rev FROM responses WHERE {wanted.sql} ORDER BY response_id LIMIT :sampled)
        SELECT COALESCE(SUM(LENGTH(CAST(parts.body AS BLOB))) * 1.0 / COUNT(DISTINCT first.head_rev), 0) AS bytes
          FROM first
          JOIN revision_parts ON revision_parts.rev = first.head_rev
          JOIN parts USING (sha256)
        """,  # noqa: S608  # constants of filter_queries
        {**wanted.parameters, "sampled": sampled},
    ).fetchone()
    return float(row["bytes"])


def page(
    connection: sqlite3.Connection, filters: Filters, *, reader: str, versions: Sequence[str], after: str, limit: int
) -> list[ExportedResponse]:
    """List the next responses by id, which never changes: one that is edited meanwhile is neither lost nor doubled.

    A response is left out once its main answers were erased.
    """
    wanted = conditions(filters, reader=reader)
    rows = connection.execute(
        f"""
        SELECT responses.response_id, responses.head_rev, responses.version,
               COALESCE(neighbourhoods.name, responses.neighbourhood_id) AS neighbourhood,
               COALESCE(venues.name, '') AS venue,
               CASE WHEN venues.venue_id = posters.venue_id THEN posters.code ELSE '' END AS poster,
               responses.lang, responses.received_at, responses.made_at, responses.state
          FROM responses
          LEFT JOIN neighbourhoods USING (neighbourhood_id)
          LEFT JOIN posters ON posters.poster_id = responses.poster_id
          LEFT JOIN venues ON venues.venue_id = responses.venue_id
                          AND venues.neighbourhood_id = responses.neighbourhood_id
         WHERE responses.response_id > :after
           AND responses.version IN (SELECT value FROM json_each(:versions))
           AND EXISTS (SELECT 1 FROM revision_parts JOIN parts USING (sha256)
                        WHERE revision_parts.rev = responses.head_rev
                          AND revision_parts.name = 'main' AND parts.body IS NOT NULL)
           AND {wanted.sql}
         ORDER BY responses.response_id
         LIMIT :limit
        """,  # noqa: S608  # constants of filter_queries
        {**wanted.parameters, "versions": json.dumps(list(versions)), "after": after, "limit": limit},
    )
    return [ExportedResponse(*row) for row in rows]


def parts(connection: sqlite3.Connection, revs: Sequence[str], *, apart: str) -> dict[str, list[tuple[str, str]]]:
    """Give names and texts of the parts of revisions, by revision; without the part that is kept ``apart``."""
    rows = connection.execute(
        """
        SELECT revision_parts.rev, revision_parts.name, parts.body
          FROM revision_parts
          JOIN parts USING (sha256)
         WHERE revision_parts.rev IN (SELECT value FROM json_each(:revs))
           AND revision_parts.name <> :apart AND parts.body IS NOT NULL
         ORDER BY revision_parts.rev, revision_parts.position
        """,
        {"revs": json.dumps(list(revs)), "apart": apart},
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row["rev"], []).append((row["name"], row["body"]))
    return found


def problems(connection: sqlite3.Connection, response_ids: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
    """Give paths and codes of the problems of responses, by response."""
    rows = connection.execute(
        """
        SELECT response_id, path, code
          FROM problems
         WHERE response_id IN (SELECT value FROM json_each(:response_ids))
         ORDER BY response_id, path, code
        """,
        {"response_ids": json.dumps(list(response_ids))},
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row["response_id"], []).append((row["path"], row["code"]))
    return found
