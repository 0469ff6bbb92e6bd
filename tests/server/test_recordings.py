"""Recording the questions of a form in the console, and what phones are told of it."""

import html
import json
import re
from datetime import timedelta
from typing import Any, Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.audit.noting import Actor
from server.config import RECORDING_PUT_BACK, SPOKEN_LANGUAGES
from server.errors import NotAllowed
from server.people import queries as people
from server.recordings import keeping
from server.recordings.keeping import keep_recording
from server.recordings.pages import next_to_record, rows_of
from server.recordings.queries import Recording
from server.recordings.sayable import Asked, Role, Sayable
from server.recordings.sounds import Sound, read_sound
from server.reviews.passages import Fragment
from server.services import Services
from sync.hashes import sha256_hex, sha256_hex_of_bytes
from tests.server.console_pages import forgery_token, text_of
from tests.server.people_at_work import lines_of_log, person_with, signed_in
from tests.server.pushing import count
from tests.server.records import Phone, SteppedClock
from tests.server.sounds_of_people import mp3, ogg

PAGE: Final = "/console/forms/walk/recordings"
WHO: Final = "/data/who:label"


@pytest.fixture
def carol(app: Flask, running: Services) -> FlaskClient:
    person_with(running, "carol", "coordinator", "old-ford")
    return signed_in(app, "carol")


def keep(
    browser: FlaskClient, content: bytes | None, *, lang: str = "en", key: str = WHO, name: str = "a.mp3", **more: str
) -> TestResponse:
    """Send a form with a file as a browser writes it; the test client would leave a large one open on the disk."""
    fields = {"csrf_token": forgery_token(browser, PAGE), "lang": lang, "key": key, **more}
    parts = [f'--cut\r\nContent-Disposition: form-data; name="{one}"\r\n\r\n{text}\r\n' for one, text in fields.items()]
    body = "".join(parts).encode()
    if content is not None:
        head = f'--cut\r\nContent-Disposition: form-data; name="sound"; filename="{name}"\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    sent = body + b"--cut--\r\n"
    return browser.post(f"{PAGE}/keep", data=sent, content_type="multipart/form-data; boundary=cut")


def post(browser: FlaskClient, address: str, **fields: str) -> TestResponse:
    return browser.post(f"{PAGE}/{address}", data={"csrf_token": forgery_token(browser, PAGE), **fields})


def manifest(client: FlaskClient, device: Phone) -> dict[str, Any]:
    reply = client.get("/forms/v1/manifest", headers={"Authorization": f"Bearer {device.token}"})
    (form,) = reply.get_json()["forms"]
    assert isinstance(form, dict)
    return form


def ids(running: Services) -> list[str]:
    with running.database.read() as connection:
        return [str(row["recording_id"]) for row in connection.execute("SELECT recording_id FROM recordings")]


def test_a_kept_recording_is_in_the_manifest_and_served_under_its_hash(
    carol: FlaskClient, client: FlaskClient, device: Phone
) -> None:
    before = manifest(client, device)
    assert "spoken" not in before
    reply = keep(carol, mp3(2))
    assert (reply.status_code, reply.headers["Location"].partition("#")[2]) == (303, "text-1")
    form = manifest(client, device)
    (spoken,) = form.pop("spoken")
    assert form == before, "logic and text packs, which responses name, stay as they are"
    assert (spoken["lang"], spoken["beside"], spoken["name"], spoken["count"]) == ("en", "en", "English", 1)
    body = client.get(f"/forms/v1/sounds/{spoken['sounds']}").text
    assert sha256_hex(body) == spoken["sounds"]
    sound = json.loads(body)["sounds"][WHO]
    assert sound == {"sha256": sha256_hex_of_bytes(mp3(2)), "bytes": len(mp3(2))}
    served = client.get(f"/forms/v1/media/{sound['sha256']}")
    assert (served.data, served.mimetype, served.headers["X-Content-Type-Options"]) == (mp3(2), "audio/mpeg", "nosniff")


def test_the_feed_tells_phones_and_the_log_says_who_did_it(carol: FlaskClient, running: Services) -> None:
    told = count(running.database, "log")
    keep(carol, mp3())
    keep(carol, mp3())
    assert count(running.database, "log") == told + 1, "the same again is no change"
    assert lines_of_log(running)[-1] == ("Carol", "recording-kept")


