"""The console: all forms, the versions of one with what each changed, closing and opening a version."""

import sqlite3
from itertools import groupby, pairwise
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.errors import NotFound
from server.form_desk import queries
from server.form_desk.changing import close_version, open_version
from server.form_desk.comparing import differences_between
from server.form_desk.queries import VersionInUse
from server.forms import queries as forms
from server.forms.differences import Difference
from server.i18n import page_language
from server.people.sessions import actor_of, signed_in_administrator, signed_in_person
from server.reviews import queries as reviews
from server.reviews.languages import best_title
from server.reviews.passages import Fragment

__all__ = ["blueprint"]

SEE_OTHER: Final = 303
XFORM: Final = "application/xml; charset=utf-8"

blueprint = Blueprint("form_desk", __name__, url_prefix="/console/forms")


@blueprint.get("")
def list_forms() -> str:
    """List the forms that are published, and the uploads that are not."""
    person = signed_in_person()
    running = services.current()
    with running.database.read() as connection:
        versions = queries.versions_in_use(connection, reader=person.person_id)
        titles = reviews.titles_of_forms(connection)
    newest = [list(few) for _id, few in groupby(versions, key=lambda one: one.form_id)]
    drafts = running.form_desk.drafts() if person.role == "administrator" else []
    return render_template(
        "forms.html",
        forms=[(few[0], title_of(few[0], titles), sum(one.responses for one in few), len(few)) for few in newest],
        drafts=[running.form_desk.draft(one.draft_id) or one for one in drafts],
    )


@blueprint.get("/<form_id>")
def show_form(form_id: str) -> str:
    """Show the versions of a form, the newest first, each with what it changed."""
    person = signed_in_person()
    with services.current().database.read() as connection:
        versions = queries.versions_in_use(connection, reader=person.person_id, form_id=form_id)
        titles = reviews.titles_of_forms(connection)
        changed = changes_of(connection, versions)
        texts = {one.version: forms.current_texts(connection, form_id=form_id, version=one.version) for one in versions}
    if not versions:
        raise NotFound("form-unknown", f"No form is published here under the id {form_id[:40]}.")
    return render_template(
        "form_versions.html", versions=versions, title=title_of(versions[0], titles), changed=changed, texts=texts
    )


@blueprint.get("/<form_id>/xform")
def give_xform(form_id: str) -> Response:
    """Give the XForm that a version was made from; the newest, if none is named."""
    signed_in_person()
    with services.current().database.read() as connection:
        newest = next((one.version for one in forms.versions(connection) if one.form_id == form_id), "")
        xform = queries.xform_of(connection, form_id=form_id, version=request.args.get("version", newest))
    if xform is None:
        raise NotFound("form-unknown", "This version is not published here.")
    reply = Response(xform, content_type=XFORM)
    reply.headers["Content-Disposition"] = "attachment; filename=form.xml"
    reply.headers["X-Content-Type-Options"] = "nosniff"
    return reply


@blueprint.post("/<form_id>/close")
def close(form_id: str) -> AnyResponse:
    """Take no more responses to a version; those that come all the same are set aside."""
    person = signed_in_administrator()
    running = services.current()
    version = request.form.get("version", "")
    if close_version(running.database, form_id=form_id, version=version, actor=actor_of(person), clock=running.clock):
        flash(_("The version is closed. What still comes of it is set aside, never lost."))
    return redirect(url_for("form_desk.show_form", form_id=form_id), code=SEE_OTHER)


@blueprint.post("/<form_id>/open")
def reopen(form_id: str) -> AnyResponse:
    """Take responses to a closed version again."""
    person = signed_in_administrator()
    running = services.current()
    version = request.form.get("version", "")
    if open_version(running.database, form_id=form_id, version=version, actor=actor_of(person), clock=running.clock):
        flash(_("The version is open again."))
    return redirect(url_for("form_desk.show_form", form_id=form_id), code=SEE_OTHER)


def changes_of(connection: sqlite3.Connection, versions: list[VersionInUse]) -> dict[str, tuple[Difference, ...]]:
    """Compare each version with the one before it; the first has nothing to be compared with."""
    logics = {one.version: forms.logic(connection, sha256=one.logic_sha) or "" for one in versions}
    return {
        newer.version: differences_between(logics[older.version], logics[newer.version])
        for newer, older in pairwise(versions)
    }


def title_of(version: VersionInUse, titles: dict[tuple[str, str], dict[str, str]]) -> Fragment:
    """Give the title of a version in the reader's language where it has one."""
    known = titles.get((version.form_id, version.version), {})
    return best_title(known, [page_language(), "en"], form_id=version.form_id)
