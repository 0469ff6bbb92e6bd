"""I3, I8: what a push does. One durable effect and one receipt per item, and nothing lost for the fault of another."""

import gzip
import json
import tracemalloc
import zlib

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.bodies import parsed_bytes
from server.config import BODIES_HELD_BYTES
from server.services import Services
from server.store.database import Database
from server.store.errors import QueueFull
from server.store.writer import QUEUE_LIMIT_JOBS
from sync.hashes import sha256_hex
from sync.limits import BATCH_BYTES, BATCH_ITEMS, HEADER_BYTES
from tests.server.pushing import count, hold_writer, push, statuses
from tests.server.records import DEVICE, Item, Phone


def test_a_revision_is_stored_and_its_rev_echoed(client: FlaskClient, device: Phone) -> None:
    item = device.item()
    assert push(client, device, item) == [{"index": 0, "rev": item["rev"], "status": "stored", "seq": 2, "missing": []}]


def test_texts_come_back_byte_for_byte(client: FlaskClient, device: Phone, database: Database) -> None:
    text = '𝄞é\u202eمرحبا\u0000 \t\\"' + "ছ" * 5000 + "👩‍👩‍👧"
    odd = '{ "answers" : {"__proto__":' + json.dumps(text) + ',"اسم":"x"},\n"salt":"' + "0" * 32 + '", "later": 1.0 }'
    item = device.item(part=odd, header={"a later field": [1.50, "x"]})
    assert statuses(push(client, device, item)) == ["stored"]
    with database.read() as connection:
        header = connection.execute("SELECT header FROM revisions").fetchone()[0]
        body = connection.execute("SELECT body FROM parts").fetchone()[0]
    assert (header, body) == (item["header"], odd)


def test_the_same_again_is_a_duplicate_and_changes_nothing(
    client: FlaskClient, device: Phone, database: Database
) -> None:
    item = device.item()
    assert statuses(push(client, device, item, item)) == ["stored", "duplicate"]
    assert statuses(push(client, device, item)) == ["duplicate"]
    assert [count(database, table) for table in ("revisions", "parts", "revision_parts")] == [1, 1, 1]
    with database.read() as connection:
        assert connection.execute("SELECT COUNT(*) FROM log WHERE kind = 'revision'").fetchone()[0] == 1


def test_an_edit_follows_its_parent_and_a_second_head_is_a_conflict_that_is_kept(
    client: FlaskClient, device: Phone, database: Database
) -> None:
    first = device.item(response_id="0192f000-0000-7000-8000-000000000001")
    edit, rival = (
        device.item({"who": name}, response_id="0192f000-0000-7000-8000-000000000001", parents=[str(first["rev"])])
        for name in ("Asha", "Usha")
    )
    assert statuses(push(client, device, edit, first, rival)) == ["stored", "stored", "conflict"]
    assert count(database, "revisions") == 3


def _broken_items(phone: Phone) -> dict[str, tuple[object, str]]:
    """Name items that can never be taken, each with the code that says why."""
    whole = phone.item()
    return {
        "not an object": (7, "malformed"),
        "nothing": (None, "malformed"),
        "no parts": ({"rev": whole["rev"], "header": whole["header"]}, "malformed"),
        "a part too few": (whole | {"parts": []}, "malformed"),
        "header is not JSON": (_named("{"), "malformed"),
        "header nests without end": (_named("[" * 10_000), "malformed"),
        "header lacks everything": (_named("{}"), "malformed"),
        "half a surrogate pair": (whole | {"header": "\ud800"}, "malformed"),
        "half a pair inside": (_named(str(whole["header"]).replace('"bn"', r'"\ud800"')), "malformed"),
        "no such day": (phone.item(header={"made_at": "2026-02-30T10:00:00.000Z"}), "malformed"),
        "not a number": (phone.item(header={"v": float("nan")}), "malformed"),
        "later protocol": (phone.item(header={"v": 2}), "malformed"),
        "a part that is no part": (phone.item(part="[]"), "malformed"),
        "upper-case rev": (whole | {"rev": str(whole["rev"]).upper()}, "malformed"),
        "another rev": (whole | {"rev": "0" * 64}, "hash-mismatch"),
        "another part": (whole | {"parts": [phone.part({})]}, "hash-mismatch"),
        "a header too large": (phone.item(header={"padding": "x" * HEADER_BYTES}), "oversize"),
    }


def _named(header: str) -> Item:
    return {"rev": sha256_hex(header), "header": header, "parts": []}


def test_a_bad_item_is_refused_alone_and_delays_no_other(client: FlaskClient, device: Phone) -> None:
    for name, (bad, code) in _broken_items(device).items():
        before, after = device.item(), device.item()
        receipts = push(client, device, before, bad, after)
        assert statuses(receipts) == ["stored", "refused", "stored"], name
        assert receipts[1]["code"] == code, name
        assert receipts[1]["rev"] == (bad.get("rev") if isinstance(bad, dict) else ""), name


