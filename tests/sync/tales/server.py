"""The server: busy, broken, full, of another release; it turns down a push, an item or a person."""

from typing import Final

from tests.sync.telling import Tale, unreachable
from tests.sync.wording import HELLO, answer, page, receipts

__all__ = ["TALES"]


def server_error() -> Tale:
    """500: waits longer each time and never more than 5 minutes"""
    tale = Tale(waiting="a", fraction=0.999_999)
    waits = []
    for _ in range(10):
        tale.wake("timer")
        tale.hear(answer(500))
        waits.append(tale.wakes_after)
    assert waits[:3] == [2_000, 4_000, 8_000]
    assert waits[-2:] == [300_000, 300_000]
    assert tale.shelf.waiting() == ["a"]
    return tale


def too_many_requests() -> Tale:
    """429: a server that asks for quiet is disturbed by nobody but a finger"""
    tale = Tale(waiting="a", fraction=0)
    tale.wake("open")
    tale.hear(answer(429, retry_after=60_000))
    assert tale.wakes_after == 60_000
    tale.wake("online")
    tale.wake("visible")
    tale.finalise("b")
    assert tale.phase == "waiting server-busy"
    tale.wake("button")
    assert tale.calls == ["push a", "push a b"]
    return tale


def busy() -> Tale:
    """503 with Retry-After: the server's wish is honoured, up to 5 minutes, and the timer ends it"""
    tale = Tale(waiting="a", fraction=0)
    tale.wake("open")
    tale.hear(answer(503, retry_after=86_400_000))
    assert tale.wakes_after == 300_000
    tale.at += 300_000
    tale.wake("timer")
    assert tale.phase == "pushing"
    return tale


def no_space() -> Tale:
    """507: the server's disk is full; nothing leaves the outbox"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(answer(507, '{"code":"no-space"}', retry_after=30_000))
    assert tale.phase == "waiting server-busy"
    assert tale.wakes_after == 30_000
    assert tale.shelf.waiting() == ["a"]
    return tale


def body_too_large() -> Tale:
    """413: halved at once until the large one is alone, which is refused as oversize; the others go"""
    too_large = answer(413, '{"code":"body-too-large"}')
    tale = Tale(waiting="big b")
    tale.wake("open")
    tale.hear(too_large)
    tale.hear(too_large)
    tale.hear(receipts("b=stored"))
    assert tale.calls == ["push big b", "push big", "push b"]
    assert tale.shelf.revisions == {"big": "refused", "b": "held"}
    return tale


def proxy_too_large() -> Tale:
    """A proxy's 413 refuses nothing: the item is set aside, the others go, and it is tried again before long"""
    tale = Tale(waiting="big b")
    tale.wake("open")
    tale.hear(answer(413, "<html>nginx</html>"))
    tale.hear(answer(413, "<html>nginx</html>"))
    tale.hear(receipts("b=stored"))
    assert tale.shelf.revisions == {"big": "finalised", "b": "held"}
    assert tale.phase == "resting"
    assert tale.wakes_after < 300_000
    return tale


