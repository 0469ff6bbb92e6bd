"""The console: a file of assets brought, looked at row by row, imported, and undone whole."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final, cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.assets import import_queries, step_queries
from server.assets.changing import ChangedSince
from server.assets.desk import changing
from server.assets.import_files import MOST_BYTES, Table, read_file
from server.assets.import_queries import Draft
from server.assets.import_rows import MEANINGS, ImportRow, Meaning, guessed, rows_of, with_twins
from server.assets.import_wording import install_import_wording, table_problem_words
from server.assets.importing import Importing
from server.assets.showing import known_assets
from server.assets.wording import changed_since
from server.coding.labels import book
from server.errors import NotFound
from server.people.rules import Person
from server.people.sessions import signed_in_coordinator
from server.places import queries as places
from server.programme.lines import one_line
from server.reviews.figures import figure

__all__ = ["blueprint"]

ROWS_SHOWN: Final = 20
LISTED: Final = 200
"""Rows with problems, and rows that are here already, that a page lists."""
FILE_NAME_CHARACTERS: Final = 100

blueprint = Blueprint("asset_imports", __name__, url_prefix="/console/assets/imports")
install_import_wording(blueprint)


@blueprint.get("/new")
def show_form() -> str:
    """Ask for a file."""
    return page_with_form(signed_in_coordinator(), problems={})


@blueprint.post("/new")
def take_file() -> AnyResponse:
    """Read a file and show what is in it; nothing is imported."""
    person = signed_in_coordinator()
    chosen = request.form.get("neighbourhood", "")
    given = request.files.get("file")
    body = given.stream.read(MOST_BYTES + 1) if given is not None and given.filename else b""
    table = read_file(body)
    problems = {} if isinstance(table, Table) else {"file": table_problem_words(table)}
    if chosen not in within_reach(person):
        problems["neighbourhood"] = _("Choose a neighbourhood")
    if problems or not isinstance(table, Table):
        return Response(page_with_form(person, problems=problems), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    name = one_line(given.filename or "")[:FILE_NAME_CHARACTERS] if given else ""
    text = json.dumps({"columns": table.columns, "rows": table.rows, "first": table.first}, ensure_ascii=False)
    import_id = Importing(desk=changing(person)).begin(
        neighbourhood_id=chosen, file_name=name, text=text, columns=guessed(table.columns)
    )
    return redirect(url_for("asset_imports.show_import", import_id=import_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/<import_id>")
def show_import(import_id: str) -> str:
    """Show what a file would bring, or what it has brought."""
    person = signed_in_coordinator()
    draft = draft_here(person, import_id)
    if draft.body is None:
        with services.current().database.read() as connection:
            step = step_queries.step_by_id(connection, draft.step_id or "", reader=person.person_id)
        return render_template("asset_imported.html", draft=draft, undone=step is None or step.undone)
    table, meanings, rows = read_draft(person, draft)
    return render_template(
        "asset_import.html",
        draft=draft,
        table=table,
        columns=list(zip(table.columns, meanings, strict=True)),
        meanings=MEANINGS,
        rows=rows[:ROWS_SHOWN],
        ready=sum(not row.stops and not row.is_twin for row in rows),
        total=len(rows),
        faulty=[row for row in rows if row.problems][:LISTED],
        twins=[row for row in rows if row.is_twin][:LISTED],
        names=twin_names(person, draft),
        kinds=kinds_to_know(rows),
    )


@blueprint.post("/<import_id>")
def go_on(import_id: str) -> AnyResponse:
    """Read the columns anew as they were chosen, or import."""
    person = signed_in_coordinator()
    draft = draft_here(person, import_id)
    back = url_for("asset_imports.show_import", import_id=import_id)
    if draft.body is None:
        return redirect(back, HTTPStatus.SEE_OTHER)
    work = Importing(desk=changing(person))
    work.set_columns(import_id, chosen_meanings(len(table_of(draft).columns), json.loads(draft.columns)))
    if request.form.get("go") != "import":
        return redirect(back, HTTPStatus.SEE_OTHER)
    draft = draft_here(person, import_id)
    _table, _meanings, rows = read_draft(person, draft)
    also = {int(number) for number in request.form.getlist("also") if number.isascii() and number.isdecimal()}
    try:
        made = work.finish(draft, rows, also=also)
        flash(ngettext("%(count)s asset is imported.", "%(count)s assets are imported.", made, count=figure(made)))
    except ChangedSince:
        flash(changed_since())
    return redirect(back, HTTPStatus.SEE_OTHER)


@blueprint.post("/<import_id>/undo")
def undo(import_id: str) -> AnyResponse:
    """Take a whole import back."""
    person = signed_in_coordinator()
    draft = draft_here(person, import_id)
    try:
        gone, left = Importing(desk=changing(person)).undo(draft)
        flash(
            ngettext(
                "%(count)s asset is taken away again.",
                "%(count)s assets are taken away again.",
                gone,
                count=figure(gone),
            )
        )
        if left:
            flash(
                ngettext(
                    "%(count)s asset was used since and stays.",
                    "%(count)s assets were used since and stay.",
                    left,
                    count=figure(left),
                )
            )
    except ChangedSince:
        flash(_("There is nothing to undo."))
    return redirect(url_for("asset_imports.show_import", import_id=import_id), HTTPStatus.SEE_OTHER)


def draft_here(person: Person, import_id: str) -> Draft:
    """Find a file that a person may see; raises NotFound for any other."""
    with services.current().database.read() as connection:
        draft = import_queries.draft(connection, import_id, reader=person.person_id)
    if draft is None:
        raise NotFound("import-unknown", "This file is not here any more. Bring it again.")
    return draft


def table_of(draft: Draft) -> Table:
    """Give the columns and rows of a draft."""
    kept = json.loads(draft.body or "{}")
    return Table(columns=tuple(kept["columns"]), rows=tuple(tuple(row) for row in kept["rows"]), first=kept["first"])


def read_draft(person: Person, draft: Draft) -> tuple[Table, Sequence[Meaning], list[ImportRow]]:
    """Read a draft's rows by what its columns mean, and find those that are here already."""
    table = table_of(draft)
    meanings = cast(list[Meaning], json.loads(draft.columns))
    with services.current().database.read() as connection:
        known = known_assets(connection, [draft.neighbourhood_id], reader=person.person_id)
    rows = rows_of(table, meanings, kinds=book("assets"))
    return table, meanings, with_twins(rows, known.get(draft.neighbourhood_id, []))


