"""What the made-up coordinator has decided about the samples so far: most are approved, the newest still wait."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from typing import Final, Literal

from server.clock import from_text
from server.demo import queries
from server.demo.answering import LABEL
from server.demo.queries import Sampled
from server.people.rules import Person
from server.reviews.deciding import decide
from server.reviews.decisions import Action, Seen
from server.services import Services

__all__ = ["review_samples"]

STILL_WAITING: Final = 1 / 8
"""The share of the samples, the newest, that nobody has looked at."""
REJECTS_ONE_IN: Final = 47
PASSES_ONE_IN: Final = 13
"""Of so many one is left for another day."""
DAYS_UNTIL_REVIEW: Final = 1
PASSED: Final[Literal["passed"]] = "passed"
REASONS: Final[dict[Action, str]] = {
    "approve": "",
    "return": "Please ask how long they have lived around here.",
    "reject": "A trial on the phone. Nobody was asked.",
}


def review_samples(running: Services, person: Person) -> int:
    """Decide about the samples in the order in which they came, a day after they arrived; give how many."""
    with running.database.read() as connection:
        samples = queries.samples(connection, label=LABEL)
    looked_at = samples[: len(samples) - int(len(samples) * STILL_WAITING)]
    wanted = [(one.received_at[:10], choose(number, one), one) for number, one in enumerate(looked_at)]
    decided = 0
    for (_day, action), few in groupby(sorted(wanted, key=lambda each: each[:2]), key=lambda each: each[:2]):
        if action != PASSED:
            decided += decide_about(running, person, [one for _, _, one in few], action)
    return decided


def choose(number: int, sample: Sampled) -> Action | Literal["passed"]:
    """Choose what becomes of a sample: what lacks an answer goes back to whoever asked."""
    if sample.problem_count:
        return "return"
    if number % REJECTS_ONE_IN == REJECTS_ONE_IN - 1:
        return "reject"
    return PASSED if number % PASSES_ONE_IN == PASSES_ONE_IN - 1 else "approve"


def decide_about(running: Services, person: Person, samples: Iterable[Sampled], action: Action) -> int:
    """Decide the same about samples of one day."""
    few = list(samples)
    seen = [Seen(response_id=one.response_id, rev=one.head_rev, state=one.state) for one in few]
    now = min(from_text(few[-1].received_at) + timedelta(days=DAYS_UNTIL_REVIEW), running.clock.now())
    outcome = running.database.write(
        lambda connection: decide(connection, seen, action=action, reason=REASONS[action], person=person, now=now)
    )
    return len(outcome.done)
