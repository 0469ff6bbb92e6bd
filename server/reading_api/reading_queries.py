"""SQL of what programs read, within the reach of their key; each list goes on behind a key that never changes."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

from server.reading_api.asked import Asked
from server.reviews.filter_queries import REACH, Conditions, conditions

__all__ = [
    "ResponseRow",
    "asset_observations",
    "assets",
    "barrier_observations",
    "forms",
    "parts",
    "problems",
    "response",
    "responses",
]

BY_ID: Final = "responses INDEXED BY sqlite_autoindex_responses_1"
"""The order of the pages is that of the primary key: by any other index each page would sort all that there is."""
FEW: Final = 5000
"""So many that came or were decided about are looked up one by one; more stand close enough together to walk by id."""
ANY: Final = Conditions(sql="TRUE", parameters={})
UPDATED: Final = """(responses.received_at >= :updated_since OR EXISTS (
    SELECT 1 FROM reviews WHERE reviews.response_id = responses.response_id AND reviews.at >= :updated_since))"""
IS_NAMED: Final = "responses.response_id IN (SELECT value FROM json_each(:changed))"
COLUMNS: Final = """responses.response_id, responses.head_rev, responses.form_id, responses.version, responses.lang,
               responses.neighbourhood_id, responses.venue_id, responses.state, responses.made_at,
               responses.received_at,
               MAX(responses.received_at, COALESCE((
                   SELECT MAX(reviews.at) FROM reviews WHERE reviews.response_id = responses.response_id), ''))"""


class ResponseRow(NamedTuple):
    """A response without its answers."""

    response: str
    rev: str
    form: str
    version: str
    language: str
    neighbourhood: str
    venue: str | None
    state: str
    made_at: str
    received_at: str
    updated_at: str


def forms(connection: sqlite3.Connection, *, reader: str) -> list[sqlite3.Row]:
    """List the versions of the published forms, the newest of each first, each with its title in its own language.

    Forms belong to no neighbourhood; a key that reaches none at all is shown none.
    """
    return connection.execute(
        """
        SELECT form_versions.form_id, form_versions.version, form_versions.published_at, form_versions.closed_at,
               COALESCE((SELECT text_packs.title
                           FROM form_texts JOIN text_packs USING (sha256)
                          WHERE form_texts.form_id = form_versions.form_id
                            AND form_texts.version = form_versions.version
                            AND form_texts.lang = form_versions.default_lang), form_versions.form_id) AS title
          FROM form_versions
         WHERE EXISTS (SELECT 1 FROM reach WHERE person_id = :reader)
         ORDER BY form_versions.form_id, form_versions.published_at DESC, form_versions.rowid DESC
        """,
        {"reader": reader},
    ).fetchall()


def responses(connection: sqlite3.Connection, asked: Asked, *, reader: str) -> list[ResponseRow]:
    """List responses by id, one more than the page holds."""
    wanted, updated = conditions(asked.filters, reader=reader), _updated(connection, asked, reader=reader)
    rows = connection.execute(
        f"""
        SELECT {COLUMNS}
          FROM {BY_ID}
         WHERE responses.response_id > :after AND responses.gone = '' AND {updated.sql} AND {wanted.sql}
         ORDER BY responses.response_id
         LIMIT :limit
        """,  # noqa: S608  # constants of this module and of filter_queries
        {**wanted.parameters, **updated.parameters, **_behind(asked)},
    )
    return [ResponseRow(*row) for row in rows]


def response(connection: sqlite3.Connection, response_id: str, *, reader: str) -> ResponseRow | None:
    """Find one response, whatever its state; not one that was withdrawn or erased."""
    row = connection.execute(
        f"""
        SELECT {COLUMNS}
          FROM responses
         WHERE responses.response_id = :response_id AND responses.gone = ''
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
        """,  # noqa: S608  # constants of this module
        {"response_id": response_id, "reader": reader},
    ).fetchone()
    return None if row is None else ResponseRow(*row)


def parts(connection: sqlite3.Connection, revs: Sequence[str]) -> dict[str, list[tuple[str, str | None]]]:
    """Give names and texts of the parts of revisions that the reader was shown, by revision."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    for row in connection.execute(
        """
        SELECT revision_parts.rev, revision_parts.name, parts.body
          FROM revision_parts JOIN parts USING (sha256)
         WHERE revision_parts.rev IN (SELECT value FROM json_each(:revs))
         ORDER BY revision_parts.rev, revision_parts.position
        """,
        {"revs": json.dumps(list(revs))},
    ):
        found.setdefault(row["rev"], []).append((row["name"], row["body"]))
    return found


def problems(connection: sqlite3.Connection, response_ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Give paths and codes of the problems of responses that the reader was shown, by response."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in connection.execute(
        """
        SELECT response_id, path, code FROM problems
         WHERE response_id IN (SELECT value FROM json_each(:response_ids))
         ORDER BY response_id, path, code
        """,
        {"response_ids": json.dumps(list(response_ids))},
    ):
        found.setdefault(row["response_id"], []).append((row["path"], row["code"]))
    return found


