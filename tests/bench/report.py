"""The table: one row per thing measured, ours beside a peer's, with the spread and the ratio."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

__all__ = ["Row", "table"]

HEADINGS = ("measure", "unit", "better", "Fieldwell", "beside", "its figure", "ours ÷ theirs")


@dataclass(frozen=True)
class Row:
    """Samples of one measure, in one unit, ours and a peer's."""

    measure: str
    unit: str
    better: Literal["lower", "higher"]
    ours: Sequence[float]
    peer: str
    theirs: Sequence[float]


def table(rows: Sequence[Row]) -> str:
    """Give a Markdown table: median (min–max, n) of each, and the ratio of the medians."""
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *(_cells(row) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cells(row: Row) -> tuple[str, ...]:
    theirs = median(row.theirs)
    ratio = f"{median(row.ours) / theirs:.3g}" if theirs else "-"
    return (row.measure, row.unit, row.better, _spread(row.ours), row.peer, _spread(row.theirs), f"**{ratio}**")


def _spread(samples: Sequence[float]) -> str:
    """Write samples as 'median (min–max, n=3)'; only the median when there is one or none differs."""
    middle, low, high = (_number(value) for value in (median(samples), min(samples), max(samples)))
    between = f"{low}–{high}, " if low != high else ""
    return f"**{middle}** ({between}n={len(samples)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"
