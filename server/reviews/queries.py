"""SQL for reading responses in the console. The rows they come from are made by the projection.

`reader` is the id of the person who reads: what lies outside of their reach is as if it were not there.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from server.reviews import projection_queries
from server.reviews.rows import WITHDRAWN

__all__ = [
    "ListedResponse",
    "Record",
    "RecordPart",
    "count_all_responses",
    "device_has_responses",
    "listed_responses",
    "names_of_assets",
    "problems_of_response",
    "record_of_revision",
    "response_by_id",
    "titles_of_forms",
]


@dataclass(frozen=True, kw_only=True)
class ListedResponse:
    """One response as the list shows it; times are ISO 8601 UTC text with a Z.

    ``state`` is received, or withdrawn or erased when none of its answers is left. Of what came ``from_poster``, venue
    and code stand where the reader reaches them.
    """

    response_id: str
    head_rev: str
    heads: int
    form_id: str
    version: str
    logic_sha: str
    lang: str
    autonym: str
    neighbourhood_id: str
    neighbourhood: str
    author: str
    made_at: str
    received_at: str
    state: str
    from_poster: bool
    venue_id: str | None
    venue: str | None
    poster_code: str | None
    asset_count: int
    barrier_count: int
    problem_count: int


@dataclass(frozen=True, kw_only=True)
class RecordPart:
    """A part as it arrived; `body` is None once it was erased, or `withheld` from who reads (server.reviews.apart)."""

    name: str
    body: str | None
    withheld: bool = False


@dataclass(frozen=True, kw_only=True)
class Record:
    """A revision as it arrived."""

    rev: str
    header: str
    parts: tuple[RecordPart, ...]


def count_all_responses(connection: sqlite3.Connection) -> int:
    """Count every response, for whoever runs the server."""
    row = connection.execute("SELECT COUNT(*) AS responses FROM responses").fetchone()
    return int(row["responses"])


def listed_responses(
    connection: sqlite3.Connection, response_ids: Sequence[str], *, reader: str
) -> list[ListedResponse]:
    """List responses as somebody found them, in that order."""
    rows = connection.execute(
        """
        SELECT responses.response_id, responses.head_rev, responses.heads, responses.form_id, responses.version,
               responses.logic_sha, responses.lang, COALESCE(text_packs.autonym, responses.lang) AS autonym,
               responses.neighbourhood_id,
               COALESCE(neighbourhoods.name, responses.neighbourhood_id) AS neighbourhood,
               responses.author, responses.made_at, responses.received_at,
               COALESCE(NULLIF(responses.gone, ''), responses.state) AS state,
               responses.poster_id IS NOT NULL AS from_poster, venues.venue_id, venues.name AS venue,
               CASE WHEN venues.venue_id IS NOT NULL THEN posters.code END AS poster_code,
               responses.asset_count, responses.barrier_count, responses.problem_count
          FROM json_each(:response_ids) AS found
          JOIN responses ON responses.response_id = found.value
          LEFT JOIN neighbourhoods USING (neighbourhood_id)
          LEFT JOIN form_texts
                 ON form_texts.form_id = responses.form_id
                AND form_texts.version = responses.version
                AND form_texts.lang = responses.lang
          LEFT JOIN text_packs ON text_packs.sha256 = form_texts.sha256
          LEFT JOIN posters ON posters.poster_id = responses.poster_id
          LEFT JOIN venues ON venues.venue_id = posters.venue_id
                AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                               AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
         WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY found.key
        """,
        {"response_ids": json.dumps(list(response_ids)), "reader": reader},
    )
    return [_listed(row) for row in rows]


def response_by_id(connection: sqlite3.Connection, response_id: str, *, reader: str) -> ListedResponse | None:
    """Find one response."""
    row = connection.execute(
        """
        SELECT responses.response_id, responses.head_rev, responses.heads, responses.form_id, responses.version,
               responses.logic_sha, responses.lang, COALESCE(text_packs.autonym, responses.lang) AS autonym,
               responses.neighbourhood_id,
               COALESCE(neighbourhoods.name, responses.neighbourhood_id) AS neighbourhood,
               responses.author, responses.made_at, responses.received_at,
               CASE WHEN head.kind <> 'erase' OR EXISTS (SELECT 1 FROM revision_parts WHERE rev = head.rev)
                    THEN responses.state
                    WHEN json_extract(head.header, '$.erases.reason') = :withdrawn THEN 'withdrawn'
                    ELSE 'erased' END AS state,
               head.poster_id IS NOT NULL AS from_poster, venues.venue_id, venues.name AS venue,
               CASE WHEN venues.venue_id IS NOT NULL THEN posters.code END AS poster_code,
               responses.asset_count, responses.barrier_count, responses.problem_count
          FROM responses
          LEFT JOIN neighbourhoods USING (neighbourhood_id)
          LEFT JOIN form_texts
                 ON form_texts.form_id = responses.form_id
                AND form_texts.version = responses.version
                AND form_texts.lang = responses.lang
          LEFT JOIN text_packs ON text_packs.sha256 = form_texts.sha256
          LEFT JOIN revisions AS head ON head.rev = responses.head_rev
          LEFT JOIN posters ON posters.poster_id = head.poster_id
          LEFT JOIN venues ON venues.venue_id = posters.venue_id
                AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                               AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
         WHERE responses.response_id = :response_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
        """,
        {"response_id": response_id, "reader": reader, "withdrawn": WITHDRAWN},
    ).fetchone()
    return None if row is None else _listed(row)


def _listed(row: sqlite3.Row) -> ListedResponse:
    return ListedResponse(**{**row, "from_poster": bool(row["from_poster"])})


def device_has_responses(connection: sqlite3.Connection, *, device_id: str) -> bool:
    """Tell whether any response came from a device."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM revisions WHERE device_id = :device_id) AS any_response",
        {"device_id": device_id},
    ).fetchone()
    return bool(row["any_response"])


