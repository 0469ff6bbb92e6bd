"""A folder tree on a disk that forgets: bytes and names that nobody synced may be gone after a crash.

A file's bytes are safe up to what they were at its last fsync; its name is safe once its
folder was synced. What was not may have reached the disk all the same, or half of it:
chance decides at the crash.
"""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.simulate.sqlite_disk import Disk

__all__ = ["FolderDisk"]


@dataclass
class _File:
    content: bytearray = field(default_factory=bytearray)
    synced: bytes = b""


class FolderDisk:
    """Paths are texts with `/`; folders need not be made. Each change is one step of ``disk``."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self._there: dict[str, _File] = {}
        self._synced: dict[str, _File] = {}

    def append(self, path: str, content: bytes) -> None:
        """Write at the end of a file, which is made if it is not there."""
        self.disk.step("append before")
        self._refuse_when_full()
        self._there.setdefault(path, _File()).content.extend(content)
        self.disk.step("append after")

    def truncate(self, path: str, length: int) -> None:
        """Cut a file, or make an empty one."""
        self.disk.step("truncate before")
        del self._there.setdefault(path, _File()).content[length:]

    def fsync(self, path: str) -> None:
        """Put a file's bytes on the disk."""
        self.disk.step("fsync before")
        self._refuse_when_full()
        file = self._file(path)
        file.synced = bytes(file.content)
        self.disk.step("fsync after")

    def fsync_folder(self, folder: str) -> None:
        """Put the names of a folder on the disk: those that are new, and that others are gone."""
        self.disk.step("fsync-folder before")
        for path in sorted({*self._there, *self._synced}):
            if path.rpartition("/")[0] != folder:
                continue
            if path in self._there:
                self._synced[path] = self._there[path]
            else:
                del self._synced[path]
        self.disk.step("fsync-folder after")

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, in place of what had it."""
        self.disk.step("rename before")
        self._there[new] = self._file(old)
        del self._there[old]
        self.disk.step("rename after")

    def remove(self, path: str) -> None:
        """Take a file away; one that is not there is an error, as on any disk."""
        self.disk.step("remove before")
        self._file(path)
        del self._there[path]
        self.disk.step("remove after")

    def size(self, path: str) -> int | None:
        """Tell how long a file is, or that there is none."""
        file = self._there.get(path)
        return None if file is None else len(file.content)

    def read(self, path: str) -> bytes:
        """Give a file's bytes."""
        return bytes(self._file(path).content)

    def paths(self, under: str = "") -> list[str]:
        """List files in the order of their names."""
        return sorted(path for path in self._there if path.startswith(under))

    def copy(self) -> dict[str, bytes]:
        """Give all that is there, as a backup would find it."""
        return {path: bytes(self._there[path].content) for path in sorted(self._there)}

    def durable(self) -> dict[str, bytes]:
        """Give what a power cut at this moment would leave for certain, by the last part of each path."""
        return {path.rpartition("/")[2]: file.synced for path, file in self._synced.items() if "incoming" not in path}

    def replace_all(self, files: Mapping[str, bytes]) -> None:
        """Put other files there, whole and synced, as a restore does."""
        self._there = {path: _File(bytearray(content), content) for path, content in files.items()}
        self._synced = dict(self._there)

    def everything(self) -> list[bytes]:
        """Give the bytes of every file that is there."""
        return [bytes(file.content) for file in self._there.values()]

    def lose_power(self) -> None:
        """Keep what was synced; of the rest, what chance leaves."""
        names = dict(self._synced)
        for path in sorted({*self._there, *self._synced}):
            if self._there.get(path) is not self._synced.get(path) and self.disk.world.happens(0.5):
                names.pop(path, None)
                if path in self._there:
                    names[path] = self._there[path]
        for file in {id(file): file for file in names.values()}.values():
            self._lose_bytes(file)
        self._there = names
        self._synced = dict(names)

    def _lose_bytes(self, file: _File) -> None:
        content = bytes(file.content)
        if content == file.synced:
            return
        if not content.startswith(file.synced):
            content = file.synced
        length = self.disk.world.chance.randint(len(file.synced), len(content))
        file.content[:] = content[:length]
        file.synced = bytes(file.content)

    def _file(self, path: str) -> _File:
        if path not in self._there:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self._there[path]

    def _refuse_when_full(self) -> None:
        if self.disk.full:
            self.disk.world.count("fault: folder full")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
