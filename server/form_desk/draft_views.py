"""The console: upload a form, see what its check found, read it as a phone shows it, publish or discard it."""

import json
import sqlite3
from contextlib import closing
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.errors import NotFound
from server.form_desk.changing import publish_draft
from server.form_desk.comparing import Comparison, compare
from server.form_desk.drafts import Draft, GivenFile
from server.form_desk.uploads import UPLOAD_BYTES, read_upload
from server.form_desk.wording import install_wording, upload_words
from server.formlogic.logic_json import load
from server.formlogic.texts import load_pack
from server.forms import queries as forms
from server.forms.compile import Compiled
from server.forms.publish import Outcome, VersionTaken
from server.i18n import page_language
from server.people.sessions import actor_of, signed_in_administrator
from server.programme.questions import questions_of
from server.reviews.languages import best_language

__all__ = ["blueprint"]

UNFIT: Final = 422
TOO_LARGE: Final = 413
SEE_OTHER: Final = 303
CELLS_SHOWN: Final = 20
"""Gaps of a language that the page names one by one."""

blueprint = Blueprint("form_drafts", __name__, url_prefix="/console/forms")
install_wording(blueprint)


@blueprint.get("/upload")
def show_upload() -> str:
    """Ask for the file of a form, and for the files beside it."""
    signed_in_administrator()
    return upload_page()


@blueprint.post("/upload")
def upload() -> AnyResponse:
    """Take a form in and begin to check it."""
    request.max_content_length = UPLOAD_BYTES
    person = signed_in_administrator()
    try:
        given = given_file(request.files.get("file"))
        beside = [one for one in map(given_file, request.files.getlist("beside")) if one is not None]
    except RequestEntityTooLarge:
        return Response(upload_page(_("These files are larger than 60 MB together. Leave some out.")), status=TOO_LARGE)
    files = read_upload(given, beside)
    if isinstance(files, str):
        return Response(upload_page(upload_words(files)), status=UNFIT)
    draft_id = services.current().form_desk.take(files, given_by=person.name)
    return redirect(url_for("form_drafts.show_draft", draft_id=draft_id), code=SEE_OTHER)


@blueprint.get("/drafts/<draft_id>")
def show_draft(draft_id: str) -> str:
    """Show how far the check is, then what it found."""
    signed_in_administrator()
    return draft_page(wanted(draft_id))


@blueprint.post("/drafts/<draft_id>/publish")
def publish(draft_id: str) -> AnyResponse:
    """Publish a form whose check found nothing wrong, and offer it."""
    person = signed_in_administrator()
    draft = wanted(draft_id)
    compiled = draft.report.compiled if draft.report else None
    if compiled is None:
        return redirect(url_for("form_drafts.show_draft", draft_id=draft_id), code=SEE_OTHER)
    running = services.current()
    published = publish_draft(
        running.database,
        compiled,
        source_name=draft.file_name,
        reviewed=request.form.getlist("reviewed"),
        actor=actor_of(person),
        clock=running.clock,
    )
    if isinstance(published, VersionTaken):
        return Response(draft_page(draft), status=UNFIT)
    running.form_desk.discard(draft_id)
    flash(published_words(published.outcome))
    return redirect(url_for("form_desk.show_form", form_id=compiled.form_id), code=SEE_OTHER)


@blueprint.post("/drafts/<draft_id>/discard")
def discard(draft_id: str) -> AnyResponse:
    """Let go of an upload."""
    signed_in_administrator()
    services.current().form_desk.discard(draft_id)
    flash(_("The file is deleted. Published forms stay as they are."))
    return redirect(url_for("form_desk.list_forms"), code=SEE_OTHER)


def given_file(given: FileStorage | None) -> GivenFile | None:
    """Read a file that was sent, if one was chosen."""
    if given is None or not given.filename:
        return None
    with closing(given):
        return GivenFile(name=given.filename, content=given.stream.read())


def wanted(draft_id: str) -> Draft:
    """Find a draft."""
    draft = services.current().form_desk.draft(draft_id)
    if draft is None:
        raise NotFound("draft-unknown", "This upload is not here any more. Upload the form again.")
    return draft


def upload_page(problem: str = "") -> str:
    """Render the page that asks for a file."""
    return render_template("form_upload.html", problems={"file": problem} if problem else {})


def draft_page(draft: Draft) -> str:
    """Render the page of a draft."""
    compiled = draft.report.compiled if draft.report else None
    with services.current().database.read() as connection:
        comparison = compared(connection, compiled) if compiled else None
    return render_template(
        "form_draft.html",
        draft=draft,
        report=draft.report,
        compiled=compiled,
        comparison=comparison,
        cells_shown=CELLS_SHOWN,
        **(phone_of(compiled) if compiled else {}),
    )


def compared(connection: sqlite3.Connection, compiled: Compiled) -> Comparison:
    """Compare a form with what is published under its id."""
    known = [one for one in forms.versions(connection) if one.form_id == compiled.form_id]
    same = next((one for one in known if one.version == compiled.version), None)
    against = same or next(iter(known), None)
    published = forms.logic(connection, sha256=against.logic_sha) if against else None
    return compare(compiled, against=against.version if against else None, published=published, taken=same is not None)


def phone_of(compiled: Compiled) -> dict[str, object]:
    """Give what the phone on the page shows: the questions in the language that was asked for."""
    asked_for = request.args.get("questions", "")
    language = best_language(list(compiled.packs), [asked_for, page_language(), compiled.default_lang])
    pack = load_pack(compiled.packs[language or compiled.default_lang])
    return {
        "questions": pack.lang,
        "listed": questions_of(load(json.loads(compiled.logic_text)), pack),
        "draft_languages": [lang for lang in compiled.packs if lang != compiled.default_lang],
    }


def published_words(outcome: Outcome) -> str:
    """Say what publishing did."""
    words = {
        Outcome.NEW_VERSION: _("The form is published. Phones get it when they next connect."),
        Outcome.TEXTS_CORRECTED: _("The words of the form are corrected. Phones get them when they next connect."),
        Outcome.LISTS_REPLACED: _("The lists of the form are replaced. Phones get them when they next connect."),
        Outcome.UNCHANGED: _("This form is published already, just like this. Nothing has changed."),
    }
    return str(words[outcome])
