"""What can go wrong with the store.

StoreError
├── FolderInUse     another process holds the data folder; stop it or choose another folder
├── RestoreUnfinished  a restore was interrupted before there was a database; run it again
├── NoDatabase      there is no database in the folder; name the right one
├── SchemaTooNew    a newer Fieldwell wrote the data; run that version
├── SchemaTooOld    the data wait for this Fieldwell to bring them up to date; start its server once
├── StoreClosed     the server is stopping; ask again when it is up      (retryable)
├── QueueFull       more writes wait than are allowed; ask again later   (retryable)
└── WriteLost       the commit failed: nothing of it was kept            (retryable)
"""

from pathlib import Path

__all__ = [
    "FolderInUse",
    "NoDatabase",
    "QueueFull",
    "RestoreUnfinished",
    "SchemaTooNew",
    "SchemaTooOld",
    "StoreClosed",
    "StoreError",
    "WriteLost",
]


class StoreError(Exception):
    """Any failure of the store; ``retryable`` says whether asking again can help."""

    retryable = False


class FolderInUse(StoreError):
    """Another process works on the data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The data folder {folder} is in use by another Fieldwell process. "
            "Stop that process, or choose another folder with FIELDWELL_DATA."
        )
        self.folder = folder


class RestoreUnfinished(StoreError):
    """A restore was interrupted while it prepared; the folder holds no database of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"A restore into {folder} was interrupted before it was complete. Run `fieldwell restore` again with the "
            f"same backup and the same options; a restore that was decided is finished by that, or by a start of the "
            f"server. To begin with an empty server instead, delete {folder / 'restoring.partial'} first."
        )
        self.folder = folder


class SchemaTooNew(StoreError):
    """The database holds migrations that this version does not know."""

    def __init__(self, unknown: list[str]) -> None:
        super().__init__(
            f"The database was written by a newer Fieldwell (it knows {', '.join(unknown)}). "
            "Install that version or a later one; nothing has been changed."
        )
        self.unknown = unknown


class NoDatabase(StoreError):
    """There is nothing to read in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is no data folder: it holds no database. Name the right one with --data.")
        self.folder = folder


class SchemaTooOld(StoreError):
    """The database was last opened by an older version, and whoever reads only cannot bring it up to date."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The data in {folder} were last used by an older Fieldwell. Start the server of this version once, "
            "which brings them up to date; then try again."
        )
        self.folder = folder


class StoreClosed(StoreError):
    """The store no longer takes work."""

    retryable = True

    def __init__(self) -> None:
        super().__init__("The store is closed because the server is stopping. Ask again when it is up.")


class QueueFull(StoreError):
    """The writer has more waiting jobs than it may hold."""

    retryable = True

    def __init__(self, *, limit: int) -> None:
        super().__init__(f"{limit} writes are waiting already, which is the limit. Ask again in a few seconds.")
        self.limit = limit


class WriteLost(StoreError):
    """A transaction could not be committed; none of its jobs took effect."""

    retryable = True

    def __init__(self) -> None:
        super().__init__(
            "The database could not commit, so nothing was written. "
            "Look at the space left on the disk and at the server's log, then ask again."
        )
