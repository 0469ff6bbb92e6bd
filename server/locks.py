"""Locks by name, for what only one thread may do to one thing at a time."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

__all__ = ["Locks"]

K = TypeVar("K", bound=Hashable)


class Locks(Generic[K]):
    """One lock for each key that somebody holds or waits for."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._locks: dict[K, tuple[threading.Lock, int]] = {}

    @contextmanager
    def hold(self, key: K) -> Iterator[None]:
        """Do the block while nobody else holds ``key``."""
        with self._door:
            lock, wanted = self._locks.get(key, (threading.Lock(), 0))
            self._locks[key] = (lock, wanted + 1)
        try:
            with lock:
                yield
        finally:
            self._give_back(key)

    def _give_back(self, key: K) -> None:
        with self._door:
            lock, wanted = self._locks.pop(key)
            if wanted > 1:
                self._locks[key] = (lock, wanted - 1)
