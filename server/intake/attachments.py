"""Takes files in, piece by piece, over connections that may be cut at any byte.

Contract:
- what came stays, whatever ends the connection;
- a file counts as here only when it was hashed whole and it, its name and its row are on the disk, in this order:
  hash, fsync, rename, fsync of the folders, row and log entry by the writer, answer;
- what a crash leaves half done is finished by the next request for the same file;
- the newest request has the upload (``turns``); an older one stops;
- an erased file answers as complete and nothing of it is kept.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol, TypeVar

from server.clock import Clock, as_text
from server.intake import attachment_queries as queries
from server.intake.attachment_queries import NamedAttachment
from server.intake.files import AttachmentFiles
from server.intake.turns import TakenOver, Turn, Turns
from server.intake.upload_refusals import (
    AttachmentTooLarge,
    AttachmentUnknown,
    HashMismatch,
    OffsetMismatch,
    no_share,
    telling_storage_faults,
)
from server.locks import Locks
from sync.limits import ATTACHMENT_BYTES

__all__ = ["INCOMING_KEPT", "QUARANTINE_LIMIT_BYTES", "AttachmentDatabase", "Attachments", "Progress"]

INCOMING_KEPT: Final = timedelta(days=30)
"""How long what came of a file waits for the rest."""
QUARANTINE_LIMIT_BYTES: Final = 100 * 1024 * 1024
"""What one device may have set aside in files: a stolen token must not fill the disk."""

T = TypeVar("T")


class AttachmentDatabase(Protocol):
    """What this needs of ``store.database.Database``."""

    def read(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def write(self, job: Callable[[sqlite3.Connection], T]) -> T: ...


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How much of a file has come, in bytes."""

    offset: int
    length: int

    @property
    def complete(self) -> bool:
        """Whether the file is here, or needs to come no more."""
        return self.offset == self.length


@dataclass(frozen=True, kw_only=True)
class _Named:
    """A file that a device may bring, and how it stands here."""

    device: str
    sha256: str
    file: NamedAttachment
    state: str | None


