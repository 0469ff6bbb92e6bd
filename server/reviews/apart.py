"""Answers that are kept apart: only administrators read them one by one, others learn that they are there. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from server.reviews.queries import Record, RecordPart
from server.reviews.rows import APART

__all__ = ["APART", "Withheld", "problems_in_view", "withhold"]

UNREADABLE: Final = "withheld"
"""Stands for a text that is no JSON, so that it goes on being that."""


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """A record without what is kept apart.

    ``answers`` counts what was left out, None where there was nothing; ``texts`` are those answers, to know files by.
    """

    record: Record
    answers: int | None
    texts: frozenset[str]


def withhold(record: Record) -> Withheld:
    """Leave out the answers that are kept apart, from the part that is theirs and wherever else they may stand."""
    parts = [_part_withheld(part) for part in record.parts]
    found = [texts for _part, texts in parts if texts is not None]
    shown = [part for part, _texts in parts]
    if found and all(part.name != APART for part in shown):
        shown.append(RecordPart(name=APART, body=None, withheld=True))
    return Withheld(
        record=replace(record, parts=tuple(shown)),
        answers=sum(len(texts) for texts in found) if found else None,
        texts=frozenset(text for texts in found for text in texts),
    )


def problems_in_view(problems: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Leave out the problems of answers that are kept apart; keys are paths, such as ``/data/equality/age``."""
    return {path: codes for path, codes in problems.items() if path.split("/")[2:3] != [APART]}


def _part_withheld(part: RecordPart) -> tuple[RecordPart, list[str] | None]:
    """Give a part as others may see it, and the answers that were left out; None when nothing was."""
    if part.body is None:
        return part, None
    answers = _answers(part.body)
    if part.name == APART:
        return replace(part, body=None, withheld=True), list(_texts(answers))
    if answers is None:  # nobody can tell what is in it
        return replace(part, body=UNREADABLE, withheld=True), []
    if APART in answers:
        rest = {name: answer for name, answer in answers.items() if name != APART}
        body = json.dumps({"answers": rest}, ensure_ascii=False)
        return replace(part, body=body, withheld=True), list(_texts(answers[APART]))
    return part, None


def _answers(body: str) -> dict[str, object] | None:
    try:
        answers = json.loads(body)["answers"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return answers if isinstance(answers, dict) else None


def _texts(answers: object) -> Iterator[str]:
    """Give every answer that is not blank; with its own stack, since nesting may be deep."""
    waiting = [answers]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, str) and one.strip():
            yield one
