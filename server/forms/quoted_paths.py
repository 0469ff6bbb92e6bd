"""Read a path in quotes, as ``jr:choice-name()`` takes it: names and ``..`` alone, for engines follow no more there."""

from server.formlogic.trees import Expression, Path, Step, String
from server.forms.xpath import XPathError, parse

__all__ = ["names_a_question", "question_path"]

_UP, _STAY = Step("parent", "node()"), Step("self", "node()")


def names_a_question(expression: Expression) -> bool:
    """Tell whether an argument is a path, or one in quotes."""
    return isinstance(expression, Path) or question_path(expression) is not None


def question_path(expression: Expression) -> Path | None:
    """Give the path that a literal text is; None for anything else."""
    if not isinstance(expression, String):
        return None
    try:
        path = parse(expression.text)
    except XPathError:
        return None
    if not isinstance(path, Path) or not isinstance(path.start, str):
        return None
    return path if all(step in (_UP, _STAY) or step == Step("child", step.test) for step in path.steps) else None
