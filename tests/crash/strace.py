"""strace: watch a process's system calls, and let the N-th of a kind fail or be the moment of a kill.

Needs Linux and leave to trace (root, or a kernel that lets a parent trace its children).
"""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.browsers import install_packages

__all__ = ["Fault", "StraceMissing", "attached", "strace"]

ATTACHED: Final = re.compile(rb"Process \d+ attached")
STOP_SECONDS: Final = 0.5


class StraceMissing(Exception):
    """strace is not here and cannot be fetched."""


@dataclass(frozen=True)
class Fault:
    """What happens at the ``place``-th call (counted from 1) of ``call`` by any one thread.

    ``does`` is strace's word for it: ``signal=SIGKILL`` before the call, or ``error=ENOSPC`` instead of it.
    """

    call: str
    place: int
    does: str

    def __str__(self) -> str:
        return f"{self.does} at {self.call} {self.place}"

    @property
    def options(self) -> tuple[str, ...]:
        """Give it as strace wants it."""
        return ("-e", f"trace={self.call}", "-e", f"inject={self.call}:{self.does}:when={self.place}")


def strace() -> str:
    """Return the program, installing it as root on Debian. Raise StraceMissing."""
    found = shutil.which("strace")
    if found is None and install_packages(["strace"]):
        found = shutil.which("strace")
    if found is None:
        raise StraceMissing("strace was not found. Install it (on Debian or Ubuntu: apt-get install strace).")
    return found


@contextmanager
def attached(pid: int, options: Sequence[str], output: Path) -> Iterator[None]:
    """Trace a running process and all its threads while the block runs; what is seen goes to ``output``."""
    command = [strace(), "-f", "-o", str(output), *options, "-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        _wait_until_attached(tracer)
        yield
    finally:
        _end(tracer)


def _end(tracer: "subprocess.Popen[bytes]") -> None:
    """Let strace let go. When all that it watched was killed, it may wait for ever: then it is killed too."""
    try:
        tracer.terminate()
        tracer.communicate(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        tracer.kill()
        tracer.communicate()


def _wait_until_attached(tracer: "subprocess.Popen[bytes]") -> None:
    assert tracer.stderr is not None
    said = b""
    while not ATTACHED.search(said):
        line = tracer.stderr.readline()
        if not line:
            raise StraceMissing(f"strace could not attach: {said.decode(errors='replace')}")
        said += line
