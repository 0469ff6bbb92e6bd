"""The console: answers as a file to take away."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from server import services
from server.audit.noting import note
from server.clock import as_text
from server.errors import NotFound
from server.exports import queries
from server.exports.choosing import APART_FORMATS, OF_FILES, Preview, preview
from server.exports.making import Sources, make
from server.exports.wanted import FOR_ADMINISTRATORS, Wanted, read_wanted
from server.exports.wording import install_wording
from server.i18n import direction_of, page_language
from server.people.rules import Person
from server.people.sessions import actor_of, signed_in_person
from server.places import queries as places
from server.reviews.filters import as_query

__all__ = ["blueprint"]

blueprint = Blueprint("exports", __name__, url_prefix="/console")
install_wording(blueprint)


@blueprint.get("/download")
def show_download() -> str:
    """Ask which answers; once that is chosen, say what the file holds, how much it is, and offer it."""
    person = signed_in_person()
    wanted = asked(person)
    if not wanted.form_id:
        return page(person, wanted, problems={})
    found, problems = looked_into(person, wanted)
    return page(person, wanted, problems=problems, found=found)


@blueprint.post("/download")
def download() -> Response:
    """Send the answers of one form as they are read, and note who took them."""
    person = signed_in_person()
    wanted = asked(person)
    found, problems = looked_into(person, wanted)
    if problems or found is None:
        return Response(page(person, wanted, problems=problems), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    note_export(person, wanted, rows=found.responses)
    return sent(wanted)


def asked(person: Person) -> Wanted:
    """Read what was chosen; raises NotFound for a neighbourhood that the person does not reach."""
    wanted = read_wanted(request.values, reader=person.person_id)
    place = wanted.filters.neighbourhood
    if place:
        with services.current().database.read() as connection:
            reached = {one.neighbourhood_id for one in places.reachable(connection, reader=person.person_id)}
        if place not in reached:
            raise NotFound("neighbourhood-unknown", f"There is no neighbourhood {place} here.")
    return wanted


def looked_into(person: Person, wanted: Wanted) -> tuple[Preview | None, dict[str, str]]:
    """Say what the file will hold, or what is in the way of it, by field."""
    if person.role != "administrator" and (wanted.format in FOR_ADMINISTRATORS or wanted.apart):
        return None, {"format": _("Only administrators can download this. Choose another kind of file.")}
    if wanted.apart and wanted.format not in APART_FORMATS:
        return None, {"apart": _("Only complete records can hold the equality answers.")}
    with services.current().database.read() as connection:
        found = preview(connection, wanted)
    if found.responses == 0:
        return None, nothing_found(wanted)
    if found.files == 0 and wanted.format in OF_FILES:
        return None, {"format": _("These responses have no photos or other files here. Choose another kind of file.")}
    if found.is_too_long:
        return None, {"format": _("That is more than an Excel file can take in one go. Choose CSV.")}
    return found, {}


def nothing_found(wanted: Wanted) -> dict[str, str]:
    """Say why the file would be empty, at the field where that is to be changed."""
    since, until = wanted.filters.since, wanted.filters.until
    if since is not None and until is not None and since > until:
        return {"from": _("The first day is after the last day.")}
    return {"form": _("No response is like that. Choose another form, neighbourhood, state or day.")}


def page(person: Person, chosen: Wanted, *, problems: dict[str, str], found: Preview | None = None) -> str:
    """Show what can be taken away, with what was chosen last, and how much that is."""
    with services.current().database.read() as connection:
        return render_template(
            "download.html",
            forms=queries.forms(connection, reader=person.person_id, lang=page_language()),
            neighbourhoods=places.reachable(connection, reader=person.person_id),
            languages=queries.languages(connection),
            chosen=chosen,
            asked_before=bool(chosen.form_id),
            view=view_of(chosen),
            administers=person.role == "administrator",
            found=found,
            problems=problems,
        )


def view_of(chosen: Wanted) -> dict[str, list[str]]:
    """Give what else narrows the responses down, as it came from a list of them: the page has no fields for it."""
    return as_query(replace(chosen.filters, form="", neighbourhood="", states=(), since=None, until=None))


def note_export(person: Person, wanted: Wanted, *, rows: int) -> None:
    """Keep who took which answers, before the first of them leaves."""
    running = services.current()
    now = as_text(running.clock.now())
    running.database.write(
        lambda connection: note(
            connection,
            at=now,
            actor=actor_of(person),
            action="export-made",
            subject=wanted.form_id,
            neighbourhood_id=wanted.filters.neighbourhood or None,
            details={
                "responses": rows,
                "format": wanted.format,
                "states": " ".join(wanted.filters.states),
                "filters": " ".join(view_of(wanted)) or None,
                "words": wanted.lang,
                **({"parts": "equality"} if wanted.apart else {}),
            },
        )
    )


def sent(wanted: Wanted) -> Response:
    """Stream the file. What it is read with is taken here: by the time that it runs, the request is over."""
    running = services.current()
    sources = Sources(
        database=running.database,
        pictures=running.pictures,
        files=running.attachments.files,
        folder=running.database.folder,
    )
    made = make(
        sources,
        wanted,
        day=f"{running.clock.now():%Y-%m-%d}",
        right_to_left=wanted.lang is not None and direction_of(wanted.lang) == "rtl",
    )
    reply = Response(made.pieces)
    reply.content_type = made.content_type
    reply.headers.set("Content-Disposition", "attachment", filename=made.name)
    reply.headers["Cache-Control"] = "no-store"
    return reply
