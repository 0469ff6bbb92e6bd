"""What is interrupted: how it begins, what it does, and what must be true after."""

from pathlib import Path
from typing import Generic, Protocol, TypeVar

__all__ = ["Operation"]

S = TypeVar("S")


class Operation(Protocol, Generic[S]):
    """One piece of work on a data folder, which is ``data`` in the folder that each method is given."""

    name: str

    def prepare(self, folder: Path) -> None:
        """Make what is there before; done once, then copied for each try."""

    def begin(self, folder: Path) -> S:
        """Open what the work needs, in the process that will be hindered, before anything goes wrong."""

    def act(self, opened: S, folder: Path) -> None:
        """Do the work; to return is to acknowledge it. May be called again after it failed."""

    def end(self, opened: S) -> None:
        """Close what was opened."""

    def check(self, folder: Path, *, acknowledged: bool) -> None:
        """Say what must be true; then do the work again where it was not acknowledged, and see that it can be done."""
