"""Everything behind the calls push, changes and have but HTTP: values in, JSON values out.

    desk.push(credentials, body)                    receipts, once what they tell of is durable
    desk.changes(credentials, since=…, limit=…)     a page of the feed
    desk.have(credentials, body)                    which names are here and which are not

Raises ``server.errors.RequestRefused`` for what the caller did wrong, and the retryable errors of ``server.store``.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from server.clock import Clock, as_text
from server.devices import queries as device_queries
from server.devices import tokens
from server.devices.admission import require_good_standing, standing_of
from server.devices.keys import ProgrammeKeys
from server.devices.report import Report
from server.devices.rules import Standing
from server.devices.tokens import Credentials
from server.intake import feed
from server.intake.accept import Bringer, accept, is_full
from server.intake.border import read_have_body, read_push_body
from server.intake.feed_queries import held_revs
from server.intake.forms_hash import FormsHash
from server.intake.rules import Deferred, Item, claimed_rev, examine
from server.store.identity import ServerIdentity
from sync import limits
from sync.hashes import is_sha256
from sync.messages import Json, Push, Receipt, as_json

__all__ = ["Desk", "Store"]

T = TypeVar("T")


class Store(Protocol):
    """A database with one writer; ``write`` returns when what the job wrote is durable."""

    def read(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def write(self, job: Callable[[sqlite3.Connection], T]) -> T: ...


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What the writer made of a push."""

    receipts: list[Receipt]
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Bringing:
    """Who pushes, what their phone says of itself, and when."""

    credentials: Credentials
    report: Report | None
    now: datetime


def _nobody_to_wake() -> None:
    """Stand in where nothing runs behind intake."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where devices hand in and ask. ``safe_seq`` tells how far a verified backup reaches; ``wake`` is called before
    a push, so that what runs behind intake lets it pass, and after it, so that it sets to work."""

    database: Store
    identity: ServerIdentity
    clock: Clock
    keys: ProgrammeKeys
    safe_seq: Callable[[], int]
    wake: Callable[[], None] = _nobody_to_wake
    forms_hash: FormsHash = field(default_factory=FormsHash)

    def hello(self) -> Json:
        """Say who this server is, what it speaks and how much it takes at once."""
        with self.database.read() as connection:
            return self._hello(connection)

    def push(self, credentials: Credentials, body: object, report: Report | None = None) -> Json:
        """Store a batch of revisions; give one receipt per item, and the feed when the caller gave its cursor.

        ``report`` is what the phone says of itself.
        """
        batch = read_push_body(body, credentials)
        self.wake()
        now = self.clock.now()
        items = self._examined(batch.items, credentials, now)
        bringing = Bringing(credentials=credentials, report=report, now=now)
        taken = self.database.write(lambda connection: self._take_in(connection, batch, items, bringing))
        self.wake()
        reply: Json = {"receipts": [as_json(receipt) for receipt in taken.receipts]}
        good = taken.standing is Standing.GOOD
        with self.database.read() as connection:
            reply["hello"] = self._hello(connection)
            if good and batch.since is not None:
                reply["page"] = self._page(connection, credentials, since=batch.since, limit=limits.FEED_PAGE_CHANGES)
        renewed = tokens.renewed(credentials, now=now) if good else None
        if renewed is not None:
            reply["token"] = tokens.sign(renewed, self.keys.signing)
        return reply

    def changes(self, credentials: Credentials, *, since: str, limit: int = limits.FEED_PAGE_CHANGES) -> Json:
        """Give a page of the feed after the caller's cursor, which is also its word that it has acted on all before."""
        with self.database.read() as connection:
            require_good_standing(connection, credentials, now=self.clock.now())
            page = self._page(connection, credentials, since=since, limit=limit)
            page["hello"] = self._hello(connection)
            unheard = feed.is_news(connection, since, device_id=credentials.device, identity=self.identity)
        if unheard:
            self.database.write(lambda connection: self._note_heard(connection, credentials, since))
        return page

    def have(self, credentials: Credentials, body: object) -> Json:
        """Tell which of the revisions and attachments that the caller names are here, and which are not."""
        with self.database.read() as connection:
            require_good_standing(connection, credentials, now=self.clock.now())
            told = feed.have(connection, read_have_body(body), device_id=credentials.device)
            return {**told, "hello": self._hello(connection)}

    def _examined(self, items: Sequence[object], credentials: Credentials, now: datetime) -> list[Item]:
        """Read the items; where they could not be kept anyway, only those that are here already and may be repeats."""
        with self.database.read() as connection:
            good = standing_of(connection, credentials, now=now) is Standing.GOOD
            if good or not is_full(connection, device_id=credentials.device):
                known = None
            else:
                known = self._known(connection, items, credentials)
        if known is None:
            return [examine(item) for item in items]
        return [examine(item) if claimed_rev(item) in known else Deferred(rev=claimed_rev(item)) for item in items]

    def _known(self, connection: sqlite3.Connection, items: Sequence[object], credentials: Credentials) -> set[str]:
        revs = json.dumps([rev for rev in map(claimed_rev, items) if is_sha256(rev)])
        return {entry.subject for entry in held_revs(connection, revs_json=revs, device_id=credentials.device)}

    def _take_in(self, connection: sqlite3.Connection, batch: Push, items: list[Item], bringing: Bringing) -> Taken:
        """Do the writer's part of a push."""
        credentials, now = bringing.credentials, bringing.now
        standing = standing_of(connection, credentials, now=now)
        device_queries.mark_seen(connection, device_id=credentials.device, now=as_text(now))
        if bringing.report is not None:
            device_queries.note_report(
                connection, device_id=credentials.device, report=bringing.report, now=as_text(now)
            )
        if batch.since is not None and standing is Standing.GOOD:
            self._note_heard(connection, credentials, batch.since)
        bringer = Bringer(credentials=credentials, standing=standing)
        return Taken(receipts=accept(connection, items, bringer=bringer, now=as_text(now)), standing=standing)

    def _note_heard(self, connection: sqlite3.Connection, credentials: Credentials, since: str) -> None:
        feed.note_heard(connection, since, device_id=credentials.device, identity=self.identity)

    def _page(self, connection: sqlite3.Connection, credentials: Credentials, *, since: str, limit: int) -> Json:
        page = feed.changes(connection, since=since, limit=limit, device_id=credentials.device, identity=self.identity)
        return as_json(page)

    def _hello(self, connection: sqlite3.Connection) -> Json:
        return {
            "protocol": {"min": limits.PROTOCOL_MIN, "max": limits.PROTOCOL_MAX},
            "server_id": self.identity.server_id,
            "epoch": self.identity.epoch,
            "time": as_text(self.clock.now()),
            "limits": {"items": limits.BATCH_ITEMS, "bytes": limits.BATCH_BYTES},
            "forms": self.forms_hash.of(connection),
            "safe_seq": self.safe_seq(),
        }
