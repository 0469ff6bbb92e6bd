"""The console: what is still to do, the programme and its languages."""

import sqlite3
from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.address import Reach, public_address, reach_of_address
from server.audit.noting import Actor
from server.i18n import autonyms, page_language
from server.people.rules import Person, may_change
from server.people.sessions import signed_in_administrator, signed_in_person
from server.places.queries import reachable
from server.programme import changes, checklist_queries, queries
from server.programme.checklist import Facts, Item, Task, checklist
from server.programme.forms_in_use import forms_to_choose_from
from server.programme.language_order import button_after
from server.programme.lines import line_problem, one_line
from server.programme.wording import line_words, task_hint, task_words
from server.reviews.languages import best_title
from server.reviews.passages import Fragment
from server.reviews.queries import titles_of_forms
from server.setup.onward import Step, onward, step_shown
from sync.limits import NAME_CHARACTERS

__all__ = ["blueprint"]

CONTACT_CHARACTERS: Final = 300
UNFIT: Final = 422
LONGEST: Final = {"name": NAME_CHARACTERS, "contact": CONTACT_CHARACTERS, "privacy_contact": CONTACT_CHARACTERS}
ENDPOINTS: Final = {
    Task.PROGRAMME: "programme.show_form",
    Task.NEIGHBOURHOOD: "neighbourhoods.show_form_to_add",
    Task.BOUNDARY: "neighbourhoods.list_neighbourhoods",
    Task.LANGUAGES: "programme.show_languages",
    Task.FORMS: "programme_forms.show_forms",
    Task.PHONE: "phones.list_phones",
    Task.VENUE: "venues.list_venues",
    Task.POSTER: "venues.list_venues",
    Task.RESPONSE: "reviews.list_responses",
}

blueprint = Blueprint("programme", __name__, url_prefix="/console")
blueprint.add_app_template_filter(task_words)
blueprint.add_app_template_filter(task_hint)


@blueprint.get("/start")
def show_checklist() -> str:
    """Show what was done and what is still to do until the first response is in."""
    person = signed_in_person()
    with services.current().database.read() as connection:
        items = checklist(facts_for(connection, person))
    return render_template(
        "checklist.html",
        items=[(item, address_of(item, person)) for item in items],
        done=items[-1].done,
        own_address=public_address(),
    )


def facts_for(connection: sqlite3.Connection, person: Person) -> Facts:
    """Give what the checklist is made from."""
    reaches_phones = reach_of_address() is Reach.GOOD
    return checklist_queries.facts(connection, reader=person.person_id, reaches_phones=reaches_phones)


def address_of(item: Item, person: Person) -> str | None:
    """Give the page on which a task is done; None when the reader may not do it."""
    endpoint = ENDPOINTS.get(item.task)
    allowed = person.role == "administrator" or (may_change(person) and not item.for_administrators)
    return url_for(endpoint) if endpoint and allowed and endpoint in current_app.view_functions else None


@blueprint.get("/programme")
def show_programme() -> str:
    """Show who asks, in which languages and with which forms."""
    person = signed_in_person()
    with services.current().database.read() as connection:
        return render_template(
            "programme.html",
            programme=queries.programme(connection),
            forms=[form for form in forms_to_choose_from(connection) if form.offered],
            titles=offered_titles(connection),
            may_record=may_change(person),
            neighbourhoods=reachable(connection, reader=person.person_id),
            may_edit=person.role == "administrator",
            all_autonyms=autonyms(),
        )


def offered_titles(connection: sqlite3.Connection) -> dict[str, Fragment]:
    """Give the titles of the forms on offer, in the reader's language where there is one."""
    titles = titles_of_forms(connection)
    return {
        form.form_id: best_title(
            titles.get((form.form_id, form.version or ""), {}), [page_language(), "en"], form_id=form.form_id
        )
        for form in forms_to_choose_from(connection)
        if form.offered
    }


@blueprint.get("/programme/edit")
def show_form() -> str:
    """Show the form with the words of the programme."""
    signed_in_administrator()
    with services.current().database.read() as connection:
        programme = queries.programme(connection)
    return page_with_form({field: getattr(programme, field, "") for field in LONGEST}, problems={})


@blueprint.post("/programme/edit")
def save() -> AnyResponse:
    """Keep the words of the programme."""
    person = signed_in_administrator()
    typed = {field: one_line(request.form.get(field, "")) for field in LONGEST}
    if problems := problems_of(typed):
        return Response(page_with_form(typed, problems=problems), status=UNFIT)
    running = services.current()
    changes.save_programme(
        running.database,
        name=typed["name"],
        contact=typed["contact"],
        privacy_contact=typed["privacy_contact"],
        actor=Actor(person_id=person.person_id, name=person.name),
        clock=running.clock,
    )
    return onward(Step.PROGRAMME, otherwise=url_for("programme.show_programme"))


def problems_of(typed: Mapping[str, str]) -> dict[str, str]:
    """Say what is wrong, by field."""
    missing = {
        "name": _("Give the programme a name, such as Well Communities Old Ford."),
        "contact": _("Say how residents reach the team: a phone number, an e-mail address or a place."),
        "privacy_contact": _("Say whom residents ask about their answers: a phone number or an e-mail address."),
    }
    return {
        field: line_words(problem, missing=missing[field], longest=longest)
        for field, longest in LONGEST.items()
        if (problem := line_problem(typed[field], longest=longest))
    }


def page_with_form(typed: Mapping[str, str], *, problems: Mapping[str, str]) -> str:
    """Render the form as it was filled in."""
    return render_template(
        "programme_form.html", typed=typed, problems=problems, longest=LONGEST, step=step_shown(Step.PROGRAMME)
    )


@blueprint.get("/programme/languages")
def show_languages() -> str:
    """Show the languages in order, with the buttons that change it."""
    signed_in_administrator()
    with services.current().database.read() as connection:
        programme = queries.programme(connection)
    return render_template(
        "languages.html",
        languages=programme.languages if programme else (),
        own=True,
        place=None,
        no_programme=programme is None,
        action=url_for("programme.rearrange"),
        back=url_for("programme.show_programme"),
        all_autonyms=autonyms(),
        focused=button_after(request.args.get("pressed", ""), programme.languages if programme else ()),
        step=step_shown(Step.LANGUAGES),
    )


@blueprint.post("/programme/languages")
def rearrange() -> AnyResponse:
    """Do what was pressed, and show the list again; or go on."""
    person = signed_in_administrator()
    press = request.form.get("press", "")
    running = services.current()
    changes.rearrange_languages(
        running.database,
        press,
        offered=tuple(autonyms()),
        actor=Actor(person_id=person.person_id, name=person.name),
        clock=running.clock,
    )
    if press == "done":
        return onward(Step.LANGUAGES, otherwise=url_for("programme.show_programme"))
    return again("programme.show_languages", press)


def again(endpoint: str, press: str) -> AnyResponse:
    """Show a list of languages again, at the button that was pressed."""
    address = url_for(endpoint, pressed=press)
    return redirect(f"{address}&set-up=1" if step_shown(Step.LANGUAGES) else address, 303)
