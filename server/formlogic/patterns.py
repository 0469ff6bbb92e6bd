r"""The patterns of ``regex()``: what Java, Python and JavaScript read alike, matched without going back.

ODK Collect runs Java's patterns, a browser JavaScript's, a server Python's, and the three differ. Here a pattern is
letters, ``.``, classes in ``[ ]``, groups in ``( )`` or ``(?: )``, ``|``, ``* + ? {n} {n,} {n,m}``, ``^ $ \b`` and
escapes; all else is refused where it is written, and matches nothing where a form puts it together from answers.
Characters are code points; ``\d \w \s`` are ASCII; ``.`` is anything but a new line; the whole text must fit.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from server.formlogic.automaton import END, State, leads_to_end

__all__ = ["LONGEST_PATTERN", "MOST_STATES", "PatternError", "fits", "read"]

LONGEST_PATTERN = 2_000  # characters
MOST_STATES = 2_000  # of the automaton; what is repeated up to n times counts n times, and once more for each time
_MOST_BRACKETS = 50  # inside one another
_KEPT = 64  # patterns that were read last

_LAST = 0x10FFFF
_CLASSES = {"d": [48, 57], "w": [48, 57, 65, 90, 95, 95, 97, 122], "s": [9, 13, 32, 32]}
_CONTROLS = {"t": 9, "n": 10, "r": 13, "f": 12}
_TIMES = re.compile(r"(?:([*+?])|\{([0-9]{1,4})(,([0-9]{0,4}))?\})\??")
_ESCAPE = re.compile(r"\\(?:u(?![dD][89a-fA-F])([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([tnrf])|([dwsDWS])|([^A-Za-z0-9]))")


class PatternError(ValueError):
    """Tell why a pattern can't be read, and what to write instead."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


_Build = Callable[[State], State]  # from what comes after to what comes first


def fits(pattern: str, text: str) -> bool:
    """Tell whether the whole of ``text`` fits; nothing fits a pattern that can't be read."""
    start = _kept(pattern)
    return start is not None and leads_to_end(start, text)


@lru_cache(_KEPT)
def _kept(pattern: str) -> State | None:
    try:
        return read(pattern)
    except PatternError:
        return None


