"""Hears what central says to phones, as it leaves central, and tells the witness."""

import base64
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.simulate.network import Reply, Request
from tests.simulate.sqlite_disk import DiskConnection
from tests.simulate.wire import pushed_batch
from tests.simulate.witness import Witness
from tests.simulate.world import Broken, World

__all__ = ["Listener"]


class Listener:
    """Knows which phone is which device, and what an answer promises; ``eye`` looks into central's database."""

    def __init__(
        self, world: World, witness: Witness, *, eye: Callable[[], AbstractContextManager[DiskConnection]]
    ) -> None:
        self._eye = eye
        self.devices: dict[str, str] = {}
        self._world = world
        self._witness = witness

    def served(self, request: Request, reply: Reply) -> None:
        """Take note of an answer that central gave."""
        self._world.count(f"status: {reply.status}")
        if "/attachments/" in request.path:
            self._hear_upload(request, reply)
            return
        answer = reply.json()
        if reply.status != 200 or not isinstance(answer, dict) or not request.whole:
            return
        device = self.devices[request.phone]
        if request.path.startswith("/sync/v1/changes"):
            since = parse_qs(urlsplit(request.path).query, keep_blank_values=True)["since"][0]
            self._hear_page(device, answer, since)
        elif request.path == "/sync/v1/push":
            for receipt in answer["receipts"]:
                self._world.count(f"receipt: {receipt['status']}")
            pushed = pushed_batch(request)
            self._witness.hear_receipts(device, [item["rev"] for item in pushed["items"]], answer)
            if isinstance(answer.get("page"), dict):
                self._hear_page(device, answer["page"], pushed["since"])
        else:
            self._witness.hear_have(answer)

    def _hear_page(self, device: str, page: dict[str, Any], since: str) -> None:
        if page["reset"]:
            self._world.count("resets")
        self._witness.hear_page(device, page)
        after = 0 if page["reset"] else _seq_in(since)
        self._misses_nothing(device, page, after=after, until=_seq_in(page["cursor"]))

    def _misses_nothing(self, device: str, page: dict[str, Any], *, after: int, until: int) -> None:
        """I5: between its two cursors, a page tells of every revision that the device brought."""
        told = [change["seq"] for change in page["changes"] if change["kind"] == "response"]
        with self._eye() as connection:
            rows = connection.execute(
                "SELECT seq FROM revisions WHERE device_id = ? AND kind <> 'erase' AND seq > ? AND seq <= ?",
                (device, after, until),
            ).fetchall()
        missed = {row["seq"] for row in rows} - set(told)
        if missed or told != sorted(set(told)):
            raise Broken("I5", f"a page from {after} to {until} told {device[-2:]} nothing of {sorted(missed)}")

    def _hear_upload(self, request: Request, reply: Reply) -> None:
        offset, length = reply.headers.get("Upload-Offset"), reply.headers.get("Upload-Length")
        if reply.status in {200, 204} and offset is not None and offset == length:
            self._world.count("files complete")
            self._witness.acknowledge_file(request.path.rsplit("/", 1)[1])


def _seq_in(cursor: str) -> int:
    """Look into a cursor, which is opaque to everybody else."""
    if not cursor:
        return 0
    content = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return int(content["seq"])
