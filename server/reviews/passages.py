"""What a page about one response is made of: sections of questions with their answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Complaint", "Fragment", "Line", "Passage", "Position", "Reading", "Section", "UnknownAnswer"]


@dataclass(frozen=True)
class Fragment:
    """A text and the language it is in (BCP 47); None for what a person typed, which may be in any."""

    text: str
    lang: str | None = None


@dataclass(frozen=True)
class Complaint:
    """A problem at a question: its code, and what the form itself says about it."""

    code: str
    message: Fragment | None


@dataclass(frozen=True)
class Position:
    """A point in degrees, and how many metres it may be off by when the phone told."""

    latitude: str
    longitude: str
    accuracy: str | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question with what was answered.

    `chosen` when the answers are labels of choices, `upload` when the answer is the name of a file.
    """

    anchor: str
    path: str
    question: Fragment
    answers: tuple[Fragment, ...]
    chosen: bool
    upload: bool
    position: Position | None
    problems: tuple[Complaint, ...]

    is_section = False


@dataclass(frozen=True, kw_only=True)
class Section:
    """A group, or one time of a repeat: then `position` counts from 1."""

    heading: Fragment | None
    position: int | None
    passages: tuple["Passage", ...]

    is_section = True


Passage = Line | Section


@dataclass(frozen=True)
class UnknownAnswer:
    """An answer to a question that the form does not have; nothing that was typed is hidden."""

    anchor: str
    path: str
    text: str


@dataclass(frozen=True)
class Reading:
    """A whole response as it is read."""

    passages: tuple[Passage, ...]
    unknown: tuple[UnknownAnswer, ...]

    def named_files(self) -> frozenset[str]:
        """Name the files that questions on the page ask for."""
        return frozenset(answer.text for line in self.lines() if line.upload for answer in line.answers)

    def lines(self) -> Iterator[Line]:
        """Give every question that is shown, in the order of the form."""
        return lines_of(self.passages)


def lines_of(passages: Sequence[Passage]) -> Iterator[Line]:
    """Give the questions among passages and within them."""
    for passage in passages:
        if isinstance(passage, Line):
            yield passage
        else:
            yield from lines_of(passage.passages)