def test_a_header_may_be_as_large_as_the_limit_and_not_one_byte_larger(client: FlaskClient, device: Phone) -> None:
    room = HEADER_BYTES - len(str(device.item(header={"padding": ""})["header"]).encode())
    fitting = device.item(header={"padding": "x" * room})
    beyond = device.item(header={"padding": "x" * (room + 1)})
    assert len(str(fitting["header"]).encode()) == HEADER_BYTES
    assert statuses(push(client, device, fitting, beyond)) == ["stored", "refused"]


def test_a_batch_holds_500_items_and_not_501(client: FlaskClient, device: Phone, database: Database) -> None:
    items = [device.item() for _ in range(BATCH_ITEMS)]
    body = {"device": DEVICE, "items": [*items, device.item()]}
    reply = client.post("/sync/v1/push", json=body, headers=device.headers)
    assert (reply.status_code, reply.get_json()["code"]) == (413, "too-many-items")
    assert count(database, "revisions") == 0
    assert set(statuses(push(client, device, *items))) == {"stored"}


def test_a_body_may_be_1_mib_and_not_one_byte_more(client: FlaskClient, device: Phone, database: Database) -> None:
    body = json.dumps({"device": DEVICE, "items": [device.item()]}).encode()
    for length, status in ((BATCH_BYTES, 200), (BATCH_BYTES + 1, 413)):
        reply = client.post("/sync/v1/push", data=body.ljust(length), headers=device.headers)
        assert reply.status_code == status
    assert count(database, "revisions") == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"device":1,"items":[]}', b"[" * 100_000, b"NaN"])
def test_a_body_that_is_no_batch_is_answered_with_what_is_wrong(
    client: FlaskClient, device: Phone, body: bytes
) -> None:
    reply = client.post("/sync/v1/push", data=body, headers=device.headers)
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
    assert reply.get_json()["code"] == "malformed"


@pytest.mark.parametrize("announcement", [{"CONTENT_LENGTH": "20971520"}, {"wsgi.input_terminated": True}])
def test_20_mib_are_cut_off_at_the_limit_whether_their_length_is_announced_or_not(
    client: FlaskClient, device: Phone, announcement: dict[str, object]
) -> None:
    body = Spout(20 * 1024 * 1024)
    reply = client.post("/sync/v1/push", headers=device.headers, environ_overrides={"wsgi.input": body, **announcement})
    assert (reply.status_code, reply.get_json()["code"]) == (413, "body-too-large")
    assert body.given <= (0 if "CONTENT_LENGTH" in announcement else BATCH_BYTES + 1)


def packed(phone: Phone, *items: object) -> bytes:
    return gzip.compress(json.dumps({"device": phone.device, "items": items}).encode())


def push_packed(client: FlaskClient, phone: Phone, body: bytes, encoding: str = "gzip") -> TestResponse:
    return client.post("/sync/v1/push", data=body, headers={**phone.headers, "Content-Encoding": encoding})


def test_a_body_may_come_gzipped(client: FlaskClient, device: Phone) -> None:
    item = device.item()
    reply = push_packed(client, device, packed(device, item))
    assert [receipt["rev"] for receipt in reply.get_json()["receipts"]] == [item["rev"]]
    asked = gzip.compress(json.dumps({"revs": [item["rev"]]}).encode())
    answer = client.post("/sync/v1/have", data=asked, headers={**device.headers, "Content-Encoding": "gzip"})
    assert answer.get_json()["missing"] == []


def test_a_long_answer_is_packed_for_who_can_read_it_and_says_the_same(client: FlaskClient, device: Phone) -> None:
    push(client, device, *(device.item() for _ in range(50)))
    reads_gzip = {**device.headers, "Accept-Encoding": "gzip"}
    whole = client.get("/sync/v1/changes", headers=device.headers)
    packed_one = client.get("/sync/v1/changes", headers=reads_gzip)
    assert whole.headers.get("Content-Encoding") is None
    assert packed_one.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed_one.vary
    assert "Accept-Encoding" in whole.vary
    assert len(packed_one.data) == int(packed_one.headers["Content-Length"]) < len(whole.data) / 2
    assert json.loads(gzip.decompress(packed_one.data))["changes"] == whole.get_json()["changes"]
    hello = client.get("/sync/v1/hello", headers=reads_gzip)
    assert hello.headers.get("Content-Encoding") is None, "a short answer would gain nothing"


def test_a_gzipped_body_counts_unpacked_and_is_cut_off_at_the_limit(
    client: FlaskClient, device: Phone, database: Database
) -> None:
    body = json.dumps({"device": DEVICE, "items": [device.item()]}).encode()
    for length, status in ((BATCH_BYTES, 200), (BATCH_BYTES + 1, 413)):
        assert push_packed(client, device, gzip.compress(body.ljust(length))).status_code == status
    assert count(database, "revisions") == 1


