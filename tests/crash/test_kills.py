"""I1 and I3 with a real server that dies twenty times while eight clients push to it."""

import os
from pathlib import Path
from typing import Final

from tests.crash.kills import describe, run_kills
from tests.journeys.chance import printed_chance
from tests.netfault.hall import Hall

KILLS: Final = int(os.environ.get("KILLS") or 20)


def test_what_was_acknowledged_survives_every_kill_and_arrives_once(tmp_path: Path) -> None:
    hall = Hall(tmp_path / "central")
    try:
        tally = run_kills(hall, tmp_path, kills=KILLS, chance=printed_chance())
    finally:
        hall.close()
    print(describe(tally))
    assert tally.kills == KILLS
    assert max(tally.acknowledged_at_kills) > 0
