"""Journey 2 with other engines, in one launch: the signal goes half-way, and the answers arrive once it is back."""

import json
from pathlib import Path
from typing import Final

from tests.journeys.central import Central
from tests.journeys.engines import OpenPhone, in_other_engines, stored_in, wait_until_sent
from tests.journeys.patience import wait_until
from tests.journeys.posters import POSTER, hang_poster
from tests.journeys.screen import OtherScreen

WISH: Final = "আরও বেঞ্চ দরকার"
PARTS: Final = "SELECT body FROM revision_parts JOIN parts USING (sha256) WHERE name = 'main'"
REVISIONS: Final = "SELECT header, poster_id, quarantined_why FROM revisions"


@in_other_engines
def test_signal_lost_half_way_at_a_poster_loses_nothing_in_another_engine(
    central: Central, tmp_path: Path, open_phone: OpenPhone
) -> None:
    poster = hang_poster(central)
    central.start()
    with open_phone(tmp_path / "driver.log") as screen:
        screen.open(poster)
        screen.see("#question-form[data-caught=yes]")
        screen.press(".tongue[lang=bn]")
        screen.wait_for_address(lambda address: "/interview/" in address)
        screen.see("html[lang=bn] main")
        choose(screen, "yes")
        go_on(screen)
        choose(screen, "weekly")
        central.kill()
        go_on(screen)
        screen.see(".notice-wait")
        answer_the_rest(screen)
        screen.see("main .reference")
        assert [one["state"] for one in stored_in(screen, "revisions")] == ["finalised"]

        central.start()
        wait_until_sent(screen)
        wait_until(lambda: len(central.rows(REVISIONS)) == 1, "the answers are with the server")
        assert screen.complaints() == []
    assert_there_once(central)


def answer_the_rest(screen: OtherScreen) -> None:
    """From the question what is good here, answer all but the equality questions, and finish."""
    choose(screen, "connect")
    go_on(screen)
    choose(screen, "mostly")
    go_on(screen)
    go_on(screen)
    choose(screen, "cost")
    go_on(screen)
    go_on(screen)
    screen.type_in("main .field", WISH)
    go_on(screen)
    go_on(screen)
    go_on(screen)  # the answers are right
    choose(screen, "no")
    go_on(screen)
    go_on(screen)


def choose(screen: OtherScreen, value: str) -> None:
    """Choose by the value, the same in every language; the card around the mark takes the tap."""
    mark = f"main .choice-mark[value='{value}']"
    screen.press(f"{mark} + .choice-card")
    screen.see(f"{mark}:checked + .choice-card")


def go_on(screen: OtherScreen) -> None:
    """Press the last wide button of the page, and wait until another page is there."""
    before = heading(screen)
    screen.press("main .button-wide", last=True)
    wait_until(lambda: heading(screen) not in {before, ""}, f"another page than {before}")


def heading(screen: OtherScreen) -> str:
    return str(screen.ask("Promise.resolve(document.querySelector('h1')?.innerText ?? '')"))


def assert_there_once(central: Central) -> None:
    (revision,) = central.rows(REVISIONS)
    header = json.loads(revision["header"])
    assert (header["poster"], header["author"], header["lang"]) == (POSTER, "", "bn")
    assert (revision["poster_id"], revision["quarantined_why"]) == (POSTER, None)
    (part,) = central.rows(PARTS)
    assert json.loads(part["body"])["answers"]["visit"]["one_change"] == WISH
