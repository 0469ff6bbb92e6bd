"""What the team says to each other about a response: kept, and taken back by whoever said it. It reaches no phone."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Literal

from server.audit.noting import Actor, note
from server.people.rights import must_change
from server.people.rules import Person
from server.reviews import comment_queries as queries
from server.reviews import review_queries
from server.reviews.decisions import COMMENT_CHARACTERS, COMMENTS_PER_RESPONSE
from sync.ids import RANDOM_BYTES, uuid7

__all__ = ["CommentFault", "add", "new_id", "withdraw"]

CommentFault = Literal["empty", "too-long", "too-many", "unknown"]


def new_id(now: datetime, random_bytes: Callable[[int], bytes]) -> str:
    """Make an id for a comment."""
    return str(uuid7(int(now.timestamp() * 1000), random_bytes(RANDOM_BYTES)))


def add(
    connection: sqlite3.Connection, response_id: str, *, text: str, name: str, person: Person, at: str
) -> CommentFault | None:
    """Keep a comment under the id ``name``, with its line in the audit, or tell why not."""
    must_change(connection, _actor(person))
    if not text:
        return "empty"
    if len(text) > COMMENT_CHARACTERS:
        return "too-long"
    standing = review_queries.standings(connection, [response_id], reader=person.person_id).get(response_id)
    if standing is None:
        return "unknown"
    kept = queries.insert_comment(
        connection,
        comment_id=name,
        response_id=response_id,
        text=text,
        at=at,
        reader=person.person_id,
        most=COMMENTS_PER_RESPONSE,
    )
    if not kept:
        return "too-many"
    _note(connection, "comment-added", response_id, standing.neighbourhood_id, person=person, at=at)
    return None


def withdraw(connection: sqlite3.Connection, response_id: str, *, comment_id: str, person: Person, at: str) -> bool:
    """Take the words of one's own comment away, with a line in the audit; False when there was nothing to take."""
    must_change(connection, _actor(person))
    standing = review_queries.standings(connection, [response_id], reader=person.person_id).get(response_id)
    done = standing is not None and queries.withdraw_comment(
        connection, comment_id=comment_id, response_id=response_id, at=at, reader=person.person_id
    )
    if done and standing is not None:
        _note(connection, "comment-withdrawn", response_id, standing.neighbourhood_id, person=person, at=at)
    return done


def _note(
    connection: sqlite3.Connection, action: str, response_id: str, place: str, *, person: Person, at: str
) -> None:
    note(connection, at=at, actor=_actor(person), action=action, subject=response_id, neighbourhood_id=place)


def _actor(person: Person) -> Actor:
    return Actor(person_id=person.person_id, name=person.name)
