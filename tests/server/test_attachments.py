"""Files over lines that are cut: what came stays, and what is acknowledged is there."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.devices import tokens
from server.devices.tokens import Credentials
from server.intake import attachment_queries
from server.intake.attachments import QUARANTINE_LIMIT_BYTES
from server.intake.upload_refusals import NoSpace, OffsetMismatch
from server.services import Services
from server.upkeep.telling import remove_files
from sync.hashes import sha256_hex_of_bytes
from sync.limits import ATTACHMENT_BYTES
from tests.server.pushing import push
from tests.server.records import Phone, SteppedClock, chance
from tests.server.uploading import (
    PIECE_HEADERS,
    address,
    feed_kinds,
    incoming,
    item_with,
    measured,
    name_files,
    noise,
    photo,
    send,
    sent_whole,
    whole,
)

SMALL = noise(61)
OTHER_DEVICE = "0192f000-0000-7000-8000-0000000000d2"


def erase(running: Services, file: bytes) -> None:
    """Do to the row what an erasure does, then to the file."""
    sha256 = sha256_hex_of_bytes(file)
    if not feed_kinds(running, file):
        running.database.write(
            lambda connection: attachment_queries.insert_whole(connection, sha256=sha256, size=1, now="2026-11-20")
        )
    statement = "UPDATE attachments SET stored_at = NULL, erased_at = '2026-11-20' WHERE sha256 = ?"
    running.database.write(lambda connection: connection.execute(statement, (sha256,)).rowcount)
    remove_files(running.database.folder, [sha256])


def test_whole_file_is_kept_byte_for_byte_and_the_log_tells_of_it_once(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    file = photo()
    assert 300_000 < len(file) < 600_000
    name_files(client, device, file)
    assert measured(client, device, file) == (0, len(file))
    for _twice in range(2):
        reply = send(client, device, file)
        assert (reply.status_code, reply.headers["Upload-Offset"]) == (204, str(len(file)))
    assert whole(folder, file).read_bytes() == file
    assert not incoming(folder, device, file).exists()
    assert feed_kinds(running, file) == ["attachment"]
    assert measured(client, device, file) == (len(file), len(file))


def test_receipt_no_longer_misses_a_file_that_has_arrived(client: FlaskClient, device: Phone) -> None:
    item = item_with(device, SMALL, noise(5))
    assert push(client, device, item)[0]["missing"] == sorted(map(sha256_hex_of_bytes, (SMALL, noise(5))))
    assert send(client, device, SMALL).status_code == 204
    assert push(client, device, item)[0]["missing"] == [sha256_hex_of_bytes(noise(5))]


@pytest.mark.parametrize("cut", range(len(SMALL) + 1))
def test_cut_at_any_byte_goes_on_from_there(
    client: FlaskClient, running: Services, folder: Path, device: Phone, cut: int
) -> None:
    name_files(client, device, SMALL)
    first = send(client, device, SMALL, piece=SMALL[:cut])
    assert (first.status_code, int(first.headers["Upload-Offset"])) == (204, cut)
    assert measured(client, device, SMALL) == (cut, len(SMALL))
    assert send(client, device, SMALL, offset=cut).headers["Upload-Offset"] == str(len(SMALL))
    assert whole(folder, SMALL).read_bytes() == SMALL
    assert feed_kinds(running, SMALL) == ["attachment"]


def test_file_of_no_bytes_arrives_too(client: FlaskClient, folder: Path, device: Phone) -> None:
    name_files(client, device, b"")
    assert send(client, device, b"").headers["Upload-Offset"] == "0"
    assert whole(folder, b"").read_bytes() == b""


def test_other_bytes_than_those_that_were_named_are_thrown_away(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    name_files(client, device, SMALL)
    reply = send(client, device, SMALL, piece=noise(len(SMALL), seed=9))
    assert (reply.status_code, reply.get_json()["code"]) == (422, "hash-mismatch")
    assert reply.headers["Upload-Offset"] == "0"
    assert measured(client, device, SMALL) == (0, len(SMALL))
    assert not whole(folder, SMALL).exists()
    assert send(client, device, SMALL).status_code == 204


@pytest.mark.parametrize("offset", [0, 9, 11, 61, 999_999_999_999])
def test_wrong_offset_is_told_the_right_one(client: FlaskClient, device: Phone, offset: int) -> None:
    name_files(client, device, SMALL)
    send(client, device, SMALL, piece=SMALL[:10])
    reply = send(client, device, SMALL, offset=offset, piece=b"x")
    assert (reply.status_code, reply.get_json()["code"]) == (409, "offset-mismatch")
    assert (reply.headers["Upload-Offset"], reply.headers["Upload-Length"]) == ("10", "61")
    assert measured(client, device, SMALL) == (10, 61)


@pytest.mark.parametrize("offset", ["", "-1", "1.0", "0x1", "٣", "1" * 13, " "])
def test_offset_that_is_no_number_is_refused(client: FlaskClient, device: Phone, offset: str) -> None:
    name_files(client, device, SMALL)
    headers = {**device.headers, **PIECE_HEADERS, "Upload-Offset": offset.encode().decode("latin-1")}
    reply = client.patch(address(SMALL), data=SMALL, headers=headers)
    assert (reply.status_code, reply.get_json()["code"]) == (400, "malformed")


def test_body_that_is_said_to_be_something_else_is_refused(client: FlaskClient, device: Phone) -> None:
    name_files(client, device, SMALL)
    for told, code in (
        ({"Content-Type": "image/jpeg"}, "unsupported-type"),
        ({**PIECE_HEADERS, "Content-Encoding": "gzip"}, "unsupported-encoding"),
    ):
        reply = client.patch(address(SMALL), data=SMALL, headers={**device.headers, **told, "Upload-Offset": "0"})
        assert (reply.status_code, reply.get_json()["code"]) == (415, code)


def test_what_goes_past_the_length_is_not_taken(client: FlaskClient, folder: Path, device: Phone) -> None:
    name_files(client, device, SMALL)
    assert send(client, device, SMALL, piece=SMALL + b"more").headers["Upload-Offset"] == str(len(SMALL))
    assert whole(folder, SMALL).read_bytes() == SMALL


def test_file_that_the_device_never_named_is_unknown(client: FlaskClient, running: Services, device: Phone) -> None:
    sent_whole(client, device, SMALL)
    stranger = other_phone(running, device)
    for reply in (
        send(client, stranger, SMALL),
        send(client, device, noise(7)),
        client.patch("/sync/v1/attachments/..", headers={**device.headers, **PIECE_HEADERS, "Upload-Offset": "0"}),
    ):
        assert (reply.status_code, reply.get_json()["code"]) == (404, "attachment-unknown")
    assert client.head(address(noise(7)), headers=device.headers).status_code == 404
    assert client.head(address(SMALL)).status_code == 401
    assert client.get(address(SMALL), headers=device.headers).status_code == 405


def other_phone(running: Services, phone: Phone) -> Phone:
    """Give a phone with a genuine token that this server does not know: what it brings is set aside."""
    now = running.clock.now()
    credentials = Credentials(
        device=OTHER_DEVICE,
        role="worker",
        scopes=("old-ford",),
        name="B",
        expires=now + timedelta(days=9),
        issued=now,
    )
    token = tokens.sign(credentials, running.programme_keys.signing)
    return replace(phone, token=token, device=OTHER_DEVICE, random_bytes=chance(31))


def test_two_devices_send_the_same_file_each_for_itself(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    other = other_phone(running, device)
    for phone in (device, other):
        name_files(client, phone, SMALL)
        send(client, phone, SMALL, piece=SMALL[:30])
    send(client, device, SMALL, offset=30, piece=SMALL[30:40])
    assert measured(client, other, SMALL) == (30, 61)
    for phone, offset in ((device, 40), (other, 30)):
        assert send(client, phone, SMALL, offset=offset).headers["Upload-Offset"] == "61"
    assert whole(folder, SMALL).read_bytes() == SMALL
    assert feed_kinds(running, SMALL) == ["attachment"]


def test_newer_request_takes_an_upload_over_and_the_older_one_stops(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    name_files(client, device, SMALL)
    sha256 = sha256_hex_of_bytes(SMALL)

    def half_dead() -> Iterator[bytes]:
        yield SMALL[:10]
        assert measured(client, device, SMALL) == (10, 61)  # the phone is back on another connection
        yield SMALL[10:20]

    with pytest.raises(OffsetMismatch) as stopped:
        running.attachments.receive(device=device.device, sha256=sha256, offset=0, pieces=half_dead())
    assert (stopped.value.offset, incoming(folder, device, SMALL).read_bytes()) == (10, SMALL[:10])
    assert send(client, device, SMALL, offset=10).status_code == 204


def test_file_at_the_limit_is_taken_and_one_byte_more_is_not(client: FlaskClient, device: Phone) -> None:
    largest = bytes(ATTACHMENT_BYTES)
    sent_whole(client, device, largest)
    too_large = noise(100)
    name_files(client, device, too_large, length=ATTACHMENT_BYTES + 1)
    assert client.head(address(too_large), headers=device.headers).status_code == 413
    reply = send(client, device, too_large)
    assert (reply.status_code, reply.get_json()["code"]) == (413, "attachment-too-large")


def test_one_device_may_set_aside_files_up_to_its_share(client: FlaskClient, running: Services, device: Phone) -> None:
    stolen = other_phone(running, device)
    files = [noise(1000, seed=seed) for seed in range(3)]
    for file in files:
        name_files(client, stolen, file, length=QUARANTINE_LIMIT_BYTES // 5 if file is files[2] else None)
    assert send(client, stolen, files[0]).status_code == 204
    assert send(client, stolen, files[1], piece=files[1][:500]).status_code == 204
    running.database.write(
        lambda connection: (
            connection.execute("UPDATE attachments SET bytes = ?", (QUARANTINE_LIMIT_BYTES - 1000,)).rowcount
        )
    )
    reply = send(client, stolen, files[2], piece=b"x")
    assert (reply.status_code, reply.get_json()["code"], reply.headers["Retry-After"]) == (507, "no-space", "3600")
    assert send(client, stolen, files[1], offset=500).status_code == 204, "at the limit"
    one_more = noise(1, seed=77)
    name_files(client, stolen, one_more)
    assert send(client, stolen, one_more).status_code == 507, "past it"
    name_files(client, device, one_more)
    assert send(client, device, one_more).status_code == 204, "others have their own"


def test_files_on_their_way_count_towards_the_share(client: FlaskClient, running: Services, device: Phone) -> None:
    stolen = other_phone(running, device)
    there, begun, third = (noise(1000, seed=seed) for seed in range(3))
    for file in (there, begun, third):
        name_files(client, stolen, file)
    assert send(client, stolen, there).status_code == 204
    running.database.write(
        lambda connection: (
            connection.execute("UPDATE attachments SET bytes = ?", (QUARANTINE_LIMIT_BYTES - 1500,)).rowcount
        )
    )
    assert send(client, stolen, begun, piece=begun[:600]).status_code == 204
    assert send(client, stolen, third).status_code == 507, "alone it would fit"


def test_uploads_at_once_do_not_pass_the_share_together(client: FlaskClient, running: Services, device: Phone) -> None:
    stolen = other_phone(running, device)
    there, slow, quick = (noise(1000, seed=seed) for seed in range(3))
    for file in (there, slow, quick):
        name_files(client, stolen, file)
    assert send(client, stolen, there).status_code == 204
    running.database.write(
        lambda connection: (
            connection.execute("UPDATE attachments SET bytes = ?", (QUARANTINE_LIMIT_BYTES - 1500,)).rowcount
        )
    )

    def overtaken() -> Iterator[bytes]:
        yield slow[:100]
        assert send(client, stolen, quick).status_code == 204
        yield slow[100:]

    with pytest.raises(NoSpace):
        running.attachments.receive(
            device=stolen.device, sha256=sha256_hex_of_bytes(slow), offset=0, pieces=overtaken()
        )


def test_erased_file_answers_as_complete_and_nothing_of_it_is_kept(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    sent_whole(client, device, SMALL)
    half_sent = noise(80)
    name_files(client, device, half_sent)
    send(client, device, half_sent, piece=half_sent[:40])
    for file in (SMALL, half_sent):
        erase(running, file)
        assert measured(client, device, file) == (len(file), len(file))
        assert send(client, device, file).headers["Upload-Offset"] == str(len(file))
        assert not whole(folder, file).exists()
        assert not incoming(folder, device, file).exists()


def test_file_that_is_erased_while_it_comes_is_not_kept(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    name_files(client, device, SMALL)

    def erased_meanwhile() -> Iterator[bytes]:
        yield SMALL[:60]
        erase(running, SMALL)
        yield SMALL[60:]

    taken = running.attachments.receive(
        device=device.device, sha256=sha256_hex_of_bytes(SMALL), offset=0, pieces=erased_meanwhile()
    )
    assert taken.complete
    assert not whole(folder, SMALL).exists()
    assert not incoming(folder, device, SMALL).exists()
    assert measured(client, device, SMALL) == (61, 61)


def test_file_that_a_crash_left_in_place_without_its_row_is_adopted(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    name_files(client, device, SMALL)
    whole(folder, SMALL).parent.mkdir()
    whole(folder, SMALL).write_bytes(SMALL)
    assert measured(client, device, SMALL) == (61, 61)
    assert feed_kinds(running, SMALL) == ["attachment"]


def test_damaged_file_in_place_without_its_row_is_not_adopted(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    name_files(client, device, SMALL)
    whole(folder, SMALL).parent.mkdir()
    whole(folder, SMALL).write_bytes(SMALL[:60])
    assert measured(client, device, SMALL) == (0, 61)
    assert feed_kinds(running, SMALL) == []


def test_file_that_the_disk_lost_is_asked_for_again(client: FlaskClient, folder: Path, device: Phone) -> None:
    sent_whole(client, device, SMALL)
    whole(folder, SMALL).unlink()
    assert measured(client, device, SMALL) == (0, 61)
    assert send(client, device, SMALL).status_code == 204
    assert whole(folder, SMALL).read_bytes() == SMALL


def test_parts_that_nobody_will_ask_for_are_removed_at_the_start(
    client: FlaskClient, running: Services, clock: SteppedClock, folder: Path, device: Phone
) -> None:
    old, new, done = (noise(50, seed=seed) for seed in (1, 2, 3))
    for file in (old, new):
        name_files(client, device, file)
        send(client, device, file, piece=file[:20])
    sent_whole(client, device, done)
    incoming(folder, device, done).write_bytes(done[:5])
    now = clock.now().timestamp()
    for file, days in ((old, 30.01), (new, 29.9), (done, 0.0)):
        moment = now - days * 86400
        os.utime(incoming(folder, device, file), (moment, moment))
    running.attachments.tidy()
    assert [incoming(folder, device, file).exists() for file in (old, new, done)] == [False, True, False]
    assert whole(folder, done).exists()
