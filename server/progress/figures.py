"""From sums of counts to the lines of tables. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.progress.plots import Line

__all__ = ["MOST_LINES", "Waiting", "in_time", "lines_of", "waiting"]

MOST_LINES: Final = 20
"""Of one table; the others are one line together."""

Sums = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many responses wait for a decision, those among them with problems, in two versions, or back at a worker."""

    received: int
    problems: int
    conflicts: int
    returned: int


def waiting(sums: Sums) -> Waiting:
    """Read what waits; a conflict waits in whatever state it is, but for what was rejected."""
    states, conflicts = sums.get("state", {}), sums.get("conflicts", {})
    return Waiting(
        received=states.get("received", 0),
        problems=sums.get("problems", {}).get("received", 0),
        conflicts=sum(count for state, count in conflicts.items() if state != "rejected"),
        returned=states.get("returned", 0),
    )


def lines_of(counts: Mapping[str, int], *, named: Callable[[str], tuple[str, str]], others: str) -> tuple[Line, ...]:
    """Give a line for each value, the greatest first; values of the same name together, and those past MOST_LINES."""
    together: dict[tuple[str, str], int] = {}
    for value, count in counts.items():
        name = named(value)
        together[name] = together.get(name, 0) + count
    ranked = sorted(together.items(), key=lambda item: -item[1])
    shown = [Line(words=words, lang=lang, count=count) for (words, lang), count in ranked[:MOST_LINES]]
    rest = sum(count for _name, count in ranked[MOST_LINES:])
    return (*shown, *([Line(words=others, count=rest)] if rest else []))


def in_time(periods: Sequence[str], counts: Mapping[str, int], *, named: Callable[[str], str]) -> tuple[Line, ...]:
    """Give a line for each period, in their order, with those in which nothing came."""
    return tuple(Line(words=named(period), count=counts.get(period, 0)) for period in periods)
