"""Deciding about responses: who may, what is written, what others changed meanwhile, and taking it back."""

import threading

import pytest
from flask.testing import FlaskClient

from server.errors import NotAllowed
from server.people.rules import Person
from server.reviews import deciding
from server.reviews.decisions import Refusal
from server.reviews.projector import catch_up, rebuild
from server.services import Services
from tests.server.console_pages import received
from tests.server.people_at_work import lines_of_log, person_with
from tests.server.pushing import count, erase, push, statuses
from tests.server.records import Item, Phone
from tests.server.reviewing import corrected, decide, listed_states, rows_about, seen, undo

WHY = "Please say where it is."


@pytest.fixture
def amina(running: Services) -> Person:
    return person_with(running, "amina", "coordinator")


@pytest.fixture
def item(device: Phone) -> Item:
    return device.item()


@pytest.fixture
def response_id(client: FlaskClient, running: Services, device: Phone, item: Item) -> str:
    return received(client, running, device, item)


def test_a_decision_is_kept_with_log_audit_and_listed_state(
    running: Services, amina: Person, item: Item, response_id: str
) -> None:
    outcome = decide(running, amina, [response_id], "return", reason=WHY)
    (row,) = rows_about(running, response_id)
    assert (row["action"], row["reason"], row["rev"], row["person_id"]) == ("return", WHY, item["rev"], amina.person_id)
    assert (outcome.done, outcome.batch_id) == ((response_id,), row["review_id"])
    with running.database.read() as connection:
        entry = connection.execute("SELECT kind, subject FROM log WHERE seq = :seq", {"seq": row["seq"]}).fetchone()
    assert tuple(entry) == ("review", row["review_id"])
    assert lines_of_log(running)[-1] == ("Amina", "response-returned")
    assert listed_states(running) == {response_id: "returned"}


def test_states_computed_again_from_the_record_are_the_same(running: Services, amina: Person, response_id: str) -> None:
    decide(running, amina, [response_id], "reject", reason=WHY)
    rebuild(running.database)
    assert listed_states(running) == {response_id: "rejected"}


def test_a_correction_waits_again_whatever_was_decided(
    client: FlaskClient, running: Services, device: Phone, amina: Person, item: Item, response_id: str
) -> None:
    decide(running, amina, [response_id], "approve")
    corrected(client, running, device, item, response_id)
    assert listed_states(running) == {response_id: "received"}


def test_a_head_that_changed_meanwhile_is_left_alone(
    client: FlaskClient, running: Services, device: Phone, amina: Person, item: Item, response_id: str
) -> None:
    shown = seen(running, response_id)
    corrected(client, running, device, item, response_id)
    outcome = decide(running, amina, [], "approve", as_of=[shown])
    assert outcome.refused == (Refusal(response_id=response_id, why="changed"),)
    assert count(running.database, "reviews") == 0


def test_a_correction_that_is_not_listed_yet_is_never_approved_by_a_decision_about_the_old_one(
    client: FlaskClient, running: Services, device: Phone, amina: Person, item: Item, response_id: str
) -> None:
    newer = device.item({"who": "Asha, corrected"}, response_id=response_id, parents=[str(item["rev"])])
    assert statuses(push(client, device, newer)) == ["stored"]
    decide(running, amina, [response_id], "approve")
    catch_up(running.database)
    assert listed_states(running) == {response_id: "received"}