class Attachments:
    """All the uploads of one server. Safe to use from many threads."""

    def __init__(self, database: AttachmentDatabase, files: AttachmentFiles, *, clock: Clock) -> None:
        self.files = files
        self._database = database
        self._clock = clock
        self._uploads: Turns[tuple[str, str]] = Turns()
        self._places: Locks[str] = Locks()
        self._shares: Locks[str] = Locks()

    def measure(self, *, device: str, sha256: str) -> Progress:
        """Tell how much has come, taking the upload over from older requests; raises ``UploadRefused``."""
        with self._uploads.take((device, sha256)) as turn:
            return self._settled(turn, device, sha256)

    def receive(self, *, device: str, sha256: str, offset: int, pieces: Iterable[bytes]) -> Progress:
        """Append ``pieces`` as they come, from ``offset`` on, and finish the file when it is whole.

        ``pieces`` just ends where the connection is cut. What goes past the length is not taken. Raises
        ``UploadRefused``, and what the database raises when it cannot write now.
        """
        with self._uploads.take((device, sha256)) as turn:
            there = self._settled(turn, device, sha256)
            if there.complete:
                return there
            if there.offset != offset:
                raise OffsetMismatch(offset=there.offset, length=there.length)
            self._append_all(turn, self._named(device, sha256), offset, pieces)
            return self._settled(turn, device, sha256)

    def tidy(self) -> None:
        """Remove what no request will ask for: parts that are old or of complete files, files that were erased."""
        waiting = self.files.incoming()
        with self._database.read() as connection:
            erased = queries.erased_attachments(connection)
            known = {one.sha256 for one in waiting if queries.state_of(connection, sha256=one.sha256) is not None}
        oldest = self._clock.now().timestamp() - INCOMING_KEPT.total_seconds()
        for one in waiting:
            if one.sha256 in known or one.modified_at < oldest:
                self.files.discard(one.device, one.sha256)
        for sha256 in erased:
            if self.files.whole_size(sha256) is not None:
                self.files.remove_whole(sha256)

    def _append_all(self, turn: Turn, named: _Named, offset: int, pieces: Iterable[bytes]) -> None:
        length = named.file.bytes
        for piece in pieces:
            fitting = piece[: length - offset]
            self._append(turn, named, fitting)
            offset += len(fitting)
            if offset == length:
                return

    def _append(self, turn: Turn, named: _Named, piece: bytes) -> None:
        try:
            with telling_storage_faults(named.sha256), turn.alone(), self._share(named):
                self._keep_within_share(named, len(piece))
                self.files.append(named.device, named.sha256, piece)
        except TakenOver as error:
            raise self._taken_over(named) from error

    def _settled(self, turn: Turn, device: str, sha256: str) -> Progress:
        """Finish what can be finished, and tell where the upload stands."""
        named = self._named(device, sha256)
        try:
            with telling_storage_faults(sha256), turn.alone():
                return self._settle(named)
        except TakenOver as error:
            raise self._taken_over(named) from error

    def _settle(self, named: _Named) -> Progress:
        device, sha256, length = named.device, named.sha256, named.file.bytes
        if named.state == "erased":
            self.files.discard(device, sha256)
            return Progress(offset=length, length=length)
        if self._is_here(named):
            return Progress(offset=length, length=length)
        if length > ATTACHMENT_BYTES:
            raise AttachmentTooLarge(length=length)
        there = self.files.incoming_size(device, sha256)
        if there < length:
            self._keep_within_share(named, length - there)
            return Progress(offset=there, length=length)
        if self.files.digest_of_incoming(device, sha256) != sha256:
            self.files.discard(device, sha256)
            raise HashMismatch(length=length)
        self._place(named)
        return Progress(offset=length, length=length)

    def _is_here(self, named: _Named) -> bool:
        """Tell whether the whole file is here; one that a crash left without its row is given it."""
        if self.files.whole_size(named.sha256) is None:
            return False
        if named.state is not None:
            return True
        with self._places.hold(named.sha256):
            if self.files.digest_of_whole(named.sha256) != named.sha256:
                self.files.remove_whole(named.sha256)
                return False
            self._record(named)
        return True

    def _place(self, named: _Named) -> None:
        """Put a file that was hashed in its place for good."""
        self._sync(named)
        with self._share(named), self._places.hold(named.sha256):
            if self._state_of(named.sha256) == "erased":
                self.files.discard(named.device, named.sha256)
                return
            self.files.put_in_place(named.device, named.sha256)
            self._record(named)

    def _sync(self, named: _Named) -> None:
        try:
            self.files.sync_incoming(named.device, named.sha256)
        except OSError:
            # After a failed fsync the system may take bytes that never reached the disk for written: send them again.
            self.files.discard(named.device, named.sha256)
            raise

    def _record(self, named: _Named) -> None:
        """Make the name durable, then let the writer log that the file is here."""
        self.files.sync_whole(named.sha256)
        size = self.files.whole_size(named.sha256)
        assert size is not None, "The file was put in its place, and only who holds it may remove it."
        now = as_text(self._clock.now())
        self._database.write(lambda database: queries.insert_whole(database, sha256=named.sha256, size=size, now=now))
        if self._state_of(named.sha256) == "erased":
            self.files.remove_whole(named.sha256)

    def _named(self, device: str, sha256: str) -> _Named:
        with self._database.read() as connection:
            file = queries.named_attachment(connection, sha256=sha256, device_id=device)
            if file is None:
                raise AttachmentUnknown
            state = queries.state_of(connection, sha256=sha256)
        return _Named(device=device, sha256=sha256, file=file, state=state)

    def _share(self, named: _Named) -> AbstractContextManager[None]:
        """Keep a device's uploads of what is set aside apart while its share is looked at and taken of."""
        return self._shares.hold(named.device) if named.file.quarantined else nullcontext()

    def _keep_within_share(self, named: _Named, more: int) -> None:
        if not named.file.quarantined:
            return
        with self._database.read() as connection:
            whole = queries.quarantined_attachment_bytes(connection, device_id=named.device)
        if whole + self.files.incoming_bytes(named.device) + more > QUARANTINE_LIMIT_BYTES:
            raise no_share(QUARANTINE_LIMIT_BYTES)

    def _state_of(self, sha256: str) -> str | None:
        with self._database.read() as connection:
            return queries.state_of(connection, sha256=sha256)

    def _taken_over(self, named: _Named) -> OffsetMismatch:
        there = self.files.incoming_size(named.device, named.sha256)
        return OffsetMismatch(offset=there, length=named.file.bytes)
