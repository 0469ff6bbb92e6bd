"""Publishing: a version's logic is for ever, its texts may be corrected, and phones fetch both by their hash."""

import gzip

import pytest
from flask.testing import FlaskClient

from server.forms import differences
from server.forms.publish import Outcome, Published, VersionTaken, close, publish
from server.services import Services
from sync.hashes import sha256_hex
from tests.server.pushing import count
from tests.server.records import Phone, compiled_walk


def publish_walk(running: Services, **changes: str) -> Published | VersionTaken:
    return publish(running.database, compiled_walk(**changes), source_name="walk.xml", clock=running.clock)


def manifest(client: FlaskClient, phone: Phone) -> list[dict[str, object]]:
    forms: list[dict[str, object]] = client.get("/forms/v1/manifest", headers=phone.headers).get_json()["forms"]
    return forms


def test_the_manifest_names_what_to_fetch_and_which_languages_are_drafts(client: FlaskClient, device: Phone) -> None:
    compiled = compiled_walk()
    assert manifest(client, device) == [
        {
            "id": "walk",
            "version": "1",
            "logic": sha256_hex(compiled.logic_text),
            "default_lang": "en",
            "langs": [
                {
                    "lang": lang,
                    "autonym": autonym,
                    "texts": sha256_hex(compiled.packs[lang]),
                    "draft": draft,
                    "title": "A walk",
                }
                for lang, autonym, draft in (("bn", "বাংলা", True), ("en", "English", False))
            ],
            "lists": [],
        }
    ]


def test_the_same_again_is_no_change_at_all(running: Services) -> None:
    before = count(running.database, "log")
    assert publish_walk(running) == Published(outcome=Outcome.UNCHANGED)
    assert count(running.database, "log") == before


def test_another_logic_under_the_same_version_is_refused_with_the_difference(running: Services) -> None:
    taken = publish_walk(running, constraint=". &lt; 130")
    assert isinstance(taken, VersionTaken)
    assert [str(difference) for difference in taken.differences] == ["/data/age changed (constraint)"]
    assert "/data/age changed (constraint)" in str(taken)
    assert "new version" in str(taken)
    assert [count(running.database, table) for table in ("form_versions", "logics", "log")] == [1, 1, 1]


def test_texts_may_be_corrected_and_the_old_ones_stay_for_those_who_saw_them(
    client: FlaskClient, device: Phone, running: Services
) -> None:
    assert publish_walk(running, title="A stroll") == Published(outcome=Outcome.TEXTS_CORRECTED)
    [form] = manifest(client, device)
    assert form["logic"] == device.logic
    for lang, sha256 in device.texts.items():
        assert client.get(f"/forms/v1/texts/{sha256}").status_code == 200, lang
    assert count(running.database, "text_packs") == 4


def test_a_review_ends_the_draft(client: FlaskClient, device: Phone, running: Services) -> None:
    done = publish(
        running.database, compiled_walk(), source_name="walk.xml", clock=running.clock, reviewed=frozenset({"bn"})
    )
    assert done == Published(outcome=Outcome.TEXTS_CORRECTED)
    languages = manifest(client, device)[0]["langs"]
    assert isinstance(languages, list)
    assert [language["draft"] for language in languages] == [False, False]


def test_phones_are_given_the_newest_version_and_no_closed_form(
    client: FlaskClient, device: Phone, running: Services
) -> None:
    assert publish_walk(running, version="2") == Published(outcome=Outcome.NEW_VERSION)
    assert [form["version"] for form in manifest(client, device)] == ["2"]
    assert client.get(f"/forms/v1/logic/{device.logic}").status_code == 200
    assert close(running.database, form_id="walk", version="2", clock=running.clock)
    assert not close(running.database, form_id="walk", version="2", clock=running.clock)
    assert manifest(client, device) == []


@pytest.mark.parametrize("accepted", ["", "gzip", "br, gzip;q=0.5", "gzip;q=0"])
def test_a_logic_is_served_as_its_own_bytes_for_ever(client: FlaskClient, device: Phone, accepted: str) -> None:
    reply = client.get(f"/forms/v1/logic/{device.logic}", headers={"Accept-Encoding": accepted})
    compressed = reply.headers.get("Content-Encoding") == "gzip"
    body = gzip.decompress(reply.data) if compressed else reply.data
    assert body.decode() == compiled_walk().logic_text
    assert compressed == ("gzip" in accepted and not accepted.endswith("=0"))
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in reply.vary


@pytest.mark.parametrize("name", ["0" * 64, "x", "walk"])
def test_what_is_not_published_is_said_so(client: FlaskClient, name: str) -> None:
    for kind in ("logic", "texts", "lists", "media"):
        reply = client.get(f"/forms/v1/{kind}/{name}")
        assert (reply.status_code, reply.get_json()["code"]) == (404, "not-published")


def test_differences_name_what_was_added_removed_and_reordered() -> None:
    before = '{"nodes":[{"name":"data"},{"name":"a","parent":0}],"lists":{"yn":[]},"order":[]}'
    after = '{"nodes":[{"name":"data"},{"name":"b","parent":0}],"lists":{"yn":[{"name":"yes"}]},"order":[]}'
    told = [str(difference) for difference in differences.between(before, after)]
    assert told == ["/data/a removed", "/data/b added", "list yn changed (choices)"]
    reordered = before.replace('"order":[]', '"order":[[1,"calculate"]]')
    assert [str(one) for one in differences.between(before, reordered)] == ["/ changed (order)"]
