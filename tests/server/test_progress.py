"""Progress: the figures are those that counting by hand gives, after every change, and within the reader's reach."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from sqlite3 import Connection

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.progress import queries
from server.progress.figures import lines_of, waiting
from server.progress.periods import Stretch, covering, days_of, months_of, stretch
from server.progress.plots import HEIGHT, WIDTH, Line, draw_columns, draw_rows
from server.reviews.projector import rebuild
from server.services import Services
from tests.server.console_pages import text_of
from tests.server.erasures import erase
from tests.server.found import answers, send
from tests.server.people_at_work import person_with, signed_in
from tests.server.pushing import push
from tests.server.records import Phone, SteppedClock

ANN = "person-ann"
MONTHS = ["2026-11", "2026-12"]
FACTS = {"state": "state", "language": "lang", "worker": "author", "form": "form_id"}


@pytest.fixture
def world(running: Services, client: FlaskClient, device: Phone, clock: SteppedClock) -> Services:
    """Twelve responses, one every third day from 20 November on."""
    person_with(running, "ann", "coordinator")
    person_with(running, "ben", "viewer", "kings-heath")
    for number in range(12):
        send(running, client, device, answers("x"), author=f"Worker {number % 3}", lang="bn" if number % 2 else "en")
        clock.step(timedelta(days=3))
    return running


def sums(running: Services, *, reader: str = ANN, periods: list[str] = MONTHS) -> dict[str, dict[str, int]]:
    with running.database.read() as connection:
        return queries.sums(connection, reader=reader, neighbourhood="", periods=periods)


def by_hand(running: Services) -> dict[str, dict[str, int]]:
    """Count the responses themselves."""
    with running.database.read() as connection:
        return {
            what: {
                row["value"]: row["responses"]
                for row in connection.execute(
                    f"SELECT {column} AS value, COUNT(*) AS responses FROM responses WHERE gone = '' GROUP BY 1"  # noqa: S608 - our own names
                )
            }
            for what, column in FACTS.items()
        }


def agree(running: Services) -> bool:
    counted = sums(running)
    return {what: counted.get(what, {}) for what in FACTS} == by_hand(running)


def done(statement: str) -> Callable[[Connection], int]:
    return lambda connection: connection.execute(statement).rowcount


def test_the_counts_are_those_of_the_responses(world: Services) -> None:
    assert agree(world)
    assert sums(world)["worker"] == {"Worker 0": 4, "Worker 1": 4, "Worker 2": 4}
    assert sums(world, periods=["2026-11"])["state"] == {"received": 4}


def test_the_counts_follow_decisions_corrections_erasures_and_rebuilding(
    world: Services, client: FlaskClient, device: Phone
) -> None:
    world.database.write(done("UPDATE responses SET state = 'approved' WHERE author = 'Worker 1'"))
    assert agree(world)
    assert sums(world)["state"] == {"approved": 4, "received": 8}
    item = device.item(answers("y"), header={"author": "Gone"})
    push(client, device, item)
    rebuild(world.database)
    assert agree(world)
    assert sums(world)["worker"]["Gone"] == 1
    erase(world, item)
    assert agree(world)
    assert "Gone" not in sums(world)["worker"]


def test_nothing_of_another_neighbourhood_is_counted(world: Services, app: Flask) -> None:
    assert sums(world, reader="person-ben") == {}
    page = signed_in(app, "ben").get("/console/progress?neighbourhood=old-ford")
    assert "Worker 1" not in page.text
    assert "0 responses in these days" in text_of(page)


def test_the_page_shows_each_figure_with_its_table(world: Services, app: Flask) -> None:
    page = signed_in(app, "ann").get("/console/progress")
    said = text_of(page)
    assert "12 responses in these days" in said
    assert "12 wait for a decision" in said
    assert page.text.count('<svg role="img"') == page.text.count("<table class") == 6
    for name in ("days", "months", "venues", "workers", "languages", "forms"):
        assert f'aria-labelledby="{name}-title {name}-saying"' in page.text
        assert f'<title id="{name}-title">' in page.text


def test_the_page_says_what_its_lines_and_empty_places_mean(world: Services, app: Flask) -> None:
    browser = signed_in(app, "ann")
    page = browser.get("/console/progress")
    assert '<span class="plot-scale" aria-hidden="true"><span>8</span><span>4</span><span>0</span></span>' in page.text
    assert "Once a worker notes that nobody could be interviewed, you see here why." in text_of(page)
    assert "Rejected ones are counted too." not in text_of(page)
    world.database.write(lambda connection: connection.execute("UPDATE responses SET state = 'rejected'"))
    assert "Rejected ones are counted too." in text_of(browser.get("/console/progress"))


def test_the_page_is_of_the_days_asked_for(world: Services, app: Flask) -> None:
    browser = signed_in(app, "ann")
    assert "2 responses in these days" in text_of(browser.get("/console/progress?from=2026-11-23&to=2026-11-26"))
    assert "0 responses in these days" in text_of(browser.get("/console/progress?from=2027-05-01"))
    for odd in ("from=9999-12-31", "to=0001-01-01", "from=0001-01-01&to=9999-12-31", "from=2027-01-01&to=2026-01-01"):
        assert browser.get(f"/console/progress?{odd}").status_code == 200
    assert browser.get("/console/progress?neighbourhood=&from=").location.startswith("/console/progress")


def test_why_nobody_was_interviewed_is_counted_apart(world: Services) -> None:
    world.database.write(
        done("UPDATE responses SET form_id = 'no_interview', outcome = 'refused' WHERE author = 'Worker 2'")
    )
    counted = sums(world)
    assert counted["outcome"] == {"refused": 4}
    assert counted["form"] == {"walk": 8, "no_interview": 4}
    assert sum(counted["state"].values()) == sum(counted["language"].values()) == 8


def test_what_waits_is_read_from_states_problems_and_conflicts() -> None:
    found = waiting(
        {
            "state": {"received": 5, "returned": 2, "approved": 9},
            "problems": {"received": 3, "approved": 4},
            "conflicts": {"received": 1, "rejected": 7, "approved": 1},
        }
    )
    assert (found.received, found.problems, found.conflicts, found.returned) == (5, 3, 2, 2)


def test_what_phones_said_they_have_not_sent_is_summed(world: Services, app: Flask) -> None:
    world.database.write(done("UPDATE devices SET unsent = 3 WHERE role = 'worker'"))
    with world.database.read() as connection:
        assert queries.unsent_on_phones(connection, reader=ANN, neighbourhood="").responses == 3
        assert queries.unsent_on_phones(connection, reader="person-ben", neighbourhood="").responses == 0


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        ("2026-01-01", "2026-03-31", ["2026-01", "2026-02", "2026-03"]),
        ("2026-01-31", "2026-03-01", ["2026-01-31", "2026-02", "2026-03-01"]),
        ("2024-02-28", "2024-03-01", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("2026-05-05", "2026-05-05", ["2026-05-05"]),
        ("2026-05-05", "2026-05-04", []),
        ("9999-12-30", "9999-12-31", ["9999-12-30", "9999-12-31"]),
    ],
)
def test_a_stretch_is_made_of_whole_months_and_days(first: str, last: str, periods: list[str]) -> None:
    assert covering(Stretch(first=date.fromisoformat(first), last=date.fromisoformat(last))) == periods


def test_months_and_days_cover_every_day_once() -> None:
    wanted = Stretch(first=date(2024, 1, 17), last=date(2026, 11, 20))
    days = [day for period in covering(wanted) for day in days_of(wanted) if day.startswith(period)]
    assert days == days_of(wanted)
    assert months_of(wanted) == sorted({day[:7] for day in days})
    every = stretch(None, None, oldest=date(2026, 1, 1), today=date(2026, 2, 1))
    assert (every.first, every.last, every.days) == (date(2026, 1, 1), date(2026, 2, 1), 32)


def test_lines_of_one_name_are_one_and_the_rest_are_together() -> None:
    counts = {f"id-{number}": number for number in range(1, 31)}
    lines = lines_of(counts, named=lambda value: ("Same" if value in {"id-1", "id-30"} else value, ""), others="Others")
    assert lines[0] == Line(words="Same", count=31)
    assert lines[-1].words == "Others"
    assert sum(line.count for line in lines) == sum(counts.values())


@pytest.mark.parametrize("draw", [partial(draw_columns), partial(draw_rows)])
def test_bars_stay_in_the_drawing_and_are_as_long_as_their_counts(draw: Callable[..., object]) -> None:
    lines = [Line(words=str(number), count=count) for number, count in enumerate((0, 1, 50, 1_000_000))]
    for mirrored in (True, False):
        drawn = draw(lines, mirrored=mirrored)
        bars = drawn.bars  # type: ignore[attr-defined]
        assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH + 0.01 and bar.y >= 0 for bar in bars)
        lengths = [bar.height if draw.func is draw_columns else bar.width for bar in bars]  # type: ignore[attr-defined]
        assert lengths[0] == 0 < lengths[1] <= lengths[2] < lengths[3]
        assert lengths[3] == (HEIGHT if draw.func is draw_columns else WIDTH)  # type: ignore[attr-defined]