def read(pattern: str) -> State:
    """Read a pattern; give where its automaton starts, or raise ``PatternError``."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError(f"it has {len(pattern)} characters; the limit is {LONGEST_PATTERN}", "Shorten it.")
    return _Reader(pattern).whole()


class _Reader:
    """Reads a pattern from left to right; one method for each level of the grammar."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0
        self._states = 0

    def whole(self) -> State:
        build = self._either()
        if self._next():
            raise PatternError("a “)” closes nothing", r"Write \) for the bracket itself.")
        return build(END)

    def _either(self) -> _Build:
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        return lambda after: self._state([branch(after) for branch in branches])

    def _sequence(self) -> _Build:
        pieces: list[_Build] = []
        while self._next() not in ("", "|", ")"):
            pieces.append(self._piece())
        return lambda after: _joined(pieces, after)

    def _piece(self) -> _Build:
        letter = self._next()
        if letter in ("^", "$") or self._pattern.startswith(r"\b", self._at):
            self._at += 1 if letter != "\\" else 2
            place = letter if letter != "\\" else "b"
            return lambda after: self._state([after], place=place)
        build = self._group() if self._take("(") else self._letter()
        times = _TIMES.match(self._pattern, self._at)
        if times is None:
            return build
        self._at = times.end()
        return self._repeated(build, times)

    def _group(self) -> _Build:
        self._depth += 1
        if self._depth > _MOST_BRACKETS:
            raise PatternError(f"it has more than {_MOST_BRACKETS} brackets inside one another", "Write it simpler.")
        if self._take("?") and not self._take(":"):
            raise PatternError("“(?” is not supported here", "Write ( for a group, and A and a in a class: [Aa].")
        build = self._either()
        if not self._take(")"):
            raise PatternError("a “(” is not closed", r"Write \( for the bracket itself.")
        self._depth -= 1
        return build

    def _letter(self) -> _Build:
        letter = self._next()
        if letter in ("*", "+", "?", "{"):
            raise PatternError(
                f"“{letter}” repeats nothing, or what repeats already", rf"Write \{letter} for the character itself."
            )
        takes, but = self._class() if self._take("[") else (self._single(), letter == ".")
        return lambda after: self._state([after], takes=takes, but=but)

    def _single(self) -> list[int]:
        """Read one letter or escape, as ranges; ``.`` gives what it does not take."""
        letter = self._next()
        if letter == "\\":
            return self._escape()
        self._at += 1
        return [10, 10] if letter == "." else [ord(letter)] * 2

    def _class(self) -> tuple[list[int], bool]:
        """Read what stands in ``[ ]``."""
        but = self._take("^")
        ranges: list[int] = []
        while not ranges or self._next() != "]":
            first = self._member()
            if self._next() == "-" and self._next(1) != "]" and len(first) == 2 and first[0] == first[1]:
                self._at += 1
                last = self._member()
                if last[0] != last[-1] or last[0] < first[0]:
                    raise PatternError("a range in “[ ]” can't be read", r"Write \- for the hyphen itself.")
                first = [first[0], last[0]]
            ranges += first
        self._at += 1
        return ranges, but

    def _member(self) -> list[int]:
        letter = self._next()
        if letter == "":
            raise PatternError("a “[” is not closed", r"Write \[ for the bracket itself.")
        if letter in ("[", "]"):
            raise PatternError(f"“{letter}” is not read alike everywhere inside “[ ]”", rf"Write \{letter} there.")
        if letter == self._next(1) == "&":
            raise PatternError("“&&” is not read alike everywhere inside “[ ]”", "Write & once.")
        if letter == "\\":
            return self._escape()
        self._at += 1
        return [ord(letter)] * 2

    def _escape(self) -> list[int]:
        found = _ESCAPE.match(self._pattern, self._at)
        if found is None:
            raise self._unknown_escape()
        self._at = found.end()
        four, two, control, kind, itself = found.groups()
        if kind is not None:
            within = _CLASSES[kind.lower()]
            return within if kind.islower() else _all_but(within)
        return [_CONTROLS[control] if control else ord(itself) if itself else int(four or two, 16)] * 2

    def _unknown_escape(self) -> PatternError:
        letter = self._next(1)
        if letter in ("p", "P"):
            remedy = (
                "Write the letters of the scripts you need as ranges, such as [A-Za-zÀ-ÿঀ-৿ ]+, or check the length."
            )
            return PatternError(rf"“\{letter}” is not read alike everywhere", remedy)
        if letter.isdigit():
            return PatternError(rf"“\{letter}” looks back at what was read", "Write the pattern without it.")
        if not letter:
            return PatternError("it ends with a backslash", r"Write \\ for the backslash itself.")
        if letter in ("u", "x"):
            return PatternError(rf"“\{letter}” lacks its digits", r"Write \u and four of 0-9 and a-f, such as \u0985.")
        return PatternError(rf"“\{letter}” is not supported", f"Write {letter} alone for the letter itself.")

    def _repeated(self, build: _Build, times: re.Match[str]) -> _Build:
        sign, fewest, comma, most = times.groups()
        least = int(fewest) if fewest else int(sign == "+")
        greatest = 1 if sign == "?" else None if sign or (comma and not most) else int(most or fewest)
        if greatest is not None and greatest < least:
            raise PatternError(f"“{times[0]}” runs backwards", "Write the smaller number first.")

        def built(after: State) -> State:
            start = after if greatest is not None else self._loop(build, after)
            for _ in range((greatest or least) - least):
                start = self._state([build(start), after])
            for _ in range(least):
                self._count()
                start = build(start)
            return start

        return built

    def _loop(self, build: _Build, after: State) -> State:
        loop = self._state([])
        loop.then += [build(loop), after]
        return loop

    def _state(
        self, then: list[State], *, takes: Sequence[int] | None = None, but: bool = False, place: str = ""
    ) -> State:
        self._count()
        return State(then, takes, but, place)

    def _count(self) -> None:
        self._states += 1
        if self._states > MOST_STATES:
            remedy = "Repeat less, or check the length with string-length()."
            raise PatternError(f"it needs more than {MOST_STATES} steps once its repetitions are written out", remedy)

    def _next(self, ahead: int = 0) -> str:
        return self._pattern[self._at + ahead : self._at + ahead + 1]

    def _take(self, letter: str) -> bool:
        found = self._next() == letter
        self._at += found
        return found


def _joined(pieces: Sequence[_Build], after: State) -> State:
    for piece in reversed(pieces):
        after = piece(after)
    return after


def _all_but(ranges: Sequence[int]) -> list[int]:
    return [0, *(one + (1 if place % 2 else -1) for place, one in enumerate(ranges)), _LAST]
