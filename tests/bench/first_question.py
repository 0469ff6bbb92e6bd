"""How soon, and for how many bytes, a person with a new phone can answer the first question."""

from collections.abc import Callable, Sequence

from tests.bench.enketo_page import enketo
from tests.bench.fieldwell import FORM, Server, server_with_form
from tests.bench.fieldwell_page import fieldwell
from tests.bench.link import SLOW_PHONE, UNTHROTTLED, Conditions
from tests.bench.report import Row
from tests.bench.visit import Client, Visit, visit

__all__ = ["first_question_rows"]

Pair = tuple[Visit, Visit]


def first_question_rows(runs: int) -> list[Row]:
    """Visit Fieldwell and Enketo in turn, `runs` times under each of the conditions."""
    with enketo(FORM) as peer, server_with_form(phones=2 * runs) as server:
        fast = [_visit_both(server, peer, UNTHROTTLED) for _ in range(runs)]
        slow = [_visit_both(server, peer, SLOW_PHONE) for _ in range(runs)]
    return [
        _row("gzip bytes to the first question", "kB", slow, lambda seen: seen.to_field.body_bytes / 1_000),
        _row("the same, headers included", "kB", slow, lambda seen: seen.to_field.bytes / 1_000),
        _row("gzip bytes in all, copy for offline included", "kB", fast, lambda seen: seen.in_all.body_bytes / 1_000),
        _row("requests answered until then", "requests", slow, lambda seen: seen.to_field.messages),
        _row(f"first answerable field: {SLOW_PHONE.name}", "ms", slow, lambda seen: seen.field_ms),
        _row(f"first answerable field: {UNTHROTTLED.name}", "ms", fast, lambda seen: seen.field_ms),
    ]


def _visit_both(server: Server, peer: Client, conditions: Conditions) -> Pair:
    """Take turns, so that whatever else the machine does falls on both."""
    ours, theirs = visit(fieldwell(server), conditions), visit(peer, conditions)
    assert ours.question == theirs.question, f"'{ours.question}' is compared with '{theirs.question}'."
    return ours, theirs


def _row(measure: str, unit: str, pairs: Sequence[Pair], figure: Callable[[Visit], float]) -> Row:
    return Row(
        measure,
        unit,
        better="lower",
        ours=[figure(ours) for ours, _theirs in pairs],
        peer="enketo-core",
        theirs=[figure(theirs) for _ours, theirs in pairs],
    )
