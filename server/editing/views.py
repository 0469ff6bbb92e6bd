"""The console: one answer of a response changed, with its reason; what comes of it is shown before it is saved."""

import json
import sqlite3
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.clock import as_text
from server.editing.changing import (
    Outlook,
    attachments_left,
    change,
    outlook,
    question_at,
    settled,
    with_values,
)
from server.editing.coming_back import install_coming_back, to_response
from server.editing.fields import Key, fields_of, node_of
from server.editing.keeping import Keeping, Kept, keep
from server.editing.opening import Opened, open_response, response_in_reach
from server.editing.revision import Making, fits, make, put_back
from server.editing.rules import REASON_CHARACTERS, fault_of_reason, one_reason
from server.editing.showing import effects_of, key_of_path
from server.editing.undoing import undoable
from server.editing.wording import install_wording, reason_words
from server.editing.words import Form, is_apart, say_answer, say_question
from server.errors import NotFound
from server.formlogic.instance import Element
from server.formlogic.response import Response as Answers
from server.formlogic.validate import problem
from server.i18n import page_language
from server.people.rules import Person
from server.people.sessions import signed_in_coordinator
from server.residents.questions import Question, question_of
from server.residents.visiting import offset_here
from server.residents.words import TYPED, Choice, Words, plain
from server.reviews.passages import Fragment
from sync.codes import RevisionKind
from sync.hashes import sha256_hex

__all__ = ["blueprint"]

TAKE_AWAY: Final = ("take-away", "clear:")
"""What the buttons say that leave a question without an answer."""
LONGEST: Final = 10_000
"""Characters that a field of this page takes; an answer may be longer where it came from a phone."""

