"""What the reading API answers, as JSON values: a page of a list, or one thing. No HTTP."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from server.exports.columns import EQUALITY
from server.reading_api import reading_queries as queries
from server.reading_api.asked import Asked, cursor_of
from server.reading_api.queries import ApiKey
from server.reading_api.reading_queries import ResponseRow
from server.reviews.parts import join_parts

__all__ = ["Json", "asset_observations", "assets", "barrier_observations", "forms", "response", "responses"]

Json = dict[str, object]


def forms(connection: sqlite3.Connection, _asked: Asked, key: ApiKey) -> Json:
    """Give every form with its versions."""
    rows = queries.forms(connection, reader=key.key_id)
    told: list[Json] = []
    for form_id, versions in groupby(rows, key=lambda row: str(row["form_id"])):
        listed = list(versions)
        each = [{name: one[name] for name in ("version", "published_at", "closed_at")} for one in listed]
        told.append({"form": form_id, "title": listed[0]["title"], "versions": each})
    return {"forms": told}


def responses(connection: sqlite3.Connection, asked: Asked, key: ApiKey) -> Json:
    """Give a page of responses."""
    found = queries.responses(connection, asked, reader=key.key_id)
    shown = found[: asked.limit]
    return {
        "responses": _told(connection, shown, key),
        "next": cursor_of((shown[-1].response,)) if len(found) > len(shown) else None,
    }


def response(connection: sqlite3.Connection, response_id: str, key: ApiKey) -> Json | None:
    """Give one response; None when there is none within reach."""
    found = queries.response(connection, response_id, reader=key.key_id)
    return None if found is None else _told(connection, [found], key)[0]


def asset_observations(connection: sqlite3.Connection, asked: Asked, key: ApiKey) -> Json:
    """Give a page of what was said about assets."""
    rows = queries.asset_observations(connection, asked, reader=key.key_id)
    return _page("asset_observations", rows, asked, lambda row: (row["response"], row["position"]))


def barrier_observations(connection: sqlite3.Connection, asked: Asked, key: ApiKey) -> Json:
    """Give a page of what was said about barriers."""
    rows = queries.barrier_observations(connection, asked, reader=key.key_id)
    return _page("barrier_observations", rows, asked, lambda row: (row["response"], row["position"]))


def assets(connection: sqlite3.Connection, asked: Asked, key: ApiKey) -> Json:
    """Give a page of assets."""
    rows = queries.assets(connection, asked, reader=key.key_id)
    return _page("assets", rows, asked, lambda row: (row["asset"],))


def _page(
    name: str, rows: Sequence[sqlite3.Row], asked: Asked, place: Callable[[sqlite3.Row], tuple[str | int, ...]]
) -> Json:
    shown = rows[: asked.limit]
    told = [_with_properties(dict(row)) for row in shown]
    return {name: told, "next": cursor_of(place(shown[-1])) if len(rows) > len(shown) else None}


def _with_properties(row: Json) -> Json:
    return {**row, "properties": json.loads(str(row["properties"]))} if "properties" in row else row


def _told(connection: sqlite3.Connection, rows: Sequence[ResponseRow], key: ApiKey) -> list[Json]:
    parts = queries.parts(connection, [row.rev for row in rows])
    problems = queries.problems(connection, [row.response for row in rows])
    return [
        {
            **row._asdict(),
            "answers": _answers(parts.get(row.rev, []), apart=key.sees_apart),
            "problems": [
                {"path": path, "code": code}
                for path, code in problems.get(row.response, [])
                if key.sees_apart or path.split("/")[2:3] != [EQUALITY]
            ],
        }
        for row in rows
    ]


def _answers(parts: Sequence[tuple[str, str | None]], *, apart: bool) -> Mapping[str, object] | None:
    """Join the parts, without the answers that are kept apart unless the key was granted them; None for nothing."""
    left = [(name, body) for name, body in parts if body is not None and (apart or name != EQUALITY)]
    if not left:
        return None
    try:
        answers = join_parts(left).answers
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return {name: one for name, one in answers.items() if apart or name != EQUALITY}
