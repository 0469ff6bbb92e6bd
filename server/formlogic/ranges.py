"""Whether a number is on a range, reckoned as it is written: 0.3 is on steps of 0.1, though no binary number is."""

import re

from server.formlogic.definition import Range

__all__ = ["LONGEST_NUMBER", "is_on_range"]

LONGEST_NUMBER = 400  # characters; a longer one is on no range
_DECIMAL = re.compile(r"(-?)(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))?")


def is_on_range(bounds: Range, text: str) -> bool:
    """Tell whether ``text`` lies between start and end, in either order, and whole steps from the start."""
    written = (bounds.start, bounds.end, bounds.step, text)
    parts = [_DECIMAL.fullmatch(one) for one in written]
    if len(text) > LONGEST_NUMBER or None in parts:
        return False
    numbers = [(found[1], found[2], found[3] or "") for found in parts if found]
    places = max(len(fraction) for _, _, fraction in numbers)
    start, end, step, value = (int(f"{sign}{whole}{part.ljust(places, '0')}") for sign, whole, part in numbers)
    return min(start, end) <= value <= max(start, end) and (value - start) % step == 0