def asset_observations(connection: sqlite3.Connection, asked: Asked, *, reader: str) -> list[sqlite3.Row]:
    """List observations of assets by response and position, one more than the page holds."""
    wanted, updated = conditions(asked.filters, reader=reader), _updated(connection, asked, reader=reader)
    return connection.execute(
        f"""
        SELECT responses.response_id AS response, observed.observation_id AS observation, observed.position,
               observed.label AS name, observed.kind, observed.place_words, observed.latitude, observed.longitude,
               observed.accuracy, observed.properties, responses.form_id AS form,
               responses.neighbourhood_id AS neighbourhood, responses.state
          FROM {BY_ID}
         CROSS JOIN asset_observations AS observed ON observed.response_id = responses.response_id
         WHERE (responses.response_id, observed.position) > (:after, :position)
           AND responses.response_id >= :after AND {updated.sql} AND {wanted.sql}
         ORDER BY responses.response_id, observed.position
         LIMIT :limit
        """,  # noqa: S608  # constants of this module and of filter_queries
        {**wanted.parameters, **updated.parameters, **_behind(asked)},
    ).fetchall()


def barrier_observations(connection: sqlite3.Connection, asked: Asked, *, reader: str) -> list[sqlite3.Row]:
    """List observations of barriers by response and position, one more than the page holds."""
    wanted, updated = conditions(asked.filters, reader=reader), _updated(connection, asked, reader=reader)
    return connection.execute(
        f"""
        SELECT responses.response_id AS response, observed.observation_id AS observation, observed.position,
               observed.asset_observation_id AS asset_observation, observed.code, observed.words, observed.properties,
               responses.form_id AS form, responses.neighbourhood_id AS neighbourhood, responses.state
          FROM {BY_ID}
         CROSS JOIN barrier_observations AS observed ON observed.response_id = responses.response_id
         WHERE (responses.response_id, observed.position) > (:after, :position)
           AND responses.response_id >= :after AND {updated.sql} AND {wanted.sql}
         ORDER BY responses.response_id, observed.position
         LIMIT :limit
        """,  # noqa: S608  # constants of this module and of filter_queries
        {**wanted.parameters, **updated.parameters, **_behind(asked)},
    ).fetchall()


def assets(connection: sqlite3.Connection, asked: Asked, *, reader: str) -> list[sqlite3.Row]:
    """List canonical assets by id, one more than the page holds; those merged into others are left out.

    Only what the desk typed or an approved response says goes on.
    """
    return connection.execute(
        """
        SELECT asset_id AS asset, IIF(goes_on, shown_name, name) AS name, IIF(goes_on, shown_kind, kind) AS kind,
               IIF(goes_on, shown_words, place_words) AS place_words,
               IIF(goes_on, shown_latitude, latitude) AS latitude,
               IIF(goes_on, shown_longitude, longitude) AS longitude,
               IIF(goes_on, shown_accuracy, accuracy) AS accuracy, state, neighbourhood_id AS neighbourhood
          FROM assets
         WHERE merged_into IS NULL AND asset_id > :after AND (goes_on OR name <> '')
           AND (:neighbourhood = '' OR neighbourhood_id = :neighbourhood)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
         ORDER BY asset_id
         LIMIT :limit
        """,
        {"reader": reader, "neighbourhood": asked.filters.neighbourhood, **_behind(asked)},
    ).fetchall()


def _updated(connection: sqlite3.Connection, asked: Asked, *, reader: str) -> Conditions:
    """Give the condition of what was updated since a moment; where that is little, nothing else is looked at."""
    since = {"updated_since": asked.updated_since}
    if not asked.updated_since:
        return ANY
    rows = connection.execute(
        f"""
        SELECT responses.response_id FROM responses INDEXED BY responses_by_receipt
         WHERE responses.received_at >= :updated_since AND {REACH}
         UNION ALL
        SELECT reviews.response_id FROM reviews CROSS JOIN responses USING (response_id)
         WHERE reviews.at >= :updated_since AND {REACH}
         LIMIT :limit
        """,  # noqa: S608  # a constant of filter_queries
        {**since, "reader": reader, "limit": FEW + 1},
    ).fetchall()
    if len(rows) > FEW:
        return Conditions(sql=UPDATED, parameters=since)
    changed = sorted({str(row["response_id"]) for row in rows})
    return Conditions(sql=IS_NAMED, parameters={"changed": json.dumps(changed)})


def _behind(asked: Asked) -> dict[str, str | int]:
    response_id, position = (*asked.after, 0, 0)[:2] if asked.after else ("", 0)
    return {
        "after": response_id,
        "position": position,
        "limit": asked.limit + 1,
    }
