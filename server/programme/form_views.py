"""The console: which forms are offered to phones and on posters."""

import json
from collections.abc import Collection, Sequence
from typing import Final

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.audit.noting import Actor
from server.clock import as_text
from server.errors import NotFound
from server.formlogic.logic_json import load
from server.formlogic.texts import load_pack
from server.i18n import page_language
from server.people.rules import Person
from server.people.sessions import signed_in_administrator, signed_in_person
from server.programme.form_queries import hanging_posters
from server.programme.forms_in_use import (
    NotChosen,
    OfferedForm,
    choose,
    form_to_read,
    forms_to_choose_from,
    taken_away,
)
from server.programme.questions import questions_of
from server.reviews import queries as reviews
from server.reviews.languages import best_language, best_title
from server.reviews.passages import Fragment
from server.setup.onward import Step, onward, step_shown

__all__ = ["blueprint"]

UNFIT: Final = 422

blueprint = Blueprint("programme_forms", __name__, url_prefix="/console/programme/forms")


@blueprint.get("")
def show_forms() -> str:
    """Show every form, with a tick at those that are offered."""
    signed_in_administrator()
    return page_with_forms(refused=(), none_chosen=False)


@blueprint.post("")
def save_choice() -> AnyResponse:
    """Offer what is ticked and nothing else; ask once before posters and phones are left without a form."""
    person = signed_in_administrator()
    chosen = frozenset(request.form.getlist("form"))
    renewed = frozenset(request.form.getlist("renewed"))
    running = services.current()
    if not chosen and step_shown(Step.FORMS):
        return Response(page_with_forms(refused=(), none_chosen=True), status=UNFIT)
    if "sure" not in request.form and (question := question_before(person, chosen, renewed)):
        return Response(question)
    actor = Actor(person_id=person.person_id, name=person.name)
    refused = choose(running.database, chosen, renewed=renewed, actor=actor, clock=running.clock)
    if refused:
        return Response(page_with_forms(refused=refused, none_chosen=False), status=UNFIT)
    flash(_("The forms are saved. Phones get them when they next connect."))
    return onward(Step.FORMS, otherwise=url_for("programme.show_programme"))


@blueprint.get("/<form_id>/questions")
def show_questions(form_id: str) -> str:
    """Show the questions of a form, in the reader's language where it has that."""
    signed_in_person()
    with services.current().database.read() as connection:
        form = form_to_read(connection, form_id)
    if form is None:
        raise NotFound("form-unknown", f"No form is on offer here under the id {form_id[:40]}.")
    language = best_language(list(form.packs), [page_language(), "en"])
    pack = load_pack(form.packs[language or ""])
    return render_template(
        "form_questions.html",
        questions=language,
        title=Fragment("".join(part for part in pack.title.parts if isinstance(part, str)), pack.title.lang),
        listed=questions_of(load(json.loads(form.logic)), pack),
    )


def question_before(person: Person, chosen: Collection[str], renewed: Collection[str]) -> str | None:
    """Ask whether all forms are to go, or some from posters that hang; None when there is nothing to ask."""
    running = services.current()
    now = as_text(running.clock.now())
    with running.database.read() as connection:
        gone = taken_away(connection, chosen)
        posters = hanging_posters(connection, reader=person.person_id, now=now)
        titles = reviews.titles_of_forms(connection)
    ids = {form.form_id for form in gone}
    concerned = [poster for poster in posters if poster.form_id in ids]
    if not concerned and (chosen or not gone):
        return None
    return render_template(
        "programme_forms_sure.html",
        gone=[
            (title_of(form, titles), [poster for poster in concerned if poster.form_id == form.form_id])
            for form in gone
        ],
        chosen=chosen,
        renewed=renewed,
        step=step_shown(Step.FORMS),
    )


def page_with_forms(*, refused: Sequence[NotChosen], none_chosen: bool) -> str:
    """Render the list of forms."""
    with services.current().database.read() as connection:
        forms = forms_to_choose_from(connection)
        titles = reviews.titles_of_forms(connection)
    named = [(form, title_of(form, titles)) for form in forms]
    return render_template(
        "programme_forms.html", forms=named, refused=refused, none_chosen=none_chosen, step=step_shown(Step.FORMS)
    )


def title_of(form: OfferedForm, titles: dict[tuple[str, str], dict[str, str]]) -> Fragment:
    """Give a form's title; of one that is not published yet, what it is called here."""
    published = titles.get((form.form_id, form.version or ""), {})
    if published:
        return best_title(published, [page_language(), "en"], form_id=form.form_id)
    return Fragment(form.form_id.replace("_", " ").capitalize(), "en")
