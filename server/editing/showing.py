"""What pages about a change are made of: effects and problems, in the words of the form. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from server.editing.changing import Change, Outlook
from server.editing.fields import Key, node_of
from server.editing.words import Form, Said, is_apart, said, say_answer, say_question
from server.formlogic.validate import Problem
from server.reviews.passages import Fragment

__all__ = ["Complaint", "Effect", "Effects", "complaints", "effect", "effects_of", "key_of_path"]

POSITION: Final = re.compile(r"\[[0-9]+\]")


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One field as it was and as it will be."""

    about: Said
    before: tuple[Fragment, ...]
    after: tuple[Fragment, ...]


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """A problem, and the question that it is about."""

    question: Fragment
    code: str


@dataclass(frozen=True, kw_only=True)
class Effects:
    """What comes of a change. ``worked_out`` counts fields that nobody answers, ``apart`` those that are kept apart."""

    shown: tuple[Effect, ...]
    worked_out: int
    apart: int
    comes: tuple[Complaint, ...]
    goes: tuple[Complaint, ...]

    @property
    def are_any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.shown or self.worked_out or self.apart or self.comes or self.goes)


def effects_of(form: Form, outlook: Outlook, *, but: str, sees_apart: bool) -> Effects:
    """Tell what else becomes of a response when the answer at the path ``but`` changes."""
    others = [one for one in outlook.changes if one.path != but]
    seen = [one for one in others if sees_apart or not is_apart(one.key)]
    told = [effect(form, one) for one in seen]
    return Effects(
        shown=tuple(one for one in told if not one.about.worked_out),
        worked_out=sum(one.about.worked_out for one in told),
        apart=len(others) - len(seen),
        comes=complaints(form, outlook.comes, sees_apart=sees_apart),
        goes=complaints(form, outlook.goes, sees_apart=sees_apart),
    )


def effect(form: Form, change: Change) -> Effect:
    """Say one change in words."""
    return Effect(
        about=said(form, change.key, change.path),
        before=say_answer(form, change.key, change.before),
        after=say_answer(form, change.key, change.after),
    )


def complaints(form: Form, problems: Iterable[Problem], *, sees_apart: bool) -> tuple[Complaint, ...]:
    """Say problems in words, but for those of answers that are kept apart from the reader."""
    found = ((one, key_of_path(one.path)) for one in problems)
    return tuple(_complaint(form, one, key) for one, key in found if sees_apart or not is_apart(key))


def key_of_path(path: str) -> Key:
    """Give the names that lead to a path, without positions: `/data/assets[2]/name` is of `assets`, `name`."""
    return tuple(POSITION.sub("", path).split("/")[2:])


def _complaint(form: Form, problem: Problem, key: Sequence[str]) -> Complaint:
    node = node_of(form.definition, tuple(key)) if key else None
    return Complaint(
        question=say_question(form, node, problem.path) if node else Fragment(problem.path), code=problem.code
    )
