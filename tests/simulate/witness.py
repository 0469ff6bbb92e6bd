"""Remembers what a person was promised: what was finished, acknowledged, wiped with a phone, and erased.

The witness stands outside: it reads what goes over the wire and what lies on the disks, and
never asks the code under test what it thinks.
"""

from dataclasses import dataclass, field

from server.intake.accept import QUARANTINE_LIMIT_REVISIONS, QUARANTINE_RETRY_MS
from sync.hashes import sha256_hex
from sync.messages import Erases
from tests.simulate.holdings import Held
from tests.simulate.records import Finalised
from tests.simulate.world import Broken

__all__ = ["Witness"]

KEPT = frozenset({"stored", "duplicate", "conflict", "quarantined", "erased"})


@dataclass
class Witness:
    """What must stay true, whatever breaks."""

    finalised: dict[str, Finalised] = field(default_factory=dict)
    acknowledged: dict[str, int | None] = field(default_factory=dict)
    acknowledged_files: set[str] = field(default_factory=set)
    ever_acknowledged: set[str] = field(default_factory=set)
    ever_acknowledged_files: set[str] = field(default_factory=set)
    exempt: set[str] = field(default_factory=set)
    exempt_files: set[tuple[str, str]] = field(default_factory=set)
    left_behind: set[str] = field(default_factory=set)
    told_to_wait: set[str] = field(default_factory=set)
    contents: dict[str, bytes] = field(default_factory=dict)
    asked_revs: set[str] = field(default_factory=set)
    asked_files: dict[str, set[str]] = field(default_factory=dict)
    erased_revs: set[str] = field(default_factory=set)
    erased_files: set[str] = field(default_factory=set)

    def finish(self, revision: Finalised) -> None:
        """A person finished this, and the phone said it is kept."""
        self.finalised[revision.rev] = revision
        self.contents.update(revision.attachments)

    def excuse(self, device: str, held: Held) -> None:
        """A phone is wiped: what it finished and central does not hold is gone, and only that."""
        for revision in self.finalised.values():
            if revision.device == device:
                self.left_behind.add(revision.rev)
        self._excuse_left_behind(held)

    def _excuse_left_behind(self, held: Held) -> None:
        """Excuse of what wiped phones left behind all that central does not hold."""
        for rev in self.left_behind:
            if rev not in held.revs:
                self.exempt.add(rev)
            names = self.finalised[rev].attachments
            self.exempt_files.update((rev, sha256) for sha256 in names if sha256 not in held.files)

    def owner(self, rev: str) -> str | None:
        """Tell which phone made a revision."""
        made = self.finalised.get(rev)
        return None if made is None else made.device

    def lasting(self) -> list[Finalised]:
        """List what nothing excuses from being somewhere."""
        return [revision for rev, revision in self.finalised.items() if rev not in self.exempt]

    def acknowledge(self, rev: str, seq: int | None) -> None:
        """Central said that it has a revision, and where in its log."""
        self.acknowledged[rev] = seq
        self.ever_acknowledged.add(rev)

    def acknowledge_file(self, sha256: str) -> None:
        """Central said that it has the whole of a file."""
        self.acknowledged_files.add(sha256)
        self.ever_acknowledged_files.add(sha256)

    def hear_receipts(self, device: str, sent: list[str], answer: dict[str, object]) -> None:
        """Note what central acknowledged, and check that poison delayed nothing (I8)."""
        receipts = answer.get("receipts")
        if not isinstance(receipts, list):
            return
        if len(receipts) != len(sent):
            raise Broken("I8", f"{len(sent)} items were pushed, {len(receipts)} receipts came")
        for rev, receipt in zip(sent, receipts, strict=True):
            self._hear_receipt(device, rev, receipt)

    def _hear_receipt(self, device: str, rev: str, receipt: dict[str, object]) -> None:
        made = self.finalised.get(rev)
        if receipt["rev"] != rev:
            raise Broken("I8", f"the receipt of {rev[:8]} names {str(receipt['rev'])[:8]}")
        poisoned = made is not None and made.poisoned
        if receipt["status"] in KEPT:
            seq, missing = receipt.get("seq"), receipt["missing"]
            assert isinstance(missing, list), "A receipt lists what is missing."
            self.acknowledge(rev, seq if isinstance(seq, int) else None)
            if made is not None:
                self.ever_acknowledged_files.update(set(made.attachments) - set(missing))
            if poisoned:
                raise Broken("I8", f"poison {rev[:8]} was taken in as {receipt['status']}")
        elif receipt["status"] == "retry" and receipt.get("after_ms") == QUARANTINE_RETRY_MS:
            self.told_to_wait.add(rev)
        elif not poisoned:
            raise Broken("I8", f"good item {rev[:8]} of {device} got {receipt['status']} {receipt.get('code', '')}")

    def hear_page(self, device: str, page: dict[str, object]) -> None:
        """Check that no entry is another device's (I7); what the feed says is held is acknowledged."""
        changes = page.get("changes")
        assert isinstance(changes, list), "A page lists changes."
        for change in changes:
            self._hear_change(device, change)

    def _hear_change(self, device: str, change: dict[str, object]) -> None:
        match change:
            case {"kind": "response", "rev": str(rev), "seq": int(seq)}:
                if self.owner(rev) not in {device, None}:
                    raise Broken("I7", f"{device} heard of revision {rev[:8]} of {self.owner(rev)}")
                self.acknowledge(rev, seq)
            case {"kind": "attachment", "sha256": str(sha256)}:
                if sha256 not in self.files_of(device):
                    raise Broken("I7", f"{device} heard of a file of another, {sha256[:8]}")
                self.acknowledge_file(sha256)
            case {"kind": "erased", "id": str(response)}:
                if not any(one.response == response and one.device == device for one in self.finalised.values()):
                    raise Broken("I7", f"{device} heard of an erasure in a response of another")

    def hear_have(self, answer: dict[str, object]) -> None:
        """Note what central says that it holds."""
        for entry in _dicts(answer.get("held")):
            seq = entry["seq"]
            self.acknowledge(str(entry["rev"]), seq if isinstance(seq, int) else None)
        for entry in _dicts(answer.get("held_attachments")):
            self.acknowledge_file(str(entry["sha256"]))

    def files_of(self, device: str) -> set[str]:
        """Name the files of all that a device finished."""
        return {sha256 for one in self.finalised.values() if one.device == device for sha256 in one.attachments}

    def files_of_several_phones(self) -> list[str]:
        """Name the files that more than one phone gave to an answer."""
        return [sha256 for sha256 in self.contents if len({one.device for one in self.naming(sha256)}) > 1]

    def file(self, sha256: str) -> bytes:
        """Give a file's bytes."""
        return self.contents[sha256]

    def may_wait(self, rev: str, held: Held) -> bool:
        """Tell whether a phone may keep a revision for itself: central said that the phone's quarantine is full."""
        return rev in self.told_to_wait and rev not in held.revs and len(held.quarantined) >= QUARANTINE_LIMIT_REVISIONS

    def ask_to_erase(self, response: str, erases: Erases) -> None:
        """Somebody asked for a response to be erased, and the ledger says so: from now on it may be done."""
        self.asked_revs |= self._revs_with(erases)
        self.asked_files.setdefault(response, set()).update(erases.attachments)

    def acknowledge_erasure(self, erases: Erases) -> bool:
        """An erasure was reported as done; tell whether it is news."""
        revs = self._revs_with(erases)
        news = not revs <= self.erased_revs
        self.erased_revs |= revs
        self.erased_files.update(erases.attachments)
        return news

    def gone_by_right(self, revision: Finalised) -> set[str]:
        """Name those files of a revision that may be nowhere: all of an erased one, and what went with its response."""
        if revision.rev in self.asked_revs:
            return set(revision.attachments)
        return self.asked_files.get(revision.response, set()) & set(revision.attachments)

    def files_asked_to_erase(self) -> set[str]:
        """Name all files that were to go with some response."""
        return {sha256 for names in self.asked_files.values() for sha256 in names}

    def naming(self, sha256: str) -> list[Finalised]:
        """List the revisions that name a file, whosever they are."""
        return [one for one in self.finalised.values() if sha256 in one.attachments]

    def forget_acknowledged(self, held: Held) -> None:
        """An older backup took the place of what was acknowledged: what it does not hold is no longer promised.

        What a wiped phone had brought after that backup was made is lost by two misfortunes, and excused.
        """
        self.acknowledged = {rev: None for rev in self.acknowledged if rev in held.revs}
        self.acknowledged_files &= held.files
        self._excuse_left_behind(held)

    def _revs_with(self, erases: Erases) -> set[str]:
        erased = set(erases.parts)
        return {rev for rev, one in self.finalised.items() if not erased.isdisjoint(map(sha256_hex, one.parts))}


def _dicts(value: object) -> list[dict[str, object]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
