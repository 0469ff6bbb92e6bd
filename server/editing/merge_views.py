"""The console: versions of a response that differ side by side, chosen from field by field, and put together."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.clock import as_text
from server.editing.changing import Outlook, outlook, settled
from server.editing.coming_back import install_coming_back, to_response
from server.editing.keeping import Keeping, Kept, keep
from server.editing.merging import Contested, Sides, compare, merged
from server.editing.opening import Opened, open_response
from server.editing.revision import Making, fits, make
from server.editing.rules import REASON_CHARACTERS, fault_of_reason, one_reason
from server.editing.showing import effects_of
from server.editing.wording import reason_words
from server.editing.words import Form, Said, said, say_answer
from server.i18n import page_language
from server.people.rules import Person
from server.people.sessions import signed_in_coordinator
from server.reviews.parts import join_parts
from server.reviews.passages import Fragment
from server.reviews.queries import Record
from sync.codes import RevisionKind
from sync.hashes import sha256_hex

__all__ = ["blueprint"]

blueprint = Blueprint("editing_merge", __name__, url_prefix="/console/responses/<response_id>/versions")
install_coming_back(blueprint)


@dataclass(frozen=True, kw_only=True)
class Side:
    """One version as the page heads it."""

    author: str
    made_at: str
    console: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """A contested field, and what each version says."""

    field: Contested
    about: Said
    answers: tuple[tuple[Fragment, ...], ...]
    chosen: int


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The versions of a response, open on the desk."""

    opened: Opened
    person: Person
    sides: Sides

    @property
    def seen(self) -> str:
        """Name the versions that are compared."""
        return " ".join(one.rev for one in self.opened.heads)

    @property
    def is_closed(self) -> bool:
        """Whether only an administrator can choose."""
        return self.sides.contests_apart and self.person.role != "administrator"


@blueprint.get("")
def show_versions(response_id: str) -> AnyResponse | str:
    """Show the versions side by side; where there is one only, lead back to it."""
    desk = open_desk(response_id, signed_in_coordinator())
    if desk is None:
        return to_response(response_id)
    return versions_page(desk, chosen={}, reason="", problems={})


@blueprint.post("")
def put_together(response_id: str) -> AnyResponse:
    """Show what comes of a choice, or save it as the version that follows all of them."""
    person = signed_in_coordinator()
    desk = open_desk(response_id, person)
    if desk is None or desk.is_closed:
        return to_response(response_id)
    chosen = {one.name: side_of(request.form.get(one.name, "0")) for one in desk.sides.contested}
    reason = one_reason(request.form.get("reason", ""))
    found = outlook_of(desk, chosen)
    fault = fault_of_reason(reason)
    problems = {"reason": reason_words(fault)} if fault else {}
    moved = request.form.get("seen", "") != desk.seen
    looked = request.form.get("go") == "save" and request.form.get("looked") == digest_of(found)
    if problems or moved or not looked:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.CONFLICT if moved else HTTPStatus.OK
        page = versions_page(
            desk, chosen={} if moved else chosen, reason=reason, problems=problems, found=found, moved=moved
        )
        return Response(page, status=status)
    return save(desk, found, chosen, reason)


def open_desk(response_id: str, person: Person) -> Desk | None:
    """Open the versions; None where there are not several, or one of them cannot be read."""
    with services.current().database.read() as connection:
        opened = open_response(connection, response_id, person, wishes=[page_language(), "en"])
    if opened is None or len(opened.heads) < 2:
        return None
    try:
        trees = [join_parts((part.name, part.body) for part in one.parts).answers for one in opened.heads]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return Desk(opened=opened, person=person, sides=compare(trees, root=opened.form.root))


def outlook_of(desk: Desk, chosen: Mapping[str, int]) -> Outlook:
    """Let the engine settle what was chosen, and compare it with the version that is shown."""
    tree = merged(desk.sides, chosen)
    answers = settled(desk.opened.form, tree)
    joined = desk.opened.joined
    found = outlook(desk.opened.form, joined, answers.answers())
    with_all = outlook(desk.opened.form, type(joined)(tree, joined.erased), answers.answers())
    return Outlook(answers=with_all.answers, changes=found.changes, comes=found.comes, goes=found.goes)


