"""A server that says anything: ours, half ours, a proxy's, a portal's. Chance is a parameter, so each word replays."""

import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Final, Literal

from sync.session_types import (
    Answer,
    Asking,
    Checking,
    Lost,
    Measuring,
    NetworkAnswer,
    Phase,
    Pushing,
    Uploading,
)
from tests.sync.session_json import Json
from tests.sync.wording import HELLO

__all__ = ["NAMES", "odd_answer"]

NAMES: Final = ("a", "b", "c", "d", "p", "q", "r", "x")
_STATUSES: Final = (
    "stored",
    "stored",
    "stored",
    "duplicate",
    "conflict",
    "quarantined",
    "erased",
    "retry",
    "refused",
    "?",
)
_CODES: Final = (
    "",
    '{"code":"body-too-large"}',
    '{"code":"malformed"}',
    "<html>",
    '{"code":7}',
    json.dumps({"hello": HELLO}),
)
_HTTP: Final = (0, 204, 302, 400, 400, 401, 403, 404, 409, 413, 413, 422, 429, 500, 503, 507, 511)
_HELD: Final[Sequence[Mapping[str, str]]] = ({}, {"state": "held"}, {"state": "set-aside"}, {"state": "else"})
_KINDS: Final = ("response", "response", "attachment", "attachment", "forms", "erased", "review", "unheard-of")
_REVIEWED: Final = ("approved", "returned", "received", "rejected", "else")
_LOSSES: Final[Sequence[Literal["timeout", "unreachable"]]] = ("timeout", "unreachable")
_NUMBERS: Final = ("1", "1.0", "1e1", "-1", "-0", "true", "null", "1e400", "9007199254740993", "1" * 30, '"1"', "0.5")


def odd_answer(random: Random, phase: Phase, *, oddness: float) -> NetworkAnswer:
    """Answer what the session is asking just now; with chance ``oddness`` not in our own words."""
    if random.random() < oddness:
        if random.random() < 0.3:
            return Lost(why=random.choice(_LOSSES))
        wish = random.choice((None, 0, 1_000, 90_000_000))
        return Answer(status=random.choice(_HTTP), body=random.choice(_CODES), retry_after=wish)
    if isinstance(phase, Measuring | Uploading):
        return _place(random, phase, oddness)
    text = json.dumps(_said(random, phase, oddness), ensure_ascii=random.random() < 0.5)
    return Answer(status=200, body=_spoilt(random, text) if random.random() < oddness else text)


def _said(random: Random, phase: Phase, oddness: float) -> Mapping[str, Json]:
    hello = {**HELLO, "safe_seq": random.randrange(9), "protocol": _protocol(random, oddness)}
    match phase:
        case Pushing(revs=revs):
            token = {"token": "fw1.new"} if random.random() < 0.1 else {}
            page = {"page": _page(random)} if random.random() < 0.8 else {}
            return {"receipts": _receipts(random, revs), "hello": hello, **page, **token}
        case Checking(names=names):
            return {**_have(random, names), "hello": hello}
        case Asking():
            return {**_page(random), "hello": hello}
    return {"hello": hello}


def _protocol(random: Random, oddness: float) -> Mapping[str, int]:
    odd = random.random() < oddness / 4
    return random.choice(({"min": 2, "max": 3}, {"min": 0, "max": 0})) if odd else {"min": 1, "max": 1}


def _receipts(random: Random, revs: Sequence[str]) -> list[Json]:
    told = [rev for rev in (*revs, random.choice(NAMES)) if random.random() < 0.9]
    random.shuffle(told)
    return [_receipt(random, rev) for rev in told]


def _receipt(random: Random, rev: str) -> dict[str, Json]:
    receipt: dict[str, Json] = {"rev": rev, "status": random.choice(_STATUSES)}
    receipt["missing"] = random.sample(NAMES, random.randrange(3))
    receipt |= (
        {"after_ms": random.randrange(400_000)} if receipt["status"] == "retry" else {"seq": random.randrange(99)}
    )
    return receipt | ({"code": "malformed"} if receipt["status"] == "refused" else {})


def _page(random: Random) -> dict[str, Json]:
    return {
        "reset": random.random() < 0.2,
        "changes": [_change(random, seq) for seq in range(random.randrange(4))],
        "cursor": f"c{random.randrange(99)}",
        "more": random.random() < 0.4,
    }


def _change(random: Random, seq: int) -> dict[str, Json]:
    name = random.choice(NAMES)
    kind = random.choice(_KINDS)
    parts = {"parts": ["part", 7], "attachments": [name]} if kind == "erased" else {}
    state = random.choice(_REVIEWED if kind == "review" else ("held", "held", "set-aside", "else"))
    return {"seq": seq, "kind": kind, "id": name, "rev": name, "sha256": name, "state": state, **parts}


def _have(random: Random, names: Sequence[str]) -> dict[str, Json]:
    told = {name: random.choice(("held", "held", "missing", "both", "nothing")) for name in (*names, "x")}
    held = [name for name, word in told.items() if word in {"held", "both"}]
    missing = [name for name, word in told.items() if word in {"missing", "both"}]
    return {
        "held": [{"rev": name, "seq": 1, **random.choice(_HELD)} for name in held if name < "p"],
        "held_attachments": [{"sha256": name, "seq": 2} for name in held if name >= "p"],
        "missing": [name for name in missing if name < "p"],
        "missing_attachments": [name for name in missing if name >= "p"],
    }


def _place(random: Random, phase: Measuring | Uploading, oddness: float) -> Answer:
    length = phase.upload.bytes
    usual, due = (
        (204, phase.offset + phase.bytes) if isinstance(phase, Uploading) else (200, random.choice((0, length)))
    )
    if random.random() >= oddness * 2:
        return Answer(status=usual, offset=due, length=length)
    offset = random.choice((due, due, 0, length, random.randrange(length + 2), None))
    told = random.choice((None, length, length, length + 1))
    return Answer(status=random.choice((usual, usual, 409, 409, 200)), offset=offset, length=told)


def _spoilt(random: Random, text: str) -> str:
    """Cut the text, or write an odd number into it."""
    if random.random() < 0.3:
        return text[: random.randrange(len(text))]
    member = random.choice(("seq", "safe_seq", "after_ms", "min"))
    return text.replace(f'"{member}": ', f'"{member}": {random.choice(_NUMBERS)}, "was": ')
