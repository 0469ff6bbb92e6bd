"""Central's attachments on a disk that forgets: every step of the real one, in the same order."""

import hashlib
import io
from typing import BinaryIO

from server.clock import Clock
from server.intake.files import Incoming
from tests.simulate.folder_disk import FolderDisk

__all__ = ["VirtualFiles"]

INCOMING = "incoming"


class VirtualFiles:
    """``AttachmentFiles`` on a virtual disk."""

    def __init__(self, folder: FolderDisk, *, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._modified: dict[str, float] = {}

    def incoming_size(self, device: str, sha256: str) -> int:
        return self._folder.size(_part(device, sha256)) or 0

    def append(self, device: str, sha256: str, piece: bytes) -> None:
        path = _part(device, sha256)
        self._modified[path] = self._clock.now().timestamp()
        self._folder.append(path, piece)

    def digest_of_incoming(self, device: str, sha256: str) -> str:
        path = _part(device, sha256)
        return hashlib.sha256(self._folder.read(path) if self._folder.size(path) is not None else b"").hexdigest()

    def sync_incoming(self, device: str, sha256: str) -> None:
        path = _part(device, sha256)
        if self._folder.size(path) is None:
            self._folder.append(path, b"")
        self._folder.fsync(path)

    def put_in_place(self, device: str, sha256: str) -> None:
        self._folder.rename(_part(device, sha256), _whole(sha256))

    def sync_whole(self, sha256: str) -> None:
        self._folder.fsync(_whole(sha256))
        self._folder.fsync_folder(sha256[:2])

    def discard(self, device: str, sha256: str) -> None:
        self._remove(_part(device, sha256))

    def incoming(self) -> list[Incoming]:
        return [
            Incoming(
                device=path.split("/")[1],
                sha256=path.split("/")[2],
                bytes=self._folder.size(path) or 0,
                modified_at=self._modified.get(path, 0.0),
            )
            for path in self._folder.paths(INCOMING)
        ]

    def incoming_bytes(self, device: str) -> int:
        return sum(self._folder.size(path) or 0 for path in self._folder.paths(f"{INCOMING}/{device}/"))

    def whole_size(self, sha256: str) -> int | None:
        return self._folder.size(_whole(sha256))

    def digest_of_whole(self, sha256: str) -> str:
        return hashlib.sha256(self._folder.read(_whole(sha256))).hexdigest()

    def open_whole(self, sha256: str) -> BinaryIO:
        return io.BytesIO(self._folder.read(_whole(sha256)))

    def remove_whole(self, sha256: str) -> None:
        self._remove(_whole(sha256))
        self._folder.fsync_folder(sha256[:2])

    def _remove(self, path: str) -> None:
        if self._folder.size(path) is not None:
            self._folder.remove(path)


def _part(device: str, sha256: str) -> str:
    return f"{INCOMING}/{device}/{sha256}"


def _whole(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
