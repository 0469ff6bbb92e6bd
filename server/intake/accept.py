"""Takes a batch of revisions in: one transaction, a savepoint per item, one receipt per item.

Contract:
- a receipt that says an item is kept is given only after the commit, by the caller;
- the same rev again changes nothing, however often and from however many sides it comes;
- an item that fails takes only itself back;
- seq is given here, inside the transaction that inserts, by the one writer.
"""

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.devices.rules import Standing
from server.devices.tokens import Credentials
from server.intake import queries
from server.intake.queries import StoredRevision
from server.intake.rules import KnownForm, Refused, Revision, quarantine_reason
from server.store.savepoint import savepoint
from sync.codes import QuarantineReason, ReceiptStatus
from sync.messages import FormReference, Receipt

__all__ = ["QUARANTINE_LIMIT_REVISIONS", "QUARANTINE_RETRY_MS", "Bringer", "accept"]

QUARANTINE_LIMIT_REVISIONS: Final = 2000
"""What one device may have set aside at a time: a stolen token must not fill the disk."""
QUARANTINE_RETRY_MS: Final = 3_600_000
FAILURE_RETRY_MS: Final = 60_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Bringer:
    """Whose token came with the batch, and how that device stands here."""

    credentials: Credentials
    standing: Standing


def accept(
    connection: sqlite3.Connection, items: Sequence[Revision | Refused], *, bringer: Bringer, now: str
) -> list[Receipt]:
    """Store what can be stored, inside the caller's transaction, and give the receipts in order of the items."""
    intake = _Intake(connection=connection, bringer=bringer, now=now, forms={})
    return [intake.receipt(index, item) for index, item in enumerate(items)]


@dataclass(frozen=True, kw_only=True)
class _Intake:
    """What is the same for every item of one batch."""

    connection: sqlite3.Connection
    bringer: Bringer
    now: str
    forms: dict[tuple[str, str], KnownForm | None]

    def receipt(self, index: int, item: Revision | Refused) -> Receipt:
        """Give the receipt of one item; a failure that nobody foresaw delays no other item."""
        if isinstance(item, Refused):
            return Receipt(index=index, rev=item.rev, status=ReceiptStatus.REFUSED, code=item.code)
        try:
            with savepoint(self.connection):
                return self._store(index, item)
        except _Repeated:
            return self._repeated(index, item)
        except _QuarantineFull:
            return Receipt(index=index, rev=item.rev, status=ReceiptStatus.RETRY, after_ms=QUARANTINE_RETRY_MS)
        except (sqlite3.DataError, sqlite3.IntegrityError):
            log.exception("Revision %s could not be stored", item.rev)
            return Receipt(index=index, rev=item.rev, status=ReceiptStatus.RETRY, after_ms=FAILURE_RETRY_MS)

    def _store(self, index: int, item: Revision) -> Receipt:
        why = self._quarantine_reason(item)
        stored = StoredRevision(
            revision=item,
            seq=queries.append_to_log(self.connection, rev=item.rev, now=self.now),
            device_id=self.bringer.credentials.device,
            received_at=self.now,
            quarantined_why=why,
        )
        if not queries.insert_revision(self.connection, stored):
            raise _Repeated
        if why is not None and self._quarantine_is_over_full():
            raise _QuarantineFull
        self._insert_contents(item)
        return Receipt(index=index, rev=item.rev, status=self._status(item, why), why=why, missing=_files(item))

    def _repeated(self, index: int, item: Revision) -> Receipt:
        """Tell again what became of a revision: the phone may have lost the first receipt."""
        why = queries.quarantined_why(self.connection, rev=item.rev)
        if why is not None:
            quarantined = ReceiptStatus.QUARANTINED
            return Receipt(index=index, rev=item.rev, status=quarantined, why=QuarantineReason(why))
        erased = queries.count_erased_parts(self.connection, rev=item.rev)
        status = ReceiptStatus.ERASED if erased else ReceiptStatus.DUPLICATE
        return Receipt(index=index, rev=item.rev, status=status, missing=_files(item))

    def _insert_contents(self, item: Revision) -> None:
        for parent in item.header.parents:
            queries.insert_parent(self.connection, rev=item.rev, parent=parent)
        for position, (part, text) in enumerate(zip(item.header.parts, item.part_texts, strict=True)):
            queries.insert_part(self.connection, sha256=part.sha256, body=text)
            queries.insert_revision_part(self.connection, rev=item.rev, position=position, part=part)
        for attachment in item.header.attachments:
            queries.insert_attachment(self.connection, rev=item.rev, attachment=attachment)

    def _status(self, item: Revision, why: QuarantineReason | None) -> ReceiptStatus:
        if why is not None:
            return ReceiptStatus.QUARANTINED
        if queries.count_erased_parts(self.connection, rev=item.rev):
            return ReceiptStatus.ERASED
        heads = queries.count_heads(self.connection, response_id=item.header.id)
        return ReceiptStatus.CONFLICT if heads > 1 else ReceiptStatus.STORED

    def _quarantine_reason(self, item: Revision) -> QuarantineReason | None:
        return quarantine_reason(
            item.header,
            credentials=self.bringer.credentials,
            standing=self.bringer.standing,
            form=self._form(item.header.form),
            elsewhere=queries.belongs_elsewhere(
                self.connection, response_id=item.header.id, neighbourhood_id=item.header.neighbourhood
            ),
        )

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


def _files(item: Revision) -> tuple[str, ...]:
    """Name the attachments that have yet to arrive: all of them, while no server takes files."""
    return tuple(attachment.sha256 for attachment in item.header.attachments)
