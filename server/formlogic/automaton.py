"""An automaton that reads a text from left to right, in all its states at once: it never goes back.

Thompson, "Regular expression search algorithm", 1968: the time grows with the length of the text alone. A matcher
that goes back, as Python's and the browsers' do, may take years for 40 letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["END", "State", "leads_to_end"]

_MOST_STEPS = 1_000  # of one match that are remembered: most texts take the same few steps again and again


@dataclass(eq=False)
class State:
    """A place in the automaton: where it ``takes`` ranges of letters, or waits for a place in the text, or forks."""

    then: list["State"] = field(default_factory=list)
    takes: Sequence[int] | None = None  # first and last letter of each range
    but: bool = False  # any letter but those
    place: str = ""  # ^ $ or b


END = State()
_Step = tuple[tuple[State, ...], str, bool, bool]  # where we are, the letter, whether it is the first or after a word


def leads_to_end(start: State, text: str) -> bool:
    """Tell whether the whole of ``text`` leads from ``start`` to the end."""
    front: tuple[State, ...] = (start,)
    known: dict[_Step, tuple[State, ...]] = {}
    for at, letter in enumerate(text):
        step = (front, letter, at == 0, _is_word(text[at - 1 : at]))
        if len(known) > _MOST_STEPS:
            known.clear()
        if step not in known:
            known[step] = _after(front, text, at)
        front = known[step]
        if not front:
            return False
    return END in _reached(front, text, len(text))


def _after(front: Sequence[State], text: str, at: int) -> tuple[State, ...]:
    letter = ord(text[at])
    takers = (state for state in _reached(front, text, at) if _takes(state, letter))
    return tuple(dict.fromkeys(state.then[0] for state in takers))


def _reached(front: Sequence[State], text: str, at: int) -> list[State]:
    """Give all states that can be come to without another letter, each once."""
    reached = list(dict.fromkeys(front))
    seen = set(reached)
    for state in reached:  # it grows meanwhile
        if state.takes is None and _holds(state.place, text, at):
            new = [one for one in dict.fromkeys(state.then) if one not in seen]
            seen.update(new)
            reached += new
    return reached


def _takes(state: State, letter: int) -> bool:
    ranges = state.takes
    if ranges is None:
        return False
    return any(ranges[one] <= letter <= ranges[one + 1] for one in range(0, len(ranges), 2)) != state.but


def _holds(place: str, text: str, at: int) -> bool:
    match place:
        case "^":
            return at == 0
        case "$":
            return at == len(text)
        case "b":
            return _is_word(text[at - 1 : at]) != _is_word(text[at : at + 1])
        case _:
            return True


def _is_word(letter: str) -> bool:
    return letter == "_" or (letter.isascii() and letter.isalnum())