def test_of_two_coordinators_at_once_one_decides_and_the_other_is_told(
    running: Services, amina: Person, response_id: str
) -> None:
    people = [amina, person_with(running, "bea", "coordinator")]
    shown, at_once = seen(running, response_id), threading.Barrier(2)
    outcomes = []

    def reject(person: Person) -> None:
        at_once.wait(30)
        outcomes.append(decide(running, person, [], "reject", reason=f"{person.name} says no", as_of=[shown]))

    threads = [threading.Thread(target=reject, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(len(outcome.done) for outcome in outcomes) == [0, 1]
    assert sorted(refusal.why for outcome in outcomes for refusal in outcome.refused) == ["changed"]
    assert count(running.database, "reviews") == 1


def test_pressing_twice_decides_once(running: Services, amina: Person, response_id: str) -> None:
    shown = seen(running, response_id)
    for _ in range(2):
        outcome = decide(running, amina, [], "return", reason=WHY, as_of=[shown])
        assert outcome.refused == ()
    assert count(running.database, "reviews") == 1


def test_many_are_decided_each_by_itself(client: FlaskClient, running: Services, device: Phone, amina: Person) -> None:
    items = [device.item() for _ in range(4)]
    ids = [received(client, running, device, one) for one in items]
    shown = [seen(running, one) for one in ids]
    corrected(client, running, device, items[1], ids[1])
    erase(running, ids[2])
    catch_up(running.database)
    outcome = decide(running, amina, [], "approve", as_of=shown)
    assert outcome.done == (ids[0], ids[3])
    assert {refusal.response_id: refusal.why for refusal in outcome.refused} == {ids[1]: "changed", ids[2]: "gone"}


def test_what_is_out_of_reach_is_as_if_it_were_not_there(running: Services, response_id: str) -> None:
    stranger = person_with(running, "stranger", "coordinator", "kings-heath")
    outcome = decide(running, stranger, [response_id], "approve")
    assert outcome.refused == (Refusal(response_id=response_id, why="unknown"),)
    assert count(running.database, "reviews") == 0


def test_who_became_a_viewer_meanwhile_decides_nothing(running: Services, amina: Person, response_id: str) -> None:
    running.database.write(lambda connection: connection.execute("UPDATE people SET role = 'viewer'"))
    with pytest.raises(NotAllowed):
        decide(running, amina, [response_id], "approve")
    with pytest.raises(NotAllowed):
        undo(running, amina, "anything")
    assert count(running.database, "reviews") == 0


def test_undoing_restores_the_state_before_with_its_reason(running: Services, amina: Person, response_id: str) -> None:
    decide(running, amina, [response_id], "return", reason=WHY)
    approved = decide(running, amina, [response_id], "approve")
    assert approved.batch_id
    assert undo(running, amina, approved.batch_id).done == (response_id,)
    last = rows_about(running, response_id)[-1]
    assert (last["action"], last["reason"], last["undoes"]) == ("return", WHY, approved.batch_id)
    assert listed_states(running) == {response_id: "returned"}
    assert lines_of_log(running)[-1] == ("Amina", "decision-undone")


def test_many_are_undone_together_but_for_those_decided_again_since(
    client: FlaskClient, running: Services, device: Phone, amina: Person
) -> None:
    ids = [received(client, running, device, device.item()) for _ in range(3)]
    bulk = decide(running, amina, ids, "approve")
    decide(running, amina, [ids[1]], "reject", reason=WHY)
    assert bulk.batch_id
    outcome = undo(running, amina, bulk.batch_id)
    assert outcome.done == (ids[0], ids[2])
    assert outcome.refused == (Refusal(response_id=ids[1], why="changed"),)
    assert listed_states(running) == {ids[0]: "received", ids[1]: "rejected", ids[2]: "received"}


def test_one_of_many_can_be_undone_alone(client: FlaskClient, running: Services, device: Phone, amina: Person) -> None:
    ids = [received(client, running, device, device.item()) for _ in range(2)]
    decide(running, amina, ids, "approve")
    (row,) = rows_about(running, ids[1])
    assert undo(running, amina, row["review_id"], alone=True).done == (ids[1],)
    assert listed_states(running) == {ids[0]: "approved", ids[1]: "received"}


def test_undoing_twice_undoes_once(running: Services, amina: Person, response_id: str) -> None:
    approved = decide(running, amina, [response_id], "approve")
    assert approved.batch_id
    assert undo(running, amina, approved.batch_id).done == (response_id,)
    assert undo(running, amina, approved.batch_id).done == ()
    assert count(running.database, "reviews") == 2


def test_an_unknown_decision_cannot_be_undone(running: Services, amina: Person) -> None:
    assert undo(running, amina, "\x00 no such thing").done == ()


def test_the_same_decision_may_come_again_after_it_was_undone(
    running: Services, amina: Person, response_id: str
) -> None:
    for _ in range(3):
        approved = decide(running, amina, [response_id], "approve")
        assert approved.batch_id
        undo(running, amina, approved.batch_id)
    assert [row["action"] for row in rows_about(running, response_id)] == ["approve", "reopen"] * 3


def test_what_the_team_changes_itself_stays_approved(
    client: FlaskClient, running: Services, device: Phone, amina: Person, item: Item, response_id: str
) -> None:
    decide(running, amina, [response_id], "approve")
    rev = corrected(client, running, device, item, response_id)
    running.database.write(
        lambda connection: deciding.carry_state(connection, response_id, rev, amina, running.clock.now())
    )
    assert listed_states(running) == {response_id: "approved"}
    rebuild(running.database)
    assert listed_states(running) == {response_id: "approved"}


def test_where_nothing_was_decided_nothing_is_carried(
    client: FlaskClient, running: Services, device: Phone, amina: Person, item: Item, response_id: str
) -> None:
    rev = corrected(client, running, device, item, response_id)
    running.database.write(
        lambda connection: deciding.carry_state(connection, response_id, rev, amina, running.clock.now())
    )
    assert count(running.database, "reviews") == 0


def test_erasing_everything_takes_what_the_team_wrote_about_it(
    running: Services, amina: Person, response_id: str
) -> None:
    decide(running, amina, [response_id], "return", reason="Asha Begum is a name")
    erase(running, response_id)
    (row,) = rows_about(running, response_id)
    assert (row["action"], row["reason"]) == ("return", "")
