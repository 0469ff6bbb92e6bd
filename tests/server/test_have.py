"""I7: whom `have` tells of what: each of its own."""

from flask.testing import FlaskClient

from server.services import Services
from sync.hashes import sha256_hex_of_bytes
from tests.server.pushing import push
from tests.server.records import Phone
from tests.server.test_feed import second_phone
from tests.server.uploading import item_with, noise, send, sent_whole

SMALL = noise(61)


def test_have_tells_nobody_of_what_is_not_theirs(client: FlaskClient, running: Services, device: Phone) -> None:
    """Any picture can be hashed, and so asked about."""
    other = second_phone(client, device, running)
    sent_whole(client, device, SMALL)
    item = device.item()
    push(client, device, item)
    asked = {"revs": [item["rev"]], "attachments": [sha256_hex_of_bytes(SMALL)]}
    told = [client.post("/sync/v1/have", json=asked, headers=phone.headers).get_json() for phone in (device, other)]
    assert [(len(one["held"]), len(one["held_attachments"])) for one in told] == [(1, 1), (0, 0)]
    assert (told[1]["missing"], told[1]["missing_attachments"]) == (asked["revs"], asked["attachments"])


def test_have_tells_the_one_who_made_it_of_what_another_brought(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    """Else a phone whose work came by way of another would push it for ever."""
    other = second_phone(client, device, running)
    item = item_with(device, SMALL)
    assert push(client, other, item)[0]["why"] == "device-mismatch"
    assert send(client, other, SMALL).status_code == 204
    asked = {"revs": [item["rev"]], "attachments": [sha256_hex_of_bytes(SMALL)]}
    told = client.post("/sync/v1/have", json=asked, headers=device.headers).get_json()
    assert (told["missing"], told["missing_attachments"]) == ([], [])
