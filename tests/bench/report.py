"""The table: one row per thing measured, ours beside a peer's, with the spread and the ratio."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

__all__ = ["Aim", "Row", "aims", "table"]

HEADINGS = ("measure", "unit", "better", "Fieldwell", "beside", "its figure", "ours ÷ theirs")


@dataclass(frozen=True)
class Aim:
    """What a row is to show: a limit for the ratio of the medians, or for our own median."""

    of: Literal["ratio", "figure"]
    limit: float


@dataclass(frozen=True)
class Row:
    """Samples of one measure, in one unit, ours and a peer's; a peer without the like of it has none."""

    measure: str
    unit: str
    better: Literal["lower", "higher"]
    ours: Sequence[float]
    peer: str
    theirs: Sequence[float]
    aim: Aim | None = None


def table(rows: Sequence[Row]) -> str:
    """Give a Markdown table: median (min–max, n) of each, and the ratio of the medians."""
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *(_cells(row) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def aims(rows: Sequence[Row]) -> list[str]:
    """Give a sentence for each aim: met or not met, by the medians alone."""
    return [_aim(row, row.aim) for row in rows if row.aim is not None]


def _aim(row: Row, aim: Aim) -> str:
    reached = median(row.ours) / median(row.theirs) if aim.of == "ratio" else median(row.ours)
    met = reached <= aim.limit if row.better == "lower" else reached >= aim.limit
    side = "at most" if row.better == "lower" else "at least"
    what = f"of {row.peer}" if aim.of == "ratio" else row.unit
    times = "×" if aim.of == "ratio" else ""
    verdict = "met" if met else "not met"
    return f"Aim for {row.measure}: {side} {aim.limit:.3g}{times} {what}. **{verdict.capitalize()}**: {reached:.3g}."


def _cells(row: Row) -> tuple[str, ...]:
    theirs = median(row.theirs) if row.theirs else 0.0
    ratio = f"**{median(row.ours) / theirs:.3g}**" if theirs else "-"
    return (row.measure, row.unit, row.better, _spread(row.ours), row.peer, _spread(row.theirs), ratio)


def _spread(samples: Sequence[float]) -> str:
    """Write samples as 'median (min–max, n=3)'; only the median when there is one or none differs."""
    if not samples:
        return "-"
    middle, low, high = (_number(value) for value in (median(samples), min(samples), max(samples)))
    between = f"{low}–{high}, " if low != high else ""
    return f"**{middle}** ({between}n={len(samples)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.{1 if value >= 1 else 2}f}"
