"""Takes a batch of revisions in: one transaction, one receipt per item.

A batch that is all new is stored in one go. When anything in it is odd, that is taken back, and it is stored item by
item, each in a savepoint of its own: those cost a third of the time, and few batches need them.

Contract:
- a receipt that says an item is kept is given only after the commit, by the caller;
- the same rev again changes nothing, however often and from however many sides it comes;
- an item that fails takes only itself back;
- a file that was erased with another response comes in again for one that names it: erasing takes from one response;
- seq is given here, inside the transaction that inserts, by the one writer;
- a part that comes as erased elsewhere bars its text only when nobody else has a say: the device stands well, the
  item is not set aside, and no other device brought a revision of the response. Else the part has yet to come: a
  repeat of the revision may bring it.
"""

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from server.config import RESPONSES_PER_DEVICE_AND_DAY
from server.devices.rules import Standing
from server.devices.tokens import Credentials
from server.intake import queries
from server.intake.attachment_queries import lift_bars, missing_attachments
from server.intake.queries import StoredRevision
from server.intake.rules import Deferred, Item, KnownForm, PosterUse, Refused, Revision, quarantine_reason
from server.store.savepoint import savepoint
from sync.codes import QuarantineReason, ReceiptStatus
from sync.messages import FormReference, Receipt

__all__ = [
    "QUARANTINE_LIMIT_REVISIONS",
    "QUARANTINE_LIMIT_TEXT_BYTES",
    "QUARANTINE_RETRY_MS",
    "Bringer",
    "accept",
    "is_full",
]

QUARANTINE_LIMIT_REVISIONS: Final = 2000
"""What one device may have set aside at a time: a stolen token must not fill the disk."""
QUARANTINE_LIMIT_TEXT_BYTES: Final = 24 * 1024 * 1024
"""The bytes of their headers and parts; a usual response has some two thousand."""
QUARANTINE_RETRY_MS: Final = 3_600_000
FAILURE_RETRY_MS: Final = 60_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Bringer:
    """Whose token came with the batch, and how that device stands here."""

    credentials: Credentials
    standing: Standing


def accept(connection: sqlite3.Connection, items: Sequence[Item], *, bringer: Bringer, now: str) -> list[Receipt]:
    """Store what can be stored, inside the caller's transaction, and give the receipts in order of the items."""
    intake = _Intake(connection=connection, bringer=bringer, now=now, forms={})
    try:
        with savepoint(connection):
            return [intake.receipt_of_sound(index, item) for index, item in enumerate(items)]
    except (_Repeated, _QuarantineFull, sqlite3.DataError, sqlite3.IntegrityError):
        intake.share.forget()
        return [intake.receipt(index, item) for index, item in enumerate(items)]


def is_full(connection: sqlite3.Connection, *, device_id: str) -> bool:
    """Tell whether a device has as many revisions set aside as it may."""
    return queries.count_quarantined(connection, device_id=device_id) >= QUARANTINE_LIMIT_REVISIONS


@dataclass
class _Share:
    """How many bytes of text the bringer has set aside; looked up once for each batch, since that reads them all."""

    used: int | None = None

    def take(self, more: int, connection: sqlite3.Connection, *, device_id: str) -> None:
        """Count ``more`` that was just inserted; raises _QuarantineFull when that is too much."""
        total = (
            queries.quarantined_text_bytes(connection, device_id=device_id) if self.used is None else self.used + more
        )
        fits = total <= QUARANTINE_LIMIT_TEXT_BYTES
        self.used = total if fits else total - more
        if not fits:
            raise _QuarantineFull

    def forget(self) -> None:
        """Look it up again next time: something was taken back."""
        self.used = None


