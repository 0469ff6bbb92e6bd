"""What journeys begin with copies of: a server and a phone that is enrolled with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Playwright

from tests.journeys.central import Central
from tests.journeys.enrolment import enrol
from tests.journeys.phone import Phone

__all__ = ["Prepared", "prepared_for_journeys"]


class Prepared(NamedTuple):
    """A server and a phone that is enrolled with it, neither of them running."""

    central: Central
    phone: Phone


@contextmanager
def prepared_for_journeys(playwright: Playwright) -> Iterator[Prepared]:
    """Make them, and remove them afterwards."""
    with TemporaryDirectory() as folder:
        central = Central(Path(folder))
        central.prepare()
        link = central.enrolment_link("Amina")
        central.start()
        try:
            with Phone(playwright, Path(folder) / "profile") as phone:
                enrol(phone.launch(link))
            central.stop()
        finally:
            central.kill()
        yield Prepared(central, phone)
