"""The server's log: another than before, told in pages, asked about by name."""

import json
from typing import Final

from tests.sync.telling import Tale
from tests.sync.wording import HELLO, answer, have, page, page_of, receipts

__all__ = ["TALES"]


def restored() -> Tale:
    """After a reset the feed confirms what the log holds, have names the rest, and what is missing is sent again"""
    tale = Tale()
    tale.shelf.revisions = {"a": "held", "b": "held", "c": "safe", "d": "set-aside"}
    tale.wake("open")
    tale.hear(page("a=held", reset=True))
    assert tale.calls[-1] == "have b d"
    tale.hear(have(held="b", missing="d"))
    assert tale.calls[-1] == "push d"
    tale.hear(receipts("d=stored", page=page_of("d=held", cursor="c2")))
    assert tale.shelf.revisions == {"a": "held", "b": "held", "c": "safe", "d": "held"}
    assert tale.phase == "resting"
    return tale


def reviews() -> Tale:
    """What coordinators decided is kept with the page, the last word counts, and an unknown state is passed over"""
    tale = Tale()
    tale.shelf.revisions = {"a": "held", "b": "held"}
    tale.wake("open")
    tale.hear(page("a=returned", "b=approved", "a=received", "b=rejected"))
    assert tale.shelf.reviews == {"a": "received", "b": "rejected"}
    odd = [{"seq": 7, "kind": "review", "id": "a", "rev": "a", "state": "praised"}, {"seq": 8, "kind": "review"}]
    tale.wake("timer")
    tale.hear(answer(200, json.dumps({**page_of(cursor="c2"), "changes": odd, "hello": HELLO})))
    assert tale.shelf.reviews == {"a": "received", "b": "rejected"}
    assert tale.shelf.cursors == ["c1", "c2"]
    return tale


def reviews_of_another_log() -> Tale:
    """A reset takes along what was decided: the log that is there tells all that it knows"""
    tale = Tale()
    tale.shelf.revisions, tale.shelf.reviews = {"a": "held", "b": "held"}, {"a": "returned", "b": "approved"}
    tale.wake("open")
    tale.hear(page("a=held", "b=held", "b=returned", reset=True))
    assert tale.shelf.reviews == {"b": "returned"}
    return tale


def second_reset() -> Tale:
    """A second reset in one pass is not obeyed: its page is not kept, and the pass ends"""
    tale = Tale()
    tale.shelf.revisions = {"a": "held"}
    tale.wake("open")
    tale.hear(page(reset=True, more=True))
    tale.hear(page("a=held", reset=True, more=True, cursor="c2"))
    assert tale.calls == ["changes", "changes", "have a"]
    tale.hear(have(missing="a"))
    tale.hear(receipts("a=stored", page=page_of("a=held", reset=True, cursor="c3")))
    assert tale.shelf.cursors == ["c1"]
    assert tale.shelf.revisions == {"a": "sent"}
    assert tale.phase == "resting"
    tale.wake("timer")
    tale.hear(page("a=held", reset=True, cursor="c4"))
    assert tale.shelf.revisions == {"a": "held"}
    return tale


def reset_with_a_push() -> Tale:
    """A reset in the answer to a push: its receipts count in the new log"""
    tale = Tale(waiting="n")
    tale.shelf.revisions["a"] = "held"
    tale.wake("open")
    tale.hear(receipts("n=stored", page=page_of("n=held", reset=True)))
    assert tale.calls[-1] == "have a"
    tale.hear(have(missing="a"))
    assert tale.calls[-1] == "push a"
    tale.hear(receipts("a=stored", page=page_of("a=held", cursor="c2")))
    assert tale.shelf.revisions == {"a": "held", "n": "held"}
    return tale


def reset_after_have() -> Tale:
    """What was asked about before a reset is asked about again after it: another log may lack it"""
    tale = Tale()
    tale.shelf.revisions = {"a": "sent", "b": "sent"}
    tale.wake("open")
    tale.hear(page())
    tale.hear(have(held="a", missing="b"))
    tale.hear(receipts("b=stored", page=page_of("b=held", reset=True, cursor="c2")))
    tale.hear(have(missing="a"))
    assert tale.calls == ["changes", "have a b", "push b", "have a", "push a"]
    return tale


def not_an_answer_to_have() -> Tale:
    """An answer to have that names nothing in a list is not ours, and nothing is concluded from it"""
    tale = Tale()
    tale.shelf.revisions = {"a": "sent"}
    for said in ("", '"missing": "a", ', '"held": [{"rev": "a", "seq": 1}], '):
        tale.wake("button")
        tale.hear(page())
        tale.hear(answer(200, f'{{{said}"hello": {json.dumps(HELLO)}}}'))
        assert tale.phase == "waiting not-our-server"
    assert tale.shelf.revisions == {"a": "sent"}
    return tale


