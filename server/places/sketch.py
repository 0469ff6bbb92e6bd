"""A boundary as a picture: its shape among lines of longitude and latitude, with a scale bar. Pure.

One degree of longitude is shorter than one of latitude by the cosine of the latitude; for an area of a few kilometres
that is all the map projection there needs to be.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.places.boundaries import Corner, Ring, degrees

__all__ = ["GridLine", "ScaleBar", "Sketch", "sketch"]

WIDTH: Final = 400
LEAST_HEIGHT: Final = 260
MOST_HEIGHT: Final = 520
METRES_PER_DEGREE: Final = 111_195
"""Of latitude, on a sphere of 6,371 km."""
LEAST_METRES: Final = 2000
"""What a picture of one corner shows from side to side."""
LARGEST_LATITUDE: Final = 85
GRID_LINES: Final = 4
BAR_SHARE: Final = 0.35
NICE: Final = (1, 2, 5)


@dataclass(frozen=True, kw_only=True)
class GridLine:
    """A line of the graticule: where it lies in the picture, and its degrees with their side of the world."""

    at: float
    label: str


@dataclass(frozen=True, kw_only=True)
class ScaleBar:
    """A length in the picture, and the metres that it stands for."""

    length: float
    metres: int


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """The picture, in units of its own, x to the right and y down; `west` and `north` are its edges in degrees."""

    width: float
    height: float
    path: str
    corners: tuple[tuple[float, float], ...]
    meridians: tuple[GridLine, ...]
    parallels: tuple[GridLine, ...]
    bar: ScaleBar
    west: float
    north: float
    degrees_across: float
    degrees_down: float


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What of the world the picture shows, in degrees."""

    west: float
    north: float
    across: float
    down: float
    height: float

    def place(self, corner: Corner) -> tuple[float, float]:
        """Give where a corner lies in the picture."""
        longitude, latitude = degrees(corner[0]), degrees(corner[1])
        return (
            round((longitude - self.west) / self.across * WIDTH, 2),
            round((self.north - latitude) / self.down * self.height, 2),
        )


def sketch(rings: Sequence[Ring], *, margin: float = 0.12) -> Sketch:
    """Draw rings, of which one corner at least must be there; `margin` is the share of room left on each side."""
    corners = [corner for ring in rings for corner in ring]
    frame = _frame(corners, margin=margin)
    return Sketch(
        width=WIDTH,
        height=frame.height,
        path="".join(_path(ring, frame) for ring in rings),
        corners=tuple(frame.place(corner) for corner in corners),
        meridians=tuple(_meridians(frame)),
        parallels=tuple(_parallels(frame)),
        bar=_bar(frame),
        west=frame.west,
        north=frame.north,
        degrees_across=frame.across,
        degrees_down=frame.down,
    )


def _frame(corners: Sequence[Corner], *, margin: float) -> Frame:
    west, east = (degrees(edge(corner[0] for corner in corners)) for edge in (min, max))
    south, north = (degrees(edge(corner[1] for corner in corners)) for edge in (min, max))
    middle = (west + east) / 2, (south + north) / 2
    shrunk = math.cos(math.radians(min(abs(middle[1]), LARGEST_LATITUDE)))
    least = LEAST_METRES / METRES_PER_DEGREE
    room = 1 + 2 * margin
    # Both in degrees of latitude, so that they can be compared.
    across, down = max((east - west) * shrunk * room, least), max((north - south) * room, least / 2)
    height = min(max(WIDTH * down / across, LEAST_HEIGHT), MOST_HEIGHT)
    across, down = max(across, down * WIDTH / height), max(down, across * height / WIDTH)
    return Frame(
        west=middle[0] - across / shrunk / 2,
        north=middle[1] + down / 2,
        across=across / shrunk,
        down=down,
        height=round(height, 2),
    )


def _path(ring: Ring, frame: Frame) -> str:
    points = [frame.place(corner) for corner in ring]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z" if points else ""


def _meridians(frame: Frame) -> Iterator[GridLine]:
    for value, label in _grid(frame.west, frame.across, signs=("E", "W")):
        yield GridLine(at=round((value - frame.west) / frame.across * WIDTH, 2), label=label)


def _parallels(frame: Frame) -> Iterator[GridLine]:
    for value, label in _grid(frame.north - frame.down, frame.down, signs=("N", "S")):
        yield GridLine(at=round((frame.north - value) / frame.down * frame.height, 2), label=label)


def _grid(start: float, span: float, *, signs: tuple[str, str]) -> Iterator[tuple[float, str]]:
    """Give round degrees within a span, with what they are called."""
    step = _nice(span / GRID_LINES)
    decimals = max(0, -math.floor(math.log10(step)))
    for number in range(math.ceil(start / step), math.floor((start + span) / step) + 1):
        value = number * step
        yield value, f"{abs(value):.{decimals}f}° {signs[value < 0]}" if number else "0°"


def _bar(frame: Frame) -> ScaleBar:
    """Give a bar of round metres, about a third of the picture wide."""
    metres_high = frame.down * METRES_PER_DEGREE
    metres = _nice(metres_high / frame.height * WIDTH * BAR_SHARE, down=True)
    return ScaleBar(length=round(metres / metres_high * frame.height, 2), metres=round(metres))


def _nice(value: float, *, down: bool = False) -> float:
    """Give the next 1, 2 or 5 with noughts, up or down."""
    power = 10.0 ** math.floor(math.log10(value))
    steps = [nice * power for nice in (*NICE, 10)]
    return max(one for one in steps if one <= value * 1.000001) if down else min(one for one in steps if one >= value)
