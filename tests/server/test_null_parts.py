"""I2, I6: a part that comes without its text bars that text only where nobody else has a say."""

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from server.services import Services
from server.store.database import Database
from tests.server.erasures import erase
from tests.server.pushing import push, statuses
from tests.server.records import Item, Phone, chance
from tests.server.test_attachments import other_phone
from tests.server.test_feed import second_phone
from tests.server.test_hostile import problem_codes


def without_texts(item: Item) -> Item:
    return {**item, "parts": [None]}


def text_of(database: Database, item: Item) -> object:
    """Give the text that is kept of the only part of an item; None when it is barred."""
    with database.read() as connection:
        [row] = connection.execute(
            "SELECT body FROM revision_parts JOIN parts USING (sha256) WHERE rev = ?", (item["rev"],)
        ).fetchall()
    return row["body"]


@pytest.mark.parametrize("stranger", ["unknown", "enrolled"])
def test_one_without_the_text_cannot_bar_what_its_owner_has_yet_to_send(
    client: FlaskClient, running: Services, device: Phone, stranger: str
) -> None:
    """The other names the part in a revision of its own, or pushes the owner's before the owner does."""
    item = device.item()
    other = other_phone(running, device) if stranger == "unknown" else second_phone(client, device, running)
    assert statuses(push(client, other, without_texts(item), without_texts(item))) == ["quarantined"] * 2
    assert push(client, device, item)[0]["status"] == "quarantined", "it was set aside before"
    assert [text_of(running.database, item)] == item["parts"]


def test_a_part_that_was_named_without_its_text_is_taken_with_another_revision(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    item = device.item()
    header = json.loads(str(item["header"]))
    other = other_phone(running, device)
    named = other.item(header={"parts": header["parts"], "device": other.device})
    assert statuses(push(client, other, without_texts(named))) == ["quarantined"]
    assert statuses(push(client, device, item)) == ["stored"]
    assert [text_of(running.database, item)] == item["parts"]


def test_in_a_response_that_others_worked_on_too_a_text_may_still_come_and_is_shown(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    other = second_phone(client, device, running)
    first = device.item({"who": "Asha"})
    response_id = json.loads(str(first["header"]))["id"]
    edit = replace(other, random_bytes=chance(77)).item(
        {"who": "Bo"},
        response_id=response_id,
        parents=[str(first["rev"])],
        header={"device": other.device, "kind": "edit"},
    )
    assert statuses(push(client, device, first)) == ["stored"]
    assert statuses(push(client, other, without_texts(edit))) == ["stored"]
    assert problem_codes(running) != []
    assert statuses(push(client, other, edit)) == ["duplicate"]
    assert [text_of(running.database, edit)] == edit["parts"]
    assert problem_codes(running) == []


def test_an_erasure_bars_what_has_yet_to_come(client: FlaskClient, running: Services, device: Phone) -> None:
    other = second_phone(client, device, running)
    first = device.item({"who": "Asha"})
    edit = replace(other, random_bytes=chance(77)).item(
        {"who": "Bogdan of the erased"},
        response_id=json.loads(str(first["header"]))["id"],
        parents=[str(first["rev"])],
        header={"device": other.device, "kind": "edit"},
    )
    assert statuses(push(client, device, first)) == ["stored"]
    assert statuses(push(client, other, without_texts(edit))) == ["stored"]
    erase(running, first)
    assert statuses(push(client, other, edit)) == ["erased"]
    assert b"Bogdan of the erased" not in b"".join(
        path.read_bytes() for path in running.database.folder.rglob("*") if path.is_file()
    )
