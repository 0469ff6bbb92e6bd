"""What the figures were measured on: kinds, counts and versions; no names or paths of the machine."""

import json
import os
import platform
import sqlite3
import subprocess
from collections.abc import Collection
from importlib.metadata import version
from pathlib import Path

from tests.bench.peers import HERE, node
from tests.browsers import chromium

__all__ = ["facts"]

BROWSER_PEERS = {"enketo", "webforms"}


def facts(peers: Collection[str]) -> list[str]:
    """Give one line per kind of fact; `peers` are folders with a package.json."""
    return [
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.release().split('-')[0]}; "
        f"load average at the end {os.getloadavg()[0]:.1f}",
        ", ".join([*_programs(), *([_said_by(chromium())] if BROWSER_PEERS & set(peers) else [])]),
        ", ".join(f"{name} {pinned}" for peer in sorted(peers) for name, pinned in _pins(peer).items()),
    ]


def _programs() -> list[str]:
    return [
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"cheroot {version('cheroot')}",
        f"Node {_said_by(node())}",
    ]


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _said_by(program: str | Path) -> str:
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def _pins(peer: str) -> dict[str, str]:
    pinned: dict[str, str] = json.loads((HERE / peer / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return pinned