blueprint = Blueprint("editing", __name__, url_prefix="/console/responses/<response_id>")
install_wording(blueprint)
install_coming_back(blueprint)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question of a response, as the page shows it: its answer of before, and the response in the engine."""

    opened: Opened
    person: Person
    answers: Answers
    element: Element

    @property
    def path(self) -> str:
        """Where the question stands."""
        return self.element.path

    @property
    def is_apart(self) -> bool:
        """Whether the answer is one that only administrators read."""
        return is_apart(key_of_path(self.path))

    @property
    def before(self) -> str:
        """The answer as it stands."""
        fields = fields_of(self.opened.joined.answers, root=self.opened.form.root)
        return next((one.text for one in fields.values() if one.path == self.path), "")


@blueprint.get("/edit")
def show_question(response_id: str) -> AnyResponse | str:
    """Show a question with the control that fits and its answer; without a question, lead back to the response."""
    asked = asked_for(response_id, signed_in_coordinator(), request.args.get("at", ""))
    if asked is None:
        return to_response(response_id)
    return question_page(asked, reason="", problems={})


@blueprint.post("/edit")
def change_answer(response_id: str) -> AnyResponse:
    """Show what comes of another answer, or save it once that was seen; what was typed is never lost."""
    person = signed_in_coordinator()
    asked = asked_for(response_id, person, request.form.get("at", ""))
    if asked is None:
        return to_response(response_id)
    node = asked.element.definition
    assert node is not None, "A question is in the form."
    taken_away = request.form.get("go", "").startswith(TAKE_AWAY)
    typed = [] if taken_away else [one[:LONGEST] for one in request.form.getlist(f"q{node.number}")]
    change(asked.answers, asked.element, typed, offset_here(services.current().clock.now()))
    found = outlook(asked.opened.form, asked.opened.joined, asked.answers.answers())
    reason = one_reason(request.form.get("reason", ""))
    problems = faults(found, reason)
    moved = request.form.get("seen", "") != asked.opened.shown.rev
    looked = request.form.get("go") == "save" and request.form.get("looked") == digest_of(found)
    if problems or moved or not looked:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.CONFLICT if moved else HTTPStatus.OK
        return Response(question_page(asked, reason=reason, problems=problems, found=found, moved=moved), status=status)
    return save(asked, found, reason)


@blueprint.post("/undo-edit")
def undo(response_id: str) -> AnyResponse:
    """Put back what a change of the team took away, by a change of its own; only while nothing came after it."""
    person = signed_in_coordinator()
    running = services.current()
    with running.database.read() as connection:
        response_in_reach(connection, response_id, person)
        found = undoable(connection, response_id, person, rev=request.form.get("rev", ""))
    if found is None:
        flash(_("This was changed again since, so it was not put back."))
        return to_response(response_id)
    now = running.clock.now()
    making = Making(
        kind=RevisionKind.EDIT,
        parents=[found.head.rev],
        author=person.name,
        server_id=running.identity.server_id,
        made_at=as_text(now),
        reason="",
        undoes=found.head.rev,
    )
    made = put_back(found.head, found.earlier, making)
    keeping = Keeping(
        response_id=response_id,
        seen={found.head.rev},
        all_seen=False,
        person=person,
        server_id=running.identity.server_id,
        now=now,
        action="edit-undone",
        touches_apart=found.touches_apart,
    )
    kept = running.database.write(lambda connection: keep(connection, made, keeping))
    flash(_("The answer is as it was before.") if kept == "kept" else _("This was changed again since."))
    return to_response(response_id)


def asked_for(response_id: str, person: Person, path: str) -> Asked | None:
    """Find the question that is to be changed; None where there is none that this person may change here."""
    with services.current().database.read() as connection:
        opened = open_response(connection, response_id, person, wishes=[page_language(), "en"])
    if opened is None or not path:
        return None
    answers = settled(opened.form, opened.joined.answers)
    element = question_at(answers, path)
    if element is None:
        return None
    asked = Asked(opened=opened, person=person, answers=answers, element=element)
    if asked.is_apart and person.role != "administrator":
        raise NotFound("question-apart", "The answers that are kept apart are changed by administrators alone.")
    return asked


def save(asked: Asked, found: Outlook, reason: str) -> AnyResponse:
    """Write the change as a revision, and lead back to the response, where it can be taken back."""
    running = services.current()
    now = running.clock.now()
    response_id = asked.opened.response.response_id
    made = make(
        asked.opened.shown,
        found.answers,
        Making(
            kind=RevisionKind.EDIT,
            parents=[asked.opened.shown.rev],
            author=asked.person.name,
            server_id=running.identity.server_id,
            made_at=as_text(now),
            reason=reason,
        ),
        attachments=attachments_left(asked.opened.shown, found.changes),
        random_bytes=running.random_bytes,
    )
    keeping = Keeping(
        response_id=response_id,
        seen={asked.opened.shown.rev},
        all_seen=False,
        person=asked.person,
        server_id=running.identity.server_id,
        now=now,
        action="response-edited",
        touches_apart=asked.is_apart,
    )

    def job(connection: sqlite3.Connection) -> Kept:
        return keep(connection, made, keeping)

    if not fits(made):
        problems = {"reason": _("This response says so much of itself that there is no room for a reason this long.")}
        page = question_page(asked, reason=reason, problems=problems, found=found)
        return Response(page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if running.database.write(job) == "moved":
        page = question_page(asked, reason=reason, problems={}, found=found, moved=True)
        return Response(page, status=HTTPStatus.CONFLICT)
    return to_response(response_id, edited=made.rev)


def faults(found: Outlook, reason: str) -> dict[str, str]:
    """Say what is missing, by the field that lacks it."""
    problems: dict[str, str] = {}
    if not found.changes:
        problems["answer"] = _("This is the answer already. Change it, or go back.")
    fault = fault_of_reason(reason)
    if fault is not None:
        problems["reason"] = reason_words(fault)
    return problems


def question_page(
    asked: Asked, *, reason: str, problems: dict[str, str], found: Outlook | None = None, moved: bool = False
) -> str:
    """Show the question as it was answered, and what comes of that where it is known."""
    sees_apart = asked.person.role == "administrator"
    form = with_values(asked.opened.form, asked.answers.answers(), sees_apart=sees_apart)
    wrong = problem(asked.answers, asked.element) if found is not None else None
    one = question_of(asked.element, asked.answers, form.pack, problem=wrong, original=None)
    looked = found is not None and not problems and not moved
    return render_template(
        "editing_change.html",
        response=asked.opened.response,
        at=asked.path,
        seen=asked.opened.shown.rev,
        one=one if sees_apart else in_seen_words(one, asked.path, form),
        control=asked.element.definition.control if asked.element.definition else None,
        ranked=asked.element.text.split(),
        before=say_answer(form, key_of_path(asked.path), asked.before),
        questions=form.pack.lang,
        reason=reason,
        longest=REASON_CHARACTERS,
        problems=problems,
        moved=moved,
        effects=effects_of(form, found, but=asked.path, sees_apart=sees_apart) if found and looked else None,
        looked=digest_of(found) if found and looked else "",
    )


def in_seen_words(one: Question, path: str, form: Form) -> Question:
    """Say a question and its choices without the values of answers that are kept apart."""
    key = key_of_path(path)
    element = form.values.elements.get(path) if form.values else None
    if form.values is None or element is None:
        node = node_of(form.definition, key)
        assert node is not None, "A question is in the form."
        label = as_words(say_question(form, node, path))
        return replace(one, label=label, hint=None, guidance=None, message=None, choices=bare_choices(one, form, key))
    seen = question_of(element, form.values.response, form.pack, problem=one.problem, original=None)
    labels = {choice.value: choice for choice in seen.choices}
    choices = tuple(labels.get(choice.value, choice) for choice in bare_choices(one, form, key))
    return replace(one, label=seen.label, hint=seen.hint, guidance=seen.guidance, message=seen.message, choices=choices)


def bare_choices(one: Question, form: Form, key: Key) -> tuple[Choice, ...]:
    """Give the choices of a question in words that leave every value open; steps of a scale are numbers."""
    named = ((choice.value, say_answer(form, key, choice.value)) for choice in one.choices)
    return tuple(Choice(value, as_words(words[0]) if words else plain(value)) for value, words in named)


def as_words(said: Fragment) -> Words:
    """Give words of the form to the pages of questions."""
    return plain(said.text, said.lang or TYPED)


def digest_of(found: Outlook) -> str:
    """Name what was seen, so that nothing else is saved."""
    return sha256_hex(json.dumps(found.answers, sort_keys=True))
