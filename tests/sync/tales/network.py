"""The line: a request is lost, an answer is lost or cut, the clock jumps."""

from typing import Final

from tests.sync.telling import Tale, timeout, unreachable
from tests.sync.wording import answer, page, receipts

__all__ = ["TALES"]

_YEARS_MS = 5 * 365 * 86_400_000


def all_well() -> Tale:
    """Ten new responses are one request, and nothing new is one request"""
    revs = "a b c d e f g h i j"
    tale = Tale(waiting=revs)
    tale.wake("open")
    tale.hear(receipts(" ".join(f"{rev}=stored" for rev in revs.split())))
    assert tale.calls == [f"push {revs}"]
    assert set(tale.shelf.revisions.values()) == {"held"}
    assert tale.done == ["keep", "finished", "check-forms"]
    assert tale.wakes_after == 300_000
    tale.wake("timer")
    tale.hear(page(cursor="c2"))
    assert tale.calls == [f"push {revs}", "changes"]
    assert tale.phase == "resting"
    return tale


def request_lost() -> Tale:
    """A push that never arrives leaves the item in the outbox, and it is offered again"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(unreachable)
    assert tale.phase == "waiting no-connection"
    assert tale.shelf.waiting() == ["a"]
    assert tale.done == []
    tale.wake("timer")
    assert tale.calls == ["push a", "push a"]
    return tale


def answer_lost() -> Tale:
    """The answer is lost after the commit: the repeat is answered with duplicate and leaves the outbox"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(unreachable)
    tale.wake("online")
    tale.hear(receipts("a=duplicate"))
    assert tale.shelf.revisions == {"a": "held"}
    assert tale.phase == "resting"
    return tale


def duplicate() -> Tale:
    """An answer that comes twice is heard once"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(receipts("a=stored"))
    tale.hear(receipts("a=stored"))
    assert tale.done.count("keep") == 1
    assert tale.phase == "resting"
    return tale


def duplicate_receipts() -> Tale:
    """Of two receipts for one item the first counts"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(receipts("a=stored a=refused"))
    assert tale.shelf.revisions == {"a": "held"}
    return tale


def truncated() -> Tale:
    """Half an answer removes nothing"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(answer(200, '{"receipts":[{"index":0,"rev":"a","sta'))
    assert tale.phase == "waiting not-our-server"
    assert tale.shelf.waiting() == ["a"]
    return tale


def batch_halved() -> Tale:
    """A push that times out is halved, and grows back after a success"""
    tale = Tale(waiting="a b c d")
    tale.wake("open")
    tale.hear(timeout)
    assert tale.session.batch_items == 2
    tale.wake("timer")
    tale.hear(receipts("a=stored b=stored"))
    assert tale.calls == ["push a b c d", "push a b", "push c d"]
    assert tale.session.batch_items == 4
    return tale


def clock_put_back() -> Tale:
    """A clock put back by years while waiting holds nobody up: timer, finger and any other waking go on"""
    tale = Tale(waiting="a")
    for reason in ("timer", "button", "online", "finalised", "visible"):
        tale.wake("button")
        tale.hear(answer(503, retry_after=60_000))
        assert tale.phase == "waiting server-busy"
        tale.at -= _YEARS_MS
        tale.wake(reason)
        assert tale.phase == "pushing"
        tale.hear(unreachable)
    return tale


def clock_put_forward() -> Tale:
    """A clock put forward by years while waiting or under way changes nothing of what is kept"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(answer(503, retry_after=60_000))
    tale.at += _YEARS_MS
    tale.wake("visible")
    tale.at += _YEARS_MS
    tale.hear(receipts("a=stored"))
    assert tale.shelf.revisions == {"a": "held"}
    assert tale.wakes_after == 300_000
    return tale


TALES: Final = {
    "none": (all_well,),
    "request-lost": (request_lost, batch_halved),
    "answer-lost": (answer_lost,),
    "duplicate": (duplicate, duplicate_receipts),
    "truncated": (truncated,),
    "clock-jump": (clock_put_back, clock_put_forward),
}
