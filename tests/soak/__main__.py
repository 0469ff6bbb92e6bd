"""`make soak MINUTES=…`: phones behind bad lines, coordinators who decide, a kill each minute; nothing may be lost."""

import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Final

from tests.bench.processes import memory
from tests.crash.kills import Worker, assert_all_there_once, look_after_kill
from tests.journeys.chance import printed_chance
from tests.netfault.hall import Hall
from tests.soak.coordinators import Coordinator, add_account
from tests.soak.lines import Lines

MINUTES: Final = 10
PHONES: Final = 20
COORDINATORS: Final = 3
LIFE_SECONDS: Final = 60.0
RESTS_SECONDS: Final = 2.0


@dataclass
class Day:
    """What was seen."""

    acknowledged: list[int] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def main() -> None:
    """Do it and say what was seen; whatever is not as promised raises."""
    minutes = int(os.environ.get("MINUTES") or MINUTES)
    chance = printed_chance()
    with tempfile.TemporaryDirectory() as scratch:
        room = Path(scratch)
        hall = Hall(room / "central")
        hall.central.stop()
        password = add_account(hall.central)
        hall.central.start()
        try:
            soak(hall, room, password, minutes=minutes, chance=chance)
        finally:
            hall.central.kill()


def soak(hall: Hall, room: Path, password: str, *, minutes: int, chance: Random) -> None:
    """Run for so many minutes, with a kill at the end of each, and look at everything afterwards."""
    lines = Lines(hall.central.port, Random(chance.random()))
    # A phone is enrolled over a good line; from then on its line is bad.
    phones = [
        Worker(hall, lines.address(number), room / f"{number}.sqlite3", Random(chance.random()), pause=RESTS_SECONDS)
        for number in range(PHONES)
    ]
    lines.begin()
    desks = [Coordinator(hall.central, password, Random(chance.random())) for _ in range(COORDINATORS)]
    day = Day()
    try:
        for minute in range(1, minutes + 1):
            live_a_minute(hall, day, phones)
            print(f"minute {minute}: {day.megabytes[-1]:.0f} MB, {day.acknowledged[-1]} acknowledged", flush=True)
    finally:
        for desk in desks:
            desk.stop()
        lines.heal()
        for phone in phones:
            phone.stop()
        lines.close()
    faults = [fault for desk in desks for fault in desk.faults]
    assert not faults, faults
    finished = [one for phone in phones for one in phone.finished]
    assert_all_there_once(hall, finished)
    tell(day, desks, lines, responses=len(finished), photos=sum(len(one.attachments) for one in finished))


def live_a_minute(hall: Hall, day: Day, phones: list[Worker]) -> None:
    """Let everybody work, look at the memory, then cut the power and look at what is left."""
    end = monotonic() + LIFE_SECONDS
    while monotonic() < end:
        sleep(1)
    day.megabytes.append(memory(hall.central.pid).now)
    hall.central.kill()
    day.acknowledged.append(look_after_kill(hall, [phone.acknowledged() for phone in phones]))
    hall.central.start()


def tell(day: Day, desks: list[Coordinator], lines: Lines, *, responses: int, photos: int) -> None:
    """Say what was done."""
    decisions, pages = sum(desk.seen.decisions for desk in desks), sum(desk.seen.pages for desk in desks)
    dead = sum(desk.seen.gone_away for desk in desks)
    print(
        f"{len(day.megabytes)} kills, {lines.faults_played} faults of lines, {responses} responses, {photos} photos: "
        f"all there once. {decisions} decisions on {pages} pages, {dead} met a dead server. "
        f"Memory before the kills: {min(day.megabytes):.0f} to {max(day.megabytes):.0f} MB, "
        f"the last {day.megabytes[-1] / day.megabytes[0]:.2f} times the first."
    )


if __name__ == "__main__":
    sys.exit(main())
