"""The console: responses that may be the same one twice, and what a person decides about them."""

import sqlite3
from http import HTTPStatus
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.audit.noting import Actor, note
from server.clock import as_text
from server.editing import duplicate_queries as queries
from server.editing.opening import response_in_reach
from server.editing.suspecting import LOOKED_THROUGH, suspected
from server.i18n import page_language
from server.people.rights import must_change
from server.people.rules import Person
from server.people.sessions import signed_in_coordinator
from server.reviews.deciding import decide
from server.reviews.decisions import Seen, is_gone
from server.reviews.languages import best_title
from server.reviews.queries import ListedResponse, titles_of_forms
from server.reviews.review_queries import standings

__all__ = ["blueprint"]

SHOWN_AT_ONCE: Final = 50

blueprint = Blueprint("duplicates", __name__, url_prefix="/console/duplicates")


@blueprint.get("")
def list_duplicates() -> str:
    """Show the pairs that look like one response, the most alike first."""
    person = signed_in_coordinator()
    with services.current().database.read() as connection:
        found = suspected(connection, person)
        titles = titles_of_forms(connection)
    shown = [
        (
            one,
            best_title(
                titles.get((one.later.form_id, one.later.version), {}),
                [page_language(), "en"],
                form_id=one.later.form_id,
            ),
        )
        for one in found[:SHOWN_AT_ONCE]
    ]
    return render_template(
        "duplicates.html", shown=shown, total=len(found), looked_through=LOOKED_THROUGH, undone=pair_asked()
    )


@blueprint.post("/not-one")
def dismiss() -> AnyResponse:
    """Keep that two responses are not the same; they are not asked about again."""
    person = signed_in_coordinator()
    first, second = both_in_reach(person)
    now = as_text(services.current().clock.now())

    def job(connection: sqlite3.Connection) -> None:
        must_change(connection, Actor(person_id=person.person_id, name=person.name))
        ids = sorted((first.response_id, second.response_id))
        if queries.insert_dismissal(connection, ids[0], ids[1], reader=person.person_id, at=now):
            note_pair(connection, first, second, person, action="duplicate-dismissed", at=now)

    if first.response_id != second.response_id:
        services.current().database.write(job)
    return redirect(
        url_for("duplicates.list_duplicates", first=first.response_id, second=second.response_id), HTTPStatus.SEE_OTHER
    )


@blueprint.post("/ask-again")
def ask_again() -> AnyResponse:
    """Take back that two responses are not the same."""
    person = signed_in_coordinator()
    first, second = both_in_reach(person)
    now = as_text(services.current().clock.now())

    def job(connection: sqlite3.Connection) -> None:
        must_change(connection, Actor(person_id=person.person_id, name=person.name))
        ids = sorted((first.response_id, second.response_id))
        if queries.delete_dismissal(connection, ids[0], ids[1], reader=person.person_id):
            note_pair(connection, first, second, person, action="duplicate-asked-again", at=now)

    services.current().database.write(job)
    return redirect(url_for("duplicates.list_duplicates"), HTTPStatus.SEE_OTHER)


@blueprint.post("/reject")
def reject() -> AnyResponse:
    """Reject one response as the same as another, which stays: neither where a colleague has decided meanwhile."""
    person = signed_in_coordinator()
    kept, double = both_in_reach(person)
    running = services.current()
    now = running.clock.now()
    given = request.form
    seen = Seen(response_id=double.response_id, rev=given.get("rev", ""), state=given.get("state", ""))
    reason = _("This came in twice. The other one is kept.")

    def job(connection: sqlite3.Connection) -> bool:
        if kept.response_id == double.response_id or not stays(connection, kept.response_id, person):
            return False
        outcome = decide(connection, [seen], action="reject", reason=reason, person=person, now=now)
        if outcome.done:
            note_pair(connection, kept, double, person, action="duplicate-rejected", at=as_text(now))
        return bool(outcome.done)

    if not running.database.write(job):
        flash(_("Nothing was rejected: the response has changed meanwhile. Look at it again."))
    else:
        flash(_("Rejected as the same as another response. You can undo it on its page."))
    return redirect(url_for("duplicates.list_duplicates"), HTTPStatus.SEE_OTHER)


def stays(connection: sqlite3.Connection, response_id: str, person: Person) -> bool:
    """Tell whether a response still counts: of two, one is to be left."""
    standing = standings(connection, [response_id], reader=person.person_id).get(response_id)
    return standing is not None and standing.state != "rejected" and not is_gone(standing.state)


def both_in_reach(person: Person) -> tuple[ListedResponse, ListedResponse]:
    """Read which two responses are meant; raises NotFound where one is out of reach, as for one that is not there."""
    with services.current().database.read() as connection:
        first = response_in_reach(connection, request.form.get("first", ""), person)
        return first, response_in_reach(connection, request.form.get("second", ""), person)


def note_pair(
    connection: sqlite3.Connection,
    first: ListedResponse,
    second: ListedResponse,
    person: Person,
    *,
    action: str,
    at: str,
) -> None:
    """Write down what was decided about two responses."""
    note(
        connection,
        at=at,
        actor=Actor(person_id=person.person_id, name=person.name),
        action=action,
        subject=second.response_id,
        neighbourhood_id=second.neighbourhood_id,
        details={"other": first.response_id},
    )


def pair_asked() -> tuple[str, str] | None:
    """Read which pair was dismissed just now, so that it can be taken back."""
    first, second = request.args.get("first", ""), request.args.get("second", "")
    return (first, second) if first and second else None
