"""What a server, or whoever stands in its place, says in the tests of the session."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from sync.codes import ReviewState
from sync.session_types import Answer
from tests.sync.session_json import Json

__all__ = ["HELLO", "answer", "have", "page", "page_of", "place", "receipts"]

HELLO: Final[Mapping[str, Json]] = {
    "protocol": {"min": 1, "max": 1},
    "server_id": "server",
    "epoch": "epoch",
    "time": "2026-11-20T12:00:00.000Z",
    "forms": "forms",
    "safe_seq": 0,
}


def answer(status: int, body: str = "", *, retry_after: int | None = None) -> Answer:
    """Return any answer."""
    return Answer(status=status, body=body, retry_after=retry_after)


def receipts(
    statuses: str,
    *,
    page: Mapping[str, Json] | None = None,
    missing: Sequence[str] = (),
    after_ms: int | None = None,
    token: str | None = None,
    hello: Mapping[str, Json] = HELLO,
) -> Answer:
    """Answer a push: ``"a=stored b=retry"``. A page that holds them goes with it, or the one given; ``{}`` for none."""
    pairs = [item.split("=") for item in statuses.split()]
    listed = [
        {"index": index, "rev": rev, "status": status, "missing": list(missing)}
        | ({"after_ms": after_ms} if status == "retry" else {})
        for index, (rev, status) in enumerate(pairs)
    ]
    turned = page_of(*(f"{rev}=held" for rev, _ in pairs)) if page is None else page
    said = {"receipts": listed, "hello": hello} | ({"page": turned} if turned else {})
    return answer(200, json.dumps(said if token is None else {**said, "token": token}))


def page_of(*entries: str, cursor: str = "c1", more: bool = False, reset: bool = False) -> dict[str, Json]:
    """Return a page of the feed: ``"a=held"``, ``"a=returned"``, ``"p=attachment"``, ``"forms"``."""
    changes = [_entry(seq, entry) for seq, entry in enumerate(entries, 1)]
    return {"reset": reset, "changes": changes, "cursor": cursor, "more": more}


def _entry(seq: int, entry: str) -> dict[str, Json]:
    name, _, state = entry.partition("=")
    match state:
        case "":
            return {"seq": seq, "kind": name}
        case "attachment":
            return {"seq": seq, "kind": "attachment", "sha256": name}
        case "erased":
            return {"seq": seq, "kind": "erased", "id": name, "parts": ["part"], "attachments": [f"{name}-photo"]}
    if state in list(ReviewState):
        said = {"state": state, "reason": "Please say where it is." if state == ReviewState.RETURNED else ""}
        return {"seq": seq, "kind": "review", "id": name, "rev": name, **said}
    return {"seq": seq, "kind": "response", "id": name, "rev": name, "state": state}


def page(*entries: str, cursor: str = "c1", more: bool = False, reset: bool = False) -> Answer:
    """Answer a look at the feed."""
    return answer(200, json.dumps({**page_of(*entries, cursor=cursor, more=more, reset=reset), "hello": HELLO}))


def have(*, held: str = "", missing: str = "", held_attachments: str = "", missing_attachments: str = "") -> Answer:
    """Answer a have; names in one text each."""
    said = {
        "missing": missing.split(),
        "missing_attachments": missing_attachments.split(),
        "held": [_held(*word.split("=")) for word in held.split()],
        "held_attachments": [{"sha256": name, "seq": 8} for name in held_attachments.split()],
        "hello": HELLO,
    }
    return answer(200, json.dumps(said))


def _held(rev: str, state: str | None = None) -> dict[str, Json]:
    return {"rev": rev, "seq": 7} if state is None else {"rev": rev, "seq": 7, "state": state}


def place(offset: int | None, *, status: int = 204, length: int | None = None) -> Answer:
    """Answer HEAD (200) or PATCH (204, 409): so much is there."""
    return Answer(status=status, offset=offset, length=length)
