"""Where the bars of a drawing stand. Pure; the page draws them as SVG and puts the table of the same figures below.

Numbers are units of the drawing's own grid, WIDTH across. A drawing is mirrored in a page that runs from right to left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Bar", "Columns", "Line", "Rows", "draw_columns", "draw_rows"]

WIDTH: Final = 480
HEIGHT: Final = 160
"""Of columns."""
LINE: Final = 40
"""Of one row: its words stand above its bar."""
BAR: Final = 12
LEAST: Final = 2
"""A count that is not 0 shows, however many others are."""
GAP_SHARE: Final = 0.25
MOST_ROWS: Final = 10
"""Of one drawing; the table has the others."""
MOST_LETTERS: Final = 40
"""Of the words of a row; the table has all of them."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a table: what it is about, and how many. ``lang`` is '' for a name."""

    words: str
    count: int
    lang: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar with its place and size; ``short`` are its words as far as there is room."""

    line: Line
    short: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Bars that stand side by side, with the greatest count."""

    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Bars that lie one below another."""

    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH


def draw_columns(lines: Sequence[Line], *, mirrored: bool) -> Columns:
    """Stand the lines side by side, the first at the side where reading begins."""
    most = max((line.count for line in lines), default=0)
    step = WIDTH / max(1, len(lines))
    bars = []
    for number, line in enumerate(lines):
        height = _length(line.count, most=most, full=HEIGHT)
        x = number * step + step * GAP_SHARE / 2
        width = step * (1 - GAP_SHARE)
        left = WIDTH - x - width if mirrored else x
        bars.append(_bar(line, x=left, y=HEIGHT - height, width=width, height=height))
    return Columns(bars=tuple(bars), most=most)


def draw_rows(lines: Sequence[Line], *, mirrored: bool) -> Rows:
    """Lay the first lines one below another."""
    lines = lines[:MOST_ROWS]
    most = max((line.count for line in lines), default=0)
    bars = []
    for number, line in enumerate(lines):
        width = _length(line.count, most=most, full=WIDTH)
        left = WIDTH - width if mirrored else 0
        bars.append(_bar(line, x=left, y=number * LINE + LINE - BAR - 4, width=width, height=BAR))
    return Rows(bars=tuple(bars), height=max(1, len(lines)) * LINE)


def _length(count: int, *, most: int, full: int) -> float:
    return max(LEAST, count / most * full) if count else 0


def _bar(line: Line, *, x: float, y: float, width: float, height: float) -> Bar:
    short = line.words if len(line.words) <= MOST_LETTERS else f"{line.words[:MOST_LETTERS]}…"
    return Bar(line=line, short=short, x=round(x, 2), y=round(y, 2), width=round(width, 2), height=round(height, 2))