def kinds_to_know(rows: Sequence[ImportRow]) -> list[str]:
    """Give the codes of all kinds where a row has one that is not known; else there is nothing to look up."""
    wanted = any("kind-unknown" in row.problems for row in rows)
    return [code.id for code in book("assets").codes] if wanted else []


def twin_names(person: Person, draft: Draft) -> dict[str, str]:
    """Give the names of the assets of a draft's neighbourhood by their ids."""
    with services.current().database.read() as connection:
        known = known_assets(connection, [draft.neighbourhood_id], reader=person.person_id)
    return {one.id: one.names[0] for one in known.get(draft.neighbourhood_id, [])}


def chosen_meanings(columns: int, before: Sequence[Meaning]) -> list[Meaning]:
    """Read what was chosen for each column; the first of two that mean the same keeps its meaning."""
    found: list[Meaning] = []
    for number in range(columns):
        said = request.form.get(f"column-{number}", before[number])
        meaning: Meaning = next((one for one in MEANINGS if one == said), "")
        found.append("" if meaning in found else meaning)
    return found


def within_reach(person: Person) -> set[str]:
    """Give the neighbourhoods into which a person may import."""
    with services.current().database.read() as connection:
        return {one.neighbourhood_id for one in places.reachable(connection, reader=person.person_id)}


def page_with_form(person: Person, *, problems: dict[str, str]) -> str:
    """Render the page that asks for a file."""
    with services.current().database.read() as connection:
        neighbourhoods = places.reachable(connection, reader=person.person_id)
    return render_template(
        "asset_import_form.html",
        neighbourhoods=neighbourhoods,
        chosen=request.values.get("neighbourhood", ""),
        problems=problems,
    )
