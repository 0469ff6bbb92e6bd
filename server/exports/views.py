"""The console: answers as a file to take away."""

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from server import services
from server.audit.noting import Actor, note
from server.clock import as_text
from server.errors import NotFound
from server.exports import queries
from server.exports.packing import CSV_TYPE, ZIP_TYPE, file_name, has_repeats, written
from server.exports.reading import Export, Wanted, prepare, responses
from server.i18n import page_language
from server.people.rules import Person
from server.people.sessions import signed_in_person
from server.places import queries as places

__all__ = ["blueprint"]

UNFIT = 422

blueprint = Blueprint("exports", __name__, url_prefix="/console")


@blueprint.get("/download")
def show_download() -> str:
    """Say what a download holds, and ask which answers."""
    return page_with_form(asked(signed_in_person()), problem=None)


@blueprint.post("/download")
def download() -> Response:
    """Send the answers of one form as they are read, and note who took them."""
    person = signed_in_person()
    wanted = asked(person)
    with services.current().database.read() as connection:
        reached = {one.neighbourhood_id for one in places.reachable(connection, reader=person.person_id)}
        forms = queries.forms(
            connection, reader=person.person_id, lang=page_language(), neighbourhood_id=wanted.neighbourhood_id
        )
        export = prepare(connection, wanted)
    if wanted.neighbourhood_id is not None and wanted.neighbourhood_id not in reached:
        raise NotFound("neighbourhood-unknown", f"There is no neighbourhood {wanted.neighbourhood_id} here.")
    found = next((one.responses for one in forms if one.form_id == wanted.form_id), None)
    if found is None:
        problem = _("There are no answers like that. Choose another form or neighbourhood.")
        return Response(page_with_form(wanted, problem=problem), status=UNFIT)
    note_export(person, wanted, found=found)
    return sent(export)


def asked(person: Person) -> Wanted:
    """Read what was chosen; each is '' or missing where nothing was."""
    return Wanted(
        reader=person.person_id,
        form_id=request.values.get("form", ""),
        neighbourhood_id=request.values.get("neighbourhood") or None,
        lang=request.values.get("words") or None,
    )


def page_with_form(chosen: Wanted, *, problem: str | None) -> str:
    """Show what can be taken away, with what was chosen last."""
    with services.current().database.read() as connection:
        return render_template(
            "download.html",
            forms=queries.forms(connection, reader=chosen.reader, lang=page_language()),
            neighbourhoods=places.reachable(connection, reader=chosen.reader),
            languages=queries.languages(connection),
            chosen=chosen,
            problem=problem,
        )


def note_export(person: Person, wanted: Wanted, *, found: int) -> None:
    """Keep who took which answers, before the first of them leaves."""
    running = services.current()
    now = as_text(running.clock.now())
    running.database.write(
        lambda connection: note(
            connection,
            at=now,
            actor=Actor(person_id=person.person_id, name=person.name),
            action="export-made",
            subject=wanted.form_id,
            neighbourhood_id=wanted.neighbourhood_id,
            details={"responses": found, "words": wanted.lang},
        )
    )


def sent(export: Export) -> Response:
    """Stream the file. What it is read with is taken here: by the time that it runs, the request is over."""
    running = services.current()
    zipped = has_repeats(export.table)
    name = file_name(f"{export.wanted.form_id}-{running.clock.now():%Y-%m-%d}")
    rows = responses(running.database, export)
    reply = Response(written(rows, export.table, export.words, folder=running.database.folder))
    reply.content_type = ZIP_TYPE if zipped else CSV_TYPE
    reply.headers.set("Content-Disposition", "attachment", filename=f"{name}.zip" if zipped else f"{name}.csv")
    reply.headers["Cache-Control"] = "no-store"
    return reply
