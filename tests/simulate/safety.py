"""What "safe" promises: a verified backup of the very log that said so holds the answer, with each of its files."""

from collections.abc import Collection

from tests.simulate.backups import Shelf
from tests.simulate.holdings import PhoneHolds
from tests.simulate.witness import Witness
from tests.simulate.world import Broken

__all__ = ["safe_at_rest", "what_becomes_safe_is_backed_up"]

SAFE = "safe"


def what_becomes_safe_is_backed_up(
    witness: Witness, shelf: Shelf, before: PhoneHolds, now: PhoneHolds, *, line: Collection[int]
) -> int:
    """I2: check what a phone calls safe since the answer of a log whose backups were those of ``line``; count it."""
    revs = [rev for rev, state in now.revs.items() if state == SAFE != before.revs.get(rev)]
    _check(witness, shelf, revs, line)
    return len(revs)


def safe_at_rest(witness: Witness, shelf: Shelf, phone: PhoneHolds, *, line: Collection[int]) -> None:
    """I2 at rest: all that a phone calls safe is in a backup of the log that central has by now."""
    _check(witness, shelf, [rev for rev, state in phone.revs.items() if state == SAFE], line)


def _check(witness: Witness, shelf: Shelf, revs: Collection[str], line: Collection[int]) -> None:
    for rev in revs:
        made = witness.finalised[rev]
        files = set(made.attachments) - witness.gone_by_right(made)
        if not shelf.hold(line, revs=(rev,), files=files):
            raise Broken("I2", f"a phone calls {rev[:8]} safe, and no backup of that log holds it with its files")
