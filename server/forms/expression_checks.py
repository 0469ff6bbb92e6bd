"""Everything that can be wrong with an expression in itself, before anybody evaluates it."""

from collections.abc import Iterator

from server.formlogic.trees import Expression
from server.forms.indexed_repeats import misnamed_repeats
from server.forms.literal_patterns import unreadable_patterns
from server.forms.node_arguments import values_for_nodes
from server.forms.paths import FormPaths
from server.forms.problems import FormProblem
from server.forms.support import unsupported_expression

__all__ = ["problems_of"]


def problems_of(expression: Expression, paths: FormPaths, path: str, aspect: str) -> Iterator[FormProblem]:
    """Say what of an expression would fail, or mean something else, on some phone or on the server."""
    yield from unsupported_expression(expression, path, aspect)
    yield from values_for_nodes(expression, path, aspect)
    yield from unreadable_patterns(expression, path, aspect)
    yield from misnamed_repeats(expression, paths, path, aspect)
