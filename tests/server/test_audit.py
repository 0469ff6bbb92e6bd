"""The log of what people did: for administrators, the newest first, in words."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.audit.kinds import KINDS
from server.audit.noting import NOBODY, note
from server.audit.wording import action_words, kind_words
from server.config import AUDIT_LINES_PER_PAGE
from server.services import Services
from tests.project import project_files, read
from tests.server.console_pages import sign_in, text_of
from tests.server.people_at_work import act, lines_of_log, person_with, signed_in
from tests.server.records import Phone, SteppedClock
from tests.server.said_assets import Desk, said


@pytest.fixture
def ada(app: Flask, running: Services) -> FlaskClient:
    person_with(running, "ada", "administrator")
    return signed_in(app, "ada")


def keep(running: Services, action: str, *, subject: str = "", **details: str) -> None:
    running.database.write(
        lambda connection: note(
            connection,
            at="2026-11-20T12:00:00.000Z",
            actor=NOBODY,
            action=action,
            subject=subject,
            neighbourhood_id="old-ford",
            details=details,
        )
    )


def failures(running: Services) -> int:
    return [action for _who, action in lines_of_log(running)].count("sign-in-failed")


def test_a_line_says_when_who_what_about_and_where(ada: FlaskClient, running: Services) -> None:
    keep(running, "poster-closed", subject="nothing", code="K7PX3M")
    row = text_of(ada.get("/console/audit")).partition("About 20 Nov")[2]
    for words in ("12:00", "Nobody signed in", "Closed a poster", "Code: K7PX3M", "Old-Ford"):
        assert words in row


def test_the_kinds_to_choose_from_have_words(ada: FlaskClient) -> None:
    page = ada.get("/console/audit").get_data(as_text=True)
    assert "Signing in</option>" in page
    assert "Assets and maps</option>" in page
    assert "Label(" not in page


def test_an_action_without_words_shows_its_own(ada: FlaskClient, running: Services) -> None:
    keep(running, "moon-landed", crater="Tycho")
    page = text_of(ada.get("/console/audit"))
    assert "moon-landed" in page
    assert "crater: Tycho" in page


@pytest.mark.parametrize("action", [action for actions in KINDS.values() for action in actions])
def test_every_action_of_a_kind_has_words(app: Flask, action: str) -> None:
    with app.test_request_context():
        assert action_words(action) != action
        assert all(kind_words(kind) != kind for kind in KINDS)


def test_every_action_that_is_noted_belongs_to_a_kind() -> None:
    found = {
        action
        for path in project_files(".py", under="server")
        for action in re.findall(r'action="([a-z]+(?:-[a-z]+)+)"', read(path))
    }
    assert len(found) > 20
    assert sorted(found - {action for actions in KINDS.values() for action in actions}) == []


def test_the_log_is_narrowed_to_a_kind_and_to_a_person(app: Flask, ada: FlaskClient, running: Services) -> None:
    person_with(running, "dora", "coordinator")
    signed_in(app, "dora")
    keep(running, "venue-added", name="Library")
    venues = text_of(ada.get("/console/audit?kind=venues"))
    assert ("Added a venue" in venues, "Signed in" in venues.partition("newest first")[2]) == (True, False)
    doras = text_of(ada.get("/console/audit?person=person-dora")).partition("newest first")[2]
    assert ("Dora" in doras, "Ada" in doras, "Library" in doras) == (True, False, False)
    assert "Nothing in the log matches" in text_of(ada.get("/console/audit?person=nobody"))
    assert "Library" in text_of(ada.get("/console/audit?kind=no-such-kind"))


def test_what_was_done_to_a_person_is_among_their_lines(ada: FlaskClient, running: Services) -> None:
    person_with(running, "dora", "coordinator")
    act(ada, "/console/people/person-dora/end")
    assert "Ended a person’s access" in text_of(ada.get("/console/audit?person=person-dora"))


def test_the_log_is_cut_into_pages_newest_first(ada: FlaskClient, running: Services) -> None:
    for number in range(AUDIT_LINES_PER_PAGE):
        keep(running, "venue-added", name=f"Place {number}.")
    first, second = (text_of(ada.get(f"/console/audit?page={page}")) for page in (1, 2))
    assert f"Place {AUDIT_LINES_PER_PAGE - 1}." in first
    assert "Place 0." in first
    assert ("Signed in" in first.partition("newest first")[2], "Signed in" in second) == (False, True)


def test_failed_sign_ins_do_not_flood_the_log(app: Flask, running: Services, clock: SteppedClock) -> None:
    person_with(running, "dora", "coordinator")
    for name in ("dora", "dora", "ghost", "ghoul", "dora"):
        assert sign_in(app.test_client(), name, "wrong").status_code == 422
    assert failures(running) == 2, "one for Dora, one for names that nobody has"
    clock.step(timedelta(minutes=15, seconds=1))
    sign_in(app.test_client(), "dora", "wrong")
    assert failures(running) == 3


def test_what_was_typed_for_an_unknown_name_is_not_kept(app: Flask, running: Services) -> None:
    sign_in(app.test_client(), "my secret password", "wrong")
    with running.database.read() as connection:
        kept = [tuple(row) for row in connection.execute("SELECT * FROM audit ORDER BY seq")]
    assert "my secret password" not in str(kept)


def test_a_secret_is_never_in_the_log(app: Flask, ada: FlaskClient, running: Services) -> None:
    page = act(ada, "/console/people/invite", name="Dora", role="viewer", reach="everywhere").text
    code = page.partition("/console/welcome#")[2].partition('"')[0]
    with running.database.read() as connection:
        kept = str([tuple(row) for row in connection.execute("SELECT * FROM audit ORDER BY seq")])
    assert code
    assert code not in kept


def test_facts_speak_of_names_not_of_ids(ada: FlaskClient, running: Services) -> None:
    keep(running, "form-published", subject="walk")
    keep(running, "person-changed", languages="bn ar", neighbourhoods="old-ford, kings-heath")
    page = text_of(ada.get("/console/audit"))
    assert "Published a form About A walk" in page
    assert "Languages: \u2068বাংলা\u2069 and \u2068العربية\u2069" in page
    assert "Neighbourhoods: \u2068Old-Ford\u2069 and \u2068Kings-Heath\u2069" in page


def test_a_line_about_a_response_or_an_asset_names_it_and_leads_there(
    app: Flask, ada: FlaskClient, client: FlaskClient, running: Services, device: Phone
) -> None:
    olga = person_with(running, "olga", "coordinator", "old-ford")
    desk = Desk(running, client, device, olga)
    response_id = desk.bring(said(("The choir", "arts_culture")))
    asset_id = desk.make((response_id, "a0"))
    page = ada.get("/console/audit")
    assert re.search(rf'href="/console/responses/{response_id}">Response of [^<]+</a>', page.text)
    assert re.search(rf'href="/console/assets/{asset_id}"><bdi[^>]*>The choir</bdi></a>', page.text)
    for address in (f"/console/responses/{response_id}", f"/console/assets/{asset_id}"):
        assert ada.get(address).status_code == 200
