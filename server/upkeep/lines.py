"""A file of lines that only grows, written by several processes: whole lines, each there once it is on the disk.

Half a line, which a power cut can leave, counts as none and is cut off before the next one is written.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from server.store.disk import sync_folder
from server.store.lock import alone

__all__ = ["add_lines", "read_lines"]

OWN_ONLY: Final = 0o600


def read_lines(path: Path) -> list[bytes]:
    """Read the whole lines, their ends included; none where there is no file."""
    try:
        return _whole(path.read_bytes())
    except FileNotFoundError:
        return []


def add_lines(path: Path, choose: Callable[[Sequence[bytes]], list[bytes]]) -> None:
    """Write the lines that ``choose`` gives, who is told those that are there; nobody else writes in between.

    Returns once they are on the disk, and opens nothing when there is nothing to write. Raises OSError.
    """
    if not choose(read_lines(path)):
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, OWN_ONLY)
    with os.fdopen(descriptor, "r+b") as file, alone(file.fileno()):
        there = _whole(path.read_bytes())
        file.truncate(sum(map(len, there)))
        file.seek(0, os.SEEK_END)
        file.writelines(choose(there))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def _whole(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines(keepends=True) if line.endswith(b"\n")]
