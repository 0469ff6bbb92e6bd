"""What another response names as well stays for that one, until it is erased too."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.services import Services
from server.upkeep.erasing import Erased
from server.upkeep.ledger import Ledger
from sync.hashes import sha256_hex, sha256_hex_of_bytes
from tests.server.erasures import erase, response_of
from tests.server.keeping import in_parts, traces, typed
from tests.server.pushing import push, statuses
from tests.server.records import Item, Phone, chance
from tests.server.uploading import item_with, noise, send, whole

PHOTO = noise(4000)
NAME = "Shabnam"


@pytest.fixture
def two(client: FlaskClient, device: Phone) -> tuple[Item, Item]:
    """Two responses to which the same picture was given."""
    items = tuple(in_parts(device, {"main": {"who": f"{NAME} {number}"}}, files=[PHOTO]) for number in range(2))
    push(client, device, *items)
    assert send(client, device, PHOTO).status_code == 204
    return items[0], items[1]


def erased_files(client: FlaskClient, device: Phone) -> list[list[str]]:
    told = client.get("/sync/v1/changes", headers=device.headers).get_json()["changes"]
    return [one["attachments"] for one in told if one["kind"] == "erased"]


def test_a_file_of_two_responses_goes_with_the_second_that_is_erased(
    running: Services, client: FlaskClient, device: Phone, folder: Path, two: tuple[Item, Item]
) -> None:
    first, second = two
    done = erase(running, first)
    assert (done.parts, done.attachments) == (1, 0)
    assert [(one.sha256, one.also_of) for one in done.shared] == [(sha256_hex_of_bytes(PHOTO), response_of(second))]
    assert whole(folder, PHOTO).read_bytes() == PHOTO
    assert erased_files(client, device) == [[]]
    assert erase(running, first).parts == 0
    assert len(Ledger(folder).read().erasures) == 1
    assert erase(running, second) == Erased(parts=1, attachments=1)
    assert traces(folder, PHOTO, NAME) == []


def test_an_erased_response_shows_nothing_of_what_stays_for_another(
    running: Services, client: FlaskClient, device: Phone, coordinator: FlaskClient, two: tuple[Item, Item]
) -> None:
    erase(running, two[0])
    assert sha256_hex_of_bytes(PHOTO) not in coordinator.get(f"/console/responses/{response_of(two[0])}").text
    with running.database.read() as connection:
        rows = connection.execute(
            "SELECT COUNT(*) FROM revision_attachments JOIN revisions USING (rev) WHERE kind = 'erase'"
        )
        assert rows.fetchone()[0] == 0


def test_a_file_stays_for_an_answer_that_was_set_aside_until_that_is_erased_too(
    running: Services, client: FlaskClient, device: Phone, folder: Path
) -> None:
    """I2: what is set aside is somebody's answer; the command says whose it is, and takes that as well when told to."""
    mine = in_parts(device, {"main": {"who": NAME}}, files=[PHOTO])
    push(client, device, mine)
    assert send(client, device, PHOTO).status_code == 204
    stranger = Phone(token=device.token, logic="0" * 64, texts=device.texts, random_bytes=chance(77))
    theirs = item_with(stranger, PHOTO)
    assert statuses(push(client, device, theirs)) == ["quarantined"]
    done = erase(running, mine)
    assert (done.parts, done.attachments) == (1, 0)
    assert [one.also_of for one in done.shared] == [response_of(theirs)]
    assert traces(folder, PHOTO)
    assert erase(running, theirs) == Erased(parts=1, attachments=1)
    assert traces(folder, PHOTO) == []


def test_responses_that_have_the_same_text_can_both_be_erased(
    running: Services, client: FlaskClient, device: Phone, folder: Path
) -> None:
    """Nothing can be taken away with the first; it is said of it all the same, or neither would ever go."""
    first = in_parts(device, {"main": {"who": NAME}})
    same = _with_text_of(first, in_parts(device, {"main": {"who": "somebody else"}}))
    push(client, device, first, same)
    assert erase(running, first).parts == 0
    assert traces(folder, NAME)
    assert erase(running, same).parts == 1
    assert traces(folder, NAME) == []


def test_the_command_tells_which_files_stay_and_whose_they_are(
    running: Services, folder: Path, two: tuple[Item, Item], capsys: pytest.CaptureFixture[str]
) -> None:
    running.close()
    assert typed("erase", response_of(two[0]), "--data", folder) == 0
    told = capsys.readouterr().out
    assert f"STAYS: {sha256_hex_of_bytes(PHOTO)} is named by response {response_of(two[1])} as well" in told


def _with_text_of(item: Item, other: Item) -> Item:
    """Give ``other`` the very text, salt and all, that ``item`` has."""
    mine, theirs = json.loads(str(item["header"])), json.loads(str(other["header"]))
    text = json.dumps({**theirs, "parts": mine["parts"]}, ensure_ascii=False, separators=(",", ":"))
    return {"rev": sha256_hex(text), "header": text, "parts": item["parts"]}
