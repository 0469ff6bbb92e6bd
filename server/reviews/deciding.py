"""Decides about responses, one or many, inside the writer's transaction: log, decision, audit and state together.

A decision is about one revision. It stands beside the log of revisions, so it can never be in a worker's way; once a
response has another head, the decision counts no more and the response waits again.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from server.audit.noting import Actor, note
from server.clock import as_text
from server.intake.feed_queries import newest_seq
from server.intake.queries import append_to_log
from server.people.rights import must_change
from server.people.rules import Person
from server.reviews import review_queries as queries
from server.reviews.decisions import (
    DECIDED_AT_ONCE,
    REASON_CHARACTERS,
    Action,
    Decision,
    Hindrance,
    Outcome,
    Refusal,
    Seen,
    Standing,
    hindrance,
    is_gone,
    needs_reason,
    state_before,
    state_of,
)

__all__ = ["carry_decision", "carry_state", "decide", "undo"]

LOG_KIND: Final = "review"
NOTED: Final[dict[Action, str]] = {
    "approve": "response-approved",
    "return": "response-returned",
    "reject": "response-rejected",
    "reopen": "response-reopened",
}


def decide(
    connection: sqlite3.Connection,
    seen: Sequence[Seen],
    *,
    action: Action,
    reason: str,
    person: Person,
    now: datetime,
) -> Outcome:
    """Decide about at most 500 responses as they were seen; each is decided wholly or not at all, with the reason why.

    Raises NotAllowed, which takes everything back, when the person may only read by now.
    """
    assert len(seen) <= DECIDED_AT_ONCE, "Whoever reads the form keeps the limit."
    assert len(reason) <= REASON_CHARACTERS, "Whoever reads the form keeps the length of a reason."
    assert reason or not needs_reason(action), "Whoever reads the form asks for the reason."
    must_change(connection, _actor(person))
    there = queries.standings(connection, [one.response_id for one in seen], reader=person.person_id)
    desk = _Desk(connection, person, as_text(now))
    for one in dict.fromkeys(seen):
        standing = there.get(one.response_id)
        why = hindrance(one, standing, action)
        if standing is None:
            desk.refuse(one.response_id, "unknown")
        elif desk.stands_so(standing, action=action, reason=reason):
            desk.same.append(one.response_id)
        elif why is not None:
            desk.refuse(one.response_id, why)
        else:
            desk.write(standing, action=action, reason=reason)
    return desk.outcome()


def undo(connection: sqlite3.Connection, review_id: str, *, alone: bool, person: Person, now: datetime) -> Outcome:
    """Take back a decision, ``alone`` or with all that were made together, by one that restores how it stood before.

    What was decided again since, or has another head, stays as it is.
    """
    must_change(connection, _actor(person))
    named = queries.decision_by_id(connection, review_id, reader=person.person_id)
    if alone or named is None:
        decisions = [named] if named else []
    else:
        decisions = queries.decisions_of_batch(connection, named.batch_id, reader=person.person_id)
    there = queries.standings(connection, [one.response_id for one in decisions], reader=person.person_id)
    desk = _Desk(connection, person, as_text(now))
    for decision in decisions:
        desk.take_back(decision, there.get(decision.response_id))
    return desk.outcome()


def carry_state(connection: sqlite3.Connection, response_id: str, new_rev: str, person: Person, now: datetime) -> None:
    """Let what was decided last count for ``new_rev`` as well, a revision that is kept already and follows that one.

    For what the team changes itself: an approved response stays approved. Where nothing counts, nothing is written.
    """
    must_change(connection, _actor(person))
    made = queries.decisions_of_response(connection, response_id, reader=person.person_id)
    there = queries.standings(connection, [response_id], reader=person.person_id).get(response_id)
    if not made or there is None or made[0].action == "reopen":
        return
    last = made[0]
    if queries.follows(connection, rev=new_rev, parent=last.rev):
        desk = _Desk(connection, person, as_text(now))
        desk.keep(there, rev=new_rev, action=last.action, reason=last.reason, undoes=None)


def carry_decision(connection: sqlite3.Connection, response_id: str, new_rev: str, *, at: str) -> None:
    """Let what was decided last count on for an erasing revision that follows it, by whoever decided it.

    Erasing is asked for beforehand and may be done again by a start, so nobody's right is asked here. What is listed
    is the caller's to renew.
    """
    last = queries.last_decision(connection, response_id)
    if last is None or last.action == "reopen" or not queries.follows(connection, rev=new_rev, parent=last.rev):
        return
    place = str(newest_seq(connection))
    name = str(uuid5(NAMESPACE_OID, " ".join((response_id, new_rev, last.action, at, place))))
    seq = append_to_log(connection, kind=LOG_KIND, subject=name, now=at)
    carried = replace(last, review_id=name, seq=seq, rev=new_rev, at=at, undoes=None, batch_id=name)
    queries.insert_decision(connection, carried)


class _Desk:
    """Writes decisions, all by one person at one moment, and gathers what became of them."""

    def __init__(self, connection: sqlite3.Connection, person: Person, at: str) -> None:
        self.connection = connection
        self.person = person
        self.at = at
        self.batch_id: str | None = None
        self.done: list[str] = []
        self.same: list[str] = []
        self.refused: list[Refusal] = []

    def refuse(self, response_id: str, why: Hindrance) -> None:
        """Leave a response as it is."""
        self.refused.append(Refusal(response_id=response_id, why=why))

    def stands_so(self, standing: Standing, *, action: Action, reason: str) -> bool:
        """Tell whether this was decided already, as when a button was pressed twice; reasons are one person's own."""
        if standing.state != state_of(action):
            return False
        if not needs_reason(action):
            return True
        last = queries.decisions_of_response(self.connection, standing.response_id, reader=self.person.person_id)[0]
        return (last.reason, last.person_id) == (reason, self.person.person_id)

    def write(self, standing: Standing, *, action: Action, reason: str, undoes: str | None = None) -> None:
        """Keep a decision about a response as it stands, with its line in the audit."""
        self.keep(standing, rev=standing.head_rev, action=action, reason=reason, undoes=undoes)
        note(
            self.connection,
            at=self.at,
            actor=_actor(self.person),
            action="decision-undone" if undoes else NOTED[action],
            subject=standing.response_id,
            neighbourhood_id=standing.neighbourhood_id,
        )
        self.done.append(standing.response_id)

    def keep(self, standing: Standing, *, rev: str, action: Action, reason: str, undoes: str | None) -> None:
        """Give a decision its place in the log, keep it, and list the response in its new state."""
        place = str(newest_seq(self.connection))
        name = str(uuid5(NAMESPACE_OID, " ".join((standing.response_id, rev, action, self.at, place))))
        seq = append_to_log(self.connection, kind=LOG_KIND, subject=name, now=self.at)
        self.batch_id = self.batch_id or name
        decision = Decision(
            review_id=name,
            seq=seq,
            response_id=standing.response_id,
            rev=rev,
            action=action,
            reason=reason,
            person_id=self.person.person_id,
            at=self.at,
            undoes=undoes,
            batch_id=self.batch_id,
        )
        queries.insert_decision(self.connection, decision)
        queries.set_state(
            self.connection,
            response_id=standing.response_id,
            rev=rev,
            state=state_of(action),
            reader=self.person.person_id,
        )

    def take_back(self, decision: Decision, standing: Standing | None) -> None:
        """Restore how a response stood before a decision, unless something else has happened to it since."""
        made = queries.decisions_of_response(self.connection, decision.response_id, reader=self.person.person_id)
        if standing is None:
            self.refuse(decision.response_id, "unknown")
        elif is_gone(standing.state):
            self.refuse(decision.response_id, "gone")
        elif made[0] != decision or standing.head_rev != decision.rev:
            self.refuse(decision.response_id, "changed")
        else:
            action, reason = state_before(decision, made[1:])
            self.write(standing, action=action, reason=reason, undoes=decision.review_id)

    def outcome(self) -> Outcome:
        """Tell what became of all of them."""
        return Outcome(
            batch_id=self.batch_id, done=tuple(self.done), same=tuple(self.same), refused=tuple(self.refused)
        )


def _actor(person: Person) -> Actor:
    return Actor(person_id=person.person_id, name=person.name)
