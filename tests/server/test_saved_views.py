"""Views under a name: who sees, shares, deletes and begins with them."""

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.saved_views.rules import NAME_CHARACTERS, VIEWS_PER_PERSON, clean_query
from server.services import Services
from tests.server.console_pages import text_of
from tests.server.people_at_work import act, lines_of_log, person_with, signed_in

VIEWS = "/console/saved-views"
BENGALI = "language=bn&state=received"


@pytest.fixture
def ann(running: Services, app: Flask) -> FlaskClient:
    person_with(running, "ann", "coordinator")
    return signed_in(app, "ann")


@pytest.fixture
def viewer(running: Services, app: Flask) -> FlaskClient:
    person_with(running, "vic", "viewer", "old-ford")
    return signed_in(app, "vic")


def save(browser: FlaskClient, name: str, *, query: str = BENGALI, team: bool = False) -> int:
    return act(browser, VIEWS, name=name, query=query, team="yes" if team else "").status_code


def view_id(running: Services, name: str) -> str:
    with running.database.read() as connection:
        row = connection.execute("SELECT view_id FROM saved_views WHERE name = :name", {"name": name}).fetchone()
    return str(row["view_id"])


def links(browser: FlaskClient) -> str:
    """Give the links on top of the list."""
    page = browser.get("/console/responses?all=yes").text
    return unescape(page.partition('class="saved-views"')[2].partition("</nav>")[0])


def test_a_view_leads_to_the_list_it_was_saved_from(ann: FlaskClient) -> None:
    reply = act(ann, VIEWS, name="To  approve,\nin Bengali", query=f"{BENGALI}&next=12")
    assert reply.location == f"/console/responses?{BENGALI}"
    assert f'href="/console/responses?{BENGALI}"' in links(ann)
    assert "To approve, in Bengali" in links(ann)


def test_a_view_is_ones_own_until_it_is_shared(ann: FlaskClient, viewer: FlaskClient, running: Services) -> None:
    assert save(ann, "Mine") == 302
    assert save(ann, "Ours", team=True) == 302
    assert ("Mine" in links(viewer), "Ours" in links(viewer)) == (False, True)
    assert ("Ann", "view-shared") in lines_of_log(running)


def test_a_shared_view_of_a_neighbourhood_is_there_for_those_who_reach_it(
    ann: FlaskClient, viewer: FlaskClient, running: Services
) -> None:
    save(ann, "Kings Heath only", query="neighbourhood=kings-heath", team=True)
    save(ann, "Old Ford only", query="neighbourhood=old-ford", team=True)
    assert ("Kings Heath" in links(viewer), "Old Ford" in links(viewer)) == (False, True)
    other = view_id(running, "Kings Heath only")
    assert act(viewer, f"{VIEWS}/{other}/delete").status_code == 404
    assert act(viewer, f"{VIEWS}/begin", view=other).status_code == 404


def test_a_viewer_saves_for_themselves_and_shares_nothing(viewer: FlaskClient, running: Services) -> None:
    assert save(viewer, "Mine") == 302
    assert save(viewer, "For all", team=True) == 422
    assert "For all" not in links(viewer)


def test_a_view_is_deleted_by_whoever_saved_it_or_by_an_administrator_if_it_is_shared(
    ann: FlaskClient, viewer: FlaskClient, running: Services, app: Flask
) -> None:
    save(ann, "Ours", team=True)
    save(ann, "Private")
    ours, private = view_id(running, "Ours"), view_id(running, "Private")
    assert act(viewer, f"{VIEWS}/{ours}/delete").status_code == 403
    person_with(running, "root", "administrator")
    administrator = signed_in(app, "root")
    assert act(administrator, f"{VIEWS}/{private}/delete").status_code == 404
    assert act(administrator, f"{VIEWS}/{ours}/delete").status_code == 302
    assert act(ann, f"{VIEWS}/{private}/delete").status_code == 302
    assert ("Ours" in links(ann), "Private" in links(ann)) == (False, False)


def test_the_list_begins_with_the_view_of_ones_choice(ann: FlaskClient, viewer: FlaskClient, running: Services) -> None:
    save(ann, "Ours", team=True)
    ours = view_id(running, "Ours")
    assert act(viewer, f"{VIEWS}/begin", view=ours).status_code == 302
    assert viewer.get("/console/responses").location == f"/console/responses?{BENGALI}"
    assert viewer.get("/console/responses?all=yes").status_code == 200
    assert ann.get("/console/responses").status_code == 200, "each has a beginning of their own"
    act(viewer, f"{VIEWS}/begin", view="")
    assert viewer.get("/console/responses").status_code == 200
    act(viewer, f"{VIEWS}/begin", view=ours)
    act(ann, f"{VIEWS}/{ours}/delete")
    assert viewer.get("/console/responses").status_code == 200, "what is deleted begins no list"


@pytest.mark.parametrize(
    ("name", "status"),
    [("", 422), ("  ", 422), ("x" * NAME_CHARACTERS, 302), ("x" * (NAME_CHARACTERS + 1), 422), ("<b>অ</b>", 302)],
)
def test_a_view_has_a_name_that_fits(ann: FlaskClient, name: str, status: int) -> None:
    reply = act(ann, VIEWS, name=name, query=BENGALI)
    assert reply.status_code == status
    if status == 422:
        assert "This is not saved yet" in text_of(reply)


def test_nobody_keeps_more_views_than_the_limit(ann: FlaskClient) -> None:
    for number in range(VIEWS_PER_PERSON):
        assert save(ann, f"View {number}") == 302
    assert save(ann, "One more") == 422


def test_what_is_about_one_page_is_not_kept() -> None:
    assert clean_query("language=bn&next=5.x&previous=3&text=a+b%26c") == "language=bn&text=a+b%26c"
