"""Erasure: the content of a response leaves, an entry in the log and the hashes stay.

Contract:
- ``plan`` reads what there is and writes nothing; ``carry_out`` may be repeated, and after a restore it is;
- what is erased stays erased, whoever brings it again: a row without content bars it; only a revision of another
  response that names an erased file, and is not set aside, has it come in again (``accept``);
- what a revision of another response names too, set aside or not, stays until that one is erased;
- the erasing revision names what it takes away, so that phones, hubs and restored servers can do the same;
- what was decided counts on where answers are left;
- files are removed by the caller, once the rows are committed.

An erasure of everything follows every head. One of some parts follows the head that is shown: whether another
head's answers count is for a person to decide, not for an erasure.
"""

import json
import sqlite3
from dataclasses import asdict, dataclass, replace
from typing import Final

from server.intake import erasure_queries, queries
from server.intake.erasure_queries import Content
from server.intake.queries import StoredRevision
from server.intake.rules import Revision
from server.reviews import comment_queries, deciding, projection_queries
from server.reviews.projection import displayed_head
from sync.codes import Origin, RevisionKind
from sync.hashes import sha256_hex
from sync.limits import PROTOCOL_MAX
from sync.messages import Erases, RevisionHeader, as_json
from sync.schemas import ValidationError, read_header, read_json

__all__ = [
    "Erasure",
    "Request",
    "carry_out",
    "from_line",
    "is_carried_out",
    "names_files",
    "plan",
    "recorded",
    "shared",
]

NAMES_AT_ONCE: Final = 150
"""How many parts and files one erasing revision names, so that its header stays within the limit; more take several."""
LOG_KIND: Final = "erase"
LOG_KIND_OF_FILES: Final = "erased-attachment"
"""Gives a file that is erased before it arrived its place in the log; the feed does not tell of it."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What somebody wants erased; no ``parts`` means everything, files too. ``reason`` is kept for ever.

    ``reference``: the hash of a reference code. Then only what was made under it goes, and what follows from that.
    ``texts``: the hashes of single texts of the ``parts``. Then only these go: words were taken out of them, and a
    newer text stands in their place.
    """

    response_id: str
    parts: tuple[str, ...] | None
    reason: str
    reference: str | None = None
    texts: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """An erasing revision; ``set_aside`` says why, when all that it erases had been set aside."""

    rev: str
    header_text: str
    header: RevisionHeader
    set_aside: str | None

    @property
    def erases(self) -> Erases:
        """What it takes away."""
        assert self.header.erases is not None, "An erasing revision says what it erases."
        return self.header.erases

    def as_line(self) -> str:
        """Write it as a line of the ledger, without the line's end."""
        return json.dumps({"rev": self.rev, "header": self.header_text, "set_aside": self.set_aside})


def from_line(line: str | bytes) -> Erasure:
    """Read a line of the ledger; raise ValidationError for one that was changed or damaged."""
    match read_json(line):
        case {"rev": str(rev), "header": str(header), "set_aside": str() | None as set_aside}:
            erasure = _erasure(header, set_aside=set_aside)
            if erasure.rev == rev and erasure.header.erases is not None:
                return erasure
    raise ValidationError("not-an-erasure")


def plan(connection: sqlite3.Connection, wanted: Request, *, server_id: str, now: str) -> Erasure | None:
    """Make the next revision that erases what is wanted and is still here; None when nothing is, or ever was.

    One that erases everything may take nothing away, where all that is left is named by another response too: it says
    that this response is no more, so that erasing the other one leaves nothing.
    """
    found = _found(connection, wanted)
    erases = found.erases()
    revs = _revs(connection, wanted)
    newest = erasure_queries.header_of_newest(connection, revs=revs)
    nothing_to_do = not (erases.parts or erases.attachments or (wanted.parts is None and found.leaves_something_shown))
    if newest is None or nothing_to_do:
        return None
    heads = [one for one in projection_queries.heads(connection, response_id=wanted.response_id) if one.rev in revs]
    shown = displayed_head(heads) if heads else None
    header = _Header(
        base=shown.header if shown else read_header(newest[0]),
        parents=tuple(head.rev for head in heads if wanted.parts is None or head is shown),
        erases=erases,
        everything=wanted.parts is None,
        left=frozenset(one.sha256 for one in found.shared),
    )
    text = header.text(connection, server_id=server_id, now=now, reason=wanted.reason)
    return _erasure(text, set_aside=None if heads else newest[1])


