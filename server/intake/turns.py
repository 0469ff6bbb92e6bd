"""Whose turn it is to write to an upload: the newest request's.

A phone that lost its connection asks again while the server still waits for the old one. The new request takes over;
the old one, should bytes still come for it, finds that it is no longer its turn and stops.
"""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["TakenOver", "Turn", "Turns"]

K = TypeVar("K", bound=Hashable)


class TakenOver(Exception):
    """A newer request has the upload; whoever finds this stops."""


@dataclass
class _Upload:
    lock: threading.Lock = field(default_factory=threading.Lock)
    newest: int = 0
    requests: int = 0


@dataclass(frozen=True)
class Turn:
    """One request's turn."""

    upload: _Upload
    number: int

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Do the block while nobody else works on the upload; raises TakenOver when a newer request has it."""
        with self.upload.lock:
            if self.upload.newest != self.number:
                raise TakenOver
            yield


class Turns(Generic[K]):
    """The uploads that requests are at work on, by key; those that none is at are forgotten."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._uploads: dict[K, _Upload] = {}

    @contextmanager
    def take(self, key: K) -> Iterator[Turn]:
        """Take the upload over from any older request, for as long as the block lasts or until a newer one comes."""
        with self._door:
            upload = self._uploads.setdefault(key, _Upload())
            upload.requests += 1
            upload.newest += 1
            turn = Turn(upload, upload.newest)
        try:
            yield turn
        finally:
            with self._door:
                upload.requests -= 1
                if upload.requests == 0:
                    del self._uploads[key]