def test_a_gzip_bomb_is_unpacked_no_further_than_the_limit(client: FlaskClient, device: Phone) -> None:
    packing = zlib.compressobj(wbits=31)
    bomb = b"".join(packing.compress(b" " * 2**20) for _ in range(256)) + packing.flush()
    assert len(bomb) < BATCH_BYTES
    tracemalloc.start()
    reply = push_packed(client, device, bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (reply.status_code, reply.get_json()["code"]) == (413, "body-too-large")
    assert most < 8 * BATCH_BYTES


def test_what_is_no_whole_gzip_stream_is_malformed(client: FlaskClient, device: Phone) -> None:
    whole = packed(device, device.item())
    broken = (b"", b"{}", whole[:-1], whole[:-8] + bytes(8), whole + b"x", whole + whole, zlib.compress(b"{}"))
    for body in broken:
        reply = push_packed(client, device, body)
        assert (reply.status_code, reply.get_json()["code"]) == (400, "malformed"), body


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "x" * 500])
def test_another_encoding_is_said_to_be_unsupported(client: FlaskClient, device: Phone, encoding: str) -> None:
    reply = push_packed(client, device, b"{}", encoding)
    assert (reply.status_code, reply.get_json()["code"]) == (415, "unsupported-encoding")


def test_bodies_beyond_the_memory_for_them_are_turned_away_unread(
    client: FlaskClient, device: Phone, running: Services
) -> None:
    body = json.dumps({"device": DEVICE, "items": [device.item()]}).encode()
    with running.body_room.hold(BODIES_HELD_BYTES - len(body) + 1):
        unread = Spout(len(body))
        announced = {"wsgi.input": unread, "CONTENT_LENGTH": str(len(body))}
        reply = client.post("/sync/v1/push", headers=device.headers, environ_overrides=announced)
        assert (reply.status_code, reply.get_json()["code"], reply.headers["Retry-After"]) == (503, "busy", "5")
        assert unread.given == 0
    with running.body_room.hold(BODIES_HELD_BYTES - len(body) - parsed_bytes(body) + 1):
        assert client.post("/sync/v1/push", data=body, headers=device.headers).status_code == 503
    with running.body_room.hold(BODIES_HELD_BYTES - len(body) - parsed_bytes(body)):
        assert client.post("/sync/v1/push", data=body, headers=device.headers).status_code == 200
    with running.body_room.hold(BODIES_HELD_BYTES):
        assert client.post("/sync/v1/push", data=body, headers=device.headers).status_code == 503


def test_a_part_that_was_erased_elsewhere_comes_without_its_text_and_stays_erased(
    client: FlaskClient, device: Phone, database: Database
) -> None:
    item = device.item()
    without = item | {"parts": [None]}
    assert statuses(push(client, device, without, without, item)) == ["erased"] * 3
    with database.read() as connection:
        row = connection.execute("SELECT body, erased_at FROM parts").fetchone()
    assert tuple(row) == (None, "2026-11-20T12:00:00.000Z")


def test_a_text_that_is_here_is_not_erased_by_one_who_has_it_not(
    client: FlaskClient, device: Phone, database: Database
) -> None:
    item = device.item()
    assert statuses(push(client, device, item, item | {"parts": [None]})) == ["stored", "duplicate"]
    with database.read() as connection:
        assert connection.execute("SELECT body FROM parts").fetchone()[0] == item["parts"][0]  # type: ignore[index]


def test_a_receipt_tells_the_place_in_the_log_of_all_that_is_kept(client: FlaskClient, device: Phone) -> None:
    first, aside = device.item(), device.item(header={"neighbourhood": "kings-heath"})
    receipts = push(client, device, first, 7, aside, first)
    assert [receipt.get("seq") for receipt in receipts] == [2, None, 3, 2]
    assert [receipt.get("seq") for receipt in push(client, device, aside, first)] == [3, 2]


def test_what_is_taken_in_item_by_item_is_the_same_as_in_one_go(
    client: FlaskClient, device: Phone, database: Database
) -> None:
    """I8, I3: a repeat in the batch has the rest stored singly; no seq is given twice or left out."""
    items = [device.item() for _ in range(6)]
    push(client, device, items[3])
    assert statuses(push(client, device, *items)) == ["stored"] * 3 + ["duplicate"] + ["stored"] * 2
    with database.read() as connection:
        listed = connection.execute("SELECT seq, rev FROM revisions ORDER BY seq").fetchall()
    order = [items[3], *items[:3], *items[4:]]
    assert [tuple(row) for row in listed] == [(seq, item["rev"]) for seq, item in enumerate(order, 2)]


def test_a_full_queue_asks_the_phone_to_come_again(client: FlaskClient, device: Phone, database: Database) -> None:
    release, waiting = hold_writer(database), []
    with pytest.raises(QueueFull):
        for _ in range(QUEUE_LIMIT_JOBS + 1):
            waiting.append(database.submit(lambda _connection: None))
    body = {"device": DEVICE, "items": [device.item()]}
    reply = client.post("/sync/v1/push", json=body, headers=device.headers)
    release.set()
    assert (reply.status_code, reply.get_json()["code"], reply.headers["Retry-After"]) == (503, "busy", "5")
    assert [future.result() for future in waiting] == [None] * len(waiting)
    assert statuses(push(client, device, device.item())) == ["stored"]


class Spout:
    """A body of spaces that counts what is read of it."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        """Give what is asked for, as far as there is more."""
        left = self.length - self.given
        piece = b" " * (left if size < 0 else min(size, left))
        self.given += len(piece)
        return piece
