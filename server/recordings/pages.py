"""What stands on the page of recordings: each text with its state, and how far somebody is. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.recordings.queries import Recording
from server.recordings.sayable import Asked, Sayable

__all__ = ["Progress", "Row", "RowGroup", "missing_in", "next_to_record", "progress_of", "rows_of"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One text: what says it now, what can be put back, and whether its words have changed since.

    ``number`` counts the texts of the page; addresses and labels are made of it.
    """

    number: int
    text: Sayable
    recording: Recording | None
    before: Recording | None

    @property
    def is_older(self) -> bool:
        """Tell whether it was recorded for other words than those that stand here now."""
        return self.recording is not None and self.recording.words != self.text.words.text


@dataclass(frozen=True)
class RowGroup:
    """A question and all that can be spoken of it."""

    number: int
    rows: tuple[Row, ...]

    @property
    def asking(self) -> list[Row]:
        """Give the question itself."""
        return [row for row in self.rows if row.text.role == "question"]

    @property
    def more(self) -> list[Row]:
        """Give its hint and answers, which are shown when they are wanted."""
        return [row for row in self.rows if row.text.role != "question"]


@dataclass(frozen=True)
class Progress:
    """How many questions are spoken, hints and choices not counted, and what a phone fetches for all of it."""

    spoken: int
    questions: int
    sounds: int
    bytes: int


def rows_of(asked: Sequence[Asked], in_use: Iterable[Recording], ended: Iterable[Recording]) -> list[RowGroup]:
    """Put recordings beside the texts that they say; ``ended`` has the last of each text first."""
    current = {one.text_key: one for one in in_use}
    before: dict[str, Recording] = {}
    for one in ended:
        before.setdefault(one.text_key, one)
    numbers = iter(range(1, 1 + sum(len(question.texts) for question in asked)))
    return [
        RowGroup(
            question.number,
            tuple(
                Row(number=next(numbers), text=text, recording=current.get(text.key), before=before.get(text.key))
                for text in question.texts
            ),
        )
        for question in asked
    ]


def missing_in(rows: Iterable[Row]) -> list[Row]:
    """Give what is not spoken yet, or was spoken for other words."""
    return [row for row in rows if row.recording is None or row.is_older]


def next_to_record(groups: Iterable[RowGroup]) -> Row | None:
    """Find the first question that is not spoken yet; where all are, the first hint or answer."""
    rows = missing_in(row for group in groups for row in group.rows)
    return next((row for row in rows if row.text.role == "question"), rows[0] if rows else None)


def progress_of(groups: Sequence[RowGroup]) -> Progress:
    """Count what is spoken."""
    rows = [row for group in groups for row in group.rows]
    recorded = [row.recording for row in rows if row.recording is not None]
    return Progress(
        spoken=sum(row.text.role == "question" and row.recording is not None for row in rows),
        questions=len(groups),
        sounds=len(recorded),
        bytes=sum({one.sha256: one.bytes for one in recorded}.values()),
    )
