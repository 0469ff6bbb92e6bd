"""The console: deciding about responses, one or many; the way through what waits; what is new; comments."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.clock import as_text
from server.errors import NotFound
from server.people.rules import Person
from server.people.sessions import signed_in_coordinator, signed_in_person
from server.reviews import commenting, deciding, triage, triage_queries
from server.reviews.beside import decided_now
from server.reviews.decision_form import Asked, as_seen, kept_place, read_asked
from server.reviews.decision_wording import (
    comment_fault_words,
    decided_words,
    fault_words,
    hindrance_words,
    install_decision_wording,
    left_words,
    news_words,
    ready_reasons,
    undone_words,
)
from server.reviews.decisions import Outcome, clean_words, state_of
from server.reviews.filters import read_filters

__all__ = ["blueprint"]

blueprint = Blueprint("decisions", __name__, url_prefix="/console/responses")
install_decision_wording(blueprint)

SEQ_DIGITS = 18


@blueprint.post("/decide")
def decide_about() -> AnyResponse:
    """Decide about one response or many, and lead on; without the reason that it takes, ask for that."""
    person = signed_in_coordinator()
    asked = read_asked(request.form, ready_words={**ready_reasons("return"), **ready_reasons("reject")})
    if asked is None or asked.fault in {"nothing-chosen", "too-many"}:
        flash(fault_words((asked and asked.fault) or "nothing-chosen"))
        return onward("reviews.list_responses", kept_place(request.form.get("place", "")))
    if asked.fault is not None:
        return ask_for_reason(asked)
    running = services.current()
    outcome = running.database.write(
        lambda connection: deciding.decide(
            connection,
            asked.seen,
            action=asked.action,
            reason=asked.reason,
            person=person,
            now=running.clock.now(),
        )
    )
    return led_on(asked, outcome, person)


@blueprint.post("/undo")
def take_back() -> AnyResponse:
    """Take a decision back, alone or with all that were made together."""
    person = signed_in_coordinator()
    running = services.current()
    review_id, alone = request.form.get("decision", ""), request.form.get("alone", "") == "yes"
    outcome = running.database.write(
        lambda connection: deciding.undo(connection, review_id, alone=alone, person=person, now=running.clock.now())
    )
    place = kept_place(request.form.get("place", ""))
    if outcome.done:
        flash(undone_words(len(outcome.done)))
    for why in dict.fromkeys(refusal.why for refusal in outcome.refused):
        flash(hindrance_words(why))
    then = request.form.get("then", "")
    if then in {"response", "triage"} and len(outcome.done) + len(outcome.refused) == 1:
        place["response_id"] = [*outcome.done, *(one.response_id for one in outcome.refused)]
        if then == "triage":
            place["triage"] = ["yes"]
        return onward("reviews.show_response", place)
    return onward("reviews.list_responses", place)


@blueprint.get("/triage")
def show_next() -> AnyResponse:
    """Lead to the next response that waits, after or before the one that was shown; or say that none is left."""
    person = signed_in_coordinator()
    filters, place = read_filters(request.args), kept_place(request.query_string.decode("ascii", "ignore"))
    decided = request.args.get("decided", "")
    with services.current().database.read() as connection:
        if "ahead" in request.args:
            found = triage.waiting_before(connection, filters, reader=person.person_id, before=seq("ahead"))
        else:
            found = triage.next_waiting(connection, filters, reader=person.person_id, after=seq("behind"))
        left = triage.count_waiting(connection, filters, reader=person.person_id)
        told = decided_now(connection, decided, reader=person.person_id)
    if found is not None:
        kept = {**place, "triage": ["yes"], **({"decided": [decided]} if told else {})}
        return onward("reviews.show_response", {**kept, "response_id": [found]})
    page = render_template(
        "triage_over.html",
        left=left,
        left_words=left_words(left),
        place=place,
        query=urlencode(place, doseq=True),
        decided=told,
    )
    return Response(page)


@blueprint.get("/news")
def tell_news() -> Response:
    """Tell a list that is open how many responses came since, within its filters."""
    person = signed_in_person()
    with services.current().database.read() as connection:
        count = triage.count_news(connection, read_filters(request.args), reader=person.person_id, since=seq("since"))
    return jsonify(count=count, words=news_words(count) if count else "")


@blueprint.post("/<response_id>/comments")
def add_comment(response_id: str) -> AnyResponse:
    """Keep what somebody says about a response."""
    person = signed_in_coordinator()
    must_be_here(response_id, person)
    running = services.current()
    now = running.clock.now()
    name = commenting.new_id(now, running.random_bytes)
    text = clean_words(request.form.get("comment", ""))
    fault = running.database.write(
        lambda connection: commenting.add(connection, response_id, text=text, name=name, person=person, at=as_text(now))
    )
    flash(comment_fault_words(fault) if fault else _("Your comment is kept."))
    return back_to_response(response_id)


@blueprint.post("/<response_id>/comments/withdraw")
def withdraw_comment(response_id: str) -> AnyResponse:
    """Take one's own comment back."""
    person = signed_in_coordinator()
    must_be_here(response_id, person)
    running = services.current()
    comment_id, at = request.form.get("comment_id", ""), as_text(running.clock.now())
    done = running.database.write(
        lambda connection: commenting.withdraw(connection, response_id, comment_id=comment_id, person=person, at=at)
    )
    flash(_("Your comment is deleted.") if done else _("That comment is not yours, or it is deleted already."))
    return back_to_response(response_id)


