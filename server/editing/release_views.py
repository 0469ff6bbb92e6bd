"""The console: what was set aside is let in among the responses, or rejected for good; it is never lost."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.editing import release_queries as queries
from server.editing.letting_in import put_back, reject, release
from server.editing.rules import fault_of_reason, one_reason
from server.editing.wording import hindrance_words, reason_words
from server.errors import NotFound
from server.people.rules import Person
from server.people.sessions import signed_in_coordinator

__all__ = ["blueprint"]

blueprint = Blueprint("releases", __name__, url_prefix="/console/set-aside/<aside_id>")


@blueprint.post("/release")
def let_in(aside_id: str) -> AnyResponse:
    """Let a revision join the responses."""
    person = signed_in_coordinator()
    rev = rev_in_reach(aside_id, person)
    running = services.current()
    now = running.clock.now()
    why = running.database.write(lambda connection: release(connection, aside_id, rev, person=person, now=now))
    if why is not None:
        flash(hindrance_words(why))
        return to_aside(aside_id)
    running.projector.wake()
    flash(_("It is among the responses now. Its phone hears that it has arrived."))
    return redirect(url_for("reviews.show_response", response_id=aside_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/reject")
def keep_out(aside_id: str) -> AnyResponse:
    """Reject a revision for good: it is kept, and marked."""
    person = signed_in_coordinator()
    rev = rev_in_reach(aside_id, person)
    reason = one_reason(request.form.get("reason", ""))
    fault = fault_of_reason(reason)
    if fault is not None:
        flash(reason_words(fault))
        return to_aside(aside_id)
    running = services.current()
    now = running.clock.now()
    running.database.write(lambda connection: reject(connection, aside_id, rev, reason=reason, person=person, now=now))
    flash(_("It stays set aside for good. It is kept, and you can put it back in the list."))
    return to_aside(aside_id)


@blueprint.post("/put-back")
def take_up_again(aside_id: str) -> AnyResponse:
    """Put a rejected revision back among those that wait for a decision."""
    person = signed_in_coordinator()
    rev = rev_in_reach(aside_id, person)
    running = services.current()
    now = running.clock.now()
    running.database.write(lambda connection: put_back(connection, aside_id, rev, person=person, now=now))
    flash(_("It is back in the list."))
    return to_aside(aside_id)


def rev_in_reach(aside_id: str, person: Person) -> str:
    """Read which revision is meant; raises NotFound for one out of reach, as for one that is not set aside."""
    rev = request.form.get("rev", "")
    with services.current().database.read() as connection:
        found = queries.aside(connection, aside_id, rev, reader=person.person_id)
    if found is None:
        raise NotFound("set-aside-unknown", f"Nothing is set aside here under the id {aside_id[:40]}.")
    return rev


def to_aside(aside_id: str) -> AnyResponse:
    """Lead back to what is set aside of the response."""
    return redirect(url_for("set_aside.show_set_aside", aside_id=aside_id), HTTPStatus.SEE_OTHER)
