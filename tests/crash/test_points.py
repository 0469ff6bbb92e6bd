"""The server dies, or its disk fails, at each system call that matters: what was acknowledged stays."""

import os
from pathlib import Path
from typing import Any, Final

import pytest

from tests.crash.operations import Operation
from tests.crash.points import CRASHES, FAULTS, Points
from tests.crash.storing import AttachmentOperation, PushOperation
from tests.crash.upkeep import BackupOperation, ErasureOperation, MigrationOperation, RestoreOperation
from tests.journeys.chance import printed_chance

ALL: Final = os.environ.get("CRASH_POINTS") == "all"
EVERY: Final = 1
SOME: Final = 1 if ALL else 6
OPERATIONS: Final[list[tuple[Operation[Any], int]]] = [
    (PushOperation(), EVERY),
    (AttachmentOperation(), EVERY if ALL else 2),
    (BackupOperation(), SOME),
    (RestoreOperation(), SOME),
    (ErasureOperation(), SOME),
    (MigrationOperation(), SOME),
]


@pytest.mark.parametrize(("operation", "share"), OPERATIONS, ids=lambda one: getattr(one, "name", None))
def test_a_crash_at_any_call_loses_nothing_that_was_acknowledged(
    operation: Operation[Any], share: int, tmp_path: Path
) -> None:
    points = Points(operation, tmp_path / "points")
    outcomes = [points.crash(fault) for fault in points.faults(CRASHES, share=share, first=_first(share))]
    assert any(outcome.died for outcome in outcomes)


@pytest.mark.parametrize(("operation", "share"), OPERATIONS[:2], ids=lambda one: getattr(one, "name", None))
def test_a_disk_that_fails_at_any_call_gives_a_clean_error_and_recovers_by_itself(
    operation: Operation[Any], share: int, tmp_path: Path
) -> None:
    points = Points(operation, tmp_path / "points")
    outcomes = [points.hinder(fault) for fault in points.faults(FAULTS, share=share, first=_first(share))]
    assert any(outcome.failure for outcome in outcomes)


def _first(share: int) -> int:
    """Begin anywhere: over time, every point is met."""
    return printed_chance().randrange(share)
