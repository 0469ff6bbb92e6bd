"""What was finished here and how far it has got: one SQLite file, with the states that a phone's store has.

- A revision: finalised → sent → held → safe; or set-aside, refused, erased.
- A file: here → sent → held → safe; or erased.
- What an answer says is kept in one transaction with the cursor: a crash falls before or after.
- Another log than before (a reset, or another server) knows nothing of ours: what was told of is unconfirmed again.
- A receipt confirms nothing for good: it may be of a log that is gone. Only the feed or ``have`` does, and only one of
  those two, which vouch for the log, makes anything safe.
- The copy stays 30 days after it is safe with all its files, by the server's time.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sync.batch import Batch, Offered, cut_batch
from sync.client import attachment_queries, queries
from sync.client.schema import open_outbox_file, prepare, transaction
from sync.codes import ReceiptStatus
from sync.hashes import sha256_hex, sha256_hex_of_bytes
from sync.limits import HAVE_NAMES
from sync.messages import RevisionHeader
from sync.replies import (
    AttachmentChange,
    Change,
    ChangesPage,
    ErasedChange,
    FormsChange,
    HeldAttachment,
    HeldRevision,
    Receipt,
    ResponseChange,
    ReviewChange,
)
from sync.schemas import read_header
from sync.session_types import Unconfirmed, Upload

__all__ = ["KEPT_AFTER_SAFE", "Finished", "Outbox", "Waiting", "open_outbox"]

KEPT_AFTER_SAFE: Final = timedelta(days=30)
_EARLIEST: Final = datetime.min.replace(tzinfo=UTC) + KEPT_AFTER_SAFE
_DEVICE: Final = "device"
_TOKEN: Final = "token"
_SERVER: Final = "server_id"


@dataclass(frozen=True, kw_only=True)
class Finished:
    """A finished revision: exact texts, and the bytes of its files by their hash, as bytes or as a path to them."""

    rev: str
    header: str
    parts: tuple[str | None, ...]
    attachments: Mapping[str, bytes | Path]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What there is to do, in the session's own words; ``since`` is in the batch already."""

    batch: Batch | None
    unconfirmed: Unconfirmed
    upload: Upload | None


def open_outbox(path: Path) -> "Outbox":
    """Open or make the outbox in a file."""
    return Outbox(open_outbox_file(path))


