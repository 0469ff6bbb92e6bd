"""Say which patterns of ``regex()`` can't be read: those that are written out, alone or in the branches of an if()."""

from collections.abc import Iterator

from server.formlogic.patterns import PatternError, read
from server.formlogic.trees import Call, Expression, String, inner
from server.forms.problems import FormProblem

__all__ = ["unreadable_patterns"]


def unreadable_patterns(expression: Expression, path: str, aspect: str) -> Iterator[FormProblem]:
    """Name each pattern of ``expression`` that engines would never match, and what to write instead."""
    for part in inner(expression):
        match part:
            case Call("regex", (_, pattern)):
                for text in _written(pattern):
                    yield from _problem(text, path, aspect)


def _written(pattern: Expression) -> Iterator[str]:
    match pattern:
        case String(text):
            yield text
        case Call("if", (_, yes, no)):
            yield from _written(yes)
            yield from _written(no)


def _problem(pattern: str, path: str, aspect: str) -> Iterator[FormProblem]:
    try:
        read(pattern)
    except PatternError as error:
        shown = pattern if len(pattern) <= 100 else f"{pattern[:100]}…"
        message = f"The pattern “{shown}” can't be read: {error.problem}."
        yield FormProblem("pattern-unreadable", message, error.remedy, path=path, aspect=aspect)
