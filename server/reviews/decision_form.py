"""What comes with a press of a button that decides: about which responses, what, why, and where to go on. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol
from urllib.parse import parse_qsl

from server.reviews.decisions import (
    ACTIONS,
    DECIDED_AT_ONCE,
    REASON_CHARACTERS,
    Action,
    Seen,
    clean_words,
    needs_reason,
)

__all__ = ["PLACE_CHARACTERS", "Asked", "Fault", "as_seen", "kept_place", "read_asked"]

Then = Literal["list", "response", "triage"]
Fault = Literal["nothing-chosen", "too-many", "no-reason", "reason-too-long"]

OUR_OWN: Final = frozenset({"ahead", "behind", "decided", "edited", "endpoint", "response_id", "since", "triage"})
"""Arguments of an address that are about one step of the way and lead nowhere afterwards."""
PLACE_CHARACTERS: Final = 4_000
MEMBERS: Final = 3


class Form(Protocol):
    """A form as the web framework gives it."""

    def get(self, key: str, default: str, /) -> str: ...

    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A decision as somebody sent it. ``place`` is the query of the list that they came from."""

    seen: tuple[Seen, ...]
    action: Action
    ready: str
    own_words: str
    reason: str
    then: Then
    place: str
    answered: bool

    @property
    def fault(self) -> Fault | None:
        """Tell what is missing, or too much; None when it can be done."""
        if not self.seen:
            return "nothing-chosen"
        if len(self.seen) > DECIDED_AT_ONCE:
            return "too-many"
        if needs_reason(self.action) and not self.reason:
            return "no-reason"
        return "reason-too-long" if len(self.reason) > REASON_CHARACTERS else None


def as_seen(seen: Seen) -> str:
    """Write a response as it is seen, for a field of a form."""
    return f"{seen.response_id} {seen.rev} {seen.state}"


def read_asked(form: Form, *, ready_words: Mapping[str, str]) -> Asked | None:
    """Read a form; None where it names nothing that can be decided. ``ready_words`` are the reasons on offer."""
    action = next((one for one in ACTIONS if one == form.get("action", "")), None)
    if action is None:
        return None
    ready, own_words = form.get("ready", ""), clean_words(form.get("reason", ""))
    said = " ".join(words for words in (ready_words.get(ready, ""), own_words) if words)
    return Asked(
        seen=tuple(dict.fromkeys(seen for text in form.getlist("seen") if (seen := _seen(text)) is not None)),
        action=action,
        ready=ready,
        own_words=own_words,
        reason=said if needs_reason(action) else "",
        then=_then(form.get("then", "")),
        place=form.get("place", "")[:PLACE_CHARACTERS],
        answered=form.get("answered", "") == "yes",
    )


def kept_place(query: str) -> dict[str, list[str]]:
    """Read the query of a list as arguments for an address that leads back there."""
    place: dict[str, list[str]] = {}
    for name, value in parse_qsl(query[:PLACE_CHARACTERS], max_num_fields=None):
        if name not in OUR_OWN and not name.startswith("_"):
            place.setdefault(name, []).append(value)
    return place


def _seen(text: str) -> Seen | None:
    members = text.split(" ")
    return Seen(response_id=members[0], rev=members[1], state=members[2]) if len(members) == MEMBERS else None


def _then(text: str) -> Then:
    match text:
        case "response" | "triage":
            return text
    return "list"
