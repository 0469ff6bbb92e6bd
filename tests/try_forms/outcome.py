"""What is told of each form: one table, then every warning, refusal and problem in full."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.formlogic.definition import Definition
from server.formlogic.logic_json import load
from tests.try_forms.arrival import Arrival
from tests.try_forms.checking import Checked
from tests.try_forms.walking import Walk

__all__ = ["Outcome", "in_full", "table"]

HEADINGS: Final = (
    "file",
    "form",
    "version",
    "languages",
    "questions",
    "warnings",
    "refused",
    "screens",
    "answered",
    "seconds",
    "arrived",
    "problems",
)
NO_CONTROL: Final = "no control"
REASON_SHOWN: Final = 60  # characters of a refusal in the table; below it stands in full


@dataclass
class Outcome:
    """One form file: checked, and, unless refused, gone through and seen to arrive."""

    checked: Checked
    walk: Walk | None = None
    arrival: Arrival | None = None
    complaints: Sequence[str] = ()

    @property
    def definition(self) -> Definition:
        """The logic of a form that was not refused."""
        assert self.checked.compiled is not None, f"{self.checked.name} was refused"
        return load(json.loads(self.checked.compiled.logic_text))

    @property
    def good(self) -> bool:
        """Refused with a reason; or gone through to the end, arrived, and nothing is left unexplained."""
        if self.checked.compiled is None:
            return bool(self.checked.refused)
        through = self.walk is not None and not self.walk.stuck
        there = self.arrival is not None and self.arrival.arrived and not self.arrival.problems
        answerable = self.walk is not None and NO_CONTROL not in self.walk.unanswerable.values()
        return through and there and answerable and not self.complaints


def table(outcomes: Sequence[Outcome]) -> str:
    """Give a Markdown table, one row a form."""
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *(_cells(one) for one in outcomes)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cells(outcome: Outcome) -> tuple[str, ...]:
    compiled = outcome.checked.compiled
    if compiled is None:
        reason = str(outcome.checked.refused[0])
        short = reason if len(reason) <= REASON_SHOWN else f"{reason[:REASON_SHOWN]}…"
        return (outcome.checked.name, *[""] * 5, short.replace("|", "/"), *[""] * 5)
    shown = [node for node in outcome.definition.nodes if node.kind == "leaf" and node.control not in (None, "note")]
    walk, arrival = outcome.walk, outcome.arrival
    return (
        outcome.checked.name,
        compiled.form_id,
        compiled.version or "-",
        f"{len(compiled.packs)}",
        f"{len(shown)}",
        f"{len(outcome.checked.warnings)}",
        "",
        f"{walk.screens}" if walk else "",
        f"{walk.answered}" if walk else "",
        f"{walk.seconds:.1f}" if walk else "",
        "yes" if arrival and arrival.arrived else "NO",
        _problems(outcome),
    )


def _problems(outcome: Outcome) -> str:
    arrival = outcome.arrival
    found = len(arrival.problems) + len(outcome.complaints) if arrival else 0
    explained = len(arrival.explained or ()) if arrival else 0
    return (
        "stuck"
        if outcome.walk and outcome.walk.stuck
        else f"{found}" + (f" (+{explained} explained)" * bool(explained))
    )


def in_full(outcome: Outcome, *, answers: bool) -> Iterator[str]:
    """Give everything that the table only counts; the answers that arrived, if wished."""
    checked, arrival = outcome.checked, outcome.arrival
    yield f"{checked.name}{': refused' if checked.compiled is None else ''}"
    yield from (f"  refused: {problem}" for problem in checked.refused)
    yield from (f"  made up: {file}" for file in checked.made_up)
    yield from (f"  warning: {warning}" for warning in checked.warnings)
    if outcome.walk and outcome.walk.stuck:
        yield f"  STUCK: {outcome.walk.stuck}"
    yield from (
        f"  not answered: {path}, {why}" for path, why in (outcome.walk.unanswerable if outcome.walk else {}).items()
    )
    yield from (f"  PROBLEM: {problem}" for problem in (arrival.problems if arrival else ()))
    yield from (f"  explained: {place} {why}" for place, why in ((arrival and arrival.explained) or {}).items())
    yield from (f"  the page complained: {complaint}" for complaint in outcome.complaints)
    yield from (f"  answers: {line}" for line in (arrival.answers.splitlines() if arrival and answers else ()))
