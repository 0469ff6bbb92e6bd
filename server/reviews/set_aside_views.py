"""The console: what was kept but set aside, why, and what it says."""

import sqlite3
from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request

from server import services
from server.config import RESPONSES_PER_PAGE
from server.editing import release_queries
from server.editing.letting_in import hindrance_of
from server.editing.release_queries import Rejection
from server.editing.releasing import Hindrance
from server.errors import NotFound
from server.forms import queries as forms
from server.forms.publish_files import lists_of_logic
from server.i18n import page_language
from server.people.rules import Person, may_change
from server.people.sessions import signed_in_coordinator, signed_in_person
from server.reviews import queries
from server.reviews import set_aside_queries as aside
from server.reviews.apart import withhold
from server.reviews.languages import best_language, best_title
from server.reviews.opening import open_reading, texts_shown
from server.reviews.paging import PageOf, page_number
from server.reviews.passages import Fragment, Reading
from server.reviews.queries import Record
from server.reviews.set_aside_queries import SetAside

__all__ = ["blueprint"]

MOST_OF_ONE = 100
"""Revisions of one response that a page shows."""

blueprint = Blueprint("set_aside", __name__, url_prefix="/console/set-aside")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What one record says: its answers in the words of `language`, or as it arrived where those are not here.

    `hindrance` says why it cannot be let in; `rejection`, that it was rejected for good, by whom and why.
    """

    about: SetAside
    hindrance: Hindrance | None
    rejection: Rejection | None
    record: Record
    kept_apart: int | None
    reading: Reading | None
    language: str | None


@blueprint.get("")
def list_set_aside() -> str:
    """Show one page of what is set aside within the reader's reach, each with its reason."""
    person = signed_in_person()
    rejected = request.args.get("show") == "rejected"
    with services.current().database.read() as connection:
        total = aside.count_set_aside(connection, reader=person.person_id, rejected=rejected)
        others = aside.count_set_aside(connection, reader=person.person_id, rejected=not rejected)
        number = page_number(request.args.get("page", ""), size=RESPONSES_PER_PAGE, total=total)
        page = PageOf(number=number, size=RESPONSES_PER_PAGE, total=total)
        rows = aside.page_of_set_aside(
            connection, reader=person.person_id, rejected=rejected, skip=page.skip, limit=page.size
        )
        titles = queries.titles_of_forms(connection)
    listed = [(row, title_of(titles, row)) for row in rows]
    return render_template(
        "set_aside.html", listed=listed, page=page, may_read=may_change(person), rejected=rejected, others=others
    )


@blueprint.get("/<aside_id>")
def show_set_aside(aside_id: str) -> str:
    """Show what is set aside of one response, answers and all."""
    person = signed_in_coordinator()
    with services.current().database.read() as connection:
        rows = aside.set_aside_of_response(connection, aside_id, reader=person.person_id, limit=MOST_OF_ONE)
        if not rows:
            raise NotFound("set-aside-unknown", f"Nothing is set aside here under the id {aside_id[:40]}.")
        opened = [one for row in rows if (one := open_one(connection, row, person)) is not None]
        title = title_of(queries.titles_of_forms(connection), rows[0])
    return render_template(
        "set_aside_one.html", opened=opened, title=title, questions=opened[0].language if opened else None, files={}
    )


def title_of(titles: dict[tuple[str, str], dict[str, str]], row: SetAside) -> Fragment:
    """Give the title of a record's form, or the id that it names."""
    return best_title(titles.get((row.form_id, row.version), {}), [page_language(), "en"], form_id=row.form_id)


def open_one(connection: sqlite3.Connection, row: SetAside, person: Person) -> Opened | None:
    """Read a record with its form, as far as that is here; what is for administrators is left out for others."""
    record = queries.record_of_revision(connection, row.rev, reader=person.person_id)
    if record is None:
        return None
    packs = {
        pack.lang: pack.sha256 for pack in forms.current_texts(connection, form_id=row.form_id, version=row.version)
    }
    language = best_language(list(packs), [page_language(), "en", row.lang])
    names = {**packs, **texts_shown(record)}
    wording = forms.text_pack_body(connection, sha256=names.get(language or "", ""))
    logic = forms.logic(connection, sha256=row.logic_sha)
    lists = lists_of_logic(connection, logic_sha=row.logic_sha)
    apart = None if person.role == "administrator" else withhold(record)
    shown = replace(record, parts=apart.record.parts) if apart else record
    one = release_queries.aside(connection, row.response_id, row.rev, reader=person.person_id)
    rejections = release_queries.rejections_of_response(connection, row.response_id, reader=person.person_id)
    return Opened(
        about=row,
        hindrance=hindrance_of(connection, one) if one is not None else None,
        rejection=rejections.get(row.rev),
        record=shown,
        kept_apart=apart.answers if apart else None,
        reading=open_reading(shown, logic=logic, lists=lists, pack=wording, problems={}),
        language=language,
    )
