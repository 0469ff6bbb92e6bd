"""The protocol's specification does what it says: its examples are sent, its tables hold every code."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from server.config import BODIES_HELD_BYTES
from server.devices import enrolment
from server.forms.publish import close, publish
from server.intake.accept import QUARANTINE_LIMIT_REVISIONS, QUARANTINE_LIMIT_TEXT_BYTES
from server.intake.attachments import QUARANTINE_LIMIT_BYTES
from server.services import Services
from sync import codes, limits
from sync.hashes import sha256_hex
from sync.schemas import read_header, read_json, read_part
from tests.project import read
from tests.server.posters import add_poster
from tests.server.pushing import erase
from tests.server.records import chance, compiled_walk

SPECIFICATION = read("sync/README.md")
EXAMPLES = dict(re.findall(r"^```json (\w+)\n(.*?)\n```$", SPECIFICATION, re.MULTILINE | re.DOTALL))
UPLOADS = re.findall(r"^```http \w+\n(.*?)\n```$", SPECIFICATION, re.MULTILINE | re.DOTALL)
FIRST = "0192f000-0000-7000-8000-000000000001"


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


def test_every_call_answers_as_its_example_says(client: FlaskClient, running: Services, secret: str) -> None:
    asked = example("enrol")
    assert isinstance(asked, dict)
    enrolled = client.post("/devices/v1/enrol", json={**asked, "secret": secret}).get_json()
    token = {"Authorization": f"Bearer {enrolled['token']}"}
    assert differences(example("enrolled"), enrolled) == []
    assert differences(example("manifest"), client.get("/forms/v1/manifest", headers=token).get_json()) == []
    add_poster(running, form_id="example")
    assert differences(example("visited"), client.post("/devices/v1/visit", json=example("visit")).get_json()) == []
    assert differences(example("worded"), client.post("/devices/v1/words", json=example("words")).get_json()) == []
    assert differences(example("hello"), client.get("/sync/v1/hello").get_json()) == []
    assert differences(example("pushed"), post(client, token, "push")) == []
    assert len(UPLOADS) == SPECIFICATION.count("\n```http ")
    for upload in UPLOADS:
        exchange(client, token, upload)
    erase(running, FIRST)
    assert differences(example("changes"), client.get("/sync/v1/changes", headers=token).get_json()) == []
    assert differences(example("missing"), post(client, token, "have")) == []


def post(client: FlaskClient, token: dict[str, str], call: str) -> object:
    """Send the example of the call's name; every answer says hello."""
    answer = client.post(f"/sync/v1/{call}", data=EXAMPLES[call].encode(), headers=token).get_json()
    assert differences(example("hello"), answer["hello"]) == []
    return answer


def exchange(client: FlaskClient, token: dict[str, str], text: str) -> None:
    """Send the request of an example and compare what it is answered: a status, and headers."""
    asked, *body, told = text.split("\n\n")
    request, *lines = asked.splitlines()
    method, address = request.split()
    content = "".join(body).replace("⏎", "\n").encode()
    reply = client.open(address, method=method, data=content, headers=token | headers(lines))
    status, *lines = told.splitlines()
    assert (reply.status_code, headers(lines).items() <= dict(reply.headers).items()) == (int(status), True), reply


def headers(lines: list[str]) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in lines)


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
            codes.ChangeState,
            codes.ErrorCode,
            codes.Origin,
            codes.QuarantineReason,
            codes.ReceiptStatus,
            codes.RefusalCode,
            codes.ReviewState,
            codes.RevisionKind,
        )
        for word in kind
    ]
    assert [word for word in words if f"`{word}`" not in SPECIFICATION] == []
    numbers = (
        limits.ATTACHMENT_BYTES,
        limits.BATCH_ITEMS,
        limits.BATCH_BYTES,
        limits.HAVE_NAMES,
        limits.NAME_CHARACTERS,
        QUARANTINE_LIMIT_REVISIONS,
    )
    assert [number for number in numbers if f"{number:,}" not in SPECIFICATION] == []
    assert f"{limits.HEADER_BYTES // 1024} KiB" in SPECIFICATION
    assert f"| {limits.PART_TEXTS}:" in SPECIFICATION
    for mebibytes in (QUARANTINE_LIMIT_BYTES, QUARANTINE_LIMIT_TEXT_BYTES, BODIES_HELD_BYTES):
        assert f"{mebibytes // 1024 // 1024} MiB" in SPECIFICATION
