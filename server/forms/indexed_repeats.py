"""Say where ``indexed-repeat()`` does not name the repeats around its question, which ODK leaves open what to make of.

ODK's form: ``indexed-repeat(question, repeat, position, inner repeat, position, …)``, from the outside in.
"""

from collections.abc import Iterator

from server.formlogic.trees import Call, Expression, Path, Step, inner
from server.forms.paths import FormPaths
from server.forms.problems import FormProblem

__all__ = ["misnamed_repeats"]


def misnamed_repeats(expression: Expression, paths: FormPaths, path: str, aspect: str) -> Iterator[FormProblem]:
    """Name each indexed-repeat() of ``expression`` whose repeats are not all those around its question, in order."""
    for part in inner(expression):
        match part:
            case Call("indexed-repeat", (node, *pairs)) if len(pairs) % 2 == 0:
                number = _number(node, paths)
                if number is None or list(_around(number, paths)) != [_number(one, paths) for one in pairs[::2]]:
                    yield _problem(number, paths, path, aspect)


def _number(argument: Expression, paths: FormPaths) -> int | None:
    """Give the node that an absolute path without conditions leads to."""
    match argument:
        case Path("/", steps) if all(step == Step("child", step.test) for step in steps):
            return paths.find("/".join(step.test for step in steps))
    return None


def _around(number: int, paths: FormPaths) -> Iterator[int]:
    """Give the repeats around a node, and itself where it is one, outermost first."""
    yield from (one for one in reversed(list(paths.above(number))) if paths.nodes[one].kind == "repeat")


def _problem(number: int | None, paths: FormPaths, path: str, aspect: str) -> FormProblem:
    message = "The function “indexed-repeat” needs a question, then every repeat around it, from the outside in."
    remedy = "Write it as indexed-repeat(${question}, ${outer repeat}, 1, ${inner repeat}, 1)."
    if number is not None:
        name = paths.nodes[number].name
        repeats = [paths.nodes[one].name for one in _around(number, paths)]
        pairs = "".join(f", ${{{one}}}, 1" for one in repeats)
        remedy = f"Write it as indexed-repeat(${{{name}}}{pairs})." if repeats else f"Write ${{{name}}} alone."
    return FormProblem("repeats-misnamed", message, remedy, path=path, aspect=aspect)
