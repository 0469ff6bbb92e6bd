"""The protocol's specification does what it says: its examples are sent, its tables hold every code."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from server.devices import enrolment
from server.forms.publish import close, publish
from server.services import Services
from sync import codes, limits
from sync.hashes import sha256_hex
from sync.schemas import read_header, read_json, read_part
from tests.project import read
from tests.server.records import chance, compiled_walk

SPECIFICATION = read("sync/README.md")
EXAMPLES = dict(re.findall(r"^```json (\w+)\n(.*?)\n```$", SPECIFICATION, re.MULTILINE | re.DOTALL))


def example(name: str) -> object:
    return read_json(EXAMPLES[name])


def differences(wanted: object, given: object, path: str = "") -> list[str]:
    """Name where a reply is not as the example says; … stands for anything."""
    match wanted, given:
        case "…", _:
            return []
        case dict(), dict() if wanted.keys() == given.keys():
            return [found for name in wanted for found in differences(wanted[name], given[name], f"{path}/{name}")]
        case list(), list() if len(wanted) == len(given):
            pairs = enumerate(zip(wanted, given, strict=True))
            return [found for index, (one, other) in pairs for found in differences(one, other, f"{path}/{index}")]
    return [] if wanted == given else [f"{path}: {given!r} instead of {wanted!r}"]


@pytest.fixture
def secret(running: Services) -> str:
    """A secret for Rahima in Old Ford, on a server whose only open form is the example's."""
    close(running.database, form_id="walk", version="1", clock=running.clock)
    running.database.write(lambda connection: connection.execute("DELETE FROM log").rowcount)
    running.database.write(lambda connection: connection.execute("DELETE FROM sqlite_sequence").rowcount)
    rename = "UPDATE neighbourhoods SET name = 'Old Ford' WHERE neighbourhood_id = 'old-ford'"
    running.database.write(lambda connection: connection.execute(rename).rowcount)
    form = replace(
        compiled_walk(),
        form_id="example",
        default_lang="bn",
        logic_text=EXAMPLES["logic"],
        packs={"bn": EXAMPLES["texts"]},
    )
    publish(running.database, form, source_name="example.md", clock=running.clock)
    return enrolment.create(
        running.database, neighbourhood_id="old-ford", name="Rahima", clock=running.clock, random_bytes=chance(3)
    )


def test_every_call_answers_as_its_example_says(client: FlaskClient, secret: str) -> None:
    asked = example("enrol")
    assert isinstance(asked, dict)
    enrolled = client.post("/devices/v1/enrol", json={**asked, "secret": secret}).get_json()
    token = {"Authorization": f"Bearer {enrolled['token']}"}
    assert differences(example("enrolled"), enrolled) == []
    assert differences(example("manifest"), client.get("/forms/v1/manifest", headers=token).get_json()) == []
    assert differences(example("hello"), client.get("/sync/v1/hello").get_json()) == []
    for body, reply, address in (("push", "pushed", "push"), ("have", "missing", "have")):
        given = client.post(f"/sync/v1/{address}", data=EXAMPLES[body].encode(), headers=token).get_json()
        assert differences(example(reply), given) == [], address
    assert differences(example("changes"), client.get("/sync/v1/changes", headers=token).get_json()) == []


def test_the_hashes_of_the_examples_are_true() -> None:
    header = read_header(EXAMPLES["header"])
    assert header.form.logic == sha256_hex(EXAMPLES["logic"])
    assert header.form.texts == {"bn": sha256_hex(EXAMPLES["texts"])}
    assert [part.sha256 for part in header.parts] == [sha256_hex(EXAMPLES["part"])]
    assert read_part(EXAMPLES["part"]).answers == {"what": "একটা পার্ক"}


def test_every_code_and_every_limit_is_in_the_specification() -> None:
    words = [
        word
        for kind in (
            codes.ErrorCode,
            codes.Origin,
            codes.QuarantineReason,
            codes.ReceiptStatus,
            codes.RefusalCode,
            codes.RevisionKind,
        )
        for word in kind
    ]
    assert [word for word in words if f"`{word}`" not in SPECIFICATION] == []
    numbers = (limits.BATCH_ITEMS, limits.BATCH_BYTES, limits.HAVE_REVS, limits.NAME_CHARACTERS)
    assert [number for number in numbers if f"{number:,}" not in SPECIFICATION] == []
    assert f"{limits.HEADER_BYTES // 1024} KiB" in SPECIFICATION