def test_the_page_says_what_is_recorded_and_how_far_one_is(carol: FlaskClient) -> None:
    assert "0 of 8 questions are recorded." in text_of(carol.get(f"{PAGE}?lang=en"))
    keep(carol, mp3(3))
    shown = text_of(carol.get(f"{PAGE}?lang=en"))
    assert "1 of 8 questions are recorded." in shown
    assert "3 seconds" in shown
    assert "0 of 8 questions are recorded." in text_of(carol.get(f"{PAGE}?lang=bn"))


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (None, "", "Record the words, or choose a sound file."),
        (ogg(), "voice.mp3", "iPhones cannot play this kind of file."),
        (b"<html>", "voice.mp3", "This is not a sound file"),
        (bytes(2 * 1024 * 1024 + 1), "voice.mp3", "larger than 2 MB"),
        (mp3(91), "voice.mp3", "longer than 90 seconds"),
    ],
)
def test_a_file_that_not_every_phone_plays_is_refused_with_what_to_do(
    carol: FlaskClient, running: Services, content: bytes | None, name: str, said: str
) -> None:
    reply = keep(carol, content, name=name)
    assert reply.status_code == 422
    assert said in text_of(reply)
    assert count(running.database, "recordings") == count(running.database, "media_files") == 0


def test_a_text_that_the_form_does_not_say_is_not_recorded(carol: FlaskClient, running: Services) -> None:
    assert keep(carol, mp3(), key="/data/nothing:label").status_code == 404
    assert keep(carol, mp3(), key="../../etc").status_code == 404
    assert carol.get("/console/forms/nothing/recordings").status_code == 404
    assert count(running.database, "recordings") == 0


def test_what_is_deleted_can_be_put_back_and_what_was_replaced_too(
    carol: FlaskClient, client: FlaskClient, device: Phone, running: Services
) -> None:
    keep(carol, mp3(1, voice=b"\x01"))
    (first,) = ids(running)
    assert "Delete the recording?" in text_of(carol.get(f"{PAGE}/delete?recording={first}"))
    assert post(carol, "delete", recording=first).status_code == 303
    assert "spoken" not in manifest(client, device)
    post(carol, "put-back", recording=first)
    assert manifest(client, device)["spoken"][0]["count"] == 1
    keep(carol, mp3(1, voice=b"\x02"))
    renewed = manifest(client, device)["spoken"][0]["sounds"]
    post(carol, "put-back", recording=first)
    assert manifest(client, device)["spoken"][0]["sounds"] != renewed
    post(carol, "put-back", recording=ids(running)[1])
    assert manifest(client, device)["spoken"][0]["sounds"] == renewed


def test_a_voice_that_was_deleted_is_erased_after_a_week_and_one_in_use_stays(
    carol: FlaskClient, running: Services, clock: SteppedClock
) -> None:
    keep(carol, mp3(1, voice=b"\x01"))
    keep(carol, mp3(1, voice=b"\x02"))
    clock.step(RECORDING_PUT_BACK - timedelta(minutes=1))
    keeping.forget_old_recordings(running.database, clock=clock)
    assert count(running.database, "media_files") == 2
    clock.step(timedelta(minutes=2))
    keeping.forget_old_recordings(running.database, clock=clock)
    assert (count(running.database, "recordings"), count(running.database, "media_files")) == (1, 1)


def test_a_form_is_spoken_in_a_language_that_it_is_not_written_in(
    carol: FlaskClient, client: FlaskClient, device: Phone
) -> None:
    assert post(carol, "languages", name="ছিলটি", code="SYL", beside="bn").status_code == 303
    assert "spoken" not in manifest(client, device), "nothing is offered before something is recorded"
    keep(carol, mp3(), lang="syl")
    (spoken,) = manifest(client, device)["spoken"]
    assert (spoken["lang"], spoken["name"], spoken["beside"]) == ("syl", "ছিলটি", "bn")
    post(carol, "languages/remove", lang="syl")
    assert "ছিলটি" in carol.get(PAGE).text, "what something was recorded in stays"


def test_marks_that_turn_or_break_words_are_not_kept_in_a_name(carol: FlaskClient) -> None:
    assert post(carol, "languages", name="Syl\u202e\0heti", code="syl", beside="bn").status_code == 303
    page = carol.get(PAGE).text
    assert "Syl heti" in page
    assert "\u202e" not in page


def test_a_language_that_has_no_code_gets_one_of_its_own(carol: FlaskClient) -> None:
    where = post(carol, "languages", name="Chatgaya  of the docks", code="", beside="bn").headers["Location"]
    assert f"lang=mis-x-{sha256_hex('chatgaya of the docks')[:8]}" in where
    post(carol, "languages/remove", lang=where.partition("lang=")[2])
    assert "Chatgaya" not in carol.get(PAGE).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " ", "code": "syl", "beside": "bn"}, "Type the name of the language"),
        ({"name": "x" * 61, "code": "syl", "beside": "bn"}, "60 letters or fewer"),
        ({"name": "Sylheti", "code": "sylheti", "beside": "bn"}, "A code has two or three letters"),
        ({"name": "Bangla", "code": "bn", "beside": "bn"}, "The form is written in this language"),
        ({"name": "Sylheti", "code": "syl", "beside": "xx"}, "Choose the words that are read."),
    ],
)
def test_a_language_that_cannot_be_added_says_why(carol: FlaskClient, typed: dict[str, str], said: str) -> None:
    reply = post(carol, "languages", **typed)
    assert reply.status_code == 422
    assert said in text_of(reply)


