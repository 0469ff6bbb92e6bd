"""The ledger of erasures: a file of lines that only grows, in the data folder and beside the backups.

It holds hashes and the headers of erasing revisions (who answered and where, and the reason), no answer. A restored
server reads in it what must not come back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.intake.erasure import Erasure, from_line
from server.upkeep.lines import add_lines, read_lines
from sync.schemas import ValidationError

__all__ = ["FILE_NAME", "Ledger", "LedgerRead"]

FILE_NAME: Final = "erasures.jsonl"


@dataclass(frozen=True)
class LedgerRead:
    """The erasures, each once, oldest first; and the numbers, from 1, of whole lines that cannot be read."""

    erasures: tuple[Erasure, ...]
    damaged: tuple[int, ...]

    @property
    def attachments(self) -> frozenset[str]:
        """The files that were erased."""
        return frozenset(sha256 for one in self.erasures for sha256 in one.erases.attachments)


class Ledger:
    """The ledger of one folder, which must be there; the file need not."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME

    def read(self) -> LedgerRead:
        """Read the whole of it."""
        return _read(read_lines(self.path))

    def add(self, erasures: Iterable[Erasure]) -> None:
        """Write those that are not there, and return once they are on the disk; raises OSError."""
        wanted = list(erasures)

        def absent(there: Sequence[bytes]) -> list[bytes]:
            known = {erasure.rev for erasure in _read(there).erasures}
            return [f"{one.as_line()}\n".encode() for one in wanted if one.rev not in known]

        add_lines(self.path, absent)


def _read(lines: Sequence[bytes]) -> LedgerRead:
    erasures: dict[str, Erasure] = {}
    damaged: list[int] = []
    for number, line in enumerate(lines, 1):
        try:
            erasure = from_line(line)
        except ValidationError:
            damaged.append(number)
        else:
            erasures.setdefault(erasure.rev, erasure)
    return LedgerRead(tuple(erasures.values()), tuple(damaged))
