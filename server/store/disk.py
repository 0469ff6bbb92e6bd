"""Files that are there whole or not at all, and still there after a power cut."""

import hashlib
import os
import sys
from pathlib import Path
from typing import Final

__all__ = ["copy_hashed", "hash_of", "sync_file", "sync_folder", "write_whole"]

PIECE_BYTES: Final = 1024 * 1024
OWN_ONLY: Final = 0o600


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` under ``path`` for this account alone: the old file stays until the new one is on the disk."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN_ONLY), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def copy_hashed(source: Path, target: Path) -> str:
    """Copy a file, put the copy on the disk, and give the SHA-256 of what was written."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, os.fdopen(_created(target), "wb") as writing:
        while piece := reading.read(PIECE_BYTES):
            digest.update(piece)
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def hash_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    """Wait until what was written to a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows offers no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _created(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN_ONLY)
