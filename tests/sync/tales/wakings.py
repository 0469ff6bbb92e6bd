"""Who may wake the session, and what a waking while it is under way comes to."""

from typing import Final

from tests.sync.telling import Tale, unreachable
from tests.sync.wording import page, receipts

__all__ = ["TALES"]


def finalised_meanwhile() -> Tale:
    """What is finalised while a pass is under way goes in that pass"""
    tale = Tale()
    tale.wake("open")
    tale.finalise("late")
    tale.hear(page())
    tale.hear(receipts("late=stored"))
    assert tale.calls == ["changes", "push late"]
    assert tale.phase == "resting"
    return tale


def finger_meanwhile() -> Tale:
    """A finger while a pass is under way wants all of it once more, also what was set aside; a timer does not"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.wake("timer")
    tale.wake("button")
    tale.finalise("b")
    tale.hear(receipts("a=retry", after_ms=10_000, page={}))
    tale.hear(receipts("b=stored"))
    assert tale.calls == ["push a", "push b", "push a"]
    tale.hear(receipts("a=stored"))
    assert tale.phase == "resting"
    assert tale.done.count("finished") == 2
    return tale


def network_back() -> Tale:
    """Without a connection every waking tries at once"""
    tale = Tale(waiting="a")
    for reason in ("open", "online", "visible", "finalised", "timer", "button"):
        tale.wake(reason)
        tale.hear(unreachable)
        assert tale.phase == "waiting no-connection"
    assert len(tale.calls) == 6
    return tale


def late_answer() -> Tale:
    """A late answer changes nothing in a session at rest"""
    tale = Tale(waiting="a")
    tale.hear(receipts("a=stored"))
    assert tale.phase == "resting"
    assert tale.shelf.waiting() == ["a"]
    assert tale.done == []
    return tale


TALES: Final = {
    "wake-under-way": (finalised_meanwhile, finger_meanwhile),
    "wake-waiting": (network_back,),
    "late-answer": (late_answer,),
}
