"""What a server says of itself, in an answer of its own and in every other."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.forms.publish import close, publish
from server.intake.backup_mark import FILE_NAME
from server.intake.forms_hash import FormsHash
from server.services import Services
from tests.server.records import Phone, compiled_walk


def hello(client: FlaskClient) -> dict[str, object]:
    greeting: dict[str, object] = client.get("/sync/v1/hello").get_json()
    return greeting


def test_hello_says_who_it_is_and_what_it_takes(client: FlaskClient, running: Services) -> None:
    greeting = hello(client)
    forms = greeting.pop("forms")
    assert greeting == {
        "protocol": {"min": 1, "max": 1},
        "server_id": running.identity.server_id,
        "epoch": running.identity.epoch,
        "time": "2026-11-20T12:00:00.000Z",
        "limits": {"items": 500, "bytes": 1048576},
        "safe_seq": 0,
    }
    publish(running.database, compiled_walk(title="A stroll"), source_name="walk.xml", clock=running.clock)
    assert hello(client)["forms"] != forms


def test_the_hash_of_the_forms_is_always_that_of_the_manifest_there_is(client: FlaskClient, running: Services) -> None:
    seen = []
    changes = (
        lambda: publish(running.database, compiled_walk(version="2"), source_name="walk.xml", clock=running.clock),
        lambda: close(running.database, form_id="walk", version="2", clock=running.clock),
        lambda: None,
    )
    for change in changes:
        change()
        with running.database.read() as connection:
            assert hello(client)["forms"] == FormsHash().of(connection)
        seen.append(hello(client)["forms"])
    assert seen[0] != seen[1] == seen[2]


def test_every_answer_carries_the_same_hello(client: FlaskClient, device: Phone) -> None:
    greeting = hello(client)
    push = {"device": device.device, "items": []}
    for answer in (
        client.post("/sync/v1/push", json=push, headers=device.headers),
        client.get("/sync/v1/changes", headers=device.headers),
        client.post("/sync/v1/have", json={}, headers=device.headers),
    ):
        assert answer.get_json()["hello"] == greeting


def note(folder: Path, content: object) -> None:
    """Put a note of a backup in place as the backup command does: whole or not at all."""
    draft = folder / "backup.new"
    draft.write_text(content if isinstance(content, str) else json.dumps(content))
    draft.replace(folder / FILE_NAME)


def test_safe_reaches_as_far_as_the_newest_backup(client: FlaskClient, running: Services, folder: Path) -> None:
    named = {"server_id": running.identity.server_id, "epoch": running.identity.epoch}
    reached = []
    for seq in (7, 9):
        note(folder, named | {"seq": seq, "made_at": "2026-11-20T11:00:00.000Z"})
        reached.append(hello(client)["safe_seq"])
    (folder / FILE_NAME).unlink()
    assert [*reached, hello(client)["safe_seq"]] == [7, 9, 0]


@pytest.mark.parametrize("members", [{"epoch": "another"}, {"server_id": "another"}, {"seq": "9"}, {"seq": -1}])
def test_backup_of_another_log_makes_nothing_safe(
    client: FlaskClient, running: Services, folder: Path, members: dict[str, object]
) -> None:
    note(folder, {"server_id": running.identity.server_id, "epoch": running.identity.epoch, "seq": 9} | members)
    assert hello(client)["safe_seq"] == 0


@pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100_000])
def test_damaged_note_of_a_backup_makes_nothing_safe(client: FlaskClient, folder: Path, content: str) -> None:
    note(folder, content)
    assert hello(client)["safe_seq"] == 0
