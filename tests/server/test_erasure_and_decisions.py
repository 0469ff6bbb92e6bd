"""What was decided about a response counts on when a part of it is erased, however and however often that is done."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.intake.erasure import NAMES_AT_ONCE
from server.people.rules import Person
from server.reviews.projector import catch_up, rebuild
from server.services import Services
from tests.server.desk import fields_of_page
from tests.server.erasures import erase, response_of
from tests.server.keeping import BackUp, in_parts, rev_of
from tests.server.people_at_work import person_with
from tests.server.pushing import push, statuses
from tests.server.records import Item, Phone, SteppedClock
from tests.server.restoring import bring_back, serving
from tests.server.reviewing import decide, listed_states, undo

PARTS = {"main": {"who": "Asha"}, "contact": {"contact": {"telephone": "020 7946"}}}


@pytest.fixture
def amina(running: Services) -> Person:
    return person_with(running, "amina", "coordinator")


def sent(client: FlaskClient, running: Services, phone: Phone, *items: Item) -> str:
    """Push versions of one response, the last of which is shown; give its id."""
    for first in range(0, len(items), 50):
        assert set(statuses(push(client, phone, *items[first : first + 50]))) == {"stored"}
    catch_up(running.database)
    return response_of(items[0])


@pytest.fixture
def item(device: Phone) -> Item:
    return in_parts(device, PARTS)


@pytest.fixture
def response_id(client: FlaskClient, running: Services, device: Phone, item: Item) -> str:
    return sent(client, running, device, item)


def test_a_command_that_erases_a_part_leaves_what_is_approved_approved(
    running: Services, amina: Person, item: Item, response_id: str
) -> None:
    decide(running, amina, [response_id], "approve")
    assert erase(running, item, "contact").parts == 1
    assert listed_states(running) == {response_id: "approved"}
    rebuild(running.database)
    assert listed_states(running) == {response_id: "approved"}


def test_a_decision_that_was_taken_back_does_not_count_on(
    running: Services, amina: Person, item: Item, response_id: str
) -> None:
    batch = decide(running, amina, [response_id], "approve").batch_id
    assert batch is not None
    undo(running, amina, batch)
    erase(running, item, "contact")
    assert listed_states(running) == {response_id: "received"}


def test_so_many_texts_that_they_take_two_erasures_leave_it_approved(
    client: FlaskClient, running: Services, device: Phone, amina: Person, coordinator: FlaskClient
) -> None:
    versions = [in_parts(device, PARTS)]
    name = response_of(versions[0])
    for _version in range(NAMES_AT_ONCE + 1):
        versions.append(in_parts(device, PARTS, response_id=name, parents=[rev_of(versions[-1])]))
    response_id = sent(client, running, device, *versions)
    decide(running, amina, [response_id], "approve")
    address = f"/console/responses/{response_id}/erase"
    page = coordinator.get(address)
    number = page.text.partition('<strong dir="ltr">')[2][:4]
    given = {**fields_of_page(page), "what": "contact", "reason": "asked to", "number": number}
    assert coordinator.post(address, data=given).status_code == 303
    with running.database.read() as connection:
        erasures = connection.execute("SELECT COUNT(*) FROM revisions WHERE kind = 'erase'").fetchone()[0]
    assert erasures == 2
    assert listed_states(running) == {response_id: "approved"}


def test_a_restored_server_that_erases_a_part_again_leaves_it_approved(
    running: Services,
    amina: Person,
    item: Item,
    response_id: str,
    again: BackUp,
    tmp_path: Path,
    clock: SteppedClock,
) -> None:
    decide(running, amina, [response_id], "approve")
    made = again()
    erase(running, item, "contact")
    bring_back(made.place, tmp_path / "back", clock)
    with serving(tmp_path / "back", clock) as (started, _client):
        catch_up(started.database)
        assert listed_states(started) == {response_id: "approved"}
        with started.database.read() as connection:
            kinds = [row["kind"] for row in connection.execute("SELECT kind FROM revisions ORDER BY seq")]
        assert kinds == ["create", "erase"]
