"""The session in Python does what the shared transcripts say, as `pwa/src/sync/transcripts.test.ts` plays them too."""

import json
from typing import Any

import pytest

from sync.session import new_session, step
from tests.sync.make_transcripts import FOLDER, SUITES, written
from tests.sync.session_json import as_json, read_event, read_session

FAULTS = {
    *("request-lost", "answer-lost", "duplicate", "truncated", "500", "429", "503", "507", "400", "413"),
    *("captive-portal-html", "captive-portal-redirect", "clock-jump", "quota-full", "store-failed"),
    *("storage-evicted", "crash-between-effects", "version-too-old", "server-too-old", "log-changed"),
    *("token-renewed", "401", "403", "retry", "strange-receipt", "upload-cut", "upload-409", "two-lanes"),
}


def transcripts() -> list[Any]:
    found = [json.loads(path.read_text(encoding="utf-8"))["transcripts"] for path in sorted(FOLDER.glob("*.json"))]
    return [pytest.param(told, id=told["name"]) for suite in found for told in suite]


@pytest.mark.parametrize("transcript", transcripts())
def test_session_follows_the_transcript(transcript: dict[str, Any]) -> None:
    session = new_session()
    for number, told in enumerate(transcript["steps"], 1):
        if "restart" in told:
            session = new_session()
            continue
        following = step(session, read_event(told["event"]))
        session = following.session
        seen = as_json(session)
        assert as_json(following.effects) == told["effects"], f"step {number}"
        assert session.phase.kind == told["phase"], f"step {number}"
        assert {name: seen[name] for name in told.get("session", {})} == told.get("session", {}), f"step {number}"


@pytest.mark.parametrize("name", SUITES)
def test_transcripts_are_what_their_tales_tell(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == written(SUITES[name]), (
        "Run python -m tests.sync.make_transcripts"
    )


def test_every_named_fault_has_a_transcript() -> None:
    told = {fault for suite in SUITES.values() for fault in suite.TALES}
    assert told >= FAULTS
    assert sorted(path.name for path in FOLDER.glob("*.json")) == sorted(SUITES)


@pytest.mark.parametrize("transcript", transcripts())
def test_events_and_sessions_come_back_from_json_as_they_were(transcript: dict[str, Any]) -> None:
    session = new_session()
    for event in (read_event(told["event"]) for told in transcript["steps"] if "event" in told):
        session = step(session, event).session
        assert read_event(as_json(event)) == event
        assert read_session(as_json(session)) == session
