"""What a form may ask of the phone today. What is not here is refused at publication, never passed over."""

from collections.abc import Iterator

from server.formlogic.definition import Node
from server.formlogic.functions import FUNCTIONS
from server.formlogic.trees import Call, Expression, inner
from server.forms.problems import FormProblem

__all__ = ["unsupported_expression", "unsupported_node"]

TYPES = frozenset({"string", "int", "geopoint"})
CONTROLS = frozenset({"input", "note", "select1", "select", "group", "repeat"})
APPEARANCES = frozenset({"multiline", "field-list"})
PRELOADS = frozenset({"uid"})


def unsupported_node(node: Node, path: str) -> Iterator[FormProblem]:
    """Say what of a node can't be shown or filled in on a phone yet."""
    if node.kind == "leaf" and node.control and (node.type not in TYPES or node.control not in CONTROLS):
        kind = node.type if node.control == "input" else node.control
        message = f"Questions of the type “{kind}” are not supported yet."
        remedy = "Use text, integer, select_one, select_multiple, geopoint or note."
        yield FormProblem("type-unsupported", message, remedy, path=path, aspect="type")
    if node.preload and node.preload not in PRELOADS:
        message = f"“{node.preload}” is not supported yet."
        yield FormProblem("type-unsupported", message, "Take this row out.", path=path, aspect="type")
    for word in node.appearance.split():
        if word not in APPEARANCES:
            message = f"The appearance “{word}” is not supported yet."
            remedy = "Use multiline or field-list, or leave the cell empty."
            yield FormProblem("appearance-unsupported", message, remedy, path=path, aspect="appearance")


def unsupported_expression(expression: Expression, path: str, aspect: str) -> Iterator[FormProblem]:
    """Say which functions of an expression are not known, or called with the wrong number of arguments."""
    for part in inner(expression):
        if not isinstance(part, Call):
            continue
        function, count = FUNCTIONS.get(part.name), len(part.arguments)
        if function is None:
            message = f"The function “{part.name}” is not supported."
            remedy = "Write the expression without it."
            yield FormProblem("function-unsupported", message, remedy, path=path, aspect=aspect)
        elif count < function.least or (function.most is not None and count > function.most):
            message = f"The function “{part.name}” does not take {count} arguments."
            remedy = "Check the commas and brackets of this cell."
            yield FormProblem("function-arguments", message, remedy, path=path, aspect=aspect)