def must_be_here(response_id: str, person: Person) -> None:
    """Raise NotFound for a response that is out of reach, as for one that is not there."""
    with services.current().database.read() as connection:
        found = triage_queries.seq_of_response(connection, response_id, reader=person.person_id)
    if found is None:
        raise NotFound("response-unknown", f"No response is kept here under the id {response_id[:40]}.")


def back_to_response(response_id: str) -> AnyResponse:
    """Lead back to the page of a response, as it was asked for."""
    place = kept_place(request.form.get("place", ""))
    triage = {"triage": ["yes"]} if request.form.get("then", "") == "triage" else {}
    return onward("reviews.show_response", {**place, **triage, "response_id": [response_id], "_anchor": ["comments"]})


def ask_for_reason(asked: Asked) -> Response:
    """Show the form that asks why; what is wrong with what was given stands on top."""
    problems = {"reason": fault_words(asked.fault)} if asked.answered and asked.fault else {}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    seen = [as_seen(one) for one in asked.seen]
    page = render_template("reason.html", asked=asked, seen=seen, problems=problems, place=kept_place(asked.place))
    return Response(page, status=status)


def led_on(asked: Asked, outcome: Outcome, person: Person) -> AnyResponse:
    """Lead to where a decision was asked from, or say what of it could not be done."""
    place = kept_place(asked.place)
    decided = {"decided": [outcome.batch_id]} if outcome.batch_id else {}
    if asked.then == "list":
        if outcome.refused:
            return say_what_stayed(asked, outcome, person)
        if not outcome.done:
            flash(decided_words(state_of(asked.action), len(outcome.same)))
        return onward("reviews.list_responses", {**place, **decided})
    response_id = asked.seen[0].response_id
    must_be_here(response_id, person)
    for refusal in outcome.refused:
        flash(hindrance_words(refusal.why))
    if asked.then == "triage" and not outcome.refused:
        with services.current().database.read() as connection:
            after = triage_queries.seq_of_response(connection, response_id, reader=person.person_id)
        return onward("decisions.show_next", {**place, **decided, "behind": [str(after or 0)]})
    triage = {"triage": ["yes"]} if asked.then == "triage" else {}
    kept = {**place, **triage, **decided}
    return onward("reviews.show_response", {**kept, "response_id": [response_id]})


def say_what_stayed(asked: Asked, outcome: Outcome, person: Person) -> Response:
    """Show how many were decided about, and which were not and why."""
    refused = [refusal.response_id for refusal in outcome.refused]
    with services.current().database.read() as connection:
        received = triage_queries.received_at(connection, refused, reader=person.person_id)
    page = render_template(
        "decided.html",
        outcome=outcome,
        received=received,
        state=state_of(asked.action),
        place=kept_place(asked.place),
        query=asked.place,
    )
    return Response(page)


def onward(endpoint: str, arguments: Mapping[str, Sequence[str]]) -> AnyResponse:
    """Lead on to another page, after a form was sent or where nothing is to be shown here."""
    given: dict[str, Any] = {name: values if len(values) > 1 else values[0] for name, values in arguments.items()}
    return redirect(url_for(endpoint, **given), HTTPStatus.SEE_OTHER)


def seq(argument: str) -> int:
    """Read a seq from the address; 0 for anything else."""
    asked = request.args.get(argument, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= SEQ_DIGITS else 0