@dataclass(frozen=True, kw_only=True)
class _Intake:
    """What is the same for every item of one batch."""

    connection: sqlite3.Connection
    bringer: Bringer
    now: str
    forms: dict[tuple[str, str], KnownForm | None]
    share: _Share = field(default_factory=_Share)

    def receipt_of_sound(self, index: int, item: Item) -> Receipt:
        """Give the receipt of an item that nothing is odd about; raises for others, which only ``receipt`` takes."""
        return self._store(index, item) if isinstance(item, Revision) else _not_kept(index, item)

    def receipt(self, index: int, item: Item) -> Receipt:
        """Give the receipt of one item; a failure that nobody foresaw delays no other item."""
        if not isinstance(item, Revision):
            return _not_kept(index, item)
        try:
            return self._kept(index, item)
        except _QuarantineFull:
            return Receipt(index=index, rev=item.rev, status=ReceiptStatus.RETRY, after_ms=QUARANTINE_RETRY_MS)
        except (sqlite3.DataError, sqlite3.IntegrityError):
            log.exception("Revision %s could not be stored", item.rev)
            self.share.forget()
            return Receipt(index=index, rev=item.rev, status=ReceiptStatus.RETRY, after_ms=FAILURE_RETRY_MS)

    def _kept(self, index: int, item: Revision) -> Receipt:
        try:
            with savepoint(self.connection):
                return self._store(index, item)
        except _Repeated:
            with savepoint(self.connection):
                return self._repeated(index, item)

    def _store(self, index: int, item: Revision) -> Receipt:
        others = queries.others_of_response(self.connection, response_id=item.header.id)
        why = self._quarantine_reason(item, others)
        stored = StoredRevision(
            revision=item,
            seq=queries.append_to_log(self.connection, kind="revision", subject=item.rev, now=self.now),
            device_id=self.bringer.credentials.device,
            received_at=self.now,
            quarantined_why=why,
        )
        if not queries.insert_revision(self.connection, stored):
            raise _Repeated
        if why is not None and self._quarantine_is_over_full():
            raise _QuarantineFull
        all_new = self._insert_contents(item, why)
        if why is not None:
            self._take_of_share(_text_bytes(item))
        if why is None and item.header.attachments:
            lift_bars(self.connection, rev=item.rev, response_id=item.header.id)
        return Receipt(
            index=index,
            rev=item.rev,
            status=self._status(item, why, alone=not others, all_new=all_new),
            why=why,
            seq=stored.seq,
            missing=self._missing(item),
        )

    def _repeated(self, index: int, item: Revision) -> Receipt:
        """Tell again what became of a revision: the phone may have lost the first receipt."""
        seq, why = queries.standing_of_revision(self.connection, rev=item.rev)
        if queries.count_parts(self.connection, rev=item.rev) < len(item.header.parts):
            self._complete(item, seq, why)
        return Receipt(
            index=index,
            rev=item.rev,
            status=self._status_of_repeat(item, why),
            why=None if why is None else QuarantineReason(why),
            seq=seq,
            missing=self._missing(item),
        )

    def _status_of_repeat(self, item: Revision, why: str | None) -> ReceiptStatus:
        if why is not None:
            return ReceiptStatus.QUARANTINED
        erased = queries.count_erased_parts(self.connection, rev=item.rev)
        return ReceiptStatus.ERASED if erased else ReceiptStatus.DUPLICATE

    def _complete(self, item: Revision, seq: int, why: str | None) -> None:
        """Keep the texts of a revision that came without them the first time."""
        if all(text is None for text in item.part_texts):
            return
        self._insert_parts(item, bars=False)
        if why is None:
            queries.project_from(self.connection, seq=seq)
        else:
            self._take_of_share(_text_bytes(item))

    def _insert_contents(self, item: Revision, why: QuarantineReason | None) -> bool:
        """Keep what the revision names; tell whether the text of every part came now, so that none can be erased."""
        for parent in item.header.parents:
            queries.insert_parent(self.connection, rev=item.rev, parent=parent)
        all_new = self._insert_parts(item, bars=None in item.part_texts and why is None and self._is_alone(item))
        for attachment in item.header.attachments:
            queries.insert_attachment(self.connection, rev=item.rev, attachment=attachment)
        return all_new

    def _insert_parts(self, item: Revision, *, bars: bool) -> bool:
        """Keep the parts; ``bars``: those that come as erased elsewhere count as erased here too."""
        all_new = True
        for position, (part, text) in enumerate(zip(item.header.parts, item.part_texts, strict=True)):
            if text is None and not bars and not queries.has_part(self.connection, sha256=part.sha256):
                all_new = False
                continue
            new = queries.insert_part(self.connection, sha256=part.sha256, body=text, now=self.now)
            all_new = all_new and new and text is not None
            queries.insert_revision_part(self.connection, rev=item.rev, position=position, part=part)
        return all_new

    def _is_alone(self, item: Revision) -> bool:
        """Tell whether nobody but the bringer had a hand in the response; the server itself knows what was erased."""
        device_id = self.bringer.credentials.device
        return self.bringer.standing is Standing.OWN or not queries.has_other_devices(
            self.connection, response_id=item.header.id, device_id=device_id
        )

    def _take_of_share(self, text_bytes: int) -> None:
        self.share.take(text_bytes, self.connection, device_id=self.bringer.credentials.device)

    def _status(self, item: Revision, why: QuarantineReason | None, *, alone: bool, all_new: bool) -> ReceiptStatus:
        """Say what became of a revision that was new; what cannot be there is not looked for."""
        if why is not None:
            return ReceiptStatus.QUARANTINED
        if not all_new and queries.count_erased_parts(self.connection, rev=item.rev):
            return ReceiptStatus.ERASED
        if alone or queries.count_heads(self.connection, response_id=item.header.id) == 1:
            return ReceiptStatus.STORED
        return ReceiptStatus.CONFLICT

    def _quarantine_reason(self, item: Revision, others: Sequence[str]) -> QuarantineReason | None:
        return quarantine_reason(
            item.header,
            credentials=self.bringer.credentials,
            standing=self.bringer.standing,
            form=self._form(item.header.form),
            elsewhere=any(there != item.header.neighbourhood for there in others),
            begun=queries.beginning_of_response(self.connection, response_id=item.header.id),
            poster=self._poster(item),
        )

    def _poster(self, item: Revision) -> PosterUse | None:
        """Look up the poster that a resident's answers came by."""
        if item.header.poster is None:
            return None
        return queries.poster_use(
            self.connection,
            poster_id=item.header.poster,
            device_id=self.bringer.credentials.device,
            response_id=item.header.id,
            day=self.now[: len("2026-11-20")],
            daily=RESPONSES_PER_DEVICE_AND_DAY,
        )

    def _missing(self, item: Revision) -> tuple[str, ...]:
        """Name the attachments that have yet to arrive."""
        return tuple(missing_attachments(self.connection, rev=item.rev)) if item.header.attachments else ()

    def _quarantine_is_over_full(self) -> bool:
        there = queries.count_quarantined(self.connection, device_id=self.bringer.credentials.device)
        return there > QUARANTINE_LIMIT_REVISIONS

    def _form(self, form: FormReference) -> KnownForm | None:
        """Find the form version once per batch: most items of a batch name the same one."""
        key = (form.id, form.version)
        if key not in self.forms:
            self.forms[key] = queries.known_form(self.connection, form_id=form.id, version=form.version)
        return self.forms[key]


class _Repeated(Exception):
    """The rev is stored already; raised to take back the seq that was given."""


class _QuarantineFull(Exception):
    """The device has as much set aside as it may; raised to take back what was just inserted."""


def _text_bytes(item: Revision) -> int:
    texts = (item.header_text, *(text for text in item.part_texts if text is not None))
    return sum(len(text.encode()) for text in texts)


def _not_kept(index: int, item: Refused | Deferred) -> Receipt:
    if isinstance(item, Deferred):
        return Receipt(index=index, rev=item.rev, status=ReceiptStatus.RETRY, after_ms=QUARANTINE_RETRY_MS)
    return Receipt(index=index, rev=item.rev, status=ReceiptStatus.REFUSED, code=item.code)
