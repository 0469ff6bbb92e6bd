"""What coordinators decided is kept beside the outbox: the last word of the log that is there now."""

import pytest

from sync.client import queries
from sync.codes import ReviewState
from sync.replies import ChangesPage, ReviewChange
from tests.sync.outbox_shelf import NOON, OTHER_SERVER, SERVER, Shelf, erasure_of, response_id

WHY = "Please say where it is."


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def hear(shelf: Shelf, *changes: ReviewChange, reset: bool = False, server: str = SERVER) -> None:
    page = ChangesPage(reset=reset, changes=changes, cursor="c", more=False)
    shelf.outbox.keep(receipts=(), page=page, server_id=server, safe_seq=0, time=NOON)


def review(about: str, state: ReviewState, *, seq: int, reason: str = "") -> ReviewChange:
    return ReviewChange(seq=seq, id=about, rev="r", state=state, reason=reason)


def test_the_last_word_about_a_response_counts(shelf: Shelf) -> None:
    hear(shelf, review("a", ReviewState.APPROVED, seq=1), review("a", ReviewState.RETURNED, seq=2, reason=WHY))
    assert queries.reviews(shelf.connection) == {"a": ("r", "returned", WHY)}


def test_the_same_page_twice_is_the_same_as_once(shelf: Shelf) -> None:
    for _ in range(2):
        hear(shelf, review("a", ReviewState.RETURNED, seq=1, reason=WHY), review("a", ReviewState.RECEIVED, seq=2))
    assert queries.reviews(shelf.connection) == {"a": ("r", "received", "")}


def test_after_a_reset_only_what_the_new_log_tells_is_known(shelf: Shelf) -> None:
    hear(shelf, review("a", ReviewState.RETURNED, seq=1, reason=WHY), review("b", ReviewState.APPROVED, seq=2))
    hear(shelf, review("b", ReviewState.REJECTED, seq=2), reset=True)
    assert queries.reviews(shelf.connection) == {"b": ("r", "rejected", "")}


def test_a_server_that_answers_for_another_takes_no_word_away(shelf: Shelf) -> None:
    """A hub knows of no decisions; back at central the feed goes on from where it was."""
    hear(shelf, review("a", ReviewState.APPROVED, seq=1))
    hear(shelf, server=OTHER_SERVER)
    assert queries.reviews(shelf.connection) == {"a": ("r", "approved", "")}


def test_no_reason_outlives_the_answers(shelf: Shelf) -> None:
    made = shelf.finish()
    hear(shelf, review(response_id(made), ReviewState.RETURNED, seq=1, reason=WHY))
    shelf.outbox.keep(
        receipts=(),
        page=ChangesPage(reset=False, changes=(erasure_of(made, 2),), cursor="c2", more=False),
        server_id=SERVER,
        safe_seq=0,
        time=NOON,
    )
    assert queries.reviews(shelf.connection) == {}