def test_a_form_has_so_many_spoken_languages_and_no_more(carol: FlaskClient) -> None:
    for number in range(SPOKEN_LANGUAGES):
        assert post(carol, "languages", name=f"Language {number}", code="", beside="bn").status_code == 303
    assert post(carol, "languages", name="One more", code="", beside="bn").status_code == 422
    assert post(carol, "languages", name="Language 1", code="", beside="en").status_code == 303


def test_words_that_changed_since_are_said_to_be_older(carol: FlaskClient, running: Services) -> None:
    keep(carol, mp3())
    running.database.write(lambda connection: connection.execute("UPDATE recordings SET words = 'Who goes there?'"))
    shown = text_of(carol.get(f"{PAGE}?lang=en"))
    assert "Recorded for older words" in shown
    assert "It was recorded for: Who goes there?" in shown


def test_a_recording_is_for_the_words_that_stood_on_the_page_not_for_those_published_meanwhile(
    carol: FlaskClient,
) -> None:
    keep(carol, mp3(), words="Who was\r\nthere?")
    assert "It was recorded for: Who was there?" in text_of(carol.get(f"{PAGE}?lang=en"))
    (words,) = re.findall(
        r'name="key" value="/data/who:label">\s*<input type="hidden" name="words" value="(.*)"',
        carol.get(f"{PAGE}?lang=en").text,
    )
    keep(carol, mp3(), words=html.unescape(words))
    assert "Recorded for older words" not in text_of(carol.get(f"{PAGE}?lang=en"))


def test_what_is_recorded_can_be_left_out(carol: FlaskClient) -> None:
    keep(carol, mp3())
    whole, missing = (carol.get(f"{PAGE}?lang=en{more}").text for more in ("", "&missing=1"))
    assert [page.count("<audio controls preload") for page in (whole, missing)] == [1, 0]
    assert whole.count('class="to-record"') == missing.count('class="to-record"') + 1


def test_a_question_comes_before_hints_and_answers_which_can_be_folded() -> None:
    def said(key: str, role: Role) -> Sayable:
        return Sayable(key=key, role=role, words=Fragment(key, "en"), has_hole=False)

    asked = [Asked(1, (said("who", "question"), said("hint", "hint"))), Asked(2, (said("when", "question"),))]
    groups = rows_of(asked, [], [])
    assert [[row.text.key for row in rows] for rows in (groups[0].asking, groups[0].more)] == [["who"], ["hint"]]
    recorded = [spoken(key) for key in ("who", "when")]
    following = [next_to_record(rows_of(asked, recorded[:count], [])) for count in (0, 1, 2)]
    assert [row and row.text.key for row in following] == ["who", "when", "hint"]
    assert next_to_record(rows_of(asked, [*recorded, spoken("hint")], [])) is None


def spoken(key: str) -> Recording:
    return Recording(
        recording_id=1,
        form_id="walk",
        lang="en",
        text_key=key,
        sha256="",
        bytes=1,
        milliseconds=1,
        words=key,
        recorded_at="",
        ended_at=None,
    )


def test_a_number_that_no_recording_can_have_is_not_found(carol: FlaskClient) -> None:
    assert carol.get(f"{PAGE}/delete?recording={'9' * 19}").status_code == 404


def test_only_pages_of_recordings_may_use_the_microphone_and_play_what_it_heard(carol: FlaskClient) -> None:
    headers = carol.get(PAGE).headers
    assert "microphone=(self)" in headers["Permissions-Policy"]
    assert headers["Content-Security-Policy"].endswith("media-src 'self' blob:")
    other = carol.get("/console/responses").headers
    assert "microphone=()" in other["Permissions-Policy"]
    assert "media-src" not in other["Content-Security-Policy"]


def test_a_right_that_was_taken_away_meanwhile_takes_the_recording_back(running: Services) -> None:
    person = person_with(running, "dan", "coordinator")
    running.database.write(
        lambda connection: people.set_role(connection, person_id=person.person_id, role="viewer", everywhere=True)
    )
    sound = read_sound(mp3())
    assert isinstance(sound, Sound)
    actor = Actor(person_id=person.person_id, name="Dan")
    with pytest.raises(NotAllowed):
        keep_recording(
            running.database, sound, form_id="walk", lang="en", text_key=WHO, words="", actor=actor, clock=running.clock
        )
    assert count(running.database, "recordings") == 0