def shared(connection: sqlite3.Connection, wanted: Request) -> list[Content]:
    """List the texts and files that an erasure leaves here, since another response that is not erased names them."""
    return list(_found(connection, wanted).shared)


def names_files(connection: sqlite3.Connection, wanted: Request) -> bool:
    """Tell whether an erasure has files to take away, which takes more than rows."""
    return bool(_found(connection, wanted).attachments)


def carry_out(connection: sqlite3.Connection, erasure: Erasure, *, now: str, decided: bool = False) -> None:
    """Erase, inside the caller's transaction. What the projections hold of the response is the caller's to renew.

    Where a part that remains is not here yet, as on a server restored from before it came, the erasing revision
    waits until it is; the content is barred at once all the same. ``decided``: what was decided about it comes along.
    """
    for sha256 in erasure.erases.parts:
        erasure_queries.erase_part(connection, sha256=sha256, now=now)
    if _can_stand(connection, erasure) and not erasure_queries.has_revision(connection, rev=erasure.rev):
        _insert(connection, erasure, now=now)
        if erasure.header.parts and erasure.set_aside is None and not decided:
            deciding.carry_decision(connection, erasure.header.id, erasure.rev, at=now)
    for sha256 in _files_to_go(connection, erasure):
        if erasure_queries.has_attachment(connection, sha256=sha256, erased=False):
            erasure_queries.erase_attachment(connection, sha256=sha256, now=now)
        else:
            seq = queries.append_to_log(connection, kind=LOG_KIND_OF_FILES, subject=sha256, now=now)
            erasure_queries.insert_erased_attachment(connection, sha256=sha256, seq=seq, now=now)
    if not erasure.header.parts:
        comment_queries.forget_why_set_aside(connection, response_id=erasure.header.id)
        if erasure.set_aside is None:  # else a response that is shown may live on
            comment_queries.forget_words_about(connection, response_id=erasure.header.id, now=now)


def is_carried_out(connection: sqlite3.Connection, erasure: Erasure) -> bool:
    """Tell whether there is nothing left for ``carry_out`` to do."""
    return (
        all(erasure_queries.has_part(connection, sha256=one, erased=True) for one in erasure.erases.parts)
        and all(
            erasure_queries.has_attachment(connection, sha256=one, erased=True)
            for one in _files_to_go(connection, erasure)
        )
        and (erasure_queries.has_revision(connection, rev=erasure.rev) or not _can_stand(connection, erasure))
    )


