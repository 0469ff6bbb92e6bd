"""The console helps whoever sets up: what is still to do, what looks wrong, and where the eye and the focus go next."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.address import PUBLIC_URL
from server.people.rules import Role
from server.places.boundaries import Boundary, may_be_swapped, units
from server.programme.language_order import button_after
from tests.server.console_pages import forgery_token, text_of
from tests.server.people_at_work import person_with, signed_in
from tests.server.setting_up import ADMINISTRATOR, PROGRAMME, Fresh, empty_folder, fill_in, set_up_administrator

PLACE = "/console/neighbourhoods/old-ford"
CORNERS = f"{PLACE}/boundary/corners"
OLD_FORD = "51.5345, -0.0345\n51.54, -0.03\n51.53, -0.02"
SWAPPED = '{"type": "Polygon", "coordinates": [[[51.53, -0.03], [51.54, -0.03], [51.53, -0.02], [51.53, -0.03]]]}'
FOCUSED = '<div class="notice notice-bad" role="alert" tabindex="-1" autofocus>'


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Fresh]:
    with empty_folder(tmp_path / "data") as started:
        yield started


@pytest.fixture
def administrator(fresh: Fresh) -> FlaskClient:
    browser = set_up_administrator(fresh)
    fill_in(browser, "/console/neighbourhoods/new", {"system": "North East London", "name": "Old Ford"})
    return browser


def boundary_of(browser: FlaskClient) -> list[list[float]]:
    ring: list[list[float]] = browser.get(f"{PLACE}/boundary.geojson").get_json()["geometry"]["coordinates"][0]
    return ring


def task(browser: FlaskClient, name: str) -> str:
    """Give what the checklist says of a task."""
    page = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", browser.get("/console/start").text))
    return page.partition(f" {name} ")[2].partition(". ")[0]


@pytest.mark.parametrize(
    ("corners", "asked"),
    [
        ([(51.53, -0.03), (51.54, -0.03), (51.53, -0.02)], True),
        ([(-0.03, 51.53), (-0.03, 51.54), (-0.02, 51.53)], False),
        ([(90.35, 23.7), (90.36, 23.7), (90.35, 23.8)], False),
        ([(59.9, -1.2), (60.1, -1.3), (60.0, -1.4)], True),
    ],
)
def test_only_what_would_lie_in_the_united_kingdom_the_other_way_round_seems_swapped(
    corners: list[tuple[float, float]], asked: bool
) -> None:
    ring = tuple((units(longitude), units(latitude)) for longitude, latitude in corners)
    assert may_be_swapped(Boundary(((ring,),))) is asked


def test_a_boundary_that_seems_swapped_is_asked_about_and_swapped_or_kept(administrator: FlaskClient) -> None:
    page = f"{PLACE}/boundary"
    asked = fill_in(administrator, page, {"file": (BytesIO(SWAPPED.encode()), "old-ford.geojson")})
    assert asked.status_code == 422
    assert text_of(asked).count("Latitude and longitude may be swapped") == 2
    assert "[51.54, -0.03]" in asked.text, "a file need not be chosen again"
    assert administrator.get(f"{page}.geojson").status_code == 404
    assert fill_in(administrator, page, {"text": SWAPPED, "go": "swap"}).status_code == 303
    assert [-0.03, 51.54] in boundary_of(administrator)
    assert fill_in(administrator, page, {"text": SWAPPED, "go": "as-it-is"}).status_code == 303
    assert [51.54, -0.03] in boundary_of(administrator)


def test_typed_corners_that_seem_swapped_are_asked_about_too(administrator: FlaskClient) -> None:
    typed = {"corners": "-0.0345, 51.5345\n-0.03, 51.54\n-0.02, 51.53", "go": "save"}
    asked = fill_in(administrator, CORNERS, typed)
    assert (asked.status_code, "Swap them, and save" in asked.text) == (422, True)
    assert fill_in(administrator, CORNERS, {**typed, "go": "swap"}).status_code == 303
    assert administrator.get(CORNERS).text.count("51.5345, -0.0345") == 2, "the example, and the corner"


def test_corners_keep_their_numbers_and_the_file_keeps_to_the_standard(administrator: FlaskClient) -> None:
    for typed in (OLD_FORD, "\n".join(reversed(OLD_FORD.split("\n")))):
        fill_in(administrator, CORNERS, {"corners": typed, "go": "save"})
        assert f">{typed}\n</textarea>" in administrator.get(CORNERS).text
        ring = boundary_of(administrator)
        area = sum(
            here[0] * there[1] - there[0] * here[1] for here, there in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        assert area > 0, "against the clock (RFC 7946)"


def test_languages_are_to_do_until_somebody_chose_them(administrator: FlaskClient) -> None:
    fill_in(administrator, "/console/programme/edit", PROGRAMME)
    assert "To do" in task(administrator, "Choose languages")
    fill_in(administrator, "/console/programme/languages", {"press": "done"})
    assert "Done" in task(administrator, "Choose languages"), "English alone is a choice too"


def test_what_was_done_once_stays_done(fresh: Fresh, administrator: FlaskClient) -> None:
    fill_in(administrator, CORNERS, {"corners": OLD_FORD, "go": "save"})
    fill_in(administrator, "/console/neighbourhoods/new", {"system": "North East London", "name": "Kings Heath"})
    assert "Done" in task(administrator, "Give its boundary")


@pytest.mark.parametrize(
    ("address", "state"),
    [(None, "To do"), ("http://10.0.0.5:8080", "To do"), ("https://fieldwell.example.org", "Done")],
)
def test_an_address_that_phones_reach_is_to_do(administrator: FlaskClient, address: str | None, state: str) -> None:
    administrator.application.config[PUBLIC_URL] = address
    assert state in task(administrator, "Get an address that phones reach")
    page = text_of(administrator.get("/console/start"))
    assert ("--public-url" in page) == (state == "To do")
    assert (f"Now it is {address or 'http://localhost'} ." in page) == (state == "To do")


def test_before_a_link_is_made_it_is_said_that_no_phone_opens_it(fresh: Fresh, administrator: FlaskClient) -> None:
    person_with(fresh.running, "cora", "coordinator")
    cora = signed_in(administrator.application, "cora")
    for page in ("/console/phones/add", "/console/phones/sheet"):
        mine, hers = (text_of(browser.get(page)) for browser in (administrator, cora))
        assert "no phone can open it. Start Fieldwell again with --public-url" in mine
        assert "no phone can open it. Ask your administrator" in hers


@pytest.mark.parametrize(("role", "seen"), [("viewer", False), ("coordinator", True)])
def test_who_may_do_nothing_has_nothing_to_do(fresh: Fresh, administrator: FlaskClient, role: Role, seen: bool) -> None:
    person_with(fresh.running, "other", role)
    browser = signed_in(administrator.application, "other")
    assert ('href="/console/start"' in browser.get("/console/responses").text) is seen
    assert ('<p class="task"><a' in browser.get("/console/start").text) is seen
    assert ("Add one, then print a poster" in text_of(browser.get("/console/venues"))) is seen


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/console/programme/edit", {}),
        ("/console/neighbourhoods/new", {}),
        (f"{PLACE}/boundary", {}),
        (CORNERS, {"go": "save"}),
        (f"{PLACE}/small-areas", {"codes": "E0"}),
        ("/console/phones/add", {}),
        ("/console/phones/sheet", {}),
        ("/console/venues/new", {}),
        ("/console/people/invite", {}),
    ],
)
def test_the_focus_goes_to_what_is_wrong(administrator: FlaskClient, page: str, fields: dict[str, str]) -> None:
    reply = fill_in(administrator, page, fields)
    assert reply.status_code == 422
    assert reply.text.count(FOCUSED) == 1
    nonce = re.search("script-src[^;]*'nonce-([^']+)'", reply.headers["Content-Security-Policy"])
    assert nonce
    assert f'<script nonce="{nonce[1]}">' in reply.text


def test_the_focus_goes_to_what_is_wrong_before_anybody_is_signed_in(fresh: Fresh) -> None:
    for page, fields in (
        ("/console/set-up", {"code": "wrong"}),
        ("/console/sign-in", {"sign_in_name": "x", "password": "y"}),
    ):
        assert fill_in(fresh.browser, page, fields).text.count(FOCUSED) == 1


@pytest.mark.parametrize(
    ("press", "languages", "button"),
    [
        ("up:bn", ("en", "bn", "ar"), "up:bn"),
        ("up:bn", ("bn", "en", "ar"), "down:bn"),
        ("down:en", ("bn", "ar", "en"), "up:en"),
        ("add:ar", ("en", "ar"), "up:ar"),
        ("remove:ar", ("en",), "add:ar"),
        ("own", ("en", "bn"), "down:en"),
        ("programme", ("en",), "own"),
        ("", ("en",), ""),
    ],
)
def test_the_focus_stays_on_a_button_that_works(press: str, languages: tuple[str, ...], button: str) -> None:
    assert button_after(press, languages) == button


def test_a_language_that_moved_to_the_top_keeps_the_focus(administrator: FlaskClient) -> None:
    fill_in(administrator, "/console/programme/edit", PROGRAMME)
    page = "/console/programme/languages"
    fill_in(administrator, page, {"press": "add:bn"})
    moved = fill_in(administrator, page, {"press": "up:bn"})
    (button,) = re.findall("<button[^>]* autofocus[^>]*>", administrator.get(moved.location).text)
    assert 'value="down:bn"' in button
    assert "disabled" not in button


def test_on_a_fresh_server_the_sign_in_page_leads_to_the_set_up(fresh: Fresh) -> None:
    page = fresh.browser.get("/console/sign-in")
    assert "Nobody can sign in yet" in text_of(page)
    assert 'href="/console/set-up"' in page.text
    set_up_administrator(fresh)
    assert "Nobody can sign in yet" not in text_of(fresh.another_browser().get("/console/sign-in"))


def test_two_slips_in_a_password_are_told_together(fresh: Fresh) -> None:
    assert fill_in(fresh.browser, "/console/set-up", {"code": fresh.code()}).status_code == 303
    slips = {"password": "rahima rahima", "again": "something else 1"}
    page = fill_in(fresh.browser, "/console/set-up/administrator", {**ADMINISTRATOR, **slips})
    assert page.status_code == 422
    assert 'id="password-problem"' in page.text
    assert 'id="again-problem"' in page.text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_questions_of_a_form_can_be_read_before_it_is_chosen(administrator: FlaskClient, language: str) -> None:
    token = forgery_token(administrator, "/console/account")
    administrator.post("/console/language", data={"csrf_token": token, "language": language})
    address = "/console/programme/forms/tell_us_about_this_place/questions"
    assert f'href="{address}"' in administrator.get("/console/programme/forms").text
    page = administrator.get(address)
    assert page.status_code == 200
    assert f'<div class="questions-of-form" lang="{language}"' in page.text
    assert page.text.count('class="question"') > 5
    assert administrator.get("/console/programme/forms/nobody_has_this/questions").status_code == 404
