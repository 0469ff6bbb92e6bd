"""JSON lines go out and come back in: the same heads, the same rows, once; what cannot be kept is said."""

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from sqlite3 import Connection

import pytest
from flask.testing import FlaskClient

from server import services
from server.cli import main
from server.exports.importing import Imported, import_lines
from server.exports.lines import as_lines
from server.exports.wanted import Wanted
from server.forms.publish import publish
from server.people.queries import person_by_sign_in_name
from server.places.queries import Neighbourhood, add_neighbourhood
from server.reviews import projector
from server.reviews.deciding import Seen, decide
from server.reviews.filters import STATES, Filters
from server.services import Services
from server.store.beside import EVERYTHING, opened_beside
from sync.hashes import sha256_hex
from tests.server.keeping import in_parts
from tests.server.people_at_work import person_with
from tests.server.pushing import erase, push, statuses
from tests.server.records import Item, Phone, SteppedClock, chance, compiled_walk

COMPARED = (
    """
    SELECT response_id, head_rev, heads, form_id, version, lang, neighbourhood_id, device_id, author, made_at,
           received_at, state, asset_count, barrier_count, problem_count
      FROM responses ORDER BY response_id
    """,
    "SELECT * FROM asset_observations ORDER BY response_id, observation_id",
    "SELECT * FROM barrier_observations ORDER BY response_id, observation_id",
    "SELECT * FROM problems ORDER BY response_id, path, code",
    "SELECT rev, response_id, kind, header, received_at, device_id FROM revisions ORDER BY rev",
    "SELECT rev, position, name, sha256 FROM revision_parts ORDER BY rev, position",
    "SELECT sha256, body FROM parts ORDER BY sha256",
    "SELECT review_id, response_id, rev, action, reason, person_id, at, undoes FROM reviews ORDER BY review_id",
)


@pytest.fixture
def elsewhere(tmp_path: Path, clock: SteppedClock) -> Iterator[Services]:
    """Another server, with the same form and no responses."""
    started = services.start(tmp_path / "elsewhere", clock=clock, random_bytes=chance(2))
    publish(started.database, compiled_walk(), source_name="walk.xml", clock=clock)
    for place in ("old-ford", "kings-heath"):
        neighbourhood = Neighbourhood(neighbourhood_id=place, name=place.title(), system="Test")
        started.database.write(partial(add_neighbourhood, neighbourhood=neighbourhood))
    yield started
    started.close()


@pytest.fixture
def kept(running: Services, client: FlaskClient, device: Phone, clock: SteppedClock) -> Services:
    """Responses of every kind: edited, in conflict, decided about, erased, with answers that are kept apart."""
    first = device.item({"who": "Asha", "assets": [{"about": {"asset_name": "গানের দল"}}]})
    edited = device.item({"who": "Asha B"}, response_id=id_of(first), parents=[str(first["rev"])])
    rival = device.item({"who": "Asha C"}, response_id=id_of(first), parents=[str(first["rev"])])
    decided, erased = device.item({"who": "Bo 🎶"}), device.item({"who": "Gone"})
    apart = device.item({"who": "Cy", "equality": {"disabled": "yes"}})
    items = (first, edited, rival, decided, erased, apart)
    assert set(statuses(push(client, device, *items))) <= {"stored", "conflict"}
    projector.catch_up(running.database)
    person_with(running, "carol", "coordinator")
    clock.step(timedelta(minutes=1))
    running.database.write(lambda connection: approve(connection, decided, clock))
    erase(running, id_of(erased))
    projector.catch_up(running.database)
    return running


def approve(connection: Connection, item: Item, clock: SteppedClock) -> None:
    person = person_by_sign_in_name(connection, "carol")
    assert person is not None
    seen = [Seen(response_id=id_of(item), rev=str(item["rev"]), state="received")]
    decide(connection, seen, action="approve", reason="", person=person, now=clock.now())


def id_of(item: Item) -> str:
    return str(json.loads(str(item["header"]))["id"])


def exported(running: Services, *, apart: bool = True) -> list[bytes]:
    wanted = Wanted(reader=EVERYTHING, filters=Filters(form="walk", states=STATES), format="lines", apart=apart)
    with opened_beside(running.database.folder) as database:
        return b"".join(as_lines(database, wanted)).splitlines(keepends=True)


def rows(running: Services) -> list[list[tuple[object, ...]]]:
    with running.database.read() as connection:
        return [[tuple(row) for row in connection.execute(statement)] for statement in COMPARED]


def taken_in(running: Services, lines: list[bytes]) -> Imported:
    done = import_lines(running.database, lines, clock=running.clock)
    projector.catch_up(running.database)
    return done


def test_an_empty_server_has_the_same_heads_and_rows_afterwards(kept: Services, elsewhere: Services) -> None:
    lines = exported(kept)
    done = taken_in(elsewhere, lines)
    assert (done.new, done.repeated, done.refused, done.revisions) == (4, 0, [], 7)
    assert rows(elsewhere) == rows(kept)


