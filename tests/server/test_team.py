"""What administrators do with people's access, and that there is always one of them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.people.rules import Role
from server.services import Services
from tests.server.console_pages import sign_in, text_of
from tests.server.people_at_work import PASSWORD, act, lines_of_log, person_with, signed_in

LAST = "There must be an administrator. Make somebody else one first."


@pytest.fixture
def ada(app: Flask, running: Services) -> FlaskClient:
    person_with(running, "ada", "administrator")
    person_with(running, "dora", "coordinator", "old-ford")
    return signed_in(app, "ada")


def test_the_list_tells_role_reach_and_use_of_everybody(app: Flask, ada: FlaskClient) -> None:
    signed_in(app, "dora")
    page = text_of(ada.get("/console/people"))
    for words in ("Ada", "Administrator", "Everywhere", "Dora", "Coordinator", "Old-Ford", "20 Nov 2026"):
        assert words in page
    assert "Kings-Heath" not in page


@pytest.mark.parametrize("role", ["coordinator", "viewer"])
@pytest.mark.parametrize(
    "address", ["/console/people", "/console/people/invite", "/console/people/person-ada", "/console/audit"]
)
def test_people_and_log_are_for_administrators(
    app: Flask, running: Services, ada: FlaskClient, role: str, address: str
) -> None:
    person_with(running, "nobody", "viewer" if role == "viewer" else "coordinator")
    other = signed_in(app, "nobody")
    assert other.get(address).status_code == 403
    assert f'href="{address}"' not in other.get("/console/responses").text


def test_another_role_and_reach_hold_from_the_next_request_on(app: Flask, ada: FlaskClient, running: Services) -> None:
    dora = signed_in(app, "dora")
    assert dora.get("/console/phones/add").status_code == 200
    assert 'value="kings-heath"' not in dora.get("/console/responses").text
    changed = act(ada, "/console/people/person-dora", role="viewer", reach="everywhere")
    assert changed.status_code == 303
    assert dora.get("/console/phones/add").status_code == 403
    assert 'value="kings-heath"' in dora.get("/console/responses").text
    log = text_of(ada.get("/console/audit"))
    for words in ("Role: Viewer", "Role before: Coordinator", "Neighbourhoods: Everywhere", "before: \u2068Old-Ford"):
        assert words in log


def test_a_reach_of_nowhere_is_refused_and_what_was_chosen_stays(ada: FlaskClient) -> None:
    refused = act(ada, "/console/people/person-dora", role="viewer", reach="chosen")
    assert refused.status_code == 422
    assert text_of(refused).count("Choose everywhere, or one neighbourhood or more.") == 2
    assert 'aria-describedby="role-viewer-hint" checked' in refused.text


def test_access_is_ended_after_one_question_and_at_once(app: Flask, ada: FlaskClient, running: Services) -> None:
    dora = signed_in(app, "dora")
    assert "End this person’s access?" in text_of(ada.get("/console/people/person-dora/end"))
    assert act(ada, "/console/people/person-dora/end").status_code == 303
    assert dora.get("/console/responses").status_code == 302
    refused = sign_in(app.test_client(), "dora", PASSWORD)
    unknown = sign_in(app.test_client(), "nobody", PASSWORD)
    assert text_of(refused).replace("dora", "") == text_of(unknown).replace("nobody", "")
    assert act(ada, "/console/people/person-dora/reset").status_code == 404
    assert ("Ada", "access-ended") in lines_of_log(running)


def test_access_can_be_given_again_and_old_sessions_stay_ended(app: Flask, ada: FlaskClient) -> None:
    dora = signed_in(app, "dora")
    act(ada, "/console/people/person-dora/end")
    assert act(ada, "/console/people/person-dora/bring-back").status_code == 303
    assert dora.get("/console/responses").status_code == 302
    again = signed_in(app, "dora")
    assert 'value="kings-heath"' not in again.get("/console/responses").text, "the reach is what it was"


@pytest.mark.parametrize(("address", "form"), [("/end", {}), ("", {"role": "viewer", "reach": "everywhere"})])
def test_the_last_administrator_stays_one(ada: FlaskClient, address: str, form: dict[str, str]) -> None:
    refused = act(ada, f"/console/people/person-ada{address}", **form)
    assert (refused.status_code, LAST in text_of(refused)) == (422, True)
    assert ada.get("/console/people").status_code == 200


def test_an_administrator_may_go_when_there_is_another(ada: FlaskClient, running: Services) -> None:
    person_with(running, "bea", "administrator")
    assert act(ada, "/console/people/person-ada/end").status_code == 303
    assert ada.get("/console/people").status_code == 302


def test_a_person_with_a_long_name_from_before_can_be_changed(ada: FlaskClient, running: Services) -> None:
    person_with(running, "long" * 40, "viewer")
    changed = act(ada, f"/console/people/person-{'long' * 40}", role="coordinator", reach="everywhere")
    assert changed.status_code == 303


def test_nobody_unknown_can_be_changed(ada: FlaskClient) -> None:
    for address in ("", "/end"):
        assert ada.get(f"/console/people/nobody{address}").status_code == 404
    for address in ("", "/end", "/bring-back", "/reset", "/sessions/end-all", "/sessions/x/end"):
        form = {"role": "viewer", "reach": "everywhere"}
        assert act(ada, f"/console/people/nobody{address}", **form).status_code == 404


@pytest.mark.parametrize("role", ["administrator", "coordinator", "viewer"])
def test_the_head_of_a_page_leads_only_to_what_the_reader_may_open(
    app: Flask, ada: FlaskClient, running: Services, role: Role
) -> None:
    person_with(running, "reader", role)
    reader = signed_in(app, "reader")
    head = reader.get("/console/responses").text.partition('<nav class="places')[2].partition("</nav>")[0]
    links = re.findall(r'href="([^"]+)"', head)
    assert ("/console/people" in links, "/console/audit" in links) == (role == "administrator",) * 2
    assert len(links) >= (6 if role == "viewer" else 7), "a viewer has nothing to do first"
    assert {reader.get(link).status_code for link in links} == {200}
    assert re.findall(r'href="([^"]+)" aria-current="page"', head) == ["/console/responses"]


def test_a_page_inside_an_area_marks_that_area(ada: FlaskClient) -> None:
    head = ada.get("/console/people/person-dora").text
    assert 'href="/console/people" aria-current="true"' in head


def test_a_name_loses_what_turns_the_text_around_it(ada: FlaskClient) -> None:
    act(ada, "/console/people/invite", name="Do\u202era ক্‍ষ", role="viewer", reach="everywhere")
    assert "Dora ক্‍ষ" in ada.get("/console/people").text


def test_names_are_shown_not_run(app: Flask, ada: FlaskClient) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    act(ada, "/console/people/invite", name=hostile, role="viewer", reach="everywhere")
    for address in ("/console/people", "/console/audit"):
        page = ada.get(address).text
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


def test_the_head_folds_without_a_script_and_offers_each_language_by_its_own_name(ada: FlaskClient) -> None:
    head = ada.get("/console/people?page=1").text.partition("<header")[2].partition("</header>")[0]
    assert "<script" not in head
    assert re.findall(r"<details class=\"([\w-]+)\">", head) == ["fold-tongues", "fold-areas"]
    offered = re.findall(r'name="language" value="(\w+)" lang="(\w+)" dir="\w+"[^>]*>([^<]+)<', head)
    assert {(value, name) for value, lang, name in offered if value == lang} >= {
        ("en", "English"),
        ("bn", "বাংলা"),
        ("ar", "العربية"),
    }
    assert 'name="next" value="/console/people?page=1"' in head


def test_a_choice_of_language_after_a_form_that_was_refused_leads_back_to_that_form(ada: FlaskClient) -> None:
    refused = act(ada, "/console/people/invite", name="", role="viewer", reach="everywhere")
    assert refused.status_code == 422
    assert 'name="next" value="/console/people/invite"' in refused.text


def test_help_stands_at_the_foot_of_every_page_and_tells_of_the_areas_that_the_reader_may_open(
    app: Flask, ada: FlaskClient, running: Services
) -> None:
    person_with(running, "reader", "viewer")
    pages = {
        name: browser.get("/console/help").text for name, browser in (("ada", ada), ("v", signed_in(app, "reader")))
    }
    assert ["/console/people" in page.partition("<main")[2] for page in pages.values()] == [True, False]
    unknown = app.test_client().get("/console/sign-in").text.partition("<footer")[2]
    assert 'href="/console/help"' in unknown
    assert app.test_client().get("/console/help").status_code == 200
