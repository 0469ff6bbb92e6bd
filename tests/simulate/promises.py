"""The promises I1 to I8, checked on what lies on the disks, with SQL and rules of their own.

`after_event` runs after everything that happens and looks only at what changed; `at_rest` runs
once the world is quiet and looks at everything.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from tests.simulate.folder_disk import FolderDisk
from tests.simulate.holdings import Held, PhoneHolds
from tests.simulate.records import Finalised
from tests.simulate.witness import Witness
from tests.simulate.world import Broken

__all__ = [
    "acknowledged_is_durable",
    "at_rest",
    "files_are_whole",
    "heads",
    "nothing_vanished",
    "only_what_was_safe_goes",
    "phone_says_what_it_was_told",
    "words_are_gone",
]


def acknowledged_is_durable(witness: Witness, held: Held) -> None:
    """I1: what was acknowledged is on the disk, at the seq that was told."""
    for rev, seq in witness.acknowledged.items():
        if rev not in held.revs:
            raise Broken("I1", f"revision {rev[:8]} was acknowledged and is not on the disk")
        if seq is not None and held.revs[rev] != seq:
            raise Broken("I1", f"revision {rev[:8]} was told to be at {seq} and is at {held.revs[rev]}")
    erased = witness.files_asked_to_erase()
    for sha256 in sorted(witness.acknowledged_files):
        if sha256 not in held.files | held.erased_files | erased:
            raise Broken("I1", f"file {sha256[:8]} was acknowledged and is not in the table")


def files_are_whole(witness: Witness, held: Held, contents: Mapping[str, bytes]) -> None:
    """I1: a file that the table says is here has all its bytes, on the disk."""
    for sha256 in sorted(held.files):
        if contents.get(sha256) != witness.file(sha256):
            raise Broken("I1", f"file {sha256[:8]} is in the table, and not whole on the disk")


def nothing_vanished(witness: Witness, held: Held, phones: Mapping[str, PhoneHolds]) -> None:
    """I2: every finished revision and file is at central or on its phone, at every moment."""
    erased = witness.erased_revs
    for revision in witness.lasting():
        phone = phones[revision.device]
        if revision.rev not in held.revs and revision.rev not in phone.revs and revision.rev not in erased:
            raise Broken("I2", f"revision {revision.rev[:8]} of {revision.device[-2:]} is nowhere")
        for sha256 in revision.attachments:
            here = sha256 in held.files or sha256 in phone.files_with_bytes
            excused = (revision.rev, sha256) in witness.exempt_files or sha256 in witness.gone_by_right(revision)
            if not here and not excused:
                raise Broken("I2", f"file {sha256[:8]} of {revision.device[-2:]} is nowhere")


def phone_says_what_it_was_told(witness: Witness, phone: PhoneHolds) -> None:
    """I2: a phone calls sent only what central acknowledged at some time; whoever reads that relies on it."""
    told = {"sent", "held", "safe", "set-aside"}
    for rev, state in phone.revs.items():
        if state in told and rev not in witness.ever_acknowledged:
            raise Broken("I2", f"a phone calls {rev[:8]} {state}, and central never said so")
    for sha256, state in phone.files.items():
        if state in told and sha256 not in witness.ever_acknowledged_files:
            raise Broken("I2", f"a phone calls file {sha256[:8]} {state}, and central never said so")


def only_what_was_safe_goes(finished: Sequence[Finalised], before: PhoneHolds, now: PhoneHolds) -> None:
    """I2: a phone lets go only of what it called safe; a restore leaves out what no phone has, and would not tell."""
    for revision in finished:
        state = before.revs.get(revision.rev)
        if state not in {None, "safe"} and revision.rev not in now.revs:
            raise Broken("I2", f"a phone let go of revision {revision.rev[:8]}, which was only {state}")
        files = {now.files.get(sha256) for sha256 in revision.attachments}
        if now.revs.get(revision.rev) == "safe" and files - {"safe", "erased"}:
            raise Broken("I2", f"a phone calls {revision.rev[:8]} safe, and not all its files")


def words_are_gone(witness: Witness, database: bytes, folder: FolderDisk) -> None:
    """I6: erased words are in no page of the database, and bytes that only erased responses name in no file."""
    files = folder.everything()
    names = set(witness.erased_files)
    for rev in sorted(witness.erased_revs):
        revision = witness.finalised[rev]
        names.update(revision.attachments)
        if revision.marker.encode() in database:
            raise Broken("I6", f"the words of {rev[:8]} are still in the database")
    for sha256 in sorted(names):
        content = witness.file(sha256)
        needed = any(sha256 not in witness.gone_by_right(one) for one in witness.naming(sha256))
        if content and not needed and any(content[:16] in file for file in files):
            raise Broken("I6", f"the bytes of file {sha256[:8]} are still in the folder")


def arrived(witness: Witness, held: Held, phones: Mapping[str, PhoneHolds]) -> None:
    """I2 at rest: each finished revision and its files are at central, or the phone shows why not."""
    for revision in witness.lasting():
        phone = phones[revision.device]
        if revision.rev in held.revs:
            _files_arrived(witness, revision, held, phone)
            continue
        if phone.revs.get(revision.rev) == "erased" and revision.rev in witness.erased_revs:
            continue  # central lost an empty shell in a restore, and knows from the ledger that nothing is missing
        shown = phone.revs.get(revision.rev) == "refused" and phone.reasons.get(revision.rev)
        if not (revision.poisoned and shown) and not witness.may_wait(revision.rev, held):
            raise Broken("I2", f"revision {revision.rev[:8]} is not at central: {phone.revs.get(revision.rev)}")


def _files_arrived(witness: Witness, revision: Finalised, held: Held, phone: PhoneHolds) -> None:
    """Each file is at central; one that was barred for a response set aside stays on its phone."""
    for sha256 in revision.attachments:
        excused = (revision.rev, sha256) in witness.exempt_files or sha256 in witness.gone_by_right(revision)
        waits = revision.rev in held.quarantined and sha256 in phone.files_with_bytes
        if sha256 not in held.files and not waits and not excused:
            raise Broken("I2", f"file {sha256[:8]} of {revision.rev[:8]} never arrived")


def happened_once(connection: sqlite3.Connection, witness: Witness) -> None:
    """I3: one entry of the log per revision and per file that was never erased, and the bytes that the phone made."""
    rows = connection.execute(
        "SELECT kind, subject FROM log WHERE kind IN ('revision', 'attachment', 'erase')"
        " GROUP BY kind, subject HAVING COUNT(*) > 1"
    ).fetchall()
    erased = witness.files_asked_to_erase()
    twice = [row for row in rows if row["kind"] != "attachment" or row["subject"] not in erased]
    loose = connection.execute(
        "SELECT log.seq FROM log LEFT JOIN revisions ON revisions.seq = log.seq AND revisions.rev = log.subject"
        " WHERE log.kind = 'revision' AND revisions.rev IS NULL"
    ).fetchall()
    if twice or loose:
        raise Broken("I3", f"{len(twice)} things are in the log twice, {len(loose)} entries have no revision")
    for row in connection.execute("SELECT rev, header FROM revisions ORDER BY seq"):
        made = witness.finalised.get(row["rev"])
        if made is not None and made.header != row["header"]:
            raise Broken("I3", f"revision {row['rev'][:8]} is not the bytes that the phone made")
    _parts_are_those_made(connection, witness)


def _parts_are_those_made(connection: sqlite3.Connection, witness: Witness) -> None:
    erased = witness.erased_revs
    rows = connection.execute(
        "SELECT revision_parts.rev, parts.body FROM revision_parts JOIN parts USING (sha256) ORDER BY rev, position"
    )
    bodies: dict[str, list[str | None]] = {}
    for row in rows:
        bodies.setdefault(row["rev"], []).append(row["body"])
    for rev, texts in bodies.items():
        made = witness.finalised.get(rev)
        if made is not None and rev not in erased and texts != list(made.parts):
            raise Broken("I3", f"the parts of {rev[:8]} are not those that the phone made")


def heads(held: Held, witness: Witness) -> dict[str, list[str]]:
    """Find the heads of each response from what the phones made, leaving out what is set aside."""
    there = [witness.finalised[rev] for rev in held.revs if rev in witness.finalised and rev not in held.quarantined]
    followed = {(one.response, parent) for one in there for parent in one.parents}
    found: dict[str, list[str]] = {}
    for one in there:
        if (one.response, one.rev) not in followed:
            found.setdefault(one.response, []).append(one.rev)
    return {response: sorted(revs) for response, revs in sorted(found.items())}


def phone_knows(witness: Witness, held: Held, phone: PhoneHolds, device: str) -> None:
    """I5: the feed told the phone of all that central has from it."""
    for rev, state in phone.revs.items():
        if rev not in held.revs:
            continue
        expected = {"set-aside", "erased"} if rev in held.quarantined else {"held", "safe", "erased"}
        if state not in expected:
            raise Broken("I5", f"{device[-2:]} has {rev[:8]} as {state}, central holds it")
    for sha256, state in phone.files.items():
        own = [one for one in witness.naming(sha256) if one.device == device and one.rev in held.revs]
        named = any(one.rev not in witness.erased_revs for one in own)
        if named and sha256 in held.files and state not in {"held", "safe", "erased"}:
            raise Broken("I5", f"{device[-2:]} has file {sha256[:8]} as {state}, central holds it")


def at_rest(connection: sqlite3.Connection, witness: Witness, held: Held, phones: Mapping[str, PhoneHolds]) -> None:
    """Check all that can be asked of a world in which nothing happens any more."""
    arrived(witness, held, phones)
    happened_once(connection, witness)
    for device, phone in phones.items():
        phone_knows(witness, held, phone, device)
