"""One process per data folder, kept by an operating-system file lock.

The lock is on an open file, so it ends with the process, however that dies; the file
itself stays and means nothing.
"""

import os
import sys
from pathlib import Path

from server.store.errors import FolderInUse

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["FolderLock"]

FILE_NAME = "fieldwell.lock"


class FolderLock:
    """Holds ``folder`` from construction until ``release``; raises FolderInUse if another process has it."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise FolderInUse(folder) from error

    def release(self) -> None:
        """Let the folder go."""
        os.close(self._descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
