"""What a client keeps, in memory: a store that does exactly as it is told, for tests of the session alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sync.batch import Batch, Offered, cut_batch
from sync.codes import ReceiptStatus
from sync.replies import Change, ChangesPage, ErasedChange, Receipt, ResponseChange, ReviewChange
from sync.session_types import Gather, Keep, KeepHave, Unconfirmed, Upload

__all__ = ["Shelf"]

_AFTER_RECEIPT = {
    ReceiptStatus.ERASED: "erased",
    ReceiptStatus.REFUSED: "refused",
}


@dataclass(kw_only=True)
class Shelf:
    """Revisions and attachments by name, each with its state; ``photos`` maps a photo to its length and its rev."""

    revisions: dict[str, str] = field(default_factory=dict)
    photos: dict[str, tuple[int, str]] = field(default_factory=dict)
    photo_states: dict[str, str] = field(default_factory=dict)
    cursors: list[str] = field(default_factory=list)
    reviews: dict[str, str] = field(default_factory=dict)

    def waiting(self) -> list[str]:
        """Name the revisions that nobody has given a receipt for."""
        return [rev for rev, state in self.revisions.items() if state == "finalised"]

    def batch(self, effect: Gather) -> Batch | None:
        """Cut what is offered."""
        offered = [Offered(rev=rev, header="{}", parts=()) for rev in self.waiting() if rev not in effect.set_aside]
        since = self.cursors[-1] if self.cursors else ""
        return cut_batch(offered, device="device", since=since, items=effect.items)

    def unconfirmed(self, set_aside: Iterable[str]) -> Unconfirmed:
        """Name what is sent and nothing more."""
        revs = (rev for rev, state in self.revisions.items() if state == "sent" and rev not in set_aside)
        photos = (name for name, state in self.photo_states.items() if state == "sent" and name not in set_aside)
        return Unconfirmed(revs=tuple(revs), attachments=tuple(photos))

    def upload(self, set_aside: Iterable[str]) -> Upload | None:
        """Return the first photo whose revision is with the server."""
        for name, (length, rev) in self.photos.items():
            sent = self.revisions.get(rev) not in {"finalised", "refused", "erased"}
            if sent and name not in set_aside and self.photo_states.get(name, "here") == "here":
                return Upload(sha256=name, bytes=length)
        return None

    def keep(self, effect: Keep) -> None:
        """Take in receipts and a page, as one."""
        if effect.page is not None and effect.page.reset:
            self._offer_again()
            self.reviews.clear()
        for receipt in effect.receipts:
            self._note(receipt)
        if effect.page is not None:
            self._turn(effect.page)

    def keep_have(self, effect: KeepHave) -> None:
        """Take in what the server has and has not."""
        self.revisions.update({entry.rev: entry.state for entry in effect.held})
        self.photo_states.update({entry.sha256: "held" for entry in effect.held_attachments})
        self.revisions.update(dict.fromkeys(effect.missing, "finalised"))
        self.photo_states.update(dict.fromkeys(effect.missing_attachments, "here"))

    def mark(self, sha256: str) -> None:
        """Note that a photo has arrived."""
        self.photo_states[sha256] = "sent"

    def _note(self, receipt: Receipt) -> None:
        if self.revisions.get(receipt.rev) != "finalised":
            return
        self.revisions[receipt.rev] = _AFTER_RECEIPT.get(receipt.status, "sent")
        for name, (_length, rev) in self.photos.items():
            if rev == receipt.rev and name not in receipt.missing:
                self.photo_states.setdefault(name, "sent")

    def _turn(self, page: ChangesPage) -> None:
        self.cursors.append(page.cursor)
        for change in page.changes:
            self._hear(change)

    def _hear(self, change: Change) -> None:
        match change:
            case ResponseChange(rev=rev, state=state):
                self.revisions.update({rev: state} if rev in self.revisions else {})
            case ErasedChange(attachments=attachments):
                self.photo_states.update({name: "erased" for name in attachments if name in self.photos})
            case ReviewChange(id=response_id, state=state):
                self.reviews[response_id] = state
            case _ if change.kind == "attachment":
                self.photo_states.update({change.sha256: "held"} if change.sha256 in self.photos else {})

    def _offer_again(self) -> None:
        later = {"sent", "held", "set-aside"}
        self.revisions.update({rev: "sent" for rev, state in self.revisions.items() if state in later})
        self.photo_states.update({name: "sent" for name, state in self.photo_states.items() if state in later})
