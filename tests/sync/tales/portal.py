"""A sign-in page of somebody's Wi-Fi answers in the server's place: nothing may be concluded from it."""

from collections.abc import Sequence
from typing import Final

from sync.session_types import NetworkAnswer
from tests.sync.telling import Tale
from tests.sync.wording import answer, page, place, receipts

__all__ = ["TALES"]

_PORTAL: Final = answer(200, "<!doctype html><title>Free Wi-Fi</title>")
_STAGES: Final[dict[str, Sequence[NetworkAnswer]]] = {
    "pushing": (),
    "asking": (receipts("a=stored", page={}),),
    "checking": (receipts("a=stored", page={}), page()),
    "measuring": (receipts("a=stored", missing=["p"]),),
    "uploading": (receipts("a=stored", missing=["p"]), place(0, status=200)),
}


def html_everywhere() -> Tale:
    """A 200 page in any phase removes nothing, marks nothing and moves no cursor"""
    tale = Tale(waiting="a", photos={"p": 10})
    for phase, stage in _STAGES.items():
        tale.shelf.revisions["a"] = "finalised"
        tale.shelf.photo_states.clear()
        tale.wake("button")
        for heard in stage:
            tale.hear(heard)
        assert tale.phase == phase
        before = (dict(tale.shelf.revisions), dict(tale.shelf.photo_states), list(tale.shelf.cursors), list(tale.done))
        tale.hear(_PORTAL)
        assert tale.phase == "waiting not-our-server"
        after = (tale.shelf.revisions, tale.shelf.photo_states, tale.shelf.cursors, tale.done)
        assert before == after
    return tale


def json_of_another() -> Tale:
    """JSON that is not ours is as good as a page: no hello, no receipts, a list, a number"""
    tale = Tale(waiting="a")
    for body in ('{"receipts":[{"rev":"a","status":"stored"}]}', '{"hello":{"server_id":"x"}}', "[]", "7", '"ok"', ""):
        tale.wake("button")
        tale.hear(answer(200, body))
        assert tale.phase == "waiting not-our-server"
    assert tale.shelf.waiting() == ["a"]
    assert tale.done == []
    return tale


def redirects() -> Tale:
    """A redirect, 511 Network Authentication Required, and a 401 that is not ours in words"""
    tale = Tale(waiting="a")
    for status in (0, 302, 511, 401, 403):
        tale.wake("button")
        tale.hear(answer(status, "<html>Sign in</html>"))
        assert tale.phase == "waiting not-our-server"
    assert tale.shelf.waiting() == ["a"]
    return tale


TALES: Final = {"captive-portal-html": (html_everywhere, json_of_another), "captive-portal-redirect": (redirects,)}
