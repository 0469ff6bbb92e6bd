"""What the page of a response shows besides the answers: the bar that decides, the way on, comments, what happened."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from flask import request, url_for

from server.people.rules import Person, may_change
from server.reviews import review_queries, triage, triage_queries
from server.reviews.beside import beside, decided_now
from server.reviews.decision_form import kept_place
from server.reviews.decision_wording import left_words
from server.reviews.decisions import is_gone
from server.reviews.filters import read_filters
from server.reviews.finding_queries import Direction, neighbour_of
from server.reviews.order import read_order

__all__ = ["decision_page", "decisions_in_list"]

TRIAGE: Final = "triage"


def decision_page(connection: sqlite3.Connection, response_id: str, person: Person) -> dict[str, Any]:
    """Gather what the templates `response_beside` and `response` show of a response that is in the person's reach."""
    reader, filters = person.person_id, read_filters(request.args)
    standing = review_queries.standings(connection, [response_id], reader=reader)[response_id]
    seq = triage_queries.seq_of_response(connection, response_id, reader=reader) or 0
    place: Mapping[str, Any] = kept_place(request.query_string.decode("ascii", "ignore"))
    in_triage = bool(request.args.get(TRIAGE)) and may_change(person)
    if in_triage:
        left = triage.count_waiting(connection, filters, reader=reader)
        ways = {
            way: url_for("decisions.show_next", **{**place, argument: str(seq)})
            for way, argument in (("before", "ahead"), ("after", "behind"))
        }
    else:
        left, ways = 0, ways_in_list(connection, response_id, reader=reader, place=place)
    query = urlencode(place, doseq=True)
    return {
        "beside": beside(connection, standing, person),
        "decided": decided_now(connection, request.args.get("decided", ""), reader=reader),
        "left_words": left_words(left),
        "may_decide": may_change(person) and not is_gone(standing.state),
        "query": query,
        "from_list": {**({"place": query} if query else {}), **({"then": TRIAGE} if in_triage else {})},
        "triage": in_triage,
        "ways": ways,
    }


def decisions_in_list(connection: sqlite3.Connection, response_ids: Sequence[str], person: Person) -> dict[str, Any]:
    """Gather what the list shows besides the responses: what was decided just now, what came back, where news begin."""
    reader = person.person_id
    return {
        "decided": decided_now(connection, request.args.get("decided", ""), reader=reader),
        "corrected": review_queries.corrected(connection, response_ids, reader=reader),
        "may_decide": may_change(person),
        "query": urlencode(kept_place(request.query_string.decode("ascii", "ignore")), doseq=True),
        "newest_seq": triage_queries.newest_seq(connection, reader=reader),
    }


def ways_in_list(
    connection: sqlite3.Connection, response_id: str, *, reader: str, place: Mapping[str, Any]
) -> dict[str, str]:
    """Give the addresses of the responses before and after this one in the list; the list where there is none."""
    filters, order = read_filters(request.args), read_order(request.args)
    directions: tuple[Direction, ...] = ("before", "after")
    found = {
        way: neighbour_of(
            connection, reader=reader, filters=filters, order=order, response_id=response_id, direction=way
        )
        for way in directions
    }
    the_list = url_for("reviews.list_responses", **place)
    return {
        way: url_for("reviews.show_response", response_id=one, **place) if one else the_list
        for way, one in found.items()
    }