def test_the_same_file_again_changes_nothing(kept: Services, elsewhere: Services) -> None:
    lines = exported(kept)
    taken_in(elsewhere, lines)
    before = rows(elsewhere)
    done = taken_in(elsewhere, [*lines, *lines])
    assert (done.new, done.added_to, done.repeated, done.refused) == (0, 0, 8, [])
    assert rows(elsewhere) == before
    assert taken_in(kept, lines).repeated == 4, "and where it came from"


def test_what_is_newer_here_stays_and_what_is_new_there_is_added(
    kept: Services, elsewhere: Services, client: FlaskClient, device: Phone
) -> None:
    lines = exported(kept)
    taken_in(elsewhere, lines)
    more = device.item({"who": "Dee"})
    edit = json.loads(lines[0])["revisions"][0]
    again = device.item({"who": "!"}, response_id=json.loads(lines[0])["response"], parents=[edit["rev"]])
    push(client, device, more, again)
    projector.catch_up(kept.database)
    done = taken_in(elsewhere, exported(kept))
    assert (done.new, done.added_to, done.refused) == (1, 1, [])
    assert rows(elsewhere) == rows(kept)


def test_what_was_erased_is_erased_where_it_was_taken_in_before(
    running: Services, elsewhere: Services, client: FlaskClient, device: Phone
) -> None:
    item = device.item({"who": "Somebody to forget"})
    push(client, device, item)
    projector.catch_up(running.database)
    taken_in(elsewhere, exported(running))
    erase(running, id_of(item))
    projector.catch_up(running.database)
    done = taken_in(elsewhere, exported(running))
    assert (done.added_to, done.erasures) == (1, 1)
    with elsewhere.database.read() as connection:
        assert [row["body"] for row in connection.execute("SELECT body FROM parts")] == [None]
    assert rows(elsewhere) == rows(running)


def test_a_decision_that_counts_on_after_an_erasure_comes_once(
    running: Services, elsewhere: Services, client: FlaskClient, device: Phone, clock: SteppedClock
) -> None:
    item = in_parts(device, {"main": {"who": "Asha"}, "contact": {"contact": {"telephone": "020"}}})
    push(client, device, item)
    projector.catch_up(running.database)
    person_with(running, "carol", "coordinator")
    clock.step(timedelta(minutes=1))
    running.database.write(lambda connection: approve(connection, item, clock))
    projector.catch_up(running.database)
    taken_in(elsewhere, exported(running))
    push(client, device, device.item({"who": "Bo"}))
    clock.step(timedelta(minutes=1))
    erase(running, id_of(item), parts=("contact",))
    projector.catch_up(running.database)
    taken_in(elsewhere, exported(running))
    assert rows(elsewhere) == rows(running)
    assert len(rows(elsewhere)[-1]) == 2, "as it was made, and as it counts on"


def test_a_file_without_the_equality_answers_says_that_it_is_not_whole(kept: Services, elsewhere: Services) -> None:
    lines = exported(kept, apart=False)
    assert b"disabled" not in b"".join(lines)
    done = taken_in(elsewhere, lines)
    assert [why for _, why in done.refused] == ["not-all-answers"]
    assert done.new == 3


def changed(line: bytes, **members: object) -> bytes:
    return json.dumps({**json.loads(line), **members}).encode()


def test_lines_that_cannot_be_kept_are_named_and_delay_no_other(kept: Services, elsewhere: Services) -> None:
    good, other, *_ = exported(kept)
    tampered = good.replace(b"Asha", b"Usha")
    foreign = changed(good, revisions=json.loads(other)["revisions"])
    lines = [b"{", b"[]", changed(good, v=2), tampered, changed(good, revisions=[]), b"\n", foreign, other]
    done = taken_in(elsewhere, lines)
    assert sorted(done.refused) == [
        (1, "malformed"),
        (2, "malformed"),
        (3, "malformed"),
        (4, "hash-mismatch"),
        (5, "no-revisions"),
        (7, "of-another-response"),
    ]
    assert done.new == 1


def decided_elsewhere(line: bytes, at: str) -> bytes:
    """Let another server have returned the response of a line, at a moment."""
    [review] = json.loads(line)["reviews"]
    return changed(line, reviews=[{**review, "review": "of-elsewhere", "action": "return", "reason": "Ask", "at": at}])


@pytest.mark.parametrize(("at", "state", "reviews"), [("2020-01-01", "approved", 0), ("2030-01-01", "returned", 1)])
def test_a_decision_that_is_older_than_the_newest_here_changes_nothing(
    kept: Services, at: str, state: str, reviews: int
) -> None:
    [decided] = [line for line in exported(kept) if json.loads(line)["reviews"]]
    done = taken_in(kept, [decided_elsewhere(decided, f"{at}T00:00:00.000Z")])
    assert (done.reviews, done.added_to, done.repeated) == (reviews, reviews, 1 - reviews)
    with kept.database.read() as connection:
        found = connection.execute(
            "SELECT state FROM responses WHERE response_id = :id", {"id": json.loads(decided)["response"]}
        ).fetchone()
    assert found["state"] == state


