"""The commands that back up, check, restore and erase: what can be asked for, and what they say."""

import argparse
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from server import commands
from server.clock import SystemClock
from server.intake import erasure_queries
from server.intake.erasure import Request
from server.intake.erasure_queries import ErasureRow, WaitingDevice
from server.upkeep import erasing
from server.upkeep.backup import back_up
from server.upkeep.closings import Carried
from server.upkeep.copying import ROUNDS
from server.upkeep.errors import in_words
from server.upkeep.pruning import prune
from server.upkeep.restore import Restored, restore
from server.upkeep.verify import verify
from sync.schemas import read_header

__all__ = ["describe_backups", "describe_erasures"]

FAILED = 1
LOOK_THROUGH: Final = (
    "  LOOK     what was ended since the backup may be open again, for there were no data of before to tell:",
    "           access of people, phones that were signed off, posters and venues that were closed. Go through those",
    "           lists in the console first. Roles, reach and passwords are those of then; phones that were enrolled",
    "           and posters that were made since are not known, so enrol or make them again.",
)

Say = Callable[[str], None]
TakeDataFolder = Callable[[argparse.ArgumentParser], None]

if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]


def describe_backups(all_commands: "Subcommands", take_data_folder: TakeDataFolder, say: Say) -> None:
    """Describe `backup`, `backup verify` and `restore`."""
    backup = all_commands.add_parser("backup", help="back up, also while the server runs; or check a backup")
    take_data_folder(backup)
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="where backups are kept, best on another disk")
    backup.add_argument(
        "--keep", type=at_least_one, metavar="N", help="afterwards remove all but the newest N (default: remove none)"
    )
    backup.set_defaults(run=lambda chosen: make_backup(backup, chosen.data, chosen.to, chosen.keep, say))
    what = backup.add_subparsers(metavar="verify")
    check = what.add_parser("verify", help="read a backup again, and say whether it is whole")
    check.add_argument("folder", type=Path, metavar="FOLDER", help="a backup, or a folder of them: then its newest")
    check.set_defaults(run=lambda chosen: verify_backup(chosen.folder, say))

    back = all_commands.add_parser("restore", help="put a backup in the place of a data folder")
    take_data_folder(back)
    back.add_argument(
        "--from", dest="source", type=Path, required=True, metavar="FOLDER", help="a backup, or a folder of them"
    )
    back.add_argument("--replace", action="store_true", help="move aside what the data folder holds")
    back.set_defaults(run=lambda chosen: restore_backup(chosen.source, chosen.data, say, replace=chosen.replace))


def describe_erasures(all_commands: "Subcommands", take_data_folder: TakeDataFolder, say: Say) -> None:
    """Describe `erase` and `erasures`."""
    erase = all_commands.add_parser("erase", help="erase a response, or parts of it, for ever")
    take_data_folder(erase)
    erase.add_argument("response_id", metavar="RESPONSE-ID", help="the id in the address of the response's page")
    erase.add_argument(
        "--part", action="append", metavar="NAME", help="only this part; may be given again (default: all, and photos)"
    )
    erase.add_argument("--reason", default="", help="why, without names: it is kept for ever")
    erase.set_defaults(
        run=lambda chosen: erase_response(chosen.data, chosen.response_id, chosen.part, chosen.reason, say)
    )

    erasures = all_commands.add_parser("erasures", help="list what was erased, and which phones do not know yet")
    take_data_folder(erasures)
    erasures.set_defaults(run=lambda chosen: list_erasures(chosen.data, say))


def make_backup(parser: argparse.ArgumentParser, data: Path, folder: Path | None, keep: int | None, say: Say) -> int:
    """Make a backup, say what it holds, and remove old ones when asked to."""
    if folder is None:
        parser.error("say where to: --to FOLDER")
    clock = SystemClock()
    begun = clock.now()
    made = back_up(data, folder, clock=clock, version=own_version())
    seconds = (clock.now() - begun).total_seconds()
    held = made.manifest
    say(f"Backup {made.place}")
    say(f"  holds    {held.revisions} revisions of responses and {held.attachments} photos or other files")
    say(f"  size     {in_words(held.bytes)} of database, {in_words(held.attachment_bytes)} of files")
    say(f"  took     {seconds:.1f} seconds")
    say("  verified the database was opened again, looked through and hashed")
    say(f"  files    {made.copied} came anew and were hashed; {made.read_again} of those from before were read again,")
    say(f"           as all are within {ROUNDS} backups")
    for name in made.renewed:
        say(f"  RENEWED  {name} was damaged in {folder} and has been copied anew: look at that disk")
    if not made.absent:
        say("  safe     phones are told that what it holds is safe")
    if keep is not None:
        say(f"  removed  {prune(folder, keep=keep, made=made.place)} older backups; the newest {keep} are kept")
    return tell_of_absent(made.absent, say)


def tell_of_absent(absent: tuple[str, ...], say: Say) -> int:
    """Say which files the data folder should have had; that is a failure, though the backup is of use."""
    if not absent:
        return 0
    say(f"  MISSING  {len(absent)} files are missing or damaged in the data folder; the backup is made without them:")
    for name in absent:
        say(f"           {name}")
    say("           What came at the same time or later does not count as safe. Start the server again: it takes them")
    say("           from a folder of backups, or asks the phones for them. Then back up again.")
    return FAILED