def too_many_items() -> Tale:
    """Our own 413 that is not about the size of the one item refuses nothing"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(answer(413, '{"code":"too-many-items"}'))
    assert tale.shelf.waiting() == ["a"]
    assert tale.calls == ["push a", "changes"]
    return tale


def malformed() -> Tale:
    """A 400 for every push, whoever says it, loses nothing and ends"""
    bodies = ['{"code":"malformed"}', '{"error":"from a proxy"}', "<html>"]
    tale = Tale(waiting="a b c")
    for body in bodies:
        tale.wake("button")
        while tale.phase == "pushing":
            tale.hear(answer(400, body))
        tale.hear(page())
        assert tale.phase == "resting"
    assert tale.shelf.waiting() == ["a", "b", "c"]
    return tale


def refused_item() -> Tale:
    """An item that is refused delays no other"""
    tale = Tale(waiting="a b")
    tale.wake("open")
    tale.hear(receipts("a=refused b=stored", page={}))
    assert tale.shelf.revisions == {"a": "refused", "b": "sent"}
    return tale


def retry() -> Tale:
    """retry: the item stays for later, the rest goes, and a new one does not wait for it"""
    tale = Tale(waiting="a b", fraction=0)
    tale.wake("open")
    tale.hear(receipts("a=retry b=stored", after_ms=30_000, page={}))
    tale.hear(page("b=held"))
    assert tale.shelf.revisions == {"a": "finalised", "b": "held"}
    assert tale.wakes_after == 30_000
    tale.finalise("c")
    assert tale.calls == ["push a b", "changes", "push a c"]
    return tale


def strange_receipt() -> Tale:
    """A receipt for a rev that this push did not bring is no receipt"""
    tale = Tale(waiting="a b")
    tale.wake("open")
    tale.hear(receipts("z=stored"))
    assert tale.phase == "waiting not-our-server"
    tale.wake("timer")
    tale.hear(receipts("z=stored b=stored"))
    assert tale.shelf.revisions == {"a": "finalised", "b": "held"}
    return tale


def set_aside() -> Tale:
    """quarantined is kept too: the item has left the outbox"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(receipts("a=quarantined", page={}))
    tale.hear(page("a=set-aside"))
    assert tale.shelf.revisions == {"a": "set-aside"}
    assert tale.phase == "resting"
    return tale


def token_renewed() -> Tale:
    """A renewed token is taken before anything is kept"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(receipts("a=stored", token="fw1.new"))
    assert tale.done[:2] == ["renew-token fw1.new", "keep"]
    return tale


def unauthorised() -> Tale:
    """401: stops, keeps everything, and a person may try again"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(answer(401, '{"code":"token-invalid"}'))
    assert tale.phase == "stopped enrol-again"
    assert tale.shelf.waiting() == ["a"]
    tale.wake("button")
    assert tale.phase == "pushing"
    return tale


def enrolled_meanwhile() -> Tale:
    """401 for an old token, while a finger has asked for another try: the phone was enrolled anew, and goes on"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.wake("button")
    tale.hear(answer(401, '{"code":"token-invalid"}'))
    tale.hear(receipts("a=stored"))
    assert tale.calls == ["push a", "push a"]
    assert tale.phase == "resting"
    return tale


def forbidden() -> Tale:
    """403 on the feed: the push before it is kept all the same"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(receipts("a=quarantined", page={}))
    tale.hear(answer(403, '{"code":"device-not-allowed"}'))
    assert tale.shelf.revisions == {"a": "sent"}
    assert tale.phase == "stopped enrol-again"
    return tale


def version_too_old() -> Tale:
    """A server that no longer speaks our protocol, in an answer or in an error: stops, keeps everything"""
    newer = {**HELLO, "protocol": {"min": 2, "max": 3}}
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(receipts("a=stored", hello=newer))
    assert tale.phase == "stopped app-too-old"
    tale.wake("open")
    tale.hear(answer(400, '{"code":"malformed","hello":{"protocol":{"min":2,"max":3},"server_id":"server"}}'))
    assert tale.phase == "stopped app-too-old"
    assert tale.shelf.waiting() == ["a"]
    return tale


def server_too_old() -> Tale:
    """A server that does not speak our protocol yet: waits, keeps everything"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(receipts("a=stored", hello={**HELLO, "protocol": {"min": 0, "max": 0}}))
    assert tale.phase == "waiting server-too-old"
    assert tale.shelf.waiting() == ["a"]
    tale.wake("online")
    assert tale.phase == "waiting server-too-old"
    tale.wake("timer")
    tale.hear(unreachable)
    assert tale.phase == "waiting no-connection"
    return tale


TALES: Final = {
    "500": (server_error,),
    "429": (too_many_requests,),
    "503": (busy,),
    "507": (no_space,),
    "413": (body_too_large, proxy_too_large, too_many_items),
    "400": (malformed,),
    "refused": (refused_item,),
    "retry": (retry,),
    "strange-receipt": (strange_receipt,),
    "quarantined": (set_aside,),
    "token-renewed": (token_renewed,),
    "401": (unauthorised, enrolled_meanwhile),
    "403": (forbidden,),
    "version-too-old": (version_too_old,),
    "server-too-old": (server_too_old,),
}
