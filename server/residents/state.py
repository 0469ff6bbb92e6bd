"""The state of a visit, which travels with its pages: nothing of it is kept on the server. Pure.

Whoever holds the page may change it at will, so it is read strictly and within bounds; what does not fit is no state,
and the visit begins afresh. A revision is a pure function of it: the same state finished twice is one revision.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from server.formlogic.response import AnswerTree
from sync.hashes import is_sha256, sha256_hex
from sync.ids import is_uuid
from sync.schemas import ValidationError, read_json

__all__ = [
    "SEED_BYTES",
    "STATE_CHARACTERS",
    "STATE_ROOM",
    "State",
    "can_travel",
    "drawn",
    "moment_of",
    "read_state",
    "write_state",
]

SEED_BYTES: Final = 16
STATE_CHARACTERS: Final = 200_000
STATE_ROOM: Final = 2_000
"""What is left of them for what the pages themselves put in: the moment of the check, one more language."""
LANGUAGES: Final = 60
VERSION: Final = 1
MOMENT_CHARACTERS: Final = 40
VERSION_CHARACTERS: Final = 200
SEED: Final = re.compile(f"[0-9a-f]{{{2 * SEED_BYTES}}}")
MADE_AT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
HALF_PAIRS: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class State:
    """Where a visit stands; ``shown`` names the words that were seen, by language.

    ``made_at`` (UTC) is when the answers were laid out to be checked; ``changing``: a page was opened from there.
    """

    response: str
    begun: str
    language: str
    shown: Mapping[str, str]
    answers: AnswerTree
    seed: str
    logic: str
    version: str
    made_at: str | None = None
    changing: bool = False


def read_state(text: str) -> State | None:
    """Read what a browser sent back; None for anything that a page of ours cannot have said."""
    if len(text) > STATE_CHARACTERS or HALF_PAIRS.search(text):
        return None
    try:
        return _state(read_json(text))
    except (ValidationError, ValueError):
        return None


def write_state(state: State) -> str:
    """Write it for the page, in the members that the app reads too."""
    members: dict[str, object] = {
        "v": VERSION,
        "response": state.response,
        "begun": state.begun,
        "lang": state.language,
        "shown": dict(state.shown),
        "answers": state.answers,
        "seed": state.seed,
        "logic": state.logic,
        "version": state.version,
        **({"made_at": state.made_at} if state.made_at else {}),
        **({"changing": True} if state.changing else {}),
    }
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))


def can_travel(state: State) -> bool:
    """Tell whether a state is short enough to be read again when it comes back."""
    return len(write_state(state)) <= STATE_CHARACTERS - STATE_ROOM


def drawn(state: State, what: str, count: int) -> bytes:
    """Draw bytes, at most 32, from the seed of the visit: unpredictable to others, the same each time it is asked."""
    return bytes.fromhex(sha256_hex(f"fieldwell visit {state.seed} {what}"))[:count]


def moment_of(text: str) -> datetime | None:
    """Read a moment that names its zone."""
    try:
        moment = datetime.fromisoformat(text) if len(text) <= MOMENT_CHARACTERS else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _state(value: object) -> State | None:
    match value:
        case {
            "v": 1,
            "response": str(response),
            "begun": str(begun),
            "lang": str(language),
            "shown": dict(shown),
            "answers": dict(answers),
            "seed": str(seed),
            "logic": str(logic),
            "version": str(version),
            **rest,
        }:
            state = State(
                response=response,
                begun=begun,
                language=language,
                shown=shown,
                answers=answers,
                seed=seed,
                logic=logic,
                version=version,
                made_at=_made_at(rest.get("made_at")),
                changing=rest.get("changing") is True,
            )
            return state if _fits(state) and not _halved(value) else None
    return None


def _fits(state: State) -> bool:
    return (
        is_uuid(state.response)
        and moment_of(state.begun) is not None
        and SEED.fullmatch(state.seed) is not None
        and is_sha256(state.logic)
        and 0 < len(state.version) <= VERSION_CHARACTERS
        and len(state.shown) <= LANGUAGES
        and state.language in state.shown
        and all(is_sha256(str(sha256)) for sha256 in state.shown.values())
    )


def _made_at(value: object) -> str | None:
    return value if isinstance(value, str) and MADE_AT.fullmatch(value) and moment_of(value) else None


def _halved(value: object) -> bool:
    """Tell whether half a surrogate pair is spelt anywhere: it has no bytes to keep or to send."""
    return HALF_PAIRS.search(json.dumps(value, ensure_ascii=False)) is not None