def save(desk: Desk, found: Outlook, chosen: Mapping[str, int], reason: str) -> AnyResponse:
    """Write the version that follows all others."""
    running = services.current()
    now = running.clock.now()
    response_id = desk.opened.response.response_id
    making = Making(
        kind=RevisionKind.MERGE,
        parents=[one.rev for one in desk.opened.heads],
        author=desk.person.name,
        server_id=running.identity.server_id,
        made_at=as_text(now),
        reason=reason,
    )
    base = desk.opened.shown
    made = make(
        base, found.answers, making, attachments=files_of(desk.opened.heads, found), random_bytes=running.random_bytes
    )
    keeping = Keeping(
        response_id=response_id,
        seen={one.rev for one in desk.opened.heads},
        all_seen=True,
        person=desk.person,
        server_id=running.identity.server_id,
        now=now,
        action="response-merged",
        touches_apart=desk.sides.contests_apart,
    )

    def job(connection: sqlite3.Connection) -> Kept:
        return keep(connection, made, keeping)

    if not fits(made) or running.database.write(job) == "moved":
        page = versions_page(desk, chosen=chosen, reason=reason, problems={}, found=found, moved=True)
        return Response(page, status=HTTPStatus.CONFLICT)
    flash(_("The versions are put together. Earlier versions are kept in the history."))
    return to_response(response_id)


def files_of(heads: tuple[Record, ...], found: Outlook) -> list[Mapping[str, object]]:
    """Name the files of all versions that an answer still names; of one name, the shown version's counts."""
    texts = json.dumps(found.answers, ensure_ascii=False)
    named: dict[str, Mapping[str, object]] = {}
    for head in heads:
        for file in json.loads(head.header)["attachments"]:
            if json.dumps(file["name"], ensure_ascii=False) in texts:
                named.setdefault(str(file["name"]), file)
    return list(named.values())


def versions_page(
    desk: Desk,
    *,
    chosen: Mapping[str, int],
    reason: str,
    problems: dict[str, str],
    found: Outlook | None = None,
    moved: bool = False,
) -> str:
    """Show the versions, what was chosen so far, and what comes of it once that is known."""
    form = desk.opened.form
    looked = found is not None and not problems and not moved
    return render_template(
        "editing_merge.html",
        response=desk.opened.response,
        sides=[side(one) for one in desk.opened.heads],
        rows=[] if desk.is_closed else rows(form, desk.sides, chosen),
        agreed=sum(not said(form, one.key, one.path).worked_out for one in desk.sides.agreed),
        closed=desk.is_closed,
        seen=desk.seen,
        questions=form.pack.lang,
        reason=reason,
        longest=REASON_CHARACTERS,
        problems=problems,
        moved=moved,
        effects=effects_of(form, found, but="", sees_apart=desk.person.role == "administrator")
        if found and looked
        else None,
        looked=digest_of(found) if found and looked else "",
    )


def rows(form: Form, sides: Sides, chosen: Mapping[str, int]) -> list[Row]:
    """Say each contested field; what the form works out by itself follows from the others."""
    found = [
        Row(
            field=one,
            about=said(form, one.key, one.path),
            answers=tuple(say_answer(form, one.key, text) for text in one.texts),
            chosen=chosen.get(one.name, 0),
        )
        for one in sides.contested
    ]
    return [one for one in found if not one.about.worked_out]


def side(record: Record) -> Side:
    """Say whose version this is."""
    header = json.loads(record.header)
    return Side(author=str(header["author"]), made_at=str(header["made_at"]), console=header["origin"] == "console")


def side_of(typed: str) -> int:
    """Read which version was chosen; the shown one for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 2 else 0


def digest_of(found: Outlook) -> str:
    """Name what was seen, so that nothing else is saved."""
    return sha256_hex(json.dumps(found.answers, sort_keys=True))
