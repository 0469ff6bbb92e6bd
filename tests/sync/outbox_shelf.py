"""An outbox in memory, what was put into it, and what a server may say of that."""

import json
import sqlite3
from random import Random
from typing import Final

from sync.client.outbox import KEPT_AFTER_SAFE, Finished, Outbox
from sync.codes import ReceiptStatus
from sync.replies import (
    AttachmentChange,
    Change,
    ChangesPage,
    ErasedChange,
    Receipt,
    ResponseChange,
)
from sync.session_types import Unconfirmed
from tests.netfault.records import Form, photo, response

__all__ = [
    "DEVICE",
    "FORM",
    "LATER",
    "NOON",
    "OTHER_SERVER",
    "SERVER",
    "Shelf",
    "erasure_of",
    "part_names",
    "response_id",
    "stored",
    "told",
]

DEVICE: Final = "0192f000-0000-7000-8000-0000000000d1"
FORM: Final = Form(id="walk", version="1", logic="a" * 64)
SERVER: Final = "0192f000-0000-7000-8000-0000000000a1"
OTHER_SERVER: Final = "0192f000-0000-7000-8000-0000000000a2"
NOON: Final = "2026-11-20T12:00:00.000Z"
LATER: Final = "2026-12-20T12:00:00.000Z"
assert KEPT_AFTER_SAFE.days == 30


class Shelf:
    """An outbox in memory, and what was put into it."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.outbox = Outbox(self.connection)
        self.outbox.enrol(device=DEVICE, token="fw1.token")
        self._chance = Random(5)

    def finish(self, photos: int = 0) -> Finished:
        made = response(
            self._chance, device=DEVICE, form=FORM, photos=[photo(self._chance, 500) for _ in range(photos)]
        )
        self.outbox.add_response(made)
        return made

    def keep(
        self,
        *receipts: Receipt,
        changes: tuple[Change, ...] | None = None,
        reset: bool = False,
        server_id: str = SERVER,
        safe_seq: int = 0,
        time: str = NOON,
    ) -> None:
        page = None if changes is None else ChangesPage(reset=reset, changes=changes, cursor="c1", more=False)
        self.outbox.keep(receipts=receipts, page=page, server_id=server_id, safe_seq=safe_seq, time=time)

    def hold(self, finished: Finished, *, safe_seq: int = 0, time: str = NOON) -> None:
        """Let the server have it all: the revision at 1, its files from 2 on."""
        files = tuple(AttachmentChange(seq=2 + place, sha256=name) for place, name in enumerate(finished.attachments))
        self.keep(changes=(told(finished, 1), *files), safe_seq=safe_seq, time=time)

    def unconfirmed(self) -> Unconfirmed:
        return self.outbox.gather(items=500, set_aside=()).unconfirmed

    def offered(self) -> tuple[str, ...]:
        batch = self.outbox.gather(items=500, set_aside=()).batch
        return () if batch is None else batch.revs


def stored(finished: Finished, *, status: ReceiptStatus = ReceiptStatus.STORED, missing: bool = True) -> Receipt:
    return Receipt(rev=finished.rev, status=status, seq=1, missing=tuple(finished.attachments) if missing else ())


def erasure_of(finished: Finished, seq: int, *, attachments: tuple[str, ...] = ()) -> ErasedChange:
    return ErasedChange(seq=seq, id=response_id(finished), parts=part_names(finished), attachments=attachments)


def told(finished: Finished, seq: int) -> ResponseChange:
    return ResponseChange(seq=seq, rev=finished.rev, state="held")


def response_id(finished: Finished) -> str:
    return str(json.loads(finished.header)["id"])


def part_names(finished: Finished) -> tuple[str, ...]:
    return tuple(str(part["sha256"]) for part in json.loads(finished.header)["parts"])
