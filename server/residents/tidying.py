"""Forgets phones that visited a poster and never sent anything: anybody can make such devices, by a code alone."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol, TypeVar

from server.clock import as_text
from server.devices.tokens import LIFETIME
from server.residents import queries

__all__ = ["FORGOTTEN_AT_ONCE", "forget_unused_devices"]

FORGOTTEN_AT_ONCE: Final = 1000
"""How many go in one transaction, so that no phone waits for long."""

T = TypeVar("T")


class Store(Protocol):
    """A database with one writer."""

    def write(self, job: Callable[[sqlite3.Connection], T]) -> T: ...


def forget_unused_devices(database: Store, *, now: datetime) -> None:
    """Forget those whose token has run out, by their last visit or call; what such a phone still holds it may send.

    It visits again for that, as a new device would: a token that is out of date would have it set aside anyway.
    """
    before = as_text(now - LIFETIME)
    more = True
    while more:
        more = database.write(
            lambda connection: queries.forget_unused_devices(connection, before=before, limit=FORGOTTEN_AT_ONCE)
        )
