"""The demo and the other commands, run as a person would."""

import json
import re
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from server import services
from server.cli import main
from server.clock import SystemClock
from server.demo.answering import LABEL
from server.people import queries as people
from server.people.rules import proves
from server.reviews import queries as reviews
from server.reviews.queries import ListedResponse

SAMPLES: Final = "30"
"""In each neighbourhood."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that works, and give what it says."""
    assert main(arguments) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that does not work, and give what it complains of."""
    assert main(arguments) == 1
    return capsys.readouterr().err


def password_in(said: str) -> str:
    found = re.search(r"password +(\S+)", said)
    assert found
    return found[1]


def responses_in(folder: Path) -> list[ListedResponse]:
    running = services.start(folder, clock=SystemClock(), random_bytes=bytes)
    try:
        with running.database.read() as connection:
            person = people.person_by_sign_in_name(connection, "coordinator")
            assert person
            found = connection.execute("SELECT response_id FROM responses ORDER BY seq DESC").fetchall()
            return reviews.listed_responses(connection, [row["response_id"] for row in found], reader=person.person_id)
    finally:
        running.close()


def is_password(folder: Path, password: str) -> bool:
    running = services.start(folder, clock=SystemClock(), random_bytes=bytes)
    try:
        with running.database.read() as connection:
            return proves(password, people.person_by_sign_in_name(connection, "coordinator"))
    finally:
        running.close()


def test_the_demo_has_two_neighbourhoods_with_samples_that_say_they_are_made_up(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    responses = responses_in(folder)
    places = [response.neighbourhood for response in responses]
    assert {place: places.count(place) for place in places} == {
        "Old Ford": int(SAMPLES),
        "Kings Heath": int(SAMPLES),
    }
    assert all(response.author.startswith(f"{LABEL}: ") for response in responses)
    assert {response.lang for response in responses} == {"en", "bn", "ar"}
    assert sum(response.asset_count for response in responses) > len(responses)
    assert sum(response.barrier_count for response in responses) > 0


def test_the_demo_has_answers_to_both_forms_in_every_language(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    found = {(response.form_id, response.lang) for response in responses_in(folder)}
    assert found == {
        (form, lang) for form in ("assets_and_barriers", "tell_us_about_this_place") for lang in ("en", "bn", "ar")
    }


def test_samples_of_residents_came_by_the_poster_of_their_venue(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    with closing(sqlite3.connect(folder / "fieldwell.sqlite3")) as database:
        rows = database.execute("SELECT form_id, poster_id IS NOT NULL, venue_id IS NOT NULL FROM responses").fetchall()
    assert set(rows) == {("assets_and_barriers", 0, 0), ("tell_us_about_this_place", 1, 1)}


def test_equality_answers_of_samples_are_a_part_of_their_own(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    with closing(sqlite3.connect(folder / "fieldwell.sqlite3")) as database:
        rows = database.execute("SELECT name, body FROM revision_parts JOIN parts USING (sha256)").fetchall()
    answered = [(name, set(json.loads(body)["answers"])) for name, body in rows]
    assert all(("equality" in found) == (name == "equality") for name, found in answered)
    assert {name for name, _ in answered} == {"main", "equality"}


def test_samples_fit_the_form_but_for_one_in_each_neighbourhood(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    counts = [response.problem_count for response in responses_in(folder) if response.problem_count]
    assert counts == [1, 1]


def test_the_demo_says_how_to_get_in_and_that_phones_need_https(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    said = run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES, "--port", "8123")
    assert "http://localhost:8123/console/" in said
    assert re.search(r"sign-in name +coordinator", said)
    assert len(re.findall(r"http://localhost:8123/enrol#[0-9a-f]{32}", said)) == 2
    assert "Phones need HTTPS" in said
    assert "was tried" not in said
    assert is_password(folder, password_in(said))


def test_the_demo_over_https_needs_no_warning(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    said = run(
        capsys,
        "demo",
        "--data",
        str(folder),
        "--prepare-only",
        "--samples",
        SAMPLES,
        "--public-url",
        "https://fieldwell.example/",
    )
    assert "https://fieldwell.example/enrol#" in said
    assert "Phones need HTTPS" not in said


def test_a_second_demo_keeps_data_and_password_and_makes_links_fresh(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    first = run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    before = responses_in(folder)
    second = run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    assert responses_in(folder) == before
    assert set(re.findall("enrol#.*", first)).isdisjoint(re.findall("enrol#.*", second))
    assert password_in(first) == password_in(second)
    assert is_password(folder, password_in(second))


def test_the_password_of_the_demo_is_kept_for_its_owner_only(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    said = run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    note = folder / "demo-password"
    assert note.read_text("utf-8").strip() == password_in(said)
    assert note.stat().st_mode & 0o777 == 0o600


def test_a_noted_password_that_no_longer_holds_is_made_again(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    (folder / "demo-password").write_text("another", "utf-8")
    assert is_password(
        folder, password_in(run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES))
    )


def test_rebuild_gives_the_same_rows(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    before = responses_in(folder)
    assert f"{len(before)} responses" in run(capsys, "rebuild", "--data", str(folder))
    assert responses_in(folder) == before


def test_a_built_in_form_is_published_by_its_name_and_once(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    publish = ("form", "publish", "--data", str(folder), "assets_and_barriers")
    assert re.search(r"^Published “.+”, version \d+, in en, bn, ar\.$", run(capsys, *publish), re.MULTILINE)
    assert "is published already" in run(capsys, *publish)


def test_a_form_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    complaint = refused(capsys, "form", "publish", "--data", str(folder), "nothing.xlsx")
    assert "There is no file nothing.xlsx." in complaint
    assert "assets_and_barriers" in complaint


def test_a_form_with_a_fault_is_refused_with_its_cell(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    form = tmp_path / "faulty.md"
    form.write_text(
        "| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${a} = |\n"
        "| settings |\n| | form_title | form_id | version |\n| | F | f | 1 |\n"
    )
    assert "survey" in refused(capsys, "form", "publish", "--data", str(folder), str(form))


def test_a_worker_is_enrolled_in_a_neighbourhood_that_is_there(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    enrol = ("enrol", "--data", str(folder), "--neighbourhood", "old-ford", "--name", "Amina")
    assert "There is no neighbourhood old-ford." in refused(capsys, *enrol)
    run(capsys, "neighbourhood", "add", "--data", str(folder), "old-ford", "Old Ford", "--system", "Test")
    assert re.search(r"For Amina, for one phone, until 7 days from now:\n\S+/enrol#[0-9a-f]{32}", run(capsys, *enrol))


def test_a_neighbourhood_needs_an_id_that_fits_an_address(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    add = ("neighbourhood", "add", "--data", str(folder), "Old Ford", "Old Ford", "--system", "Test")
    assert "“Old Ford” is no id" in refused(capsys, *add)


def test_a_person_gets_a_generated_password_once(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    add = ("person", "add", "--data", str(folder), "Coordinator", "--name", "Carol")
    assert is_password_said(run(capsys, *add), folder)
    assert "has the sign-in name “Coordinator” already" in refused(capsys, *add)


def is_password_said(said: str, folder: Path) -> bool:
    return is_password(folder, password_in(said))


def change(folder: Path, *statements: str) -> None:
    """Change rows as the console would."""
    running = services.start(folder, clock=SystemClock(), random_bytes=secrets.token_bytes)
    try:
        for statement in statements:
            running.database.write(lambda connection, sql=statement: connection.execute(sql).rowcount)
    finally:
        running.close()


def test_the_demo_starts_again_whatever_somebody_tried_in_its_console(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    """Halls closed and renamed, its own access ended and narrowed; the first was kept from before there were roles."""
    demo = ("demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    password = password_in(run(capsys, *demo))
    change(
        folder,
        "UPDATE venues SET closed_at = '2026-11-20T12:00:00.000Z', name = 'Closed for good'",
        "UPDATE posters SET closed_at = '2026-11-20T12:00:00.000Z' WHERE rowid = 1",
        "UPDATE people SET role = 'coordinator', everywhere = 0, ended_at = '2026-11-20T12:00:00.000Z'",
    )
    said = run(capsys, *demo)
    assert password_in(said) == password
    assert len(re.findall(r"/v/[0-9A-Z]{6}", said)) == 2
    with closing(sqlite3.connect(folder / "fieldwell.sqlite3")) as database:
        assert database.execute("SELECT role, everywhere, ended_at FROM people").fetchall() == [
            ("administrator", 1, None)
        ]
        assert database.execute("SELECT COUNT(*), COUNT(closed_at) FROM venues").fetchone() == (2, 0)


def test_most_samples_are_reviewed_and_things_of_many_names_are_one_asset(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    run(capsys, "demo", "--data", str(folder), "--prepare-only", "--samples", SAMPLES)
    with closing(sqlite3.connect(folder / "fieldwell.sqlite3")) as connection:
        states = dict(connection.execute("SELECT state, COUNT(*) FROM responses GROUP BY state"))
        names = {name for (name,) in connection.execute("SELECT name FROM assets")}
        called = {name for (name,) in connection.execute("SELECT DISTINCT label FROM asset_observations")}
    assert states["approved"] > states["received"] > 0
    assert states["returned"] > 0
    assert "The tenants’ hall" in names
    assert not names & {"The evening choir", "Thursday lunch club"}, "these are left to be brought together"
    assert len(called) > 2 * len(names)


def test_number_of_samples_has_a_limit(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    for typed in ("-1", "10001", "many"):
        with pytest.raises(SystemExit):
            main(["demo", "--data", str(folder), "--samples", typed])
    assert "is not between 0 and 10,000" in capsys.readouterr().err
