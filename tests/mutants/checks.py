"""How a fault is noticed: some tests in Python, some in TypeScript, or some seeds of the simulation.

A check fails well only when a test failed by name. One that could not even be loaded has noticed nothing.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hatch_build import find_node

__all__ = ["Check", "NoVerdict", "Node", "Pytest", "Seeds", "all_together", "failures"]

LONGEST_SECONDS: Final = 300
TEST_MILLISECONDS: Final = 30_000
"""A test in TypeScript that takes longer waits for ever."""
PYTEST_FAILED: Final = re.compile(r"^FAILED (?P<name>.+?)(?: - |$)", re.MULTILINE)
TAP_FAILED: Final = re.compile(r"^ *not ok \d+ - (?P<name>.+)$", re.MULTILINE)
SEED_BROKE: Final = re.compile(r"^(?P<name>SEED \d+ BROKE .*)$", re.MULTILINE)


class NoVerdict(Exception):
    """A check ended, or did not end, without saying that a test failed or that all passed."""


@dataclass(frozen=True)
class Pytest:
    """Tests by their names, as pytest writes them."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Node:
    """Test files under pwa/."""

    files: tuple[str, ...]


@dataclass(frozen=True)
class Seeds:
    """Seeds of the simulation."""

    numbers: tuple[int, ...]


Check = Pytest | Node | Seeds


def all_together(checks: Iterable[Check]) -> list[Check]:
    """Put all checks of a kind into one, each test once: what passes together passes alone."""
    every = list(checks)
    names = tuple(dict.fromkeys(name for check in every if isinstance(check, Pytest) for name in check.names))
    files = tuple(dict.fromkeys(file for check in every if isinstance(check, Node) for file in check.files))
    numbers = tuple(dict.fromkeys(seed for check in every if isinstance(check, Seeds) for seed in check.numbers))
    found: tuple[Check, ...] = (Pytest(names), Node(files), Seeds(numbers))
    return [check for check in found if names_of(check)]


def names_of(check: Check) -> tuple[str, ...]:
    """Give what a check runs, as texts."""
    match check:
        case Pytest(names=names) | Node(files=names):
            return names
        case Seeds(numbers=numbers):
            return tuple(map(str, numbers))


def failures(check: Check, project: Path, *, first_only: bool) -> list[str]:
    """Run a check over the copy of the project in ``project``; give the names of the tests that failed."""
    folder, command, failed = _command(check, project, first_only=first_only)
    try:
        done = subprocess.run(
            command, cwd=folder, env=_surroundings(project), timeout=LONGEST_SECONDS, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NoVerdict(f"not ended after {LONGEST_SECONDS} s: {names_of(check)}") from error
    found = [name for name in failed.findall(done.stdout) if not name.endswith((".test.ts", ".test.tsx"))]
    if (done.returncode == 0) == bool(found) or done.returncode not in {0, 1}:
        raise NoVerdict(f"exit {done.returncode} of {names_of(check)}:\n{(done.stdout + done.stderr)[-2000:]}")
    return found


def _command(check: Check, project: Path, *, first_only: bool) -> tuple[Path, list[str], re.Pattern[str]]:
    match check:
        case Pytest(names=names):
            stop = ["-x"] * first_only
            options = ["-q", "-rf", "--tb=short", "--no-header", "-p", "no:cacheprovider", *stop]
            return project, [sys.executable, "-m", "pytest", *options, *names], PYTEST_FAILED
        case Node(files=files):
            options = ["--test", "--test-reporter=tap", f"--test-timeout={TEST_MILLISECONDS}", "--test-force-exit"]
            return project / "pwa", ["node", "--import", "tsx", *options, *files], TAP_FAILED
        case Seeds(numbers=numbers):
            return project, [sys.executable, "-m", "tests.mutants.seeds", *map(str, numbers)], SEED_BROKE


def _surroundings(project: Path) -> dict[str, str]:
    """The copy's own code is found first; nothing compiled is kept, for a fault may come and go within a second."""
    path = os.pathsep.join([*map(str, find_node().folders), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
