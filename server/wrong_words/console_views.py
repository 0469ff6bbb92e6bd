"""The console: words that people found wrong, marking them as done, and reporting one."""

import sqlite3
from http import HTTPStatus
from typing import Final
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.audit.noting import Actor, note
from server.clock import as_text
from server.errors import NotFound
from server.i18n import autonyms, page_language
from server.people.rules import Person, may_change
from server.people.sessions import signed_in_coordinator, signed_in_person
from server.reviews.paging import PageOf, page_number
from server.wrong_words import queries
from server.wrong_words.rules import CONSOLE, WORDS_CHARACTERS, Listed, Report, faults_of, read_typed
from server.wrong_words.wording import fault_words

__all__ = ["blueprint"]

REPORTS_PER_PAGE: Final = 25

blueprint = Blueprint("words", __name__, url_prefix="/console/words")


@blueprint.get("")
def list_reports() -> str:
    """Show the reports in reach, newest first: those that wait, or those that are done."""
    person = signed_in_coordinator()
    lang, handled = request.args.get("lang", ""), request.args.get("show") == "done"
    with services.current().database.read() as connection:
        total = queries.count_reports(connection, reader=person.person_id, lang=lang, handled=handled)
        number = page_number(request.args.get("page", ""), size=REPORTS_PER_PAGE, total=total)
        page = PageOf(number=number, size=REPORTS_PER_PAGE, total=total)
        listed = queries.page_of_reports(
            connection, reader=person.person_id, lang=lang, handled=handled, skip=page.skip, limit=page.size
        )
        languages = queries.languages_of_reports(connection, reader=person.person_id)
        done = queries.report(connection, reader=person.person_id, report_id=request.args.get("done", ""))
    return render_template(
        "wrong_words.html",
        listed=listed,
        page=page,
        languages=[(tag, name_of(tag)) for tag in languages],
        name_of=name_of,
        lang=lang,
        handled=handled,
        done=done if done and done.handled_at else None,
    )


@blueprint.get("/report")
def show_report() -> str:
    """Show the form by which anybody who is signed in reports a wrong word."""
    signed_in_person()
    lang = request.args.get("lang", page_language())
    return form_page(read_typed({}, report_id="", lang=lang, screen=CONSOLE), {})


@blueprint.post("/report")
def take_report() -> AnyResponse:
    """Keep a report; whoever may not read the list comes back to the form."""
    person = signed_in_person()
    running = services.current()
    report_id = str(UUID(bytes=running.random_bytes(16), version=4))
    asked = request.form.get("lang", "")
    lang = asked if asked in autonyms() else page_language()
    report = read_typed(request.form, report_id=report_id, lang=lang, screen=CONSOLE)
    problems: dict[str, str] = {fault: fault_words(fault) for fault in faults_of(report)}
    if problems:
        return Response(form_page(report, problems), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    at = as_text(running.clock.now())

    def job(connection: sqlite3.Connection) -> None:
        home = queries.home_of(connection, reader=person.person_id)
        queries.insert_report(connection, report, at=at, device_id=None, neighbourhood_id=home)

    running.database.write(job)
    flash(_("Thank you. The people who look after the words will read your report."))
    then = "words.list_reports" if may_change(person) else "words.show_report"
    return redirect(url_for(then), HTTPStatus.SEE_OTHER)


@blueprint.post("/<report_id>/done")
def mark_done(report_id: str) -> AnyResponse:
    """Note that a report was dealt with."""
    person = signed_in_coordinator()
    report = report_in_reach(person, report_id)
    running = services.current()
    at = as_text(running.clock.now())

    def job(connection: sqlite3.Connection) -> None:
        if queries.mark_handled(connection, reader=person.person_id, report_id=report_id, at=at):
            note_about(connection, report, person, action="words-done", at=at)

    running.database.write(job)
    return back_to_list(done=report_id)


@blueprint.post("/<report_id>/not-done")
def mark_not_done(report_id: str) -> AnyResponse:
    """Put a report back among those that wait."""
    person = signed_in_coordinator()
    report = report_in_reach(person, report_id)
    running = services.current()
    at = as_text(running.clock.now())

    def job(connection: sqlite3.Connection) -> None:
        if queries.mark_open(connection, reader=person.person_id, report_id=report_id):
            note_about(connection, report, person, action="words-not-done", at=at)

    running.database.write(job)
    flash(_("The report is back in the list."))
    return back_to_list()


def back_to_list(*, done: str | None = None) -> AnyResponse:
    """Lead back to the list, filtered as it was; ``done`` is what can be undone there."""
    address = url_for("words.list_reports", lang=request.form.get("lang") or None, done=done)
    return redirect(address, HTTPStatus.SEE_OTHER)


def form_page(report: Report, problems: dict[str, str]) -> str:
    """Write the form with what was typed."""
    languages = [(tag, name) for tag, name in autonyms().items() if tag != "en"]
    return render_template(
        "wrong_word_form.html", report=report, problems=problems, languages=languages, longest=WORDS_CHARACTERS
    )


def report_in_reach(person: Person, report_id: str) -> Listed:
    """Find a report; raises NotFound for one out of reach, as for one that is not there."""
    with services.current().database.read() as connection:
        report = queries.report(connection, reader=person.person_id, report_id=report_id)
    if report is None:
        raise NotFound("report-unknown", f"No report is kept here under the id {report_id[:40]}.")
    return report


def name_of(tag: str) -> str:
    """Give a language's name for itself; of one that is not spoken here, its tag."""
    return autonyms().get(tag, tag)


def note_about(connection: sqlite3.Connection, report: Listed, person: Person, *, action: str, at: str) -> None:
    """Note what was done with a report."""
    note(
        connection,
        at=at,
        actor=Actor(person_id=person.person_id, name=person.name),
        action=action,
        subject=report.report_id,
        neighbourhood_id=report.neighbourhood_id,
        details={"languages": report.lang},
    )
