"""The disk behind attachments: what arrives piece by piece, and what is whole.

    <data>/attachments/incoming/<device>/<sha256>    what has come of a file so far, for each device by itself
    <data>/attachments/ab/<sha256>                   whole files, by the first two digits of their name

Every write, fsync and rename is one call of its own, so that a fault can be put before and after each. Nothing here
decides anything: ``attachments`` does.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from server.config import DISK_RESERVE_BYTES, DISK_RESERVE_SHARE
from server.store.disk import hash_of, sync_file, sync_folder
from sync.hashes import is_sha256
from sync.ids import is_uuid

__all__ = ["AttachmentFiles", "DiskFiles", "Incoming", "Room", "disk_reserve"]

FOLDER: Final = "attachments"
INCOMING: Final = "incoming"


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A file that has begun to arrive; ``modified_at`` in seconds since 1970 by the disk's clock."""

    device: str
    sha256: str
    bytes: int
    modified_at: float


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much a disk holds, in bytes: what is left to this account, and all of it."""

    free: int
    total: int


def disk_reserve(total: int) -> int:
    """Give how many bytes of a disk no file may take: text goes on when files have filled the rest."""
    return min(DISK_RESERVE_BYTES, int(total * DISK_RESERVE_SHARE))


def room_on(folder: Path) -> Room:
    """Ask the disk that holds the folder."""
    told = shutil.disk_usage(folder)
    return Room(free=told.free, total=told.total)


class AttachmentFiles(Protocol):
    """What the intake of attachments asks of a disk. Each method may raise OSError."""

    def incoming_size(self, device: str, sha256: str) -> int:
        """Give how many bytes have come; 0 when none."""

    def append(self, device: str, sha256: str, piece: bytes) -> None:
        """Write ``piece`` behind what has come. When the disk is full, what still fits stays.

        A disk that keeps a reserve for text refuses a piece that would take of it, as if it were full.
        """

    def digest_of_incoming(self, device: str, sha256: str) -> str:
        """Hash what has come."""

    def sync_incoming(self, device: str, sha256: str) -> None:
        """Return once what has come is on the disk."""

    def put_in_place(self, device: str, sha256: str) -> None:
        """Rename what has come to be the whole file, in one step; one that is there already is the same."""

    def sync_whole(self, sha256: str) -> None:
        """Return once the whole file and its name are on the disk."""

    def discard(self, device: str, sha256: str) -> None:
        """Throw away what has come, if anything has."""

    def incoming(self) -> list[Incoming]:
        """List everything that has begun to arrive."""

    def incoming_bytes(self, device: str) -> int:
        """Sum up what has come from one device."""

    def whole_size(self, sha256: str) -> int | None:
        """Give the size of a whole file; None when it is not here."""

    def digest_of_whole(self, sha256: str) -> str:
        """Hash a whole file."""

    def open_whole(self, sha256: str) -> BinaryIO:
        """Open a whole file for reading; raises FileNotFoundError when it is not here."""

    def remove_whole(self, sha256: str) -> None:
        """Remove a whole file, if it is here, and return once its name is gone from the disk."""


class DiskFiles:
    """``AttachmentFiles`` in a folder of the data folder, which is made if it is not there."""

    def __init__(self, data_folder: Path, *, room: Callable[[Path], Room] = room_on) -> None:
        self._room = room
        self._folder = data_folder / FOLDER
        self._incoming = self._folder / INCOMING
        for folder in (self._folder, self._incoming):
            if not folder.is_dir():
                folder.mkdir(mode=0o700)
                sync_folder(folder.parent)

    def incoming_size(self, device: str, sha256: str) -> int:
        return _size(self._part(device, sha256)) or 0

    def append(self, device: str, sha256: str, piece: bytes) -> None:
        self._leave_reserve(len(piece))
        path = self._part(device, sha256)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with path.open("ab", buffering=0) as file:
            rest = memoryview(piece)
            while rest:  # a disk that fills up takes a share first and refuses the rest afterwards
                rest = rest[file.write(rest) :]

    def digest_of_incoming(self, device: str, sha256: str) -> str:
        path = self._part(device, sha256)
        return hash_of(path) if path.exists() else hashlib.sha256().hexdigest()

    def sync_incoming(self, device: str, sha256: str) -> None:
        path = self._part(device, sha256)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with path.open("ab") as file:  # also makes the file of no bytes, which no piece ever comes for
            os.fsync(file.fileno())

    def put_in_place(self, device: str, sha256: str) -> None:
        whole = self._whole(sha256)
        if not whole.parent.is_dir():
            whole.parent.mkdir(mode=0o700, exist_ok=True)
            sync_folder(self._folder)
        self._part(device, sha256).replace(whole)

    def sync_whole(self, sha256: str) -> None:
        whole = self._whole(sha256)
        sync_file(whole)
        sync_folder(whole.parent)
        sync_folder(self._folder)

    def discard(self, device: str, sha256: str) -> None:
        self._part(device, sha256).unlink(missing_ok=True)

    def incoming(self) -> list[Incoming]:
        folders = sorted(path for path in self._incoming.iterdir() if path.is_dir() and is_uuid(path.name))
        return [one for folder in folders for one in _incoming_of(folder)]

    def incoming_bytes(self, device: str) -> int:
        folder = self._part(device, "0" * 64).parent
        return sum(one.bytes for one in _incoming_of(folder)) if folder.is_dir() else 0

    def whole_size(self, sha256: str) -> int | None:
        return _size(self._whole(sha256))

    def digest_of_whole(self, sha256: str) -> str:
        return hash_of(self._whole(sha256))

    def open_whole(self, sha256: str) -> BinaryIO:
        return self._whole(sha256).open("rb")

    def remove_whole(self, sha256: str) -> None:
        whole = self._whole(sha256)
        whole.unlink(missing_ok=True)
        if whole.parent.is_dir():
            sync_folder(whole.parent)

    def _leave_reserve(self, more: int) -> None:
        room = self._room(self._folder)
        if room.free - more < disk_reserve(room.total):
            raise OSError(errno.ENOSPC, "What is left of the disk is kept for text.")

    def _part(self, device: str, sha256: str) -> Path:
        assert is_uuid(device), "A device's id becomes the name of a folder."
        assert is_sha256(sha256), "A hash becomes the name of a file."
        return self._incoming / device / sha256

    def _whole(self, sha256: str) -> Path:
        assert is_sha256(sha256), "A hash becomes the name of a file."
        return self._folder / sha256[:2] / sha256


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _incoming_of(folder: Path) -> Iterator[Incoming]:
    for path in sorted(folder.iterdir()):
        if not is_sha256(path.name):
            continue
        try:
            found = path.stat()
        except FileNotFoundError:  # it was put in place meanwhile
            continue
        yield Incoming(device=folder.name, sha256=path.name, bytes=found.st_size, modified_at=found.st_mtime)
