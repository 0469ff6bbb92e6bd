"""Try the forms of a folder on a real phone and a real server: `make try-forms DIR=…`.

Everything listens on loopback, in processes that end with this one.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.journeys.central import Central
from tests.journeys.phone import Phone
from tests.try_forms.arrival import see_arrival
from tests.try_forms.checking import check_folder
from tests.try_forms.outcome import Outcome, in_full, table
from tests.try_forms.screen import wait_for_screen
from tests.try_forms.walking import walk

ENROL_SECONDS = 60.0


def main(arguments: Sequence[str]) -> int:
    """Try every form; give 1 when one that was accepted did not come through."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        outcomes = [Outcome(checked) for checked in check_folder(options.folder, Path(scratch, "forms"))]
        accepted = [one for one in outcomes if one.checked.compiled is not None]
        if accepted:
            _try_all(accepted, Path(scratch))
    print("\n".join(line for one in outcomes for line in in_full(one, answers=options.answers)))
    print(f"\n{table(outcomes)}")
    return 0 if outcomes and all(one.good for one in outcomes) else 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.try_forms", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder with the form files")
    parser.add_argument("--answers", action="store_true", help="show the answers that arrived")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder; name one with form files: make try-forms DIR=…")
    return options


def _try_all(outcomes: Sequence[Outcome], scratch: Path) -> None:
    central = Central(scratch)
    link = _prepare(central, outcomes)
    with _running(central), sync_playwright() as playwright, Phone(playwright, scratch / "profile") as phone:
        page = phone.launch(link)
        _enrol(page)
        for outcome in outcomes:
            _try(page, phone, central, outcome)


def _prepare(central: Central, outcomes: Sequence[Outcome]) -> str:
    """Publish the forms into a new data folder, and give the link that enrols a phone."""
    central.command("neighbourhood", "add", "old-ford", "Old Ford", "--system", "North East London")
    for outcome in outcomes:
        central.command("form", "publish", str(outcome.checked.copy))
    return central.enrolment_link("Amina")


@contextmanager
def _running(central: Central) -> Iterator[None]:
    central.start()
    try:
        yield
    finally:
        central.stop()


def _enrol(page: Page) -> None:
    """Go on from the enrolment link to the home page, and wait until every form is on the phone."""
    page.locator("main a.button[href='/']").click(timeout=ENROL_SECONDS * 1_000)
    page.locator("main .cards button").first.wait_for(timeout=ENROL_SECONDS * 1_000)


def _try(page: Page, phone: Phone, central: Central, outcome: Outcome) -> None:
    compiled = outcome.checked.compiled
    assert compiled is not None, "Refused forms are not tried."
    print(f"Trying {outcome.checked.name} …", file=sys.stderr, flush=True)
    page.goto(central.url)
    outcome.walk = walk(page, compiled.form_id, outcome.definition)
    if not outcome.walk.stuck:
        wait_for_screen(page)
        page.evaluate("window.dispatchEvent(new Event('online'))")
        outcome.arrival = see_arrival(central, outcome.walk.response_id, outcome.definition)
    outcome.complaints = (*phone.watch.complaints, *phone.watch.strangers())
    phone.watch.forget()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
