"""The set-up code: 128 bits that the first start prints, in symbols that can be copied by hand. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from server.clock import from_text
from sync.hashes import sha256_hex
from sync.references import SYMBOLS, symbols_in

__all__ = ["LIFETIME", "SECRET_BYTES", "SetUpLink", "Standing", "code_hash", "shown_code", "standing"]

SECRET_BYTES: Final = 16
CODE_SYMBOLS: Final = 26
"""Symbols of five bits that hold 128 bits."""
GROUP_SYMBOLS: Final = 5
LIFETIME: Final = timedelta(hours=24)


class Standing(StrEnum):
    """What a set-up code is good for."""

    GOOD = "good"
    UNKNOWN = "unknown"
    RUN_OUT = "run-out"
    USED = "used"


@dataclass(frozen=True, kw_only=True)
class SetUpLink:
    """A code that was printed; times are UTC with a Z. A later start lets an older code run out at once."""

    expires_at: str
    used_at: str | None


def shown_code(secret: bytes) -> str:
    """Write 16 unpredictable bytes as 26 symbols in groups of five."""
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"A set-up code takes {SECRET_BYTES} random bytes; {len(secret)} were given.")
    number = int.from_bytes(secret)
    symbols = "".join(SYMBOLS[number >> (5 * place) & 31] for place in reversed(range(CODE_SYMBOLS)))
    return "-".join(symbols[start : start + GROUP_SYMBOLS] for start in range(0, CODE_SYMBOLS, GROUP_SYMBOLS))


def code_hash(typed: str) -> str | None:
    """Give the name under which a typed code would be kept; None when it is no code at all."""
    symbols = symbols_in(typed.strip())
    return sha256_hex(f"fieldwell set-up {symbols}") if len(symbols) == CODE_SYMBOLS else None


def standing(link: SetUpLink | None, *, now: datetime) -> Standing:
    """Judge a link that was looked up."""
    if link is None:
        return Standing.UNKNOWN
    if link.used_at is not None:
        return Standing.USED
    return Standing.GOOD if now < from_text(link.expires_at) else Standing.RUN_OUT
