"""What stands beside the answers of a response: what may be decided, what was, and what the team says about it."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from server.editing.tracing import revs_told_apart
from server.people.rules import Person, may_change
from server.reviews import comment_queries, review_queries
from server.reviews.comment_queries import Comment, Happening, Version
from server.reviews.decision_form import as_seen
from server.reviews.decisions import Action, Seen, Standing, offered, state_of

__all__ = ["Beside", "Decided", "beside", "decided_now"]


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What one press of a button decided: about how many responses, and whether it took something back."""

    review_id: str
    state: str
    count: int
    undone: bool
    alone: str | None
    """The id of the response, when it was one."""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Beside one response. ``returned_for`` is the reason it was returned for, when it came back since.

    ``asked_for`` is the decision that says why it is returned or rejected now; ``undo`` the one that can be taken back.
    """

    seen: str
    offered: tuple[Action, ...]
    returned_for: Happening | None
    asked_for: Happening | None
    undo: Happening | None
    happenings: Sequence[Happening | Version]
    comments: Sequence[Comment]


def beside(connection: sqlite3.Connection, standing: Standing, person: Person) -> Beside:
    """Gather what stands beside a response; a viewer is offered nothing."""
    response_id, reader = standing.response_id, person.person_id
    decisions = comment_queries.decisions_with_names(connection, response_id, reader=reader)
    versions = _versions(connection, response_id, person)
    last = decisions[0] if decisions else None
    counts = last is not None and last.rev == standing.head_rev
    actions = offered(standing.state, from_poster=standing.from_poster) if may_change(person) else ()
    return Beside(
        seen=as_seen(Seen(response_id=response_id, rev=standing.head_rev, state=standing.state)),
        offered=actions,
        returned_for=last if last and not counts and last.action == "return" and actions else None,
        asked_for=last if last and counts and last.reason else None,
        undo=last if last and counts and actions and last.undoes is None else None,
        happenings=sorted([*decisions, *versions], key=lambda one: one.at, reverse=True),
        comments=comment_queries.comments_of_response(connection, response_id, reader=reader),
    )


def decided_now(connection: sqlite3.Connection, review_id: str, *, reader: str) -> Decided | None:
    """Tell what was decided together, from the id of the first; None where nothing like that is in reach."""
    decisions = review_queries.decisions_of_batch(connection, review_id, reader=reader) if review_id else []
    if not decisions:
        return None
    return Decided(
        review_id=review_id,
        state=state_of(decisions[0].action),
        count=len(decisions),
        undone=decisions[0].undoes is not None,
        alone=decisions[0].response_id if len(decisions) == 1 else None,
    )


def _versions(connection: sqlite3.Connection, response_id: str, person: Person) -> list[Version]:
    """List the versions, without the reason of those that changed what is kept apart from the person."""
    versions = comment_queries.versions_of_response(connection, response_id, reader=person.person_id)
    if not any(one.reason for one in versions):
        return versions
    hidden = revs_told_apart(connection, response_id, person)
    return [replace(one, reason="") if one.rev in hidden else one for one in versions]
