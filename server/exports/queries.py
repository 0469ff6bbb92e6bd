"""SQL of the export: everything within the reader's reach, in short reads."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["ExportedResponse", "FormToExport", "LanguageOfForms", "forms", "languages", "page", "parts", "problems"]


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


@dataclass(frozen=True, kw_only=True)
class ExportedResponse:
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


def forms(
    connection: sqlite3.Connection, *, reader: str, lang: str, neighbourhood_id: str | None = None
) -> list[FormToExport]:
    """List the forms that have answers in the reader's reach, each titled in `lang`, else in its own language."""
    rows = connection.execute(
        """
        SELECT responses.form_id, COUNT(*) AS responses,
               COALESCE(
                   (SELECT text_packs.title
                      FROM form_versions
                      JOIN form_texts USING (form_id, version)
                      JOIN text_packs ON text_packs.sha256 = form_texts.sha256
                     WHERE form_versions.form_id = responses.form_id
                     ORDER BY form_versions.published_at DESC, form_texts.lang <> :lang,
                              form_texts.lang <> form_versions.default_lang, form_texts.lang
                     LIMIT 1),
                   responses.form_id
               ) AS title
          FROM responses
         WHERE (:neighbourhood_id IS NULL OR responses.neighbourhood_id = :neighbourhood_id)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         GROUP BY responses.form_id
         ORDER BY title, responses.form_id
        """,
        {"reader": reader, "lang": lang, "neighbourhood_id": neighbourhood_id},
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


def page(
    connection: sqlite3.Connection,
    *,
    reader: str,
    form_id: str,
    versions: Sequence[str],
    neighbourhood_id: str | None,
    after: str,
    limit: int,
) -> list[ExportedResponse]:
    """List the next responses by id, which never changes: one that is edited meanwhile is neither lost nor doubled.

    A response is left out once its main answers were erased.
    """
    rows = connection.execute(
        """
        SELECT responses.response_id, responses.head_rev, responses.version,
               COALESCE(neighbourhoods.name, responses.neighbourhood_id) AS neighbourhood,
               COALESCE(venues.name, '') AS venue,
               CASE WHEN venues.venue_id IS NULL THEN '' ELSE posters.code END AS poster,
               responses.lang, responses.received_at, responses.made_at, responses.state
          FROM responses
          LEFT JOIN neighbourhoods USING (neighbourhood_id)
          LEFT JOIN posters ON posters.poster_id = (
                SELECT revisions.poster_id FROM revisions
                 WHERE revisions.response_id = responses.response_id
                   AND revisions.poster_id IS NOT NULL AND revisions.quarantined_why IS NULL
                 ORDER BY revisions.seq LIMIT 1)
          LEFT JOIN venues ON venues.venue_id = posters.venue_id
                          AND venues.neighbourhood_id = responses.neighbourhood_id
         WHERE responses.response_id > :after
           AND responses.form_id = :form_id
           AND responses.version IN (SELECT value FROM json_each(:versions))
           AND (:neighbourhood_id IS NULL OR responses.neighbourhood_id = :neighbourhood_id)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
           AND EXISTS (SELECT 1 FROM revision_parts JOIN parts USING (sha256)
                        WHERE revision_parts.rev = responses.head_rev
                          AND revision_parts.name = 'main' AND parts.body IS NOT NULL)
         ORDER BY responses.response_id
         LIMIT :limit
        """,
        {
            "reader": reader,
            "form_id": form_id,
            "versions": json.dumps(list(versions)),
            "neighbourhood_id": neighbourhood_id,
            "after": after,
            "limit": limit,
        },
    )
    return [ExportedResponse(**row) for row in rows]


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
