"""Photos: resumed by offset after any cut, after the texts, one piece at a time."""

from typing import Final

from tests.sync.telling import Tale, timeout, unreachable
from tests.sync.wording import answer, page, page_of, place, receipts

__all__ = ["TALES"]


def _begun(**photos: int) -> Tale:
    """Return a conversation in which the text has gone, and the first photo is being asked about."""
    tale = Tale(waiting="a", photos=photos)
    tale.wake("open")
    tale.hear(receipts("a=stored", missing=list(photos)))
    return tale


def text_first() -> Tale:
    """The text goes before its photo, pieces grow as they get through, and the feed is read once more at the end"""
    tale = _begun(p=300_000)
    tale.hear(place(0, status=200, length=300_000))
    tale.hear(place(65_536))
    tale.hear(place(196_608))
    tale.hear(place(300_000))
    tale.hear(page("p=attachment", cursor="c2"))
    assert tale.calls == [
        *("push a", "measure p", "upload p 0+65536", "upload p 65536+131072", "upload p 196608+103392"),
        "changes",
    ]
    assert tale.shelf.photo_states == {"p": "held"}
    assert tale.phase == "resting"
    return tale


def text_between_pieces() -> Tale:
    """A text that is finished meanwhile goes before the next piece, which goes on where the photo was"""
    tale = _begun(p=200_000)
    tale.hear(place(0, status=200))
    tale.finalise("b")
    tale.hear(place(65_536))
    tale.hear(receipts("b=stored", page=page_of("b=held", cursor="c2")))
    tale.hear(place(196_608))
    assert tale.calls[2:] == ["upload p 0+65536", "push b", "upload p 65536+131072", "upload p 196608+3392"]
    return tale


def cut() -> Tale:
    """A cut keeps what has come: the server is asked, the rest goes in smaller pieces, and progress is no failure"""
    tale = _begun(p=100_000)
    tale.hear(place(20_000, status=200))
    for offset in (24_000, 31_000, 40_000, 44_000):
        tale.hear(unreachable)
        tale.wake("timer")
        tale.hear(page())
        tale.hear(place(offset, status=200))
        assert tale.session.failures == 0
    assert tale.session.piece_bytes == 8_192
    assert tale.calls[-1] == "upload p 44000+8192"
    return tale


def cut_without_progress() -> Tale:
    """A line that carries nothing is left alone for longer each time"""
    tale = _begun(p=100_000)
    tale.hear(place(20_000, status=200))
    for failures in (1, 2, 3):
        tale.hear(timeout)
        assert tale.session.failures == failures
        tale.wake("timer")
        tale.hear(page())
        tale.hear(place(20_000, status=200))
    return tale


def whole_at_head() -> Tale:
    """A photo that is there already is marked and not sent"""
    tale = _begun(p=100)
    tale.hear(place(100, status=200, length=100))
    tale.hear(page("p=attachment"))
    assert tale.calls == ["push a", "measure p", "changes"]
    assert tale.shelf.photo_states == {"p": "held"}
    return tale


def erased_there() -> Tale:
    """A photo that is erased at the server is answered as whole, and the feed says what became of it"""
    tale = _begun(p=100_000)
    tale.hear(place(0, status=200))
    tale.hear(place(100_000))
    tale.hear(page("p=attachment"))
    assert tale.calls == ["push a", "measure p", "upload p 0+65536", "changes"]
    return tale


def wrong_place() -> Tale:
    """409: the place that the server names is believed"""
    tale = _begun(p=100)
    tale.hear(place(10, status=200))
    tale.hear(place(50, status=409))
    tale.hear(place(100))
    assert tale.calls[1:] == ["measure p", "upload p 10+90", "upload p 50+50", "changes"]
    return tale


def wrong_place_again() -> Tale:
    """A second 409 about the same photo in one pass sets it aside; the next photo goes"""
    tale = _begun(p=100, q=100)
    tale.hear(place(10, status=200))
    tale.hear(place(0, status=409))
    tale.hear(place(10, status=409))
    assert tale.calls[-1] == "measure q"
    tale.hear(place(100, status=200))
    tale.hear(page("q=attachment"))
    assert tale.phase == "resting"
    assert tale.wakes_after < 300_000
    return tale


def unwanted() -> Tale:
    """404, 413, 422, another length than ours: set aside for this pass, and the next photo goes"""
    tale = _begun(p=100, q=100, r=100, s=100, t=100, u=100)
    tale.hear(answer(404))
    tale.hear(place(0, status=200))
    tale.hear(answer(413, '{"code":"attachment-too-large"}'))
    tale.hear(place(0, status=200))
    tale.hear(answer(422, '{"code":"hash-mismatch"}'))
    tale.hear(place(0, status=200, length=99))
    tale.hear(place(101, status=200))
    tale.hear(place(0, status=200))
    tale.hear(answer(404, '{"code":"attachment-unknown"}'))
    assert [call for call in tale.calls if call.startswith("measure")] == [f"measure {name}" for name in "pqrstu"]
    assert tale.shelf.photo_states == {}
    assert tale.phase == "resting"
    return tale


def server_full() -> Tale:
    """507 for a photo: waits as long as the server says; the text is there already"""
    tale = _begun(p=100)
    tale.hear(place(0, status=200))
    tale.hear(answer(507, '{"code":"no-space"}', retry_after=120_000))
    assert tale.phase == "waiting server-busy"
    assert tale.wakes_after == 120_000
    assert tale.shelf.revisions == {"a": "held"}
    return tale


def without_numbers() -> Tale:
    """An answer without Upload-Offset is not our server's"""
    tale = _begun(p=100)
    tale.hear(place(None, status=200))
    assert tale.phase == "waiting not-our-server"
    tale.wake("timer")
    tale.hear(page())
    tale.hear(place(0, status=200))
    tale.hear(place(None, status=204))
    assert tale.phase == "waiting not-our-server"
    assert tale.shelf.photo_states == {}
    return tale


def empty_file() -> Tale:
    """A photo of no bytes is sent as it is: a place could not tell nothing from all of it"""
    tale = _begun(p=0)
    assert tale.calls == ["push a", "upload p 0+0"]
    tale.hear(place(0, length=0))
    tale.hear(page("p=attachment"))
    assert tale.shelf.photo_states == {"p": "held"}
    return tale


TALES: Final = {
    "two-lanes": (text_first, text_between_pieces),
    "upload-cut": (cut, cut_without_progress),
    "upload-whole": (whole_at_head, erased_there, empty_file),
    "upload-409": (wrong_place, wrong_place_again),
    "upload-unwanted": (unwanted,),
    "upload-507": (server_full,),
    "upload-not-ours": (without_numbers,),
}
