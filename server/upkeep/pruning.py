"""Removes old backups, and the files that no backup names any more."""

import shutil
from pathlib import Path

from server.store.disk import sync_folder
from server.store.lock import FolderLock
from server.upkeep.folder import ATTACHMENTS, PARTIAL, backups_in, stored_in

__all__ = ["prune"]


def prune(folder: Path, *, keep: int, made: Path) -> int:
    """Keep the newest ``keep`` backups, at least one, and tell how many were removed.

    ``made`` was made last and is kept, even if a clock that went back has given it an older name. A backup loses its
    name before its content, so that one half removed is never taken for a whole one.
    """
    assert keep >= 1, "The last verified backup is never removed."
    lock = FolderLock(folder)
    try:
        old = [one for one in backups_in(folder)[:-keep] if one.name != made.name]
        for one in old:
            shutil.rmtree(one.rename(one.with_name(f"{one.name}{PARTIAL}")))
        sync_folder(folder)
        if old:
            _remove_unnamed(folder)
        return len(old)
    finally:
        lock.release()


def _remove_unnamed(folder: Path) -> None:
    named = {stored.sha256 for backup in backups_in(folder) for stored in stored_in(backup)}
    for file in (folder / ATTACHMENTS).glob("[0-9a-f][0-9a-f]/*"):
        if file.name not in named:
            file.unlink()
