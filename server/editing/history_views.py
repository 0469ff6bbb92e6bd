"""The console: what became of each answer of a response, and every version of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, render_template
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.editing.changing import with_values
from server.editing.coming_back import install_coming_back
from server.editing.fields import Field, Key, fields_of, path_among
from server.editing.history import Event, Fact
from server.editing.opening import form_of, response_in_reach, versions_of
from server.editing.tracing import seen_by_all, trace
from server.editing.words import Form, Said, said, say_answer
from server.formlogic.response import AnswerTree
from server.i18n import page_language
from server.people.sessions import signed_in_person
from server.reviews.parts import join_parts
from server.reviews.passages import Fragment
from server.reviews.queries import Record

__all__ = ["blueprint"]

blueprint = Blueprint("editing_history", __name__, url_prefix="/console/responses/<response_id>/history")
install_coming_back(blueprint)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One change of an answer, in words."""

    fact: Fact
    before: tuple[Fragment, ...]
    after: tuple[Fragment, ...]


@dataclass(frozen=True, kw_only=True)
class FieldTold:
    """An answer with all its changes, the newest first."""

    about: Said
    path: str
    changes: tuple[Told, ...]


@blueprint.get("")
def show_history(response_id: str) -> AnyResponse | str:
    """Show who changed which answer when, from what to what, and why."""
    person = signed_in_person()
    with services.current().database.read() as connection:
        response = response_in_reach(connection, response_id, person)
        heads = versions_of(connection, response_id, person)
        form = form_of(connection, response, heads[0], wishes=[page_language(), "en"]) if heads else None
        traced = trace(connection, response_id, person, root=form.root if form else "")
    sees_apart = person.role == "administrator"
    answers = answers_of(heads[0]) if heads else {}
    here = fields_of(answers, root=form.root) if form else {}
    form = form and as_answered(form, answers, sees_apart=sees_apart)
    seen = traced if sees_apart else seen_by_all(traced)
    return render_template(
        "editing_history.html",
        response=response,
        fields=told(form, seen.events, here) if form else [],
        facts=list(reversed(seen.facts)),
        questions=form.pack.lang if form else page_language(),
    )


def answers_of(shown: Record) -> AnswerTree:
    """Read what the version says that everybody sees; nothing of one that cannot be read."""
    try:
        return join_parts((part.name, part.body) for part in shown.parts).answers
    except (ValueError, LookupError, TypeError, RecursionError):
        return {}


def as_answered(form: Form, answers: AnswerTree, *, sees_apart: bool) -> Form:
    """Let questions speak of what they are about as these answers have it."""
    try:
        return with_values(form, answers, sees_apart=sees_apart)
    except (ValueError, LookupError, TypeError, RecursionError):
        return form


def told(form: Form, events: list[Event], here: Mapping[Key, Field]) -> list[FieldTold]:
    """Put the changes of each field together; what the form works out by itself is left out.

    ``here`` are the fields of the version that questions speak of.
    """
    by_key = {event.key: [one for one in reversed(events) if one.key == event.key] for event in events}
    found = [
        FieldTold(
            about=named(form, changes[0], here),
            path=changes[0].path,
            changes=tuple(
                Told(
                    fact=one.fact,
                    before=say_answer(form, key, one.before),
                    after=say_answer(form, key, one.after),
                )
                for one in changes
            ),
        )
        for key, changes in by_key.items()
    ]
    return [one for one in found if not one.about.worked_out]


def named(form: Form, event: Event, here: Mapping[Key, Field]) -> Said:
    """Name a field as it stands by now; where it is gone, what its question is about stays open."""
    path = path_among(event.key, here, root=form.root)
    return said(replace(form, values=None), event.key, event.path) if path is None else said(form, event.key, path)
