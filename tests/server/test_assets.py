"""Canonical assets: made of what people said, merged, split and undone exactly; what is erased goes from them too."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.assets.changing import ChangedSince
from server.assets.row_queries import asset_row
from server.assets.rules import NO_ASSET
from server.errors import NotAllowed
from server.people.rules import Person
from server.reviews.projector import rebuild
from server.services import Services
from tests.server.console_pages import text_of
from tests.server.erasures import erase
from tests.server.people_at_work import act, person_with, signed_in
from tests.server.records import Phone
from tests.server.said_assets import Desk, said

RECORD = ("assets", "placements")
COUNTED = ("unplaced_observations", "place_cells", "barrier_counts")


@pytest.fixture
def person(running: Services) -> Person:
    return person_with(running, "olga", "coordinator", "old-ford")


@pytest.fixture
def desk(running: Services, client: FlaskClient, device: Phone, person: Person) -> Desk:
    return Desk(running, client, device, person)


@pytest.fixture
def browser(app: Flask, person: Person) -> FlaskClient:
    return signed_in(app, "olga")


def counted(desk: Desk) -> list[list[tuple[object, ...]]]:
    """Give what is counted, without what is counted as nothing."""
    return [[row for row in desk.rows(table) if 0 not in row[-3:]] for table in COUNTED]


def test_an_asset_is_called_what_most_people_call_it(desk: Desk) -> None:
    first = desk.bring(said(("Old Ford Choir", "arts_culture")))
    asset_id = desk.make((first, "a0"))
    assert desk.asset(asset_id).name == "Old Ford Choir"
    for _again in range(2):
        desk.work.place([(desk.bring(said(("গায়কদল", "arts_culture"))), "a0")], on=asset_id)
    assert (desk.asset(asset_id).name, desk.asset(asset_id).mentions) == ("গায়কদল", 3)
    assert desk.names(asset_id) == ["গায়কদল", "Old Ford Choir"]


def test_what_the_desk_says_stands_above_what_people_say(desk: Desk) -> None:
    asset_id = desk.make((desk.bring(said(("The choir", "faith"))), "a0"), name="Old Ford Voices", kind="arts_culture")
    assert (desk.asset(asset_id).name, desk.asset(asset_id).kind) == ("Old Ford Voices", "arts_culture")


def test_three_names_of_one_choir_become_one_and_three_again(desk: Desk) -> None:
    choirs = [desk.make((desk.bring(said((name, "arts_culture"))), "a0")) for name in ("Choir", "গায়কদল", "جوقة")]
    before = [desk.rows(table) for table in RECORD]
    step = desk.work.merge(choirs[0], choirs[1:], reason="They are one")
    assert [asset.asset_id for asset in desk.shown()] == [choirs[0]]
    assert desk.asset(choirs[0]).mentions == 3
    assert sorted(desk.names(choirs[0])) == sorted(["Choir", "গায়কদল", "جوقة"])
    desk.work.undo(step)
    assert [desk.rows(table) for table in RECORD] == before
    assert [asset.mentions for asset in desk.shown()] == [1, 1, 1]


def test_an_undone_step_can_be_done_again_by_undoing_that(desk: Desk) -> None:
    one, other = (desk.make((desk.bring(said((name, "faith"))), "a0")) for name in ("One", "Two"))
    step = desk.work.merge(one, [other])
    merged = [desk.rows(table) for table in RECORD]
    desk.work.undo(desk.work.undo(step))
    assert [desk.rows(table) for table in RECORD] == merged


def test_one_of_the_merged_is_split_off_with_what_stood_on_it(desk: Desk) -> None:
    one, two, three = (desk.make((desk.bring(said((name, "faith"))), "a0")) for name in ("One", "Two", "Three"))
    desk.work.merge(one, [two, three])
    desk.work.split(two)
    assert {asset.asset_id: asset.mentions for asset in desk.shown()} == {one: 2, two: 1}


def test_what_is_merged_into_a_merged_one_moves_along(desk: Desk) -> None:
    one, two, three = (desk.make((desk.bring(said((name, "faith"))), "a0")) for name in ("One", "Two", "Three"))
    desk.work.merge(two, [three])
    desk.work.merge(one, [two])
    assert [(asset.asset_id, asset.mentions) for asset in desk.shown()] == [(one, 3)]


def test_a_step_under_a_later_one_is_not_undone(desk: Desk) -> None:
    response = desk.bring(said(("One", "faith")))
    one, other = desk.make((response, "a0")), desk.make(name="Other")
    first = desk.work.place([(response, "a0")], on=other)
    second = desk.work.place([(response, "a0")], on=one)
    before = [desk.rows(table) for table in (*RECORD, "asset_steps")]
    with pytest.raises(ChangedSince):
        desk.work.undo(first)
    assert [desk.rows(table) for table in (*RECORD, "asset_steps")] == before
    desk.work.undo(second)
    desk.work.undo(first)
    assert desk.asset(one).mentions == 1


def test_an_asset_on_which_something_stands_is_not_unmade(desk: Desk) -> None:
    asset_id = desk.make(name="Hall")
    made = desk.row("SELECT step_id FROM asset_steps WHERE action = 'made'")["step_id"]
    placed = desk.work.place([(desk.bring(said(("Hall", "faith"))), "a0")], on=asset_id)
    with pytest.raises(ChangedSince):
        desk.work.undo(made)
    desk.work.undo(placed)
    desk.work.undo(made)
    assert (desk.shown(), desk.waiting()) == ([], 1)


def test_every_step_says_who_when_and_why_and_stands_in_the_audit(desk: Desk, browser: FlaskClient) -> None:
    one, other = desk.make(name="One"), desk.make(name="Two")
    desk.work.merge(one, [other], reason="Same door")
    page = text_of(browser.get(f"/console/assets/{one}"))
    assert "Merged assets into one: Two Olga" in page
    assert "Same door" in page
    actions = [row[4] for row in desk.rows("audit")]
    assert [action for action in actions if str(action).startswith("asset-")] == ["asset-made"] * 2 + ["asset-merged"]


def test_an_erased_response_takes_its_mention_and_the_name_that_only_it_gave_along(desk: Desk) -> None:
    gone, stays = desk.bring(said(("Secret name", "faith", "51.5 -0.1 0 5"))), desk.bring(said(("Hall", "faith")))
    asset_id = desk.make((gone, "a0"))
    desk.work.place([(stays, "a0")], on=asset_id)
    alone = desk.make((desk.bring(said(("Only here", "faith"))), "a0"))
    assert desk.asset(asset_id).latitude == 51.5
    erase(desk.running, desk.items[gone])
    assert (desk.asset(asset_id).name, desk.names(asset_id), desk.asset(asset_id).latitude) == ("Hall", ["Hall"], None)
    only = desk.row("SELECT response_id FROM placements WHERE asset_id = ?", alone)["response_id"]
    erase(desk.running, desk.items[str(only)])
    assert [asset.name for asset in desk.shown()] == ["Hall"]
    kept = str([desk.rows(table) for table in ("assets", "asset_steps", "placements", "audit", *COUNTED)])
    assert "Secret name" not in kept
    assert "Only here" not in kept


def test_an_erased_response_takes_its_words_from_an_asset_that_is_merged_into_another(desk: Desk) -> None:
    stays, gone = desk.bring(said(("Hall", "faith"))), desk.bring(said(("Secret name", "faith", "51.5 -0.1 0 5")))
    root, merged = desk.make((stays, "a0")), desk.make((gone, "a0"))
    desk.work.merge(root, [merged])
    assert "Secret name" in desk.row("SELECT shown_names FROM assets WHERE asset_id = ?", root)["shown_names"]
    erase(desk.running, desk.items[gone])
    assert "Secret name" not in str(desk.rows("assets"))


def test_why_an_asset_was_changed_goes_with_the_answers_that_it_may_repeat(desk: Desk) -> None:
    gone, stays = desk.bring(said(("Secret name", "faith"))), desk.bring(said(("Hall", "faith")))
    asset_id = desk.make(name="Hall")
    for response, reason in ((gone, "Secret name is the hall"), (stays, "Same door")):
        desk.work.place([(response, "a0")], on=asset_id, reason=reason)
    erase(desk.running, desk.items[gone])
    steps = str(desk.rows("asset_steps"))
    assert "Secret name" not in steps
    assert "Same door" in steps


def test_a_rejected_response_names_no_asset(desk: Desk) -> None:
    response = desk.bring(said(("Slander", "faith")))
    desk.make((response, "a0"))
    desk.decide(response, "reject")
    assert desk.shown() == []


def test_only_what_is_approved_waits_for_a_place_unless_all_is_asked_for(desk: Desk) -> None:
    desk.bring(said(("One", "faith"), ("Two", "faith")))
    desk.bring(said(("Three", "faith")), approved=False)
    assert (desk.waiting(), desk.waiting("approved", "received")) == (2, 3)


def test_counts_are_the_same_when_everything_is_computed_again(desk: Desk) -> None:
    response = desk.bring(
        said(("One", "faith", "51.5 -0.1 0 5"), ("Two", "faith"), barriers=("cost", "cost", "safety"))
    )
    desk.bring(said(("Three", "people_skills", "51.5 -0.1 0 5")), approved=False)
    desk.make((response, "a1"))
    before, shown = counted(desk), desk.rows("assets")
    rebuild(desk.running.database)
    assert counted(desk) == before
    assert desk.rows("assets") == shown


def test_counts_follow_a_decision_and_an_erasure_down_to_nothing(desk: Desk) -> None:
    response = desk.bring(said(("One", "faith", "51.5 -0.1 0 5"), barriers=("cost",)), approved=False)
    desk.decide(response, "approve")
    assert [row[4:] for row in counted(desk)[2]] == [("approved", 1)]
    erase(desk.running, desk.items[response])
    assert counted(desk) == [[], [], []]


def test_an_observation_is_no_asset_until_somebody_says_otherwise(desk: Desk, browser: FlaskClient) -> None:
    response = desk.bring(said(("Everything", "dont_know")))
    desk.work.place([(response, "a0")], on=NO_ASSET)
    assert desk.waiting() == 0
    assert "Everything" in browser.get("/console/assets/mentions/none").text
    desk.work.take_off((response, "a0"))
    assert desk.waiting() == 1


def test_a_mention_stays_in_its_neighbourhood(desk: Desk) -> None:
    elsewhere = person_with(desk.running, "kim", "coordinator", "kings-heath")
    response = desk.bring(said(("Hall", "faith")))
    asset_id = desk.make(name="Hall")
    other = Desk(desk.running, desk.client, desk.phone, elsewhere)
    with pytest.raises(ChangedSince):
        other.work.place([(response, "a0")], on=asset_id)
    theirs = other.make(name="Other hall", neighbourhood_id="kings-heath")
    with pytest.raises(ChangedSince):
        desk.work.place([(response, "a0")], on=theirs)
    with pytest.raises(ChangedSince):
        desk.work.merge(asset_id, [theirs])


def test_somebody_who_may_only_read_by_now_changes_nothing(desk: Desk) -> None:
    desk.running.database.write(lambda connection: connection.execute("UPDATE people SET role = 'viewer'"))
    with pytest.raises(NotAllowed):
        desk.make(name="Hall")
    assert desk.rows("assets") == []


def test_a_page_suggests_says_why_and_places(desk: Desk, browser: FlaskClient) -> None:
    asset_id = desk.make(name="Old Ford Choir", kind="arts_culture")
    desk.bring(said(("The Old Ford choir", "arts_culture")))
    address = "/console/assets/mentions"
    page = browser.get(address)
    assert "It is Old Ford Choir" in text_of(page)
    assert "100 of 100 Same name · Same kind" in text_of(page)
    response = desk.row("SELECT response_id FROM unplaced_observations")["response_id"]
    done = act(
        browser, f"{address}/place", page=address, response_id=response, observation="a0", asset=asset_id, go="asset"
    )
    assert desk.asset(asset_id).mentions == 1
    undo = browser.get(done.headers["Location"])
    assert "Undo" in text_of(undo)


def test_mentions_of_the_very_same_name_are_placed_together(desk: Desk, browser: FlaskClient) -> None:
    same = [desk.bring(said((name, "faith"))) for name in ("The Mosque", "the mosque")]
    desk.bring(said(("Library", "learning")))
    address = "/console/assets/mentions"
    page = text_of(browser.get(address))
    assert "2 mentions have this name. What you choose is for all of them." in page
    assert "have this name" not in text_of(browser.get(f"{address}?single=yes"))
    fields = {"response_id": same, "observation": ["a0", "a0"]}
    done = act(browser, f"{address}/place", page=address, go="new", **fields)
    assert [(asset.name, asset.mentions) for asset in desk.shown()] == [("The Mosque", 2)]
    said_of_it = text_of(browser.get(done.headers["Location"]))
    assert "The Mosque\u2069” Undo" in said_of_it.replace(".", "")
    assert "have this name" not in said_of_it


def test_closing_and_moving_are_said_with_a_day(desk: Desk, browser: FlaskClient) -> None:
    asset_id = desk.make(name="Lunch club")
    address = f"/console/assets/{asset_id}/state"
    assert act(browser, address, page=address, state="closed", since="2027-01-01").status_code == 422
    act(browser, address, page=address, state="closed", since="2026-09-01", reason="The sign on the door")
    page = text_of(browser.get(f"/console/assets/{asset_id}"))
    assert "Lunch club Closed" in page
    assert "The sign on the door" in page
    assert desk.asset(asset_id).since == "2026-09-01"


def test_people_and_their_skills_never_get_a_position(desk: Desk, browser: FlaskClient) -> None:
    asset_id = desk.make((desk.bring(said(("Amina bakes", "people_skills", "51.5 -0.1 0 5"))), "a0"))
    assert desk.asset(asset_id).latitude is None
    address = f"/console/assets/{asset_id}/change"
    refused = act(browser, address, page=address, name="Amina", kind="people_skills", position="51.5, -0.1")
    assert "never get a position" in text_of(refused)
    with desk.running.database.read() as connection:
        row = asset_row(connection, asset_id, reader=desk.person.person_id)
    assert row is not None
    desk.work.change(row, type(row)(**{**vars(row), "latitude": 51.5, "longitude": -0.1}))
    assert desk.asset(asset_id).latitude is None
