"""Deciding about responses as a coordinator does, and what came of it."""

import sqlite3
from collections.abc import Sequence

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.people.rules import Person
from server.reviews import deciding
from server.reviews.decision_form import as_seen
from server.reviews.decisions import Action, Outcome, Seen
from server.reviews.projector import catch_up
from server.services import Services
from tests.server.people_at_work import act
from tests.server.pushing import push, statuses
from tests.server.records import Item, Phone

__all__ = ["corrected", "decide", "listed_states", "pressed", "rows_about", "seen", "undo"]

DECIDE = "/console/responses/decide"


def seen(running: Services, response_id: str) -> Seen:
    """Give a response as its page shows it."""
    with running.database.read() as connection:
        row = connection.execute(
            "SELECT response_id, head_rev AS rev, state FROM responses WHERE response_id = :id", {"id": response_id}
        ).fetchone()
    return Seen(**row)


def decide(
    running: Services,
    person: Person,
    ids: Sequence[str],
    action: Action,
    *,
    reason: str = "",
    as_of: Sequence[Seen] = (),
) -> Outcome:
    """Decide about responses, as they are seen now unless told otherwise."""
    shown = as_of or [seen(running, one) for one in ids]
    return running.database.write(
        lambda connection: deciding.decide(
            connection, shown, action=action, reason=reason, person=person, now=running.clock.now()
        )
    )


def undo(running: Services, person: Person, review_id: str, *, alone: bool = False) -> Outcome:
    """Take a decision back."""
    return running.database.write(
        lambda connection: deciding.undo(connection, review_id, alone=alone, person=person, now=running.clock.now())
    )


def pressed(browser: FlaskClient, shown: Sequence[Seen], action: str, **form: str) -> TestResponse:
    """Press a button that decides, as the pages of the console have it."""
    return act(browser, DECIDE, seen=[as_seen(one) for one in shown], action=action, **form)


def corrected(client: FlaskClient, running: Services, phone: Phone, item: Item, response_id: str) -> str:
    """Let the phone correct a response; gives the new rev."""
    newer = phone.item({"who": "Asha, corrected"}, response_id=response_id, parents=[str(item["rev"])])
    assert statuses(push(client, phone, newer)) == ["stored"]
    catch_up(running.database)
    return str(newer["rev"])


def listed_states(running: Services) -> dict[str, str]:
    """Give the state of every response, by id."""
    with running.database.read() as connection:
        rows = connection.execute("SELECT response_id, state FROM responses ORDER BY response_id")
        return {row["response_id"]: row["state"] for row in rows}


def rows_about(running: Services, response_id: str) -> list[sqlite3.Row]:
    """Give the decisions about a response, oldest first."""
    with running.database.read() as connection:
        return connection.execute(
            "SELECT * FROM reviews WHERE response_id = :id ORDER BY seq", {"id": response_id}
        ).fetchall()