def titles_of_forms(connection: sqlite3.Connection) -> dict[tuple[str, str], dict[str, str]]:
    """Give the titles of every form version, by its id and version, then by language."""
    rows = connection.execute(
        """
        SELECT form_texts.form_id, form_texts.version, form_texts.lang, text_packs.title
          FROM form_texts
          JOIN text_packs USING (sha256)
         ORDER BY form_texts.form_id, form_texts.version, form_texts.lang
        """
    )
    titles: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        titles.setdefault((row["form_id"], row["version"]), {})[row["lang"]] = row["title"]
    return titles


def names_of_assets(
    connection: sqlite3.Connection, response_ids: Sequence[str], *, reader: str
) -> dict[str, list[str]]:
    """Give the names of the assets that responses speak of, in their order, by response; nameless ones are left out."""
    rows = connection.execute(
        """
        SELECT asset_observations.response_id, asset_observations.label
          FROM asset_observations
          JOIN responses USING (response_id)
         WHERE asset_observations.response_id IN (SELECT value FROM json_each(:response_ids))
           AND TRIM(asset_observations.label) <> ''
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY asset_observations.response_id, asset_observations.position
        """,
        {"response_ids": json.dumps(list(response_ids)), "reader": reader},
    )
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row["response_id"], []).append(row["label"])
    return names


def problems_of_response(connection: sqlite3.Connection, response_id: str, *, reader: str) -> dict[str, list[str]]:
    """Give the codes of the problems of a response, by path."""
    rows = connection.execute(
        """
        SELECT problems.path, problems.code
          FROM problems
          JOIN responses USING (response_id)
         WHERE problems.response_id = :response_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY problems.path, problems.code
        """,
        {"response_id": response_id, "reader": reader},
    )
    problems: dict[str, list[str]] = {}
    for row in rows:
        problems.setdefault(row["path"], []).append(row["code"])
    return problems


def record_of_revision(connection: sqlite3.Connection, rev: str, *, reader: str) -> Record | None:
    """Give a revision and its parts as they arrived, and those that were erased from its response."""
    header = connection.execute(
        """
        SELECT header
          FROM revisions
         WHERE rev = :rev
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
        """,
        {"rev": rev, "reader": reader},
    ).fetchone()
    if header is None:
        return None
    parts = projection_queries.parts(connection, rev=rev)
    return Record(
        rev=rev, header=header["header"], parts=tuple(RecordPart(name=name, body=body) for name, body in parts)
    )
