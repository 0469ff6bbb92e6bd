"""Gives one question of a response another answer, and tells what the form makes of that. Pure.

The reference engine settles the whole response again: what only the phone could know stands as it was given.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from server.editing.fields import Field, Key, Tree, differing, fields_of, kept_beside
from server.editing.words import Form, Values
from server.formlogic.check import check_answers, take_up
from server.formlogic.instance import Element
from server.formlogic.response import AnswerTree, Response
from server.formlogic.validate import Problem, readonly
from server.residents.answering import Offset, give
from server.reviews.apart import APART
from server.reviews.parts import Joined
from server.reviews.queries import Record

__all__ = ["Change", "Outlook", "attachments_left", "change", "outlook", "question_at", "settled", "with_values"]


@dataclass(frozen=True)
class Change:
    """One field before and after; blank where it had, or has, no answer."""

    key: Key
    path: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What comes of new answers: the answers themselves, every field that differs, problems that come and that go."""

    answers: Tree
    changes: tuple[Change, ...]
    comes: tuple[Problem, ...]
    goes: tuple[Problem, ...]


def settled(form: Form, answers: AnswerTree) -> Response:
    """Take answers up in the engine."""
    return take_up(form.definition, answers, lists=form.lists)


def with_values(form: Form, answers: AnswerTree, *, sees_apart: bool) -> Form:
    """Let the words of a form show the values of answers, but for what is kept apart from the reader."""
    kept = answers if sees_apart else {name: given for name, given in answers.items() if name != APART}
    response = settled(form, kept)
    return replace(form, values=Values(response=response, elements={one.path: one for one in response.root.walk()}))


def question_at(response: Response, path: str) -> Element | None:
    """Find the question of a path that a person may answer; None for a note, and for what the form works out."""
    element = next((one for one in response.root.walk() if one.path == path), None)
    node = element.definition if element is not None else None
    if element is None or node is None or node.kind != "leaf" or node.control in {None, "note"}:
        return None
    return None if readonly(response, element) else element


def change(response: Response, element: Element, typed: Sequence[str], offset: Offset) -> None:
    """Answer a question with what the fields of a page held, and settle; a file can only be taken away."""
    node = element.definition
    assert node is not None, "A question is in the form."
    values = [] if node.control == "upload" else list(typed)
    if node.control == "rank":
        values = [" ".join(dict.fromkeys(value for value in values if value))]
    give(response, [element], {node.number: values}, offset)


def outlook(form: Form, joined: Joined, after: AnswerTree) -> Outlook:
    """Compare answers as they stand with those that are to come, which may hold what no question asks for."""
    answers = kept_beside(form.definition, joined.answers, after, root=form.root)
    before, then = fields_of(joined.answers, root=form.root), fields_of(answers, root=form.root)
    was, is_now = _problems(form, joined, joined.answers), _problems(form, joined, answers)
    return Outlook(
        answers=answers,
        changes=tuple(_change(key, before.get(key), then.get(key)) for key in differing(before, then)),
        comes=tuple(one for one in is_now if one not in was),
        goes=tuple(one for one in was if one not in is_now),
    )


def attachments_left(record: Record, changes: Sequence[Change]) -> list[Mapping[str, object]]:
    """Give the files that a version still names once answers are gone: all but those that an answer was the name of."""
    gone = {one.before for one in changes} - {one.after for one in changes}
    named: list[Mapping[str, object]] = json.loads(record.header)["attachments"]
    return [one for one in named if one["name"] not in gone]


def _problems(form: Form, joined: Joined, answers: AnswerTree) -> list[Problem]:
    return joined.fair(check_answers(form.definition, answers, lists=form.lists), root=form.root)


def _change(key: Key, before: Field | None, after: Field | None) -> Change:
    stands = after or before
    assert stands is not None, "A field that differs stands on one side at least."
    return Change(key, stands.path, before.text if before else "", after.text if after else "")
