"""The code of a link that works once: 20 symbols, 100 bits, which can be typed by hand. Pure."""

from typing import Final

from sync.hashes import sha256_hex
from sync.references import SYMBOLS, shown_reference, symbols_in

__all__ = ["CODE_BYTES", "hash_of_typed", "make_code"]

CODE_BYTES: Final = 20
"""How many random bytes make a code; the low five bits of each are used."""


def make_code(random_bytes: bytes) -> str:
    """Make a code in groups of four."""
    assert len(random_bytes) == CODE_BYTES, "A code takes one byte for each symbol."
    return shown_reference("".join(SYMBOLS[byte % len(SYMBOLS)] for byte in random_bytes))


def hash_of_typed(typed: str) -> str | None:
    """Give the hash of a code as a person typed it, or pasted it with its link; None when it is no code at all."""
    symbols = symbols_in(typed.rpartition("#")[2])
    return sha256_hex(symbols) if len(symbols) == CODE_BYTES else None