def recorded(connection: sqlite3.Connection) -> list[Erasure]:
    """List the erasures that the log holds, oldest first, as the ledger should have them."""
    rows = erasure_queries.erasures(connection)
    return [_erasure(row.header, set_aside=row.quarantined_why) for row in rows]


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What is wanted of a response and is here."""

    parts: list[Content]
    attachments: list[Content]

    @property
    def shared(self) -> tuple[Content, ...]:
        """What stays: another response names it."""
        return tuple(one for one in (*self.parts, *self.attachments) if one.also_of is not None)

    @property
    def leaves_something_shown(self) -> bool:
        """Whether something that stays still belongs to this response too."""
        return any(one.is_shown for one in self.shared)

    def erases(self) -> Erases:
        """Name what goes, as much as one revision may name."""
        parts = [one.sha256 for one in self.parts if one.also_of is None][:NAMES_AT_ONCE]
        files = [one.sha256 for one in self.attachments if one.also_of is None][: NAMES_AT_ONCE - len(parts)]
        return Erases(parts=tuple(parts), attachments=tuple(files))


def _found(connection: sqlite3.Connection, wanted: Request) -> _Found:
    """Look for what is wanted; files only with everything."""
    response_id, revs = wanted.response_id, _revs(connection, wanted)
    if wanted.parts is None:
        names = erasure_queries.part_names(connection, response_id=response_id)
        files = erasure_queries.attachments_of_response(connection, response_id=response_id, revs=revs)
    else:
        names, files = list(wanted.parts), []
    here = erasure_queries.parts_of_response(connection, response_id=response_id, names=names, revs=revs)
    coming = erasure_queries.parts_yet_to_come(connection, names=names, revs=revs)
    wished = [one for one in (*here, *coming) if wanted.texts is None or one.sha256 in wanted.texts]
    return _Found(parts=wished, attachments=files)


def _revs(connection: sqlite3.Connection, wanted: Request) -> list[str]:
    """Name the revisions that an erasure is about."""
    if wanted.reference is None:
        return erasure_queries.revs_of_response(connection, response_id=wanted.response_id)
    return erasure_queries.revs_under_reference(
        connection, response_id=wanted.response_id, reference_hash=wanted.reference
    )


def _erasure(header_text: str, *, set_aside: str | None) -> Erasure:
    header = read_header(header_text)
    return Erasure(rev=sha256_hex(header_text), header_text=header_text, header=header, set_aside=set_aside)


def _files_to_go(connection: sqlite3.Connection, erasure: Erasure) -> list[str]:
    """Name the files of an erasure but for those that have come, or are to come, with another response since."""
    names = erasure.erases.attachments
    return erasure_queries.not_named_elsewhere(connection, names=names, response_id=erasure.header.id)


def _can_stand(connection: sqlite3.Connection, erasure: Erasure) -> bool:
    return all(erasure_queries.has_part(connection, sha256=part.sha256, erased=False) for part in erasure.header.parts)


def _insert(connection: sqlite3.Connection, erasure: Erasure, *, now: str) -> None:
    revision = Revision(rev=erasure.rev, header_text=erasure.header_text, header=erasure.header, part_texts=())
    seq = queries.append_to_log(connection, kind=LOG_KIND, subject=erasure.rev, now=now)
    stored = StoredRevision(
        revision=revision,
        seq=seq,
        device_id=erasure.header.device,
        received_at=now,
        quarantined_why=erasure.set_aside,
    )
    queries.insert_revision(connection, stored)
    for parent in erasure.header.parents:
        queries.insert_parent(connection, rev=erasure.rev, parent=parent)
    for position, part in enumerate(erasure.header.parts):
        queries.insert_revision_part(connection, rev=erasure.rev, position=position, part=part)
    for attachment in erasure.header.attachments:
        queries.insert_attachment(connection, rev=erasure.rev, attachment=attachment)


@dataclass(frozen=True, kw_only=True)
class _Header:
    """The header of an erasing revision, before it is text; ``base`` is the revision whose place it takes."""

    base: RevisionHeader
    parents: tuple[str, ...]
    erases: Erases
    everything: bool
    left: frozenset[str]
    """What stays for another response's sake: of this one it is gone when everything is erased."""

    def text(self, connection: sqlite3.Connection, *, server_id: str, now: str, reason: str) -> str:
        """Write it. Who erased is for the audit log; the reason stays here, and so does the author of the answers."""
        made = replace(
            self.base,
            v=PROTOCOL_MAX,
            parents=self.parents,
            kind=RevisionKind.ERASE,
            origin=Origin.CONSOLE,
            device=server_id,
            made_at=now,
            parts=tuple(part for part in self.base.parts if self._keeps_part(connection, part.sha256)),
            attachments=tuple(one for one in self.base.attachments if self._keeps_file(connection, one.sha256)),
            erases=self.erases,
        )
        spoken = {**asdict(self.erases), "reason": reason, **({"everything": True} if self.everything else {})}
        return json.dumps({**as_json(made), "erases": spoken}, ensure_ascii=False, separators=(",", ":"))

    def _keeps_part(self, connection: sqlite3.Connection, sha256: str) -> bool:
        erased = erasure_queries.has_part(connection, sha256=sha256, erased=True)
        return not erased and sha256 not in self.erases.parts and not self._leaves(sha256)

    def _keeps_file(self, connection: sqlite3.Connection, sha256: str) -> bool:
        erased = erasure_queries.has_attachment(connection, sha256=sha256, erased=True)
        return not erased and sha256 not in self.erases.attachments and not self._leaves(sha256)

    def _leaves(self, sha256: str) -> bool:
        return self.everything and sha256 in self.left
