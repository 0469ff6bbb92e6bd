"""Push records to a running Fieldwell server as a phone does: batch after batch, dropping nothing without a receipt."""

import http.client
import json
import socket
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from tests.bench.records import Phone, Record

__all__ = ["PushFailed", "push_all"]

PUSH_SECONDS = 60.0


class PushFailed(Exception):
    """The server answered a push with something else than a receipt 'stored' for every record in it."""


def push_all(records: Sequence[Record], *, url: str, phone: Phone, batch: int) -> float:
    """Push every record over one connection, `batch` at a time; give the seconds until the last receipt.

    The time includes making each body and checking each receipt, as a client must. Raise PushFailed.
    """
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PUSH_SECONDS)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        began = time.perf_counter()
        for start in range(0, len(records), batch):
            _push(connection, records[start : start + batch], phone)
        return time.perf_counter() - began
    finally:
        connection.close()


def _push(connection: http.client.HTTPConnection, records: Sequence[Record], phone: Phone) -> None:
    items = [{"rev": record.rev, "header": record.header, "parts": [record.part]} for record in records]
    body = json.dumps({"device": phone.device, "items": items}, ensure_ascii=False, separators=(",", ":"))
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {phone.token}"}
    connection.request("POST", "/sync/v1/push", body.encode(), headers)
    response = connection.getresponse()
    answer = response.read()
    if response.status != http.HTTPStatus.OK:
        raise PushFailed(f"Push was answered {response.status}: {answer[:500].decode(errors='replace')}")
    receipts = json.loads(answer)["receipts"]
    stored = [receipt["rev"] for receipt in receipts if receipt["status"] == "stored"]
    if stored != [record.rev for record in records]:
        raise PushFailed(f"{len(stored)} of {len(records)} records were stored; first receipt: {receipts[:1]}")
