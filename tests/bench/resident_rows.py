"""Part *resident*: how soon a poster's first question can be answered, beside Enketo; then a hall of 500 at once."""

import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from tests.bench.enketo_page import enketo
from tests.bench.hall import HALL, Asked, by_app, without_script
from tests.bench.link import SLOW_PHONE, UNTHROTTLED, Conditions
from tests.bench.poster_page import FORM, Scriptless, poster, serving_poster, visit_without_script
from tests.bench.processes import memory
from tests.bench.report import Aim, Row
from tests.bench.visit import Client, Visit, visit
from tests.journeys.central import Central

__all__ = ["resident_rows"]

PEER = "enketo-core"
KILOBYTE = 1_000
THRICE = 1 / 3
FIRST_BYTES = 60.0
AIM_THRICE = Aim("ratio", THRICE)
Seen = Visit | Scriptless
Round = tuple[Visit, Visit, Scriptless]


@dataclass(frozen=True)
class Hall:
    """What was asked in one hall, by the way that its people took, and the server's memory in MB."""

    asked: dict[str, list[Asked]]
    memory_before: float
    memory_at_most: float


def resident_rows(runs: int) -> list[Row]:
    """Visit a poster and Enketo in turn, `runs` times under each of the conditions; then fill the hall as often."""
    with enketo(FORM) as peer, serving_poster() as central:
        # Enketo shows all on one page, and which of its fields comes first depends on the languages: the same question.
        peer = replace(peer, field="#form input[name$='/agree']")
        slow = [_visit_all(central, peer, SLOW_PHONE) for _ in range(runs)]
        fast = [_visit_all(central, peer, UNTHROTTLED) for _ in range(runs)]
    halls = [_fill_hall() for _ in range(runs)]
    return [*_first_rows(slow), *_later_rows(slow, fast), *_hall_rows(halls)]


def _visit_all(central: Central, peer: Client, conditions: Conditions) -> Round:
    """Take turns, so that whatever else the machine does falls on all."""
    ours, theirs = visit(poster(central), conditions), visit(peer, conditions)
    bare = visit_without_script(central, conditions)
    assert ours.question == theirs.question, f"'{ours.question}' is compared with '{theirs.question}'."
    _tell(f"{conditions.name}: {ours.field_ms:,.0f} ms, {PEER} {theirs.field_ms:,.0f} ms, bare {bare.field_ms:,.0f} ms")
    return ours, theirs, bare


def _first_rows(rounds: Sequence[Round]) -> list[Row]:
    """Rows of the first question on a slow phone, with their aims."""
    ours, theirs, bare = ([one[number] for one in rounds] for number in range(3))
    return [
        _beside(f"scan to the first answerable question: {SLOW_PHONE.name}", ours, theirs, _ms, AIM_THRICE),
        _beside("gzip bytes to it", ours, theirs, _bytes_to_field, Aim("figure", FIRST_BYTES)),
        _beside("the same, headers included", ours, theirs, lambda seen: seen.to_field.bytes / KILOBYTE, AIM_THRICE),
        _beside("without script: scan to the first question answered", bare, theirs, _ms, AIM_THRICE),
        _beside("without script: gzip bytes to it", bare, theirs, _bytes_to_field),
    ]


def _later_rows(slow: Sequence[Round], fast: Sequence[Round]) -> list[Row]:
    """Rows of what comes behind the first question, and of a quick phone."""
    ours = [one[0] for one in slow]
    until = f"scan until it does without the server: {SLOW_PHONE.name}"
    quick = f"scan to the first answerable question: {UNTHROTTLED.name}"
    return [
        _plain(until, "ms", (seen.ready_ms for seen in ours)),
        _plain("gzip bytes to that", "kB", (seen.to_ready.body_bytes / KILOBYTE for seen in ours)),
        _plain("gzip bytes in all, the copy for later included", "kB", (_bytes_in_all(seen) for seen in ours)),
        _beside(quick, [one[0] for one in fast], [one[1] for one in fast], _ms),
    ]


def _ms(seen: Seen) -> float:
    return seen.field_ms


def _bytes_to_field(seen: Seen) -> float:
    return seen.to_field.body_bytes / KILOBYTE


def _bytes_in_all(seen: Visit) -> float:
    return seen.in_all.body_bytes / KILOBYTE


def _fill_hall() -> Hall:
    """Have a hall answer without script, then by the app, on a new server; give its memory before and at most."""
    with serving_poster() as central:
        before = memory(central.pid).now
        bare = asyncio.run(without_script(central))
        apps = asyncio.run(by_app(central))
        stored = central.rows("SELECT COUNT(*) AS stored FROM revisions WHERE quarantined_why IS NULL")[0]["stored"]
        expected = sum(asked.kind in {"finish", "push"} and not asked.went_wrong for asked in (*bare, *apps))
        assert stored == expected, f"{expected} people were told that their answers arrived; {stored} are there"
        return Hall({"without script": bare, "by the app": apps}, before, memory(central.pid).peak)


def _hall_rows(halls: Sequence[Hall]) -> Iterator[Row]:
    for way in halls[0].asked:
        asked = [hall.asked[way] for hall in halls]
        where = f"{HALL} at once, {way}"
        for kind in dict.fromkeys(one.kind for one in asked[0]):
            times = [sorted(one.ms for one in hall if one.kind == kind) for hall in asked]
            count = len(times[0])
            yield _plain(f"{where}: {kind} ({count:,} requests), p50", "ms", map(median, times))
            yield _plain(f"{where}: {kind}, p95", "ms", (sample[int(len(sample) * 0.95)] for sample in times))
        wrong = [sum(one.went_wrong for one in hall) for hall in asked]
        yield _plain(f"{where}: errors", "requests", wrong, Aim("figure", 0))
    yield _plain("server memory before the hall", "MB", (hall.memory_before for hall in halls))
    yield _plain("server memory at most", "MB", (hall.memory_at_most for hall in halls))


def _beside(
    measure: str, ours: Sequence[Seen], theirs: Sequence[Seen], figure: Callable[[Seen], float], aim: Aim | None = None
) -> Row:
    unit = "ms" if figure is _ms else "kB"
    return Row(measure, unit, "lower", [figure(seen) for seen in ours], PEER, [figure(seen) for seen in theirs], aim)


def _plain(measure: str, unit: str, ours: Iterable[float], aim: Aim | None = None) -> Row:
    return Row(measure, unit, "lower", list(ours), "-", [], aim)


def _tell(progress: str) -> None:
    print(f"  {progress}", file=sys.stderr, flush=True)
