"""Write the transcripts: every tale, step by step, as both sessions must tell it."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

from tests.project import ROOT
from tests.sync.tales import attachments, log, network, portal, server, store, wakings
from tests.sync.telling import Tale

__all__ = ["FOLDER", "SUITES", "main", "written"]

FOLDER: Final = ROOT / "tests" / "vectors" / "transcripts"
SUITES: Final[dict[str, ModuleType]] = {
    "attachments.json": attachments,
    "log.json": log,
    "network.json": network,
    "portal.json": portal,
    "server.json": server,
    "store.json": store,
    "wakings.json": wakings,
}


def main() -> None:
    """Write all files."""
    for name, suite in SUITES.items():
        Path(FOLDER / name).write_text(written(suite), encoding="utf-8")


def written(suite: ModuleType) -> str:
    """Give the text of one file: a line for each step, so that differences can be read."""
    return f'{{"transcripts": [\n{",".join(_transcripts(suite))}\n]}}\n'


def _transcripts(suite: ModuleType) -> Iterator[str]:
    for fault, tales in suite.TALES.items():
        for tell in tales:
            tale: Tale = tell()
            steps = ",\n  ".join(json.dumps(step, ensure_ascii=False) for step in tale.steps)
            head = f'"name": {json.dumps(tell.__doc__, ensure_ascii=False)},\n "fault": {json.dumps(fault)}'
            yield f'{{{head},\n "steps": [\n  {steps}\n ]}}\n'


if __name__ == "__main__":
    main()
