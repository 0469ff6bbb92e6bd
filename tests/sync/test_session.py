"""What is too long for a transcript, and how long a server is left alone."""

from sync.backoff import backoff
from sync.limits import HAVE_NAMES
from sync.session import MOST_PAGES
from sync.session_types import Checking
from tests.sync.telling import Tale
from tests.sync.wording import page


def test_a_feed_that_says_more_for_ever_ends_with_the_pass() -> None:
    tale = Tale()
    tale.wake("open")
    while not tale.is_over:
        tale.hear(page(more=True))
    assert tale.calls == ["changes"] * MOST_PAGES
    assert tale.phase == "resting"


def test_a_have_asks_about_no_more_names_than_a_server_takes() -> None:
    tale = Tale()
    tale.shelf.revisions = {f"r{number}": "sent" for number in range(HAVE_NAMES - 1)}
    tale.shelf.photo_states = {"p": "sent", "q": "sent"}
    tale.wake("open")
    tale.hear(page())
    assert isinstance(tale.session.phase, Checking)
    assert len(tale.session.phase.names) == HAVE_NAMES
    assert tale.session.phase.names[-1] == "p"


def test_the_first_wait_is_between_1_and_2_seconds() -> None:
    assert backoff(1, fraction=0) == 1_000
    assert backoff(1, fraction=0.5) == 1_500


def test_no_number_of_failures_and_no_wish_waits_longer_than_5_minutes() -> None:
    assert backoff(9, fraction=0.999_999) <= 300_000
    assert backoff(1_000_000, fraction=0.999_999) <= 300_000
    assert backoff(1, fraction=0, retry_after=60_000) == 60_000
    assert backoff(1, fraction=0, retry_after=86_400_000) == 300_000