def verify_backup(folder: Path, say: Say) -> int:
    """Read a backup again and say how it is."""
    found = verify(folder)
    held = found.manifest
    say(f"Backup {found.place}, made {held.made_at}")
    say(f"  database is as it was made and sound: {held.revisions} revisions")
    if not found.damaged:
        say(f"  files    are all there and whole: {held.attachments}")
        return 0
    say(f"  DAMAGED  {len(found.damaged)} files are missing or not what they were:")
    for name in found.damaged:
        say(f"           {name}")
    say("           Delete them there and back up again: what the data folder still has is copied anew.")
    return FAILED


def restore_backup(source: Path, data: Path, say: Say, *, replace: bool) -> None:
    """Restore a backup and say what happens now."""
    for line in restored_lines(restore(source, data, replace=replace, clock=SystemClock()), data):
        say(line)


def restored_lines(done: Restored, data: Path) -> list[str]:
    """Say what was restored and what happens now."""
    held = done.manifest
    lines = [
        f"Restored {done.place} into {data}",
        f"  holds    {held.revisions} revisions of responses and {held.attachments - len(done.absent)} files, "
        f"as of {held.made_at}",
        f"  erased   {done.erasures} erasures are in force again",
    ]
    if done.absent:
        lines.append(
            f"  absent   {len(done.absent)} files are not in the backup; phones that have them send them again"
        )
    if done.replaced:
        lines.append(f"  aside    the data of before are in {done.replaced}; delete them when you no longer need them")
    return [
        *lines,
        "  links    nobody is signed in to the console, and no invitation or link that was not used yet works any more",
        *(lines_about_access(done.carried) if done.carried else LOOK_THROUGH),
        f"Start the server now: fieldwell serve --data {data}",
        "Phones that the backup knows notice by themselves that the server was restored, and send again what it lost.",
        "Back up again once they have been in touch.",
    ]


def lines_about_access(carried: Carried) -> list[str]:
    """Say what stays ended, and what somebody has to look at; the old data could tell."""
    lines = [
        f"  ended    what was ended since stays so: access of {carried.people} people, {carried.phones} phones, "
        f"{carried.posters} posters, {carried.venues} venues"
    ]
    named = (
        ("as then  these people have the password, role and reach of then:", carried.as_then),
        ("gone     these people have no access in this backup:", carried.gone_people),
        ("gone     these phones are not in this backup, or signed off there; enrol them again:", carried.gone_phones),
        ("gone     these codes on posters do not work any more; make new posters:", carried.gone_codes),
    )
    return [*lines, *(f"  {words} {', '.join(names)}" for words, names in named if names)]


def erase_response(data: Path, response_id: str, parts: list[str] | None, reason: str, say: Say) -> None:
    """Erase a response or parts of it, and say what is left to know."""
    wanted = Request(response_id=response_id, parts=None if parts is None else tuple(parts), reason=reason)
    with commands.opened(data) as running:
        done = erasing.erase(running.database, wanted, identity=running.identity, clock=running.clock)
    for one in done.shared:
        say(f"STAYS: {one.sha256} is named by response {one.also_of} as well. Erase that one too, if it is to go.")
    if not (done.parts or done.attachments):
        say("There was nothing left to erase: it was erased before, or belongs to another response as well.")
        return
    say(f"Erased from response {response_id}: {done.parts} texts and {done.attachments} photos or other files.")
    say("Phones that sent them delete their copies when they are next in touch; `fieldwell erasures` says which have.")
    say("Backups that exist already hold the texts until they are pruned; a restore of one erases them again.")
    if list(data.glob("replaced-*")):
        say("Folders named replaced-… in the data folder are of an earlier restore, and untouched: delete them too.")


def list_erasures(data: Path, say: Say) -> None:
    """List the erasures and the devices that have not read of them."""
    with commands.opened(data) as running, running.database.read() as connection:
        found = erasure_queries.erasures(connection)
        waiting = [
            erasure_queries.waiting_devices(connection, response_id=one.response_id, seq=one.seq) for one in found
        ]
    if not found:
        say("Nothing has been erased.")
    for one, devices in zip(found, waiting, strict=True):
        for line in erasure_lines(one, devices):
            say(line)


def erasure_lines(one: ErasureRow, devices: list[WaitingDevice]) -> list[str]:
    """Say what was erased, when, and who has yet to hear of it."""
    erases = read_header(one.header).erases
    assert erases is not None, "The log's own erasures say what they erase."
    lines = [f"{one.received_at}  {one.response_id}  {len(erases.parts)} texts, {len(erases.attachments)} files"]
    for device in devices:
        seen = f"last in touch {device.last_seen_at}" if device.last_seen_at else "never in touch"
        lines.append(f"  not yet told: {device.name} ({device.device_id}), {seen}")
    return lines


def at_least_one(text: str) -> int:
    """Read how many backups to keep."""
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 on; the last backup is never removed")
    return int(text)


def own_version() -> str:
    """Give the version of this program; it may run from a checkout that was never installed."""
    try:
        return version("fieldwell")
    except PackageNotFoundError:
        return "unknown"
