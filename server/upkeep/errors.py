"""What can go wrong when a backup is made, checked or restored, and when something is erased.

OperatorError                (server.errors) ends a command with a plain sentence
├── BackupRefused            the folders do not allow it; nothing was done
├── NoSpace                  the disk is too full; says how much is needed and how much is free
├── BackupDamaged            what lies in the backup is not what was put there
├── RestoreRefused           the data folder holds data, or the backup is not one; nothing was done
├── ReasonUnfit              the reason for an erasure is too long to be kept, or no text; nothing was done
├── ResponseUnknown          nothing is kept under that id, or no part has that name
└── ErasureUnfinished        erased, but something that must follow has not; typing the command again goes on
"""

from server.errors import OperatorError

__all__ = [
    "BackupDamaged",
    "BackupRefused",
    "ErasureUnfinished",
    "NoSpace",
    "ReasonUnfit",
    "ResponseUnknown",
    "RestoreRefused",
    "in_words",
]

UNITS = ("bytes", "kB", "MB", "GB", "TB")


class BackupRefused(OperatorError):
    """A backup cannot be made there."""


class NoSpace(OperatorError):
    """The disk has no room for it."""

    def __init__(self, place: object, *, needed: int, free: int) -> None:
        super().__init__(
            f"There is not enough room in {place}: {in_words(needed)} are needed, {in_words(free)} are free. "
            "Make room or choose another disk; nothing has been changed."
        )
        self.needed = needed
        self.free = free


class BackupDamaged(OperatorError):
    """A backup does not hold what its manifest says."""


class RestoreRefused(OperatorError):
    """A backup cannot be restored there."""


class ReasonUnfit(OperatorError):
    """A reason is kept in a header for ever, and a header has a limit."""


class ResponseUnknown(OperatorError):
    """There is nothing of that name to erase."""


class ErasureUnfinished(OperatorError):
    """Something that belongs to an erasure has yet to be done."""


def in_words(size: int) -> str:
    """Write a number of bytes as people read it: 14 bytes, 3.2 MB."""
    number, unit = float(size), 0
    while number >= 1000 and unit < len(UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.1f} {UNITS[unit]}" if unit else f"{size} {UNITS[0]}"
