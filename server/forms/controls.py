"""Read what a control or a bind says in attributes of its own: kind, scale, what is filled in, what is worked out."""

import re
from collections.abc import Iterator, Mapping

from server.formlogic.definition import Aspect, Node, Range
from server.formlogic.trees import Expression
from server.forms.problems import FormProblem
from server.forms.xform import Control

__all__ = ["computed", "control_kind", "preload_of", "range_of", "unfit_range"]

_RANGE: Mapping[str, str] = {"start": "0", "end": "10", "step": "1"}
_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")


def preload_of(attributes: Mapping[str, str]) -> str | None:
    """Name what a bind wants filled in: ``uid``, or the parameter of ``timestamp``, ``date`` and ``property``."""
    kind = attributes.get("jr:preload")
    if kind not in ("timestamp", "date", "property"):
        return kind
    return attributes.get("jr:preloadParams", kind).removeprefix("uri:")


def control_kind(node: Node, control: Control, *, note: bool) -> str:
    """Name how a question is asked."""
    if node.kind == "repeat":
        return "repeat"
    if note:
        return "note"
    return "select1" if "query" in control.element.attrib else control.kind


def range_of(control: Control) -> Range:
    """Give the scale of a range as it is written, what is left out filled in."""
    return Range(**{name: control.element.get(name, default) for name, default in _RANGE.items()})


def unfit_range(scale: Range, kind: str, path: str) -> Iterator[FormProblem]:
    """Say where start, end and step are no numbers, there is no step, or the answer is to be no number."""
    parts = (scale.start, scale.end, scale.step)
    if not all(map(_NUMBER.fullmatch, parts)) or scale.step.strip("-0.") == "":
        remedy = "Write start, end and step as numbers, such as start=1 end=10 step=1."
        yield FormProblem("range-unreadable", "The range can't be read.", remedy, path=path, aspect="parameters")
    if kind not in ("int", "decimal"):
        message = f"The answer to a range is a number, and the type of this one is “{kind}”."
        yield FormProblem("range-type", message, "Make its type int or decimal.", path=path, aspect="type")


def computed(node: Node) -> Iterator[tuple[Aspect, Expression]]:
    """Give the expressions of a node that are worked out in an order, each with what it decides."""
    if node.calculate is not None:
        yield "calculate", node.calculate
    if node.relevant is not None:
        yield "relevant", node.relevant
    if node.count is not None:
        yield "count", node.count
