"""Part *sync*: what bringing records to a server takes, beside PouchDB's replication and SQLite alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from tests.bench.client_jobs import between
from tests.bench.fieldwell import server_with_form
from tests.bench.floor import write_raw
from tests.bench.link import UNTHROTTLED, Link, Traffic
from tests.bench.pouchdb_replication import pouchdb_server
from tests.bench.processes import Memory, memory
from tests.bench.records import make_records
from tests.bench.report import Aim, Row
from tests.bench.sync_rounds import (
    BARE,
    FEW,
    FIVE_HUNDRED,
    HUNDRED,
    NOBODY,
    PHASES,
    SINGLE,
    WARMING,
    Checking,
    Phase,
    Tried,
    ours,
    ours_unchecked,
    theirs,
)

__all__ = ["sync_rows"]

POUCHDB = "PouchDB replication to LevelDB"
FLOOR = "sqlite3 alone, FULL"
NOBODY_ELSE = "-"
FLOOR_SINGLES = 1_000
FASTER = Aim("ratio", 1.5)
THIRD_OF_BYTES = Aim("ratio", 1 / 3)
ONE_REQUEST = Aim("figure", 1)
MILLISECONDS = 1_000

Passings = Mapping[tuple[Phase, int], Traffic]


@dataclass(frozen=True)
class Side:
    """What was seen of one side in one round."""

    tried: Mapping[str, Tried]
    at_rest: Memory
    after: Memory

    def rate(self, phase: Phase) -> float:
        """Give records per second of a phase with one large step."""
        return phase.steps[-1] / self.tried[phase.name].timings[-1].seconds

    def milliseconds(self, phase: Phase, count: int) -> list[float]:
        """Give how long each measured step with so many records took."""
        timings = zip(phase.steps[1:], self.tried[phase.name].timings, strict=True)
        return [timing.seconds * MILLISECONDS for step, timing in timings if step == count]

    def checking(self) -> Checking:
        """Give how validation caught up with the larger batches."""
        found = self.tried[FIVE_HUNDRED.name].checking
        assert found is not None, "ours are checked"
        return found


@dataclass(frozen=True)
class Round:
    """Both sides and the floor, one after the other."""

    ours: Side
    theirs: Side
    floor: Mapping[int, Sequence[float]]


def sync_rows(runs: int) -> list[Row]:
    """Go through all phases `runs` times; then once more through a link that counts."""
    rounds = [Round(_our_side(), _their_side(), _floor()) for _ in range(runs)]
    return [
        *_rate_rows(rounds),
        *_time_rows(rounds),
        *_traffic_rows(_our_traffic(), _their_traffic()),
        *_memory_rows(rounds),
        *_checking_rows([each.ours.checking() for each in rounds]),
    ]


def _our_side() -> Side:
    with server_with_form(phones=len((WARMING, *PHASES, *BARE))) as server:
        at_rest = memory(server.process_id)
        tried = ours(server, (WARMING, *PHASES))
        after = memory(server.process_id)
        return Side({**tried, **ours(server, BARE)}, at_rest, after)


def _their_side() -> Side:
    with pouchdb_server() as server:
        at_rest = memory(server.process_id)
        tried = theirs(server, PHASES)
        return Side(tried, at_rest, memory(server.process_id))


def _floor() -> Mapping[int, Sequence[float]]:
    records = make_records(HUNDRED.steps[-1], NOBODY, seed=0)
    return {
        1: write_raw(records[:FLOOR_SINGLES], batch=1),
        **{phase.batch: write_raw(records, batch=phase.batch) for phase in (HUNDRED, FIVE_HUNDRED)},
    }


def _rate_rows(rounds: Sequence[Round]) -> list[Row]:
    rows = []
    for phase in (HUNDRED, FIVE_HUNDRED):
        pushed = [each.ours.rate(phase) for each in rounds]
        replicated = [each.theirs.rate(phase) for each in rounds]
        raw = [phase.steps[-1] / sum(each.floor[phase.batch]) for each in rounds]
        measure = f"pushed, acknowledged and heard of, {phase.name}"
        rows += [
            Row(measure, "records/s", "higher", pushed, POUCHDB, replicated, FASTER),
            Row("the same", "records/s", "higher", pushed, FLOOR, raw),
        ]
    replicated = [each.theirs.rate(FIVE_HUNDRED) for each in rounds]
    for bare in BARE:
        pushed = [each.ours.rate(bare) for each in rounds]
        rows.append(Row(f"{bare.name}, batches of 500", "records/s", "higher", pushed, POUCHDB, replicated))
    return rows


def _time_rows(rounds: Sequence[Round]) -> list[Row]:
    rows = []
    for name, middle in (("p50", median), ("p95", _ninety_fifth)):
        mine = [middle(each.ours.milliseconds(SINGLE, 1)) for each in rounds]
        peers = [middle(each.theirs.milliseconds(SINGLE, 1)) for each in rounds]
        raw = [middle([seconds * MILLISECONDS for seconds in each.floor[1]]) for each in rounds]
        rows += [
            Row(f"one record, {name}", "ms", "lower", mine, POUCHDB, peers),
            Row("the same", "ms", "lower", mine, FLOOR, raw),
        ]
    for name, count in (("10 new records", 10), ("nothing new", 0)):
        mine = [median(each.ours.milliseconds(FEW, count)) for each in rounds]
        peers = [median(each.theirs.milliseconds(FEW, count)) for each in rounds]
        rows.append(Row(name, "ms", "lower", mine, POUCHDB, peers))
    return rows


def _ninety_fifth(samples: Sequence[float]) -> float:
    return quantiles(samples, n=20)[-1]


def _our_traffic() -> Passings:
    phases = (HUNDRED, FIVE_HUNDRED, FEW, *BARE)
    with server_with_form(phones=len(phases)) as server, Link(UNTHROTTLED, target_port=server.port) as link:
        tried = {phase.name: Tried(ours_unchecked(server, phase, address=link.url)) for phase in phases}
        return _passings(link, phases, tried)


def _their_traffic() -> Passings:
    phases = (HUNDRED, FIVE_HUNDRED, FEW)
    with pouchdb_server() as server, Link(UNTHROTTLED, target_port=server.port) as link:
        return _passings(link, phases, theirs(server, phases, address=link.url))


def _passings(link: Link, phases: Sequence[Phase], tried: Mapping[str, Tried]) -> Passings:
    """Give what passed in each step; of like steps of a phase, the last."""
    return {
        (phase, count): between(link, timing.began, timing.ended)
        for phase in phases
        for count, timing in zip(phase.steps[1:], tried[phase.name].timings, strict=True)
    }


def _traffic_rows(mine: Passings, peers: Passings) -> list[Row]:
    records = HUNDRED.steps[-1]
    rows = []
    for phase in (HUNDRED, FIVE_HUNDRED, *BARE):
        passed = mine[phase, records]
        beside = peers[phase if phase in (HUNDRED, FIVE_HUNDRED) else FIVE_HUNDRED, records]
        aim = THIRD_OF_BYTES if phase in (HUNDRED, FIVE_HUNDRED) else None
        rows += [
            _row_of_bytes(f"bytes up, {phase.name}", passed.up.bytes, beside.up.bytes),
            _row_of_bytes(f"bytes down, {phase.name}", passed.down.bytes, beside.down.bytes),
            _row_of_bytes(f"bytes both ways, {phase.name}", _bytes(passed), _bytes(beside), aim),
            _row(f"requests, {phase.name}", "requests", passed.up.messages, beside.up.messages),
        ]
    for name, count in (("10 new records", 10), ("nothing new", 0)):
        passed, beside = mine[FEW, count], peers[FEW, count]
        rows += [
            _row(f"requests, {name}", "requests", passed.up.messages, beside.up.messages, ONE_REQUEST),
            _row(f"bytes both ways, {name}", "bytes", _bytes(passed), _bytes(beside)),
        ]
    return rows


def _bytes(traffic: Traffic) -> int:
    return traffic.up.bytes + traffic.down.bytes


def _row_of_bytes(measure: str, mine: int, peers: int, aim: Aim | None = None) -> Row:
    records = HUNDRED.steps[-1]
    return _row(measure, "bytes/record", mine / records, peers / records, aim)


def _row(measure: str, unit: str, mine: float, peers: float, aim: Aim | None = None) -> Row:
    return Row(measure, unit, "lower", [mine], POUCHDB, [peers], aim)


def _memory_rows(rounds: Sequence[Round]) -> list[Row]:
    figures: dict[str, Callable[[Side], float]] = {
        "at rest, before": lambda side: side.at_rest.now,
        "after": lambda side: side.after.now,
        "at most": lambda side: side.after.peak,
    }
    return [
        Row(
            f"server memory {name}",
            "MB",
            "lower",
            [figure(each.ours) for each in rounds],
            POUCHDB,
            [figure(each.theirs) for each in rounds],
        )
        for name, figure in figures.items()
    ]


def _checking_rows(checks: Sequence[Checking]) -> list[Row]:
    rates = [each.records / each.processor for each in checks]
    return [
        Row("validation's lag behind 10,000 records", "s", "lower", [each.lag for each in checks], NOBODY_ELSE, ()),
        Row("validation's rate on one core", "records/s", "higher", rates, NOBODY_ELSE, ()),
    ]
