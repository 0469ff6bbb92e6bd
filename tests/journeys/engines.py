"""The other engines that journeys run in, each within one launch: WebKit, as on iPhones, keeps nothing between two."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

import pytest

from tests.journeys.firefox_phone import firefox_phone
from tests.journeys.outbox import READ_STORE
from tests.journeys.patience import wait_until
from tests.journeys.screen import OtherScreen
from tests.journeys.webkit_phone import webkit_phone

__all__ = ["OpenPhone", "come_online", "enrol_other", "in_other_engines", "stored_in", "wait_until_sent"]

OpenPhone = Callable[[Path], AbstractContextManager[OtherScreen]]
"""Opens a browser; the path is where its driver writes."""
LOGIC_AND_LANGUAGES: Final = 4
"""Of one form: one logic, three text packs."""
COME_ONLINE: Final = "Promise.resolve(dispatchEvent(new Event('online')))"

in_other_engines = pytest.mark.parametrize(
    "open_phone",
    [
        pytest.param(webkit_phone, marks=pytest.mark.webkit, id="webkit"),
        pytest.param(firefox_phone, marks=pytest.mark.firefox, id="firefox"),
    ],
)
"""Marks a journey that runs in each of them; it takes ``open_phone``."""


def enrol_other(screen: OtherScreen, link: str, *, forms: int = 1) -> None:
    """Open an enrolment link, and go on until the phone can be taken where there is no signal."""
    screen.open(link)
    see_ready(screen)
    screen.press("main a.button")
    screen.see("main button.button", "Start an interview")
    come_online(screen)
    screen.ask("navigator.serviceWorker.ready.then(() => true)")
    wanted = forms * LOGIC_AND_LANGUAGES
    wait_until(lambda: len(stored_in(screen, "blobs")) == wanted, "every form in every language")
    assert screen.complaints() == []


def see_ready(screen: OtherScreen) -> None:
    """See that the app is kept.

    On a busy machine the first service worker of a session in WebKitGTK now and then does not become active within a
    minute, without a complaint. A person opens the app anew then; so does this, once.
    """
    try:
        screen.see("h1", "This phone is ready")
    except AssertionError:
        screen.open(screen.address())
        screen.see("h1", "This phone is ready")


def come_online(screen: OtherScreen) -> None:
    """Tell the page that there is a network again."""
    screen.ask(COME_ONLINE)


def wait_until_sent(screen: OtherScreen) -> None:
    """Tell the phone that there is a network again, and wait until a server has acknowledged all that is finished."""
    come_online(screen)
    wait_until(lambda: all(one["state"] != "finalised" for one in stored_in(screen, "revisions")), "everything sent")


def stored_in(screen: OtherScreen, store: str) -> list[dict[str, Any]]:
    """Give what one store of the phone's database holds."""
    found = screen.ask(f"({READ_STORE})(given[0])", store)
    assert isinstance(found, list)
    return found
