"""What a coordinator may decide about a response as it stands, and what a decision leads to. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

__all__ = [
    "ACTIONS",
    "COMMENTS_PER_RESPONSE",
    "COMMENT_CHARACTERS",
    "DECIDED_AT_ONCE",
    "REASON_CHARACTERS",
    "Action",
    "Decision",
    "Hindrance",
    "Outcome",
    "Refusal",
    "Seen",
    "Standing",
    "clean_words",
    "hindrance",
    "is_gone",
    "needs_reason",
    "offered",
    "state_before",
    "state_of",
]

Action = Literal["approve", "return", "reject", "reopen"]
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
Hindrance = Literal["changed", "unknown", "gone", "two-versions", "nobody-to-ask"]

REASON_CHARACTERS: Final = 1_000
"""Code points of a reason; it is read on a phone."""
DECIDED_AT_ONCE: Final = 500
"""Responses that one press of a button decides about."""
COMMENT_CHARACTERS: Final = 2_000
COMMENTS_PER_RESPONSE: Final = 100

STATES: Final[dict[Action, str]] = {
    "approve": "approved",
    "return": "returned",
    "reject": "rejected",
    "reopen": "received",
}
GONE: Final = frozenset({"withdrawn", "erased"})
LINE_ENDS: Final = "\n"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A response as somebody saw it when they decided: its head, and where it stood."""

    response_id: str
    rev: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a response stands now; ``state`` may also be withdrawn or erased. A resident cannot be asked again."""

    response_id: str
    head_rev: str
    heads: int
    state: str
    neighbourhood_id: str
    from_poster: bool


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision as it is kept; ``undoes`` names the decision that it takes back."""

    review_id: str
    seq: int
    response_id: str
    rev: str
    action: Action
    reason: str
    person_id: str
    at: str
    undoes: str | None
    batch_id: str


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A response that was not decided about, and why."""

    response_id: str
    why: Hindrance


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a decision about several responses; ``done`` and ``same`` are their ids.

    ``same`` stood that way already. ``batch_id`` names what was done, to take it back; None when nothing was.
    """

    batch_id: str | None
    done: tuple[str, ...]
    same: tuple[str, ...]
    refused: tuple[Refusal, ...]


def needs_reason(action: Action) -> bool:
    """Tell whether whoever decides this has to say why."""
    return action in {"return", "reject"}


def state_of(action: Action) -> str:
    """Give the state that a decision leads to."""
    return STATES[action]


def clean_words(typed: str) -> str:
    """Take what a person typed without spaces around it and without marks of control that nobody sees."""
    lines = typed.replace("\r\n", LINE_ENDS).replace("\r", LINE_ENDS)
    seen = (one for one in lines if one == LINE_ENDS or unicodedata.category(one) not in {"Cc", "Cs"})
    return "".join(seen).strip()


def hindrance(seen: Seen, now: Standing | None, action: Action) -> Hindrance | None:
    """Tell why a decision cannot be made; None when it can. What is out of reach is as if it were not there."""
    if now is None:
        return "unknown"
    if now.state in GONE:
        return "gone"
    if (seen.rev, seen.state) != (now.head_rev, now.state):
        return "changed"
    if action == "approve" and now.heads > 1:
        return "two-versions"
    if action == "return" and now.from_poster:
        return "nobody-to-ask"
    return None


def is_gone(state: str) -> bool:
    """Tell whether no answer is left to decide about."""
    return state in GONE


def offered(state: str, *, from_poster: bool) -> tuple[Action, ...]:
    """Give what may be decided about a response in a state, in the order in which it is offered."""
    if state in GONE:
        return ()
    possible = (action for action in ACTIONS if STATES[action] != state)
    return tuple(action for action in possible if not (action == "return" and from_poster))


def state_before(undone: Decision, earlier: Sequence[Decision]) -> tuple[Action, str]:
    """Give the action, with its reason, that leads back to how a response stood before a decision about it.

    ``earlier`` are the decisions before it, the newest first; one about another revision counts no more.
    """
    last = earlier[0] if earlier else None
    if last is None or last.rev != undone.rev:
        return "reopen", ""
    return last.action, last.reason
