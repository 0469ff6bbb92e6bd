"""`make crash KILLS=…`: kills at random moments, then every crash point and every failing call of every operation."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.crash.kills import describe, run_kills
from tests.crash.points import CRASHES, FAULTS, Points
from tests.crash.storing import AttachmentOperation, PushOperation
from tests.crash.upkeep import BackupOperation, ErasureOperation, MigrationOperation, RestoreOperation
from tests.journeys.chance import printed_chance
from tests.netfault.hall import Hall

KILLS: Final = 200
STORING: Final = (PushOperation(), AttachmentOperation())
UPKEEP: Final = (BackupOperation(), RestoreOperation(), ErasureOperation(), MigrationOperation())


def main(arguments: Sequence[str]) -> None:
    """Do it all and say what was done; whatever is not as promised raises."""
    with tempfile.TemporaryDirectory() as scratch:
        room = Path(scratch)
        hall = Hall(room / "central")
        try:
            kills = int(arguments[0] if arguments else os.environ.get("KILLS") or KILLS)
            print(describe(run_kills(hall, room, kills=kills, chance=printed_chance())), flush=True)
        finally:
            hall.close()
        for operation in (*STORING, *UPKEEP):
            points = Points(operation, room / operation.name)
            outcomes = [points.crash(fault) for fault in points.faults(CRASHES)]
            died = sum(outcome.died for outcome in outcomes)
            print(f"{operation.name}: died at {died} of {len(outcomes)} crash points, nothing lost.", flush=True)
        for operation in STORING:
            points = Points(operation, room / f"{operation.name}-faults")
            outcomes = [points.hinder(fault) for fault in points.faults(FAULTS)]
            failed = sum(bool(outcome.failure) for outcome in outcomes)
            told = f"{len(outcomes)} failing calls, {failed} clean errors, each done again by the same process."
            print(f"{operation.name}: {told}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
