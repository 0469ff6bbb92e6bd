"""What the list of responses is narrowed down to, read from an address and written as one. Pure.

The same value serves whatever is about "these responses": the list, the way through it, what is downloaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final, Literal, Protocol, get_args

__all__ = [
    "ARGUMENTS",
    "MARKS",
    "NO_INTERVIEW",
    "ORIGINS",
    "STATES",
    "Arguments",
    "Filters",
    "Mark",
    "Origin",
    "State",
    "as_query",
    "read_filters",
    "without",
]

State = Literal["received", "approved", "returned", "rejected"]
Mark = Literal["problems", "conflicts"]
Origin = Literal["", "poster", "phone"]
STATES: Final[tuple[State, ...]] = get_args(State)
MARKS: Final[tuple[Mark, ...]] = get_args(Mark)
ORIGINS: Final[tuple[Origin, ...]] = get_args(Origin)
NO_INTERVIEW: Final = "no_interview"
"""The form that says why nobody was interviewed: left out of lists unless it is asked for."""
VALUE_CHARACTERS: Final = 200
"""Of what one filter says; more is cut."""
TEXT_CHARACTERS: Final = 200
"""Of the words that are searched for; more is cut."""


class Arguments(Protocol):
    """The query string of an address, as the web framework gives it."""

    def get(self, key: str, /) -> str | None: ...

    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What was chosen; '' and () choose nothing.

    ``states``: no choice means all but rejected. ``form``: no choice leaves NO_INTERVIEW out. ``author`` is the name of
    a worker, ``device`` an id. ``since`` and ``until``: days (UTC) on which the server received it, both included.
    """

    text: str = ""
    neighbourhood: str = ""
    venue: str = ""
    author: str = ""
    device: str = ""
    form: str = ""
    lang: str = ""
    states: tuple[State, ...] = ()
    kind: str = ""
    barrier: str = ""
    since: date | None = None
    until: date | None = None
    marks: tuple[Mark, ...] = ()
    origin: Origin = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """Name the filters that choose something, in the order in which they are shown."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name))


ARGUMENTS: Final = {
    "text": "text",
    "neighbourhood": "neighbourhood",
    "venue": "venue",
    "author": "worker",
    "device": "phone",
    "form": "form",
    "lang": "language",
    "states": "state",
    "kind": "kind",
    "barrier": "barrier",
    "since": "from",
    "until": "to",
    "marks": "with",
    "origin": "by",
}
"""What each filter is called in an address. Addresses are kept in saved views: a name never changes its meaning."""


def read_filters(args: Arguments) -> Filters:
    """Read what an address asks for; what cannot be read chooses nothing."""
    states, marks = set(args.getlist(ARGUMENTS["states"])), set(args.getlist(ARGUMENTS["marks"]))
    return Filters(
        text=" ".join(_word(args, "text", longest=TEXT_CHARACTERS).split()),
        neighbourhood=_word(args, "neighbourhood"),
        venue=_word(args, "venue"),
        author=_word(args, "author"),
        device=_word(args, "device"),
        form=_word(args, "form"),
        lang=_word(args, "lang"),
        states=tuple(state for state in STATES if state in states),
        kind=_word(args, "kind"),
        barrier=_word(args, "barrier"),
        since=_day(_word(args, "since")),
        until=_day(_word(args, "until")),
        marks=tuple(mark for mark in MARKS if mark in marks),
        origin=next((one for one in ORIGINS if one == _word(args, "origin")), ""),
    )


def as_query(filters: Filters) -> dict[str, list[str]]:
    """Write filters as arguments of an address (for ``url_for(endpoint, **as_query(filters))``)."""
    return {ARGUMENTS[name]: _written(getattr(filters, name)) for name in filters.chosen}


def without(filters: Filters, name: str) -> dict[str, list[str]]:
    """Write filters as arguments of an address, leaving one out."""
    return {argument: values for argument, values in as_query(filters).items() if argument != ARGUMENTS[name]}


def _word(args: Arguments, name: str, *, longest: int = VALUE_CHARACTERS) -> str:
    """Read one value. NUL ends a text for SQLite, and half a surrogate pair cannot be bound: both go."""
    given = (args.get(ARGUMENTS[name]) or "")[:longest].replace("\0", " ")
    return given.encode("utf-8", "ignore").decode("utf-8").strip()


def _day(text: str) -> date | None:
    """Read 2026-11-20; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-20") else None
    except ValueError:
        return None


def _written(value: str | date | Sequence[str]) -> list[str]:
    match value:
        case str():
            return [value]
        case date():
            return [value.isoformat()]
    return list(value)