def test_no_reason_comes_back_about_a_response_that_is_erased_here(kept: Services, elsewhere: Services) -> None:
    [decided] = [line for line in exported(kept) if json.loads(line)["reviews"]]
    taken_in(elsewhere, [decided])
    erase(elsewhere, json.loads(decided)["response"])
    taken_in(elsewhere, [decided_elsewhere(decided, "2030-01-01T00:00:00.000Z")])
    with elsewhere.database.read() as connection:
        assert {row["reason"] for row in connection.execute("SELECT reason FROM reviews")} == {""}


def test_an_erasure_takes_nothing_of_another_response(
    running: Services, elsewhere: Services, client: FlaskClient, device: Phone
) -> None:
    """Neither one that was made for that, nor one whose text somebody else has given here too."""
    kept_one, gone = device.item({"who": "To keep"}), device.item({"who": "To go"})
    push(client, device, kept_one, gone)
    projector.catch_up(running.database)
    taken_in(elsewhere, exported(running))
    erase(running, id_of(gone))
    [line] = [one for one in exported(running) if json.loads(one)["response"] == id_of(gone)]
    [theirs] = [part["sha256"] for part in json.loads(str(kept_one["header"]))["parts"]]
    revisions = json.loads(line)["revisions"]
    forged = json.loads(revisions[-1]["header"])
    forged["erases"]["parts"] = [theirs]
    header = json.dumps(forged)
    revisions[-1] |= {"header": header, "rev": sha256_hex(header)}
    done = taken_in(elsewhere, [changed(line, revisions=revisions)])
    assert ([why for _, why in done.refused], done.erasures) == (["of-another-response"], 0)
    with elsewhere.database.read() as connection:
        assert connection.execute("SELECT COUNT(*) FROM parts WHERE body IS NULL").fetchone()[0] == 0


@pytest.mark.parametrize("moment", ["2026-11-20", "2026-11-20T12:00:00", "soon", "0001-01-01T00:00:00+14:00"])
def test_a_moment_without_its_zone_is_refused_with_its_line(kept: Services, elsewhere: Services, moment: str) -> None:
    line = exported(kept)[0]
    revisions = [{**one, "received_at": moment} for one in json.loads(line)["revisions"]]
    assert taken_in(elsewhere, [changed(line, revisions=revisions)]).refused == [(1, "malformed")]


def test_a_form_that_is_not_here_is_asked_for_and_nothing_is_set_aside(
    kept: Services, tmp_path: Path, clock: SteppedClock
) -> None:
    bare = services.start(tmp_path / "bare", clock=clock, random_bytes=chance(3))
    done = taken_in(bare, exported(kept))
    with bare.database.read() as connection:
        stored = connection.execute("SELECT COUNT(*) FROM revisions").fetchone()[0]
    bare.close()
    assert ({why for _, why in done.refused}, stored) == ({"form-not-here"}, 0)


def test_who_decided_is_known_and_may_not_sign_in(kept: Services, elsewhere: Services) -> None:
    taken_in(elsewhere, exported(kept))
    with elsewhere.database.read() as connection:
        people = connection.execute("SELECT name, password_hash, ended_at FROM people").fetchall()
    assert [(row["name"], row["password_hash"], row["ended_at"] is None) for row in people] == [("Carol", "", False)]


def test_the_commands_write_beside_a_running_server_and_read_back(
    kept: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str], clock: SteppedClock
) -> None:
    file = tmp_path / "walk.jsonl"
    states = [word for state in STATES for word in ("--state", state)]
    told = ["export", str(file), "--data", str(kept.database.folder), "--form", "walk", "--format", "lines"]
    assert main([*told, *states, "--equality"]) == 0
    assert file.read_bytes().splitlines(keepends=True) == exported(kept)
    target = tmp_path / "target"
    started = services.start(target, clock=clock, random_bytes=chance(4))
    publish(started.database, compiled_walk(), source_name="walk.xml", clock=clock)
    started.close()
    assert main(["import-responses", str(file), "--data", str(target)]) == 0
    assert "Responses: 4 new, 0 with more than before, 0 here already." in capsys.readouterr().out
    assert main(["import-responses", str(file), "--data", str(target)]) == 0
    assert "0 new, 0 with more than before, 4 here already" in capsys.readouterr().out


def test_a_phone_goes_on_with_what_was_taken_in(kept: Services, elsewhere: Services, device: Phone) -> None:
    taken_in(elsewhere, exported(kept))
    with elsewhere.database.read() as connection:
        found = connection.execute(
            "SELECT COUNT(*) FROM revisions WHERE device_id = :device_id", {"device_id": device.device}
        ).fetchone()[0]
    assert found == 6, "they are known as what this phone brought"
