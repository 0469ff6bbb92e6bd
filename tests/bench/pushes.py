"""Push records to a Fieldwell server and do nothing else: no outbox, no feed, nothing dropped without a receipt."""

import gzip
import http.client
import json
import socket
from collections.abc import Sequence
from contextlib import closing
from urllib.parse import urlsplit

__all__ = ["PushFailed", "Pusher"]

PUSH_SECONDS = 60.0
GZIP_LEVEL = 6  # as the real client


class PushFailed(Exception):
    """The server answered a push with something else than a receipt 'stored' for every record in it."""


class Pusher:
    """One connection to a server, for one device. An item is a record as it goes into a push."""

    def __init__(self, address: str, *, device: str, token: str, packed: bool) -> None:
        where = urlsplit(address)
        self._connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=PUSH_SECONDS)
        self._device = device
        self._packed = packed
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        if packed:
            self._headers["Content-Encoding"] = "gzip"

    def push_all(self, items: Sequence[dict[str, object]], *, batch: int) -> None:
        """Push every item, `batch` at a time; each receipt is looked at, as a client must. Raise PushFailed."""
        with closing(self._connection) as connection:
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for start in range(0, len(items), batch):
                self._push(items[start : start + batch])

    def _push(self, items: Sequence[dict[str, object]]) -> None:
        text = json.dumps({"device": self._device, "items": items}, ensure_ascii=False, separators=(",", ":"))
        body = gzip.compress(text.encode(), GZIP_LEVEL, mtime=0) if self._packed else text.encode()
        self._connection.request("POST", "/sync/v1/push", body, self._headers)
        response = self._connection.getresponse()
        answer = response.read()
        if response.status != http.HTTPStatus.OK:
            raise PushFailed(f"Push was answered {response.status}: {answer[:500].decode(errors='replace')}")
        receipts = json.loads(answer)["receipts"]
        stored = [receipt["rev"] for receipt in receipts if receipt["status"] == "stored"]
        if stored != [item["rev"] for item in items]:
            raise PushFailed(f"{len(stored)} of {len(items)} records were stored; first receipt: {receipts[:1]}")
