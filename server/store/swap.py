"""A whole data folder put in the place of another, by one rename that is the point of no return.

What is to come is prepared in ``restoring.partial``, which means nothing yet. Its rename to
``restoring`` decides; from then on whoever opens the folder first finishes the moves. They
may stop and begin again after any one of them: an entry still inside ``restoring`` has not
been moved in, so whatever bears its name outside is old. What was prepared and not decided for is removed.
"""

import json
import shutil
from pathlib import Path
from typing import Final

from server.store.disk import sync_folder, write_whole
from server.store.errors import RestoreUnfinished
from server.store.lock import FILE_NAME as LOCK_FILE

__all__ = ["PREPARED", "REPLACED", "UNDER_WAY", "commit", "finish", "is_under_way", "moves", "old_entries"]

PREPARED: Final = "restoring.partial"
UNDER_WAY: Final = "restoring"
REPLACED: Final = "replaced-"
PLAN: Final = "plan.json"


def old_entries(folder: Path) -> list[Path]:
    """List what a data folder holds, leaving out the lock and what swaps leave behind."""
    kept = {LOCK_FILE, PREPARED, UNDER_WAY}
    return sorted(one for one in folder.iterdir() if one.name not in kept and not one.name.startswith(REPLACED))


def commit(folder: Path, *, replaced: str) -> None:
    """Decide for what is prepared; ``replaced`` names where the old entries go. It is finished by ``finish``."""
    prepared = folder / PREPARED
    names = sorted(one.name for one in prepared.iterdir())
    write_whole(prepared / PLAN, json.dumps({"entries": names, "replaced": f"{REPLACED}{replaced}"}).encode())
    prepared.rename(folder / UNDER_WAY)
    sync_folder(folder)


def is_under_way(folder: Path) -> bool:
    """Tell whether a swap was decided and is not finished."""
    return (folder / UNDER_WAY).is_dir()


def finish(folder: Path, *, database: str) -> None:
    """Finish a swap that was decided; remove what was prepared for one that was not, unless there is nothing else.

    Raises RestoreUnfinished where one was begun in a folder without a database. The caller holds the folder's lock.
    """
    if is_under_way(folder):
        for source, target in moves(folder):
            target.parent.mkdir(mode=0o700, exist_ok=True)
            source.rename(target)
            sync_folder(target.parent)
        (folder / UNDER_WAY / PLAN).unlink(missing_ok=True)
        (folder / UNDER_WAY).rmdir()
        sync_folder(folder)
    elif (folder / PREPARED).exists():
        if not (folder / database).exists():
            raise RestoreUnfinished(folder)
        shutil.rmtree(folder / PREPARED)  # a whole copy of a backup: no erasure would reach it


def moves(folder: Path) -> list[tuple[Path, Path]]:
    """List the moves that are left, in order: the old entries out, then the new ones in."""
    coming = folder / UNDER_WAY
    if not (coming / PLAN).exists():  # all is moved; only the empty folder is left
        return []
    plan = json.loads((coming / PLAN).read_bytes())
    waiting = [name for name in plan["entries"] if (coming / name).exists()]
    arrived = set(plan["entries"]) - set(waiting)
    out = [(old, folder / plan["replaced"] / old.name) for old in old_entries(folder) if old.name not in arrived]
    return [*out, *((coming / name, folder / name) for name in waiting)]
