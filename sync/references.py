"""The short codes that people keep: the reference code of a response, and the code on a poster. Pure.

A reference code has eleven symbols of chance, 55 bits, and a twelfth that catches a slip of the pen. The server keeps
its hash only. Symbols are those of Crockford's base 32, so that nobody takes one for another when copying by hand. Its
twin is `pwa/src/sync/references.ts`; both do what `tests/vectors/codes/references.json` says.
"""

import unicodedata
from typing import Final

from sync.hashes import sha256_hex

__all__ = [
    "POSTER_SYMBOLS",
    "REFERENCE_BYTES",
    "REFERENCE_SYMBOLS",
    "SYMBOLS",
    "make_reference",
    "read_poster_code",
    "read_reference",
    "reference_hash",
    "shown_reference",
    "symbols_in",
]

SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_SYMBOLS: Final = 12
REFERENCE_BYTES: Final = 11
"""How many random bytes make a code; the low five bits of each are used."""
POSTER_SYMBOLS: Final = 6
LONGEST_TYPED: Final = 100
BETWEEN: Final = " -\u2010\u2011\u2013\u2014._\t\r\n\u200e\u200f\u2066\u2067\u2068\u2069"
"""What may stand between symbols: spaces, hyphens and dashes, and the marks that keep a code together among Arabic."""
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def make_reference(random_bytes: bytes) -> str:
    """Make a reference code of 12 symbols from 11 unpredictable bytes."""
    if len(random_bytes) != REFERENCE_BYTES:
        raise ValueError(f"A reference code takes {REFERENCE_BYTES} random bytes; {len(random_bytes)} were given.")
    chance = "".join(SYMBOLS[byte % len(SYMBOLS)] for byte in random_bytes)
    return chance + _check_symbol(chance)


def read_reference(typed: str) -> str | None:
    """Give the 12 symbols that a person meant, or None when it is no reference code or has a slip in it."""
    symbols = symbols_in(typed)
    fits = len(symbols) == REFERENCE_SYMBOLS and _check_symbol(symbols[:-1]) == symbols[-1]
    return symbols if fits else None


def read_poster_code(typed: str) -> str | None:
    """Give the 6 symbols of a poster's code that a person meant, or None when it is none."""
    symbols = symbols_in(typed)
    return symbols if len(symbols) == POSTER_SYMBOLS else None


def shown_reference(code: str) -> str:
    """Write a code as people copy it: in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def reference_hash(code: str) -> str:
    """Name a code of 12 symbols as headers and the server's table do."""
    return sha256_hex(f"fieldwell reference {code}")


def symbols_in(typed: str) -> str:
    """Give the symbols in what was typed: spaces and hyphens do not count, digits of any script do; '' else."""
    upper = "".join(_plain(character) for character in typed[:LONGEST_TYPED]).upper().translate(_ALIKE)
    kept = "".join(character for character in upper if character not in BETWEEN)
    return kept if all(character in SYMBOLS for character in kept) else ""


def _plain(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _check_symbol(chance: str) -> str:
    """Weigh each symbol by an odd number of its own, so that one wrong symbol never goes unnoticed."""
    weights = (2 * place + 3 for place in range(len(chance)))
    total = sum(weight * SYMBOLS.index(symbol) for weight, symbol in zip(weights, chance, strict=True))
    return SYMBOLS[total % len(SYMBOLS)]
