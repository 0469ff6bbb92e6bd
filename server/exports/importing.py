"""Takes responses in that were written as JSON lines: by the same way as what phones send, so that they are the same.

Contract:
- a response comes in whole or not at all; one that is refused delays no other;
- what is here already stays as it is, however often the file is read; so does what was decided here later;
- nothing is set aside: a response whose form is not here in that version is refused, and can come in once it is;
- what was erased where the file was made is erased here too, as far as it is this response's alone;
- files do not come along: phones that still have them are asked for them.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Final

from server.audit.noting import COMMAND, NOBODY, note
from server.clock import Clock, as_text, from_text
from server.devices.rules import Standing
from server.devices.tokens import Credentials
from server.exports import import_queries
from server.exports.line_schema import Line, LineRevision, LineUnfit, read_line
from server.intake import erasure, queries
from server.intake.accept import Bringer, accept
from server.intake.rules import Refused, Revision, examine
from server.reviews.projector import project_again
from server.store.database import Database
from server.store.savepoint import savepoint
from server.upkeep import erasing
from sync.codes import ReceiptStatus, RevisionKind
from sync.messages import FormReference

__all__ = ["LINE_BYTES", "Imported", "import_lines"]

LINE_BYTES: Final = 64 * 1024 * 1024
"""How long a line may be; a response with a hundred revisions of the largest kind is shorter."""
LINES_AT_A_TIME: Final = 50
IMPORTER: Final = "import"


@dataclass(kw_only=True)
class Imported:
    """What became of a file. ``refused`` names lines, by number from 1, with a stable word for why."""

    new: int = 0
    added_to: int = 0
    repeated: int = 0
    revisions: int = 0
    reviews: int = 0
    erasures: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def import_lines(database: Database, lines: Iterable[bytes], *, clock: Clock) -> Imported:
    """Take in every line; give what became of them. What was kept is durable when this returns."""
    done = Imported()
    numbered = enumerate(lines, start=1)
    while some := list(islice(numbered, LINES_AT_A_TIME)):
        read = list(_readable(some, done))
        database.write(partial(_take_some, read=read, done=done, now=as_text(clock.now())))
    if done.erasures:
        erasing.finish(database, clock=clock)
    database.write(partial(_note, done=done, now=as_text(clock.now())))
    return done


def _readable(some: list[tuple[int, bytes]], done: Imported) -> Iterator[tuple[int, Line]]:
    for number, text in some:
        if not text.strip():
            continue
        try:
            if len(text) > LINE_BYTES:
                raise LineUnfit("too-long")
            yield number, read_line(text)
        except LineUnfit as error:
            done.refused.append((number, error.why))


def _take_some(connection: sqlite3.Connection, *, read: list[tuple[int, Line]], done: Imported, now: str) -> None:
    for number, line in read:
        try:
            with savepoint(connection):
                found = _take(connection, line, now=now)
        except LineUnfit as error:
            done.refused.append((number, error.why))
            continue
        done.revisions += found["revisions"]
        done.reviews += found["reviews"]
        done.erasures += found["erasures"]
        if found["revisions"] == len(line.revisions):
            done.new += 1
        elif found["revisions"] or found["reviews"]:
            done.added_to += 1
        else:
            done.repeated += 1


def _take(connection: sqlite3.Connection, line: Line, *, now: str) -> Counter[str]:
    """Take one response in; raises LineUnfit, and then nothing of it stays."""
    if line.absent:
        raise LineUnfit("not-all-answers")
    if not line.revisions:
        raise LineUnfit("no-revisions")
    found: Counter[str] = Counter()
    decided = import_queries.newest_decision_at(connection, response_id=line.response)
    for one in line.revisions:
        if not import_queries.has_revision(connection, rev=one.rev):
            _take_revision(connection, one, line)
            found["revisions"] += 1
            found["erasures"] += json.loads(one.header)["kind"] == RevisionKind.ERASE
    found["reviews"] += _take_reviews(connection, line, after=decided, now=now)
    if found.total():
        project_again(connection, response_id=line.response, for_good=found["erasures"] > 0)
    return found


def _take_reviews(connection: sqlite3.Connection, line: Line, *, after: str, now: str) -> int:
    """Take decisions in that were made after the newest one here: the log knows no earlier place for them."""
    erased = import_queries.is_erased(connection, response_id=line.response)
    taken = 0
    for review in line.reviews:
        at = as_text(from_text(review.at))
        if at > after and not import_queries.has_review(connection, review_id=review.review_id):
            import_queries.ensure_person(connection, person_id=review.person_id, name=review.person, now=now)
            seq = queries.append_to_log(connection, kind="review", subject=review.review_id, now=at)
            kept = review._replace(at=at, reason="" if erased else review.reason)
            import_queries.insert_review(connection, kept, seq=seq)
            taken += 1
    return taken


def _take_revision(connection: sqlite3.Connection, one: LineRevision, line: Line) -> None:
    item = examine(one.item)
    if isinstance(item, Refused):
        raise LineUnfit(item.code)
    assert isinstance(item, Revision), "What is examined is refused or can be stored."
    if item.header.id != line.response:
        raise LineUnfit("of-another-response")
    if item.header.kind is RevisionKind.ERASE:
        _take_erasure(connection, one, line)
        return
    _must_fit(connection, item.header.form, item.header.neighbourhood, response_id=line.response)
    moment = from_text(one.received_at)
    bringing = Credentials(device=one.device, role=IMPORTER, scopes=(), name="", expires=moment, issued=moment)
    bringer = Bringer(credentials=bringing, standing=Standing.OWN)
    [receipt] = accept(connection, [item], bringer=bringer, now=as_text(moment))
    if receipt.status in {ReceiptStatus.RETRY, ReceiptStatus.REFUSED, ReceiptStatus.QUARANTINED}:
        raise LineUnfit("not-stored")


def _must_fit(connection: sqlite3.Connection, form: FormReference, neighbourhood: str, *, response_id: str) -> None:
    """Raise LineUnfit where a revision could only be set aside."""
    known = queries.known_form(connection, form_id=form.id, version=form.version)
    if known is None or known.logic_sha != form.logic:
        raise LineUnfit("form-not-here")
    others = queries.others_of_response(connection, response_id=response_id)
    if any(there != neighbourhood for there in others):
        raise LineUnfit("of-another-neighbourhood")


def _take_erasure(connection: sqlite3.Connection, one: LineRevision, line: Line) -> None:
    """Erase what an erasing revision names; raises LineUnfit where any of it is, or may be, another response's."""
    told = erasure.from_line(json.dumps({"rev": one.rev, "header": one.header, "set_aside": None}))
    own = import_queries.content_of(connection, response_id=line.response) | _content(line)
    names = {*told.erases.parts, *told.erases.attachments}
    if not names <= own or import_queries.is_named_elsewhere(connection, names=names, response_id=line.response):
        raise LineUnfit("of-another-response")
    decided = any(review.rev == one.rev for review in line.reviews)
    erasure.carry_out(connection, told, now=as_text(from_text(one.received_at)), decided=decided)


def _content(line: Line) -> set[str]:
    """Name the texts and files that the revisions of a line name."""
    read = [examine(one.item) for one in line.revisions]
    headers = [one.header for one in read if isinstance(one, Revision) and one.header.id == line.response]
    parts = {one.sha256 for header in headers for one in header.parts}
    return parts | {one.sha256 for header in headers for one in header.attachments}


def _note(connection: sqlite3.Connection, *, done: Imported, now: str) -> None:
    note(
        connection,
        at=now,
        actor=NOBODY,
        action="responses-imported",
        subject="",
        details={"by": COMMAND, "responses": done.new + done.added_to, "refused": len(done.refused)},
    )
