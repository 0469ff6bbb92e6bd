"""The phone: its storage is full or fails, is emptied, or the app is ended between any two effects."""

from typing import Final

from tests.sync.shelf import Shelf
from tests.sync.telling import Tale, unreachable
from tests.sync.wording import have, page, place, receipts

__all__ = ["TALES"]


def full_at_every_effect() -> Tale:
    """A store that fails while gathering or keeping: waits, and what was not kept is asked for again"""
    tale = Tale(waiting="a", photos={"p": 10})
    tale.reads = False
    tale.wake("open")
    assert tale.phase == "waiting storage-failed"
    tale.reads, tale.writes = True, False
    tale.wake("visible")
    tale.hear(receipts("a=stored", missing=["p"]))
    assert tale.phase == "waiting storage-failed"
    assert tale.shelf.waiting() == ["a"]
    tale.writes = True
    tale.finalise("b")
    tale.hear(receipts("a=duplicate b=stored", missing=["p"]))
    tale.hear(place(0, status=200, length=10))
    tale.writes = False
    tale.hear(place(10))
    assert tale.phase == "waiting storage-failed"
    assert tale.shelf.upload(()) is not None
    tale.writes = True
    tale.wake("timer")
    tale.hear(page())
    tale.hear(place(10, status=200))
    tale.hear(page("p=attachment"))
    assert tale.shelf.photo_states == {"p": "held"}
    assert tale.phase == "resting"
    return tale


def full_while_have_is_kept() -> Tale:
    """A store that fails while the answer to have is kept asks again in the next pass"""
    tale = Tale()
    tale.shelf.revisions = {"a": "sent"}
    tale.wake("open")
    tale.hear(page())
    tale.writes = False
    tale.hear(have(held="a"))
    tale.writes = True
    tale.wake("timer")
    tale.hear(page())
    tale.hear(have(held="a"))
    assert tale.calls == ["changes", "have a", "changes", "have a"]
    assert tale.shelf.revisions == {"a": "held"}
    return tale


def emptied() -> Tale:
    """storage-evicted: an emptied store has nothing to send and reads the feed from its start"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(receipts("a=stored"))
    tale.shelf = Shelf()
    tale.restart()
    tale.wake("open")
    tale.hear(page("a=held", "p=attachment"))
    assert tale.calls == ["push a", "changes"]
    assert tale.shelf.revisions == {}
    assert tale.phase == "resting"
    return tale


def ended_anywhere() -> Tale:
    """crash-between-effects: a new session over the same store does again what was not kept, and only that"""
    tale = Tale(waiting="a", photos={"p": 10})
    tale.wake("open")
    tale.restart()
    tale.wake("open")
    tale.writes = False
    tale.hear(receipts("a=stored", missing=["p"]))
    tale.writes = True
    tale.restart()
    tale.wake("open")
    tale.hear(receipts("a=duplicate", missing=["p"]))
    tale.hear(place(0, status=200))
    tale.restart()
    tale.wake("open")
    tale.hear(page())
    tale.hear(place(10, status=200))
    tale.restart()
    tale.wake("open")
    tale.hear(page("p=attachment"))
    assert tale.calls == [
        *("push a", "push a", "push a", "measure p", "upload p 0+10"),
        *("changes", "measure p", "changes", "changes"),
    ]
    assert tale.shelf.revisions == {"a": "held"}
    assert tale.shelf.photo_states == {"p": "held"}
    return tale


def photo_unreadable() -> Tale:
    """A photo whose bytes cannot be read delays no other"""
    tale = Tale(waiting="a", photos={"p": 10, "q": 10})
    tale.wake("open")
    tale.hear(receipts("a=stored", missing=["p", "q"]))
    tale.hear(place(0, status=200))
    tale.failed()
    assert tale.calls[-1] == "measure q"
    tale.hear(place(10, status=200))
    tale.hear(page("q=attachment"))
    assert tale.shelf.photo_states == {"q": "held"}
    assert tale.wakes_after < 300_000
    return tale


def failed_out_of_turn() -> Tale:
    """A store's word that nobody waits for changes nothing; while a call is under way it ends the pass"""
    tale = Tale(waiting="a")
    tale.failed()
    assert tale.phase == "resting"
    tale.wake("open")
    tale.failed()
    assert tale.phase == "waiting storage-failed"
    tale.hear(unreachable)
    assert tale.phase == "waiting storage-failed"
    return tale


TALES: Final = {
    "quota-full": (full_at_every_effect, full_while_have_is_kept),
    "store-failed": (photo_unreadable, failed_out_of_turn),
    "storage-evicted": (emptied,),
    "crash-between-effects": (ended_anywhere,),
}
