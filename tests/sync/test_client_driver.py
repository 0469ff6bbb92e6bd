"""A driver may be stopped between any two things it does: what was finished arrives, once and whole."""

import sqlite3
from collections.abc import Callable
from random import Random
from typing import Final

import pytest

from sync.client.driver import Driver, Outgoing, new_driver
from sync.client.outbox import Finished as FinishedResponse
from sync.client.outbox import Outbox
from sync.session import new_session, step
from sync.session_types import Answered, CheckForms, Event, Finished, Session, StoreFailed, Wake, WakeAfter
from tests.netfault.records import Form, photo, response
from tests.sync.small_server import SmallServer

DEVICE: Final = "0192f000-0000-7000-8000-0000000000d1"
FORM: Final = Form(id="walk", version="1", logic="a" * 64)
PHOTO_BYTES: Final = 150_000
MOST_MOMENTS: Final = 200
WAKE: Final = Wake(at=1_000, fraction=0.5, reason="button")


class Stopped(Exception):
    """The battery is empty."""


class Handset:
    """An outbox that outlives its driver."""

    def __init__(self, server: SmallServer) -> None:
        self.server = server
        self.connection = sqlite3.connect(":memory:")
        self.outbox = Outbox(self.connection)
        self.outbox.enrol(device=DEVICE, token="fw1.token")
        chance = Random(3)
        self.finished = [
            response(chance, device=DEVICE, form=FORM, photos=[photo(chance, PHOTO_BYTES)] * photos)
            for photos in (0, 1, 0)
        ]
        for finished in self.finished:
            self.outbox.add_response(finished)

    def run(self, driver: Driver[Session], before_answer: Callable[[], None] = lambda: None) -> list[object]:
        """Answer all that the driver sends, until it sends no more; the server has done it ``before_answer``."""
        outward: list[object] = []
        event: Event | None = WAKE
        while event is not None:
            wishes = driver.handle(event)
            outward.extend(wishes)
            sent = [wish for wish in wishes if isinstance(wish, Outgoing)]
            assert len(sent) <= 1, "a session asks for one thing at a time"
            event = None
            if sent:
                answer = self.server.answer(sent[0].request)
                before_answer()
                event = Answered(at=2_000, fraction=0.5, answer=answer)
        return outward

    def assert_arrived_once(self) -> None:
        names = [name for finished in self.finished for name in (finished.rev, *finished.attachments)]
        assert sorted(name for _, name in self.server.log) == sorted(names)
        assert set(self.outbox.states().values()) | set(self.outbox.attachment_states().values()) == {"held"}
        assert self.server.files == attachments_of(self.finished)


@pytest.fixture
def handset() -> Handset:
    return Handset(SmallServer())


def test_everything_goes_in_one_pass_and_nothing_new_is_one_request(handset: Handset) -> None:
    outward = handset.run(new_driver(handset.outbox))
    handset.assert_arrived_once()
    assert isinstance(outward[-1], WakeAfter)
    assert any(isinstance(wish, Finished) for wish in outward)
    assert CheckForms(hash="f") in outward
    nothing_new = handset.run(new_driver(handset.outbox))
    assert [wish.request.name for wish in nothing_new if isinstance(wish, Outgoing)] == ["changes"]


@pytest.mark.parametrize("moment", ["before-an-effect", "before-an-answer-is-heard"])
def test_stopped_at_any_moment_it_goes_on_and_nothing_is_lost_or_done_twice(moment: str) -> None:
    moments = 0
    while runs_out_of_power(handset := Handset(SmallServer()), moments + 1, moment=moment):
        moments += 1
        assert moments < MOST_MOMENTS
        handset.run(new_driver(handset.outbox))
        handset.assert_arrived_once()
    assert moments >= 5, "there was something to stop"


def test_a_server_that_has_lost_the_end_of_its_log_gets_it_back(handset: Handset) -> None:
    handset.run(new_driver(handset.outbox))
    for name in (handset.finished[1].rev, *handset.finished[1].attachments):
        handset.server.forget(name)
    handset.run(new_driver(handset.outbox))
    handset.assert_arrived_once()


def test_a_store_that_fails_is_told_to_the_session_and_anything_else_passes_through(handset: Handset) -> None:
    heard: list[Event] = []

    def listening(session: Session, event: Event) -> object:
        heard.append(event)
        return step(session, event)

    handset.connection.execute("PRAGMA query_only = ON")
    driver = Driver(handset.outbox, step=listening, session=new_session())  # type: ignore[arg-type]
    handset.run(driver)
    assert any(isinstance(event, StoreFailed) for event in heard)
    assert getattr(driver.session.phase, "why", "") == "storage-failed"
    handset.connection.execute("PRAGMA query_only = OFF")
    handset.run(driver)
    handset.assert_arrived_once()


def test_a_photo_whose_bytes_are_gone_delays_no_other(handset: Handset) -> None:
    (lost,) = handset.finished[1].attachments
    other = response(Random(8), device=DEVICE, form=FORM, photos=[photo(Random(9), 900)])
    handset.outbox.add_response(other)
    handset.connection.execute("UPDATE attachments SET content = x'' WHERE sha256 = ?", (lost,))
    handset.run(new_driver(handset.outbox))
    states = handset.outbox.attachment_states()
    assert states == {lost: "here", **dict.fromkeys(other.attachments, "held")}
    assert set(handset.outbox.states().values()) == {"held"}


def runs_out_of_power(handset: Handset, stop_at: int, *, moment: str) -> bool:
    """Stop at the ``stop_at``-th moment of its kind; False when there were fewer."""
    left = stop_at

    def pass_by(_moment: object = None) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Stopped

    stops_at_effects = moment == "before-an-effect"
    driver = Driver(
        handset.outbox,
        step=step,
        session=new_session(),
        before_effect=pass_by if stops_at_effects else lambda _effect: None,
    )
    try:
        handset.run(driver, before_answer=(lambda: None) if stops_at_effects else pass_by)
    except Stopped:
        return True
    return False


def attachments_of(finished: list[FinishedResponse]) -> dict[str, bytes]:
    return {
        sha256: content for one in finished for sha256, content in one.attachments.items() if isinstance(content, bytes)
    }