class Outbox:
    """The outbox behind any SQLite connection; used by one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        prepare(connection)
        self._connection = connection

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def enrol(self, *, device: str, token: str) -> None:
        """Keep who we are and what lets us in."""
        with transaction(self._connection):
            queries.keep_setting(self._connection, name=_DEVICE, value=device)
            queries.keep_setting(self._connection, name=_TOKEN, value=token)

    def renew_token(self, token: str) -> None:
        """Keep the token that a server gave us in place of the old one."""
        with transaction(self._connection):
            queries.keep_setting(self._connection, name=_TOKEN, value=token)

    def device(self) -> str:
        """Give our own id; '' before enrolment."""
        return queries.read_setting(self._connection, name=_DEVICE) or ""

    def token(self) -> str:
        """Give what lets us in; '' before enrolment."""
        return queries.read_setting(self._connection, name=_TOKEN) or ""

    def since(self) -> str:
        """Give our place in the log of the server that answered last; '' before the first answer."""
        server_id = queries.read_setting(self._connection, name=_SERVER) or ""
        return queries.read_cursor(self._connection, server_id=server_id) or ""

    def add_response(self, finished: Finished) -> None:
        """Keep a finished revision with its files, durably; a repeat changes nothing."""
        header = read_header(finished.header)
        contents = {sha256: _bytes_of(content) for sha256, content in finished.attachments.items()}
        _assert_named_rightly(finished, header, contents)
        with transaction(self._connection):
            if queries.insert_revision(
                self._connection, rev=finished.rev, response_id=header.id, header=finished.header
            ):
                self._insert_belongings(finished, header, contents)

    def _insert_belongings(self, finished: Finished, header: RevisionHeader, contents: Mapping[str, bytes]) -> None:
        for position, (part, body) in enumerate(zip(header.parts, finished.parts, strict=True)):
            queries.insert_part(self._connection, rev=finished.rev, position=position, sha256=part.sha256, body=body)
        for sha256 in dict.fromkeys(reference.sha256 for reference in header.attachments):
            attachment_queries.insert_attachment(self._connection, sha256=sha256, content=contents[sha256])
            attachment_queries.insert_revision_attachment(self._connection, rev=finished.rev, sha256=sha256)

    def gather(self, *, items: int, set_aside: Sequence[str]) -> Waiting:
        """Say what there is to do, leaving out what is set aside in this pass."""
        rows = queries.finalised(self._connection, limit=items, set_aside=set_aside)
        return Waiting(
            batch=self._batch(rows),
            unconfirmed=self._unconfirmed(set_aside),
            upload=self._upload(set_aside),
        )

    def content(self, sha256: str, *, offset: int, length: int) -> bytes:
        """Read a piece of a file."""
        place = attachment_queries.content_place(self._connection, sha256=sha256)
        with self._connection.blobopen("attachments", "content", place, readonly=True) as blob:
            blob.seek(offset)
            return blob.read(length)

    def keep(
        self, *, receipts: Sequence[Receipt], page: ChangesPage | None, server_id: str, safe_seq: int, time: str
    ) -> None:
        """Keep what an answer to push or changes said. Another log than before is obeyed first."""
        with transaction(self._connection):
            was_reset = page is not None and page.reset
            if self._meets_another(server_id) or was_reset:
                self._offer_again()
            if was_reset:
                queries.forget_reviews(self._connection)
            for receipt in receipts:
                self._note(receipt)
            if page is not None:
                for change in page.changes:
                    self._hear(change)
                queries.keep_cursor(self._connection, server_id=server_id, cursor=page.cursor)
                if not page.reset:
                    self._settle(safe_seq, time)

    def keep_have(
        self,
        *,
        held: Sequence[HeldRevision],
        held_attachments: Sequence[HeldAttachment],
        missing: Sequence[str],
        missing_attachments: Sequence[str],
        server_id: str,
        safe_seq: int,
        time: str,
    ) -> None:
        """Keep what a server said it has, and what it lacks, which is offered again."""
        with transaction(self._connection):
            if self._meets_another(server_id):
                self._offer_again()
            for revision in held:
                queries.confirm_revision(self._connection, rev=revision.rev, state=revision.state, seq=revision.seq)
            for file in held_attachments:
                attachment_queries.confirm_attachment(self._connection, sha256=file.sha256, seq=file.seq)
            queries.wish_revisions(self._connection, revs=missing)
            attachment_queries.wish_attachments(self._connection, attachments=missing_attachments)
            self._settle(safe_seq, time)

    def mark_uploaded(self, sha256: str) -> None:
        """Keep that the last byte of a file was acknowledged."""
        with transaction(self._connection):
            attachment_queries.mark_uploaded(self._connection, sha256=sha256)

    def counts(self) -> dict[str, int]:
        """Count revisions by state."""
        return queries.count_states(self._connection)

    def states(self) -> dict[str, str]:
        """Give each revision's state, oldest first."""
        return queries.states_of_revisions(self._connection)

    def attachment_states(self) -> dict[str, str]:
        """Give each file's state, oldest first."""
        return attachment_queries.states_of_attachments(self._connection)

    def reason(self, rev: str) -> str | None:
        """Give the server's word for why it has refused a revision, or set it aside."""
        return queries.reason(self._connection, rev=rev)

    def parts(self, rev: str) -> tuple[str | None, ...]:
        """Give the texts of a revision's parts; None where one was erased."""
        return queries.parts_of(self._connection, rev=rev)

    def _batch(self, rows: Sequence[sqlite3.Row]) -> Batch | None:
        waiting = [Offered(rev=row["rev"], header=row["header"], parts=self.parts(row["rev"])) for row in rows]
        return cut_batch(waiting, device=self.device(), since=self.since(), items=len(waiting))

    def _unconfirmed(self, set_aside: Sequence[str]) -> Unconfirmed:
        revs = queries.unconfirmed_revisions(self._connection, limit=HAVE_NAMES, set_aside=set_aside)
        attachments = attachment_queries.unconfirmed_attachments(
            self._connection, limit=HAVE_NAMES - len(revs), set_aside=set_aside
        )
        return Unconfirmed(revs=tuple(revs), attachments=tuple(attachments))

    def _upload(self, set_aside: Sequence[str]) -> Upload | None:
        row = attachment_queries.upload_candidate(self._connection, set_aside=set_aside)
        return None if row is None else Upload(sha256=row["sha256"], bytes=row["bytes"])

    def _meets_another(self, server_id: str) -> bool:
        """Note who answered; '' is a server that has said nothing of itself yet."""
        before = queries.read_setting(self._connection, name=_SERVER)
        if server_id in {"", before}:
            return False
        queries.keep_setting(self._connection, name=_SERVER, value=server_id)
        return before is not None

    def _offer_again(self) -> None:
        queries.offer_revisions_again(self._connection)
        attachment_queries.offer_attachments_again(self._connection)

    def _note(self, receipt: Receipt) -> None:
        if receipt.status is ReceiptStatus.REFUSED:
            queries.refuse(self._connection, rev=receipt.rev, code=receipt.code or "malformed")
        elif receipt.status is not ReceiptStatus.RETRY:
            queries.note_receipt(self._connection, rev=receipt.rev, seq=receipt.seq, why=receipt.why)
            attachment_queries.note_missing(self._connection, rev=receipt.rev, missing=receipt.missing)

    def _hear(self, change: Change) -> None:
        match change:
            case FormsChange():
                pass  # The session has the forms checked.
            case ResponseChange(rev=rev, state=state, seq=seq):
                queries.confirm_revision(self._connection, rev=rev, state=state, seq=seq)
            case AttachmentChange(sha256=sha256, seq=seq):
                attachment_queries.confirm_attachment(self._connection, sha256=sha256, seq=seq)
            case ErasedChange(id=response_id, parts=parts, attachments=attachments):
                self._erase(response_id, parts, attachments)
            case ReviewChange():
                queries.keep_review(self._connection, change)

    def _erase(self, response_id: str, parts: Sequence[str], attachments: Sequence[str]) -> None:
        queries.erase_parts(self._connection, response_id=response_id, parts=parts)
        attachment_queries.erase_attachments(self._connection, response_id=response_id, attachments=attachments)
        queries.erase_revisions_without_parts(self._connection, response_id=response_id)
        queries.forget_reviews_of_erased(self._connection, response_id=response_id)

    def _settle(self, safe_seq: int, time: str) -> None:
        """Last of all: what a verified backup covers is safe, and what has been safe for long is removed."""
        attachment_queries.mark_attachments_safe(self._connection, safe_seq=safe_seq)
        queries.mark_revisions_safe(self._connection, safe_seq=safe_seq)
        attachment_queries.erase_unneeded_attachments(self._connection)
        now = _moment(time)
        if now is not None:
            queries.note_safe_since(self._connection, time=_as_text(now))
            queries.forget_revisions(self._connection, safe_before=_as_text(now - KEPT_AFTER_SAFE))
            attachment_queries.forget_attachments(self._connection)


def _bytes_of(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _assert_named_rightly(finished: Finished, header: RevisionHeader, contents: Mapping[str, bytes]) -> None:
    assert sha256_hex(finished.header) == finished.rev, "A revision is named by its header."
    for part, body in zip(header.parts, finished.parts, strict=True):
        assert body is None or sha256_hex(body) == part.sha256, "A part is named by its text."
    for reference in header.attachments:
        content = contents[reference.sha256]
        assert sha256_hex_of_bytes(content) == reference.sha256, "A file is named by its bytes."
        assert len(content) == reference.bytes, "A header tells the length of its files."


def _moment(text: str) -> datetime | None:
    """Read a server's time; None when it says none that can be counted back from, and then nothing is removed."""
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
        return moment if moment > _EARLIEST else None
    except (ValueError, OverflowError):
        return None


def _as_text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
