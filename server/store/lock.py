"""One process per data folder, kept by an operating-system file lock.

The lock is on an open file, so it ends with the process, however that dies; the file
itself stays and means nothing.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.store.errors import FolderInUse

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["FolderLock", "alone"]

FILE_NAME = "fieldwell.lock"
FAR_BEHIND = 2**40
"""Windows locks bytes, and nobody may read them meanwhile: this one is past the end of any file."""


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


@contextmanager
def alone(descriptor: int) -> Iterator[None]:
    """Wait for whoever else has the open file, in whichever process, and keep them waiting until the block ends."""
    if sys.platform == "win32":
        os.lseek(descriptor, FAR_BEHIND, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if sys.platform == "win32":
            os.lseek(descriptor, FAR_BEHIND, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
