"""What a process takes of the machine, as Linux tells it: memory and processor time."""

import os
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Memory", "forget_peak", "memory", "processor_seconds"]

TICKS = os.sysconf("SC_CLK_TCK")
USER_FIELD, SYSTEM_FIELD = 11, 12  # of /proc/<id>/stat, counted behind the name of the program


@dataclass(frozen=True)
class Memory:
    """Megabytes (1,000,000 bytes) in use now, and at most so far."""

    now: float
    peak: float


def memory(process_id: int) -> Memory:
    """Give what the process holds in memory, pages shared with others included."""
    lines = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8").splitlines()
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    return Memory(now=_megabytes(fields["VmRSS"]), peak=_megabytes(fields["VmHWM"]))


def forget_peak(process_id: int) -> None:
    """Let the peak begin anew at what is in use now."""
    Path(f"/proc/{process_id}/clear_refs").write_text("5", encoding="ascii")


def processor_seconds(process_id: int) -> float:
    """Give the seconds of one core that all threads of the process have used so far."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[USER_FIELD]) + int(fields[SYSTEM_FIELD])) / TICKS


def _megabytes(kibibytes: str) -> float:
    return int(kibibytes.split()[0]) * 1_024 / 1_000_000
