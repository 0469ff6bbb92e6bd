"""The console: a part of a response, or all of it, is erased for good, once somebody has read what that means."""

import sqlite3
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.editing import queries
from server.editing.coming_back import from_list, install_coming_back, to_response
from server.editing.erasing import Eraser, names_of_parts
from server.editing.opening import response_in_reach, versions_of
from server.editing.rules import confirmation_number, fault_of_reason, one_reason
from server.editing.wording import part_words, reason_words
from server.errors import NotAllowed
from server.people.rules import Person
from server.people.sessions import signed_in_coordinator
from server.residents.typed import ascii_number
from server.reviews.queries import ListedResponse
from sync.limits import NAME_CHARACTERS

__all__ = ["blueprint"]

EVERYTHING: Final = "*"
GONE: Final = frozenset({"withdrawn", "erased"})

blueprint = Blueprint("editing_erase", __name__, url_prefix="/console/responses/<response_id>/erase")
install_coming_back(blueprint)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked for: the name of a part or everything, the reason, and the number that was typed."""

    what: str
    reason: str
    number: str


@blueprint.get("")
def ask(response_id: str) -> str:
    """Show what can be erased and what that means; of what is erased, which phones have not heard of it yet."""
    person = signed_in_coordinator()
    with services.current().database.read() as connection:
        return erase_page(connection, response_id, person, Asked(what="", reason="", number=""), problems={})


@blueprint.post("")
def erase(response_id: str) -> AnyResponse:
    """Erase what was chosen, once the number on the page was typed."""
    person = signed_in_coordinator()
    running = services.current()
    asked = Asked(
        what=request.form.get("what", ""),
        reason=one_reason(request.form.get("reason", "")),
        number=ascii_number(request.form.get("number", "")),
    )
    with running.database.read() as connection:
        response_in_reach(connection, response_id, person)
        parts = parts_left(connection, response_id, person)
        problems = faults(asked, parts, response_id)
        if problems:
            page = erase_page(connection, response_id, person, asked, problems=problems)
            return Response(page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if asked.what == EVERYTHING and person.role != "administrator":
        raise NotAllowed("not-an-administrator", "Whole responses are erased by administrators alone.")
    eraser = Eraser(
        database=running.database,
        identity=running.identity,
        clock=running.clock,
        person=person,
        settle=running.tidying.wake,
    )
    chosen = None if asked.what == EVERYTHING else (asked.what,)
    try:
        eraser.erase_parts(response_id, chosen, reason=asked.reason)
    except OSError:
        flash(_("Nothing was erased: the disk could not be written. Try again, or ask whoever runs the server."))
        return to_page(response_id)
    flash(_("It is erased. Phones that sent it delete their copy when they are next online."))
    if eraser.leaves(response_id, chosen):
        flash(_("Some of it stays on the server: another response has the same photo or text."))
    return to_response(response_id)


def parts_left(connection: sqlite3.Connection, response_id: str, person: Person) -> list[str]:
    """Name the parts of which a text is kept, the main one first."""
    names = names_of_parts(connection, response_id)
    kept = {one.name for one in queries.kept_parts(connection, response_id, names=names, reader=person.person_id)}
    return sorted(kept, key=lambda name: (name != "main", name))


def faults(asked: Asked, parts: list[str], response_id: str) -> dict[str, str]:
    """Say what is missing, by the field that lacks it."""
    problems: dict[str, str] = {}
    if asked.what not in {EVERYTHING, *parts}:
        problems["what"] = _("Choose what is to be erased.")
    fault = fault_of_reason(asked.reason)
    if fault is not None:
        problems["reason"] = reason_words(fault, most=NAME_CHARACTERS)
    elif len(asked.reason) > NAME_CHARACTERS:
        problems["reason"] = reason_words("reason-too-long", most=NAME_CHARACTERS)
    if asked.number != confirmation_number(response_id):
        problems["number"] = _("Type the number that stands above.")
    return problems


def erase_page(
    connection: sqlite3.Connection, response_id: str, person: Person, asked: Asked, *, problems: dict[str, str]
) -> str:
    """Show what can be erased, what was typed so far, and what is wrong with it."""
    response: ListedResponse = response_in_reach(connection, response_id, person)
    return render_template(
        "editing_erase.html",
        response=response,
        gone=response.state in GONE,
        parts=[(name, part_words(name)) for name in parts_left(connection, response_id, person)],
        everything=EVERYTHING if person.role == "administrator" else None,
        files=has_files(connection, response_id, person),
        asked=asked,
        number=confirmation_number(response_id),
        longest=NAME_CHARACTERS,
        problems=problems,
        waiting=queries.waiting_phones(connection, response_id, reader=person.person_id),
    )


def has_files(connection: sqlite3.Connection, response_id: str, person: Person) -> bool:
    """Tell whether a version that is shown names files."""
    heads = versions_of(connection, response_id, person)
    return any('"attachments":[]' not in head.header.replace(" ", "") for head in heads)


def to_page(response_id: str) -> AnyResponse:
    """Lead back to this page, where it can be tried again."""
    return redirect(url_for("editing_erase.ask", response_id=response_id, **from_list()), HTTPStatus.SEE_OTHER)
