"""A right that was taken away between opening a page and saving it is not used any more."""

from collections.abc import Callable
from contextlib import suppress
from sqlite3 import Connection

import pytest

from server.audit.noting import Actor
from server.errors import NotAllowed
from server.people import invitations, queries, team
from server.people.asking import Asked
from server.people.rules import Role
from server.places import changes as places
from server.places.changes import Change
from server.programme import changes as programme
from server.programme.forms_in_use import choose
from server.services import Services
from tests.server.people_at_work import person_with

AT = "2026-11-20T12:00:00.000Z"
BACKDOOR = Asked(name="Backdoor", role="administrator", everywhere=True, neighbourhoods=())
POLYGON = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'

Deed = Callable[[Services, Actor], object]


def in_a_write(work: Callable[[Connection, Actor], object]) -> Deed:
    return lambda running, actor: running.database.write(lambda connection: work(connection, actor))


def change_of(running: Services, actor: Actor) -> Change:
    return Change(database=running.database, actor=actor, clock=running.clock)


DEEDS: dict[str, Deed] = {
    "invite": lambda running, actor: invitations.invite(
        running.database, BACKDOOR, inviter=actor, now=running.clock.now(), random_bytes=running.random_bytes
    ),
    "reset": lambda running, actor: invitations.offer_reset(
        running.database, "person-dora", actor=actor, now=running.clock.now(), random_bytes=running.random_bytes
    ),
    "withdraw": lambda running, actor: invitations.withdraw(
        running.database, "no such", actor=actor, now=running.clock.now()
    ),
    "change": in_a_write(
        lambda connection, actor: team.change(
            connection, "person-dora", role="viewer", everywhere=True, neighbourhoods=(), actor=actor, at=AT
        )
    ),
    "end": in_a_write(lambda connection, actor: team.end_access(connection, "person-dora", actor=actor, at=AT)),
    "bring-back": in_a_write(lambda connection, actor: team.bring_back(connection, "person-dora", actor=actor, at=AT)),
    "programme": lambda running, actor: programme.save_programme(
        running.database, name="X", contact="X", privacy_contact="X", actor=actor, clock=running.clock
    ),
    "languages": lambda running, actor: programme.rearrange_languages(
        running.database, "add:bn", offered=("en", "bn"), actor=actor, clock=running.clock
    ),
    "form": lambda running, actor: programme.unoffer_form(
        running.database, "walk", actor=actor, clock=running.clock
    ),
    "forms": lambda running, actor: choose(
        running.database, {"walk", "tell_us_about_this_place"}, actor=actor, clock=running.clock
    ),
    "add": lambda running, actor: places.add(change_of(running, actor), name="New", system="Test"),
    "rename": lambda running, actor: places.rename(change_of(running, actor), "old-ford", name="New", system="Test"),
    "boundary": lambda running, actor: places.put_boundary(change_of(running, actor), "old-ford", POLYGON),
    "areas": lambda running, actor: places.put_small_areas(change_of(running, actor), "old-ford", ("E01000001",)),
    "own-languages": lambda running, actor: places.languages_after(
        change_of(running, actor), "old-ford", "own", offered=("en",)
    ),
}  # fmt: skip


def everything(running: Services) -> list[str]:
    with running.database.read() as connection:
        return list(connection.iterdump())


def those_that_were_done(running: Services, actor: Actor) -> list[str]:
    """Try every deed; name those that were not refused."""
    done = []
    for name, deed in DEEDS.items():
        with suppress(NotAllowed):
            deed(running, actor)
            done.append(name)
    return done


@pytest.fixture
def ann(running: Services) -> Actor:
    person_with(running, "dora", "viewer")
    return Actor(person_id=person_with(running, "ann", "administrator").person_id, name="Ann")


@pytest.mark.parametrize("role", ["coordinator", "viewer"])
def test_who_administers_no_more_changes_nothing(running: Services, ann: Actor, role: Role) -> None:
    running.database.write(
        lambda connection: queries.set_role(connection, person_id="person-ann", role=role, everywhere=True)
    )
    before = everything(running)
    assert those_that_were_done(running, ann) == []
    assert everything(running) == before


def test_whose_access_has_ended_changes_nothing(running: Services, ann: Actor) -> None:
    running.database.write(lambda connection: queries.end_access(connection, person_id="person-ann", at=AT))
    before = everything(running)
    assert those_that_were_done(running, ann) == []
    assert everything(running) == before


def test_who_administers_still_may(running: Services, ann: Actor) -> None:
    assert those_that_were_done(running, ann) == list(DEEDS)
