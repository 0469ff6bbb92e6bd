"""What a form may ask of the phone today.

What changes an answer and is not here is refused at publication; what only changes a look and can't be done in a
browser is shown plainly instead, with a warning. Nothing is passed over in silence.
"""

from collections.abc import Iterator

from server.formlogic.definition import Node
from server.formlogic.functions import FUNCTIONS
from server.formlogic.trees import Call, Expression, inner
from server.forms.problems import FormProblem

__all__ = ["plain_instead", "unsupported_expression", "unsupported_node"]

TYPES = frozenset({"string", "int", "decimal", "date", "time", "dateTime", "geopoint", "barcode", "binary", "odk:rank"})
CONTROLS = frozenset({"input", "note", "select1", "select", "range", "rank", "upload", "trigger", "group", "repeat"})
MEDIA = frozenset({"image/*", "audio/*", "video/*", "application/*"})
APPEARANCES = frozenset(
    "multiline numbers minimal search autocomplete likert columns columns-1 columns-2 columns-3 columns-4 columns-5"
    " columns-pack quick field-list compact horizontal label list-nolabel list no-calendar month-year year".split()
)
PRELOADS = frozenset({"uid", "start", "end", "today", "deviceid", "username", "email", "phonenumber"})
_TYPE_REMEDY = "Use a type that docs/forms.md lists."


def unsupported_node(node: Node, path: str) -> Iterator[FormProblem]:
    """Say what of a node can't be filled in on a phone yet."""
    unknown = node.type not in TYPES or node.control not in CONTROLS or (node.media and node.media not in MEDIA)
    if node.kind == "leaf" and node.control and unknown:
        kind = node.media or (node.type if node.control in ("input", "note") else node.control)
        message = f"Questions of the type “{kind}” are not supported yet."
        yield FormProblem("type-unsupported", message, _TYPE_REMEDY, path=path, aspect="type")


def plain_instead(node: Node, path: str) -> Iterator[FormProblem]:
    """Say what of a node is left blank or shown plainly instead."""
    if node.preload and node.preload not in PRELOADS:
        message = f"A browser can't tell “{node.preload}”; it stays blank."
        yield FormProblem("metadata-blank", message, "", path=path, aspect="type")
    if node.type == "binary" and not node.control:
        message = f"A browser can't record “{node.name}” in the background; it stays blank."
        yield FormProblem("metadata-blank", message, "", path=path, aspect="type")
    for word in node.appearance.split():
        if word not in APPEARANCES and not _is_width(word):
            message = f"The appearance “{word}” can't be shown in a browser; the question is shown in its plain form."
            yield FormProblem("appearance-plain", message, "", path=path, aspect="appearance")


def _is_width(word: str) -> bool:
    """Tell whether a word is a width on a grid, such as ``w3``: on a phone every question has the whole width."""
    return len(word) > 1 and word[0] == "w" and word[1:].isdigit()


def _is_half(call: Call) -> bool:
    """Tell whether a repeat stands without its position, or a position without its repeat."""
    return call.name == "indexed-repeat" and len(call.arguments) % 2 == 0


def unsupported_expression(expression: Expression, path: str, aspect: str) -> Iterator[FormProblem]:
    """Say which functions of an expression are not known, or called with the wrong number of arguments."""
    for part in inner(expression):
        if not isinstance(part, Call):
            continue
        function, count = FUNCTIONS.get(part.name), len(part.arguments)
        if function is None:
            message = f"The function “{part.name}” is not supported."
            remedy = "Write the expression without it; docs/forms.md lists what can be used."
            yield FormProblem("function-unsupported", message, remedy, path=path, aspect=aspect)
        elif count < function.least or (function.most is not None and count > function.most) or _is_half(part):
            message = f"The function “{part.name}” does not take {count} arguments."
            remedy = "Check the commas and brackets of this cell."
            yield FormProblem("function-arguments", message, remedy, path=path, aspect=aspect)