def pages() -> Tale:
    """The feed is read to its end, page by page, and only then is anything asked about"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(receipts("a=stored", page=page_of("forms", more=True)))
    tale.hear(page("x=erased", cursor="c2", more=True))
    tale.hear(page("a=held", "unknown-kind", cursor="c3"))
    assert tale.calls == ["push a", "changes", "changes"]
    assert tale.shelf.cursors == ["c1", "c2", "c3"]
    assert tale.done.count("check-forms") == 1
    return tale


def held_as_set_aside() -> Tale:
    """have tells what is held from what is set aside; a server that says neither holds it"""
    tale = Tale()
    tale.shelf.revisions = {"a": "sent", "b": "sent"}
    tale.wake("open")
    tale.hear(page())
    tale.hear(have(held="a b=set-aside"))
    assert tale.shelf.revisions == {"a": "held", "b": "set-aside"}
    return tale


def half_answered() -> Tale:
    """Names that have says nothing about are left for a later pass, and nothing is concluded about them"""
    tale = Tale()
    tale.shelf.revisions = {"a": "sent", "b": "sent"}
    tale.shelf.photos = {"p": (10, "a")}
    tale.shelf.photo_states = {"p": "sent"}
    tale.wake("open")
    tale.hear(page())
    assert tale.calls[-1] == "have a b p"
    tale.hear(have(held="a z", held_attachments="q"))
    assert tale.shelf.revisions == {"a": "held", "b": "sent"}
    assert tale.shelf.photo_states == {"p": "sent"}
    assert tale.phase == "resting"
    assert tale.wakes_after < 300_000
    return tale


def held_and_missing() -> Tale:
    """Held wins over missing, and a name is asked about once in a pass, whatever comes of it"""
    tale = Tale()
    tale.shelf.revisions = {"a": "sent", "b": "sent"}
    tale.wake("open")
    tale.hear(page())
    tale.hear(have(held="a", missing="a b"))
    tale.hear(receipts("b=stored", page=page_of(cursor="c2")))
    assert tale.calls == ["changes", "have a b", "push b"]
    assert tale.shelf.revisions == {"a": "held", "b": "sent"}
    assert tale.phase == "resting"
    return tale


def photo_lost_there() -> Tale:
    """An attachment that have misses is sent again"""
    tale = Tale()
    tale.shelf.revisions = {"a": "held"}
    tale.shelf.photos = {"p": (10, "a")}
    tale.shelf.photo_states = {"p": "sent"}
    tale.wake("open")
    tale.hear(page())
    tale.hear(have(missing_attachments="p"))
    assert tale.calls == ["changes", "have p", "measure p"]
    return tale


def no_page_no_safety() -> Tale:
    """A push that brings no page makes nothing safe: its seqs may be of a log that is no more"""
    tale = Tale(waiting="a b")
    backed_up = {**HELLO, "safe_seq": 99}
    tale.wake("open")
    tale.hear(receipts("a=stored b=retry", page={}, hello=backed_up, after_ms=1_000))
    keep = tale.steps[2]["effects"][0]
    assert (keep["serverId"], keep["safeSeq"], keep["time"]) == ("server", 0, "")
    tale.wake("button")
    tale.hear(page("a=held"))
    tale.hear(receipts("b=stored", hello=backed_up))
    keep = [
        effect for step in tale.steps if "effects" in step for effect in step["effects"] if effect["kind"] == "keep"
    ][-1]
    assert (keep["safeSeq"], keep["time"]) == (99, HELLO["time"])
    return tale


def not_a_page() -> Tale:
    """A push without a page asks for it; an answer to changes without a cursor is not ours"""
    tale = Tale(waiting="a")
    tale.wake("open")
    tale.hear(receipts("a=stored", page={}))
    tale.hear(answer(200, '{"changes":[],"hello":{"protocol":{"min":1,"max":1},"server_id":"s"}}'))
    assert tale.calls == ["push a", "changes"]
    assert tale.phase == "waiting not-our-server"
    assert tale.shelf.revisions == {"a": "sent"}
    return tale


TALES: Final = {
    "log-changed": (restored, second_reset, reset_with_a_push, reset_after_have),
    "feed": (pages, not_a_page, no_page_no_safety, reviews, reviews_of_another_log),
    "have": (held_as_set_aside, half_answered, held_and_missing, photo_lost_there, not_an_answer_to_have),
}
