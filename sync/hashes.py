"""Names of bytes: lower-case hexadecimal SHA-256."""

import hashlib
import re

__all__ = ["is_sha256", "sha256_hex", "sha256_hex_of_bytes"]

_SHA256 = re.compile("[0-9a-f]{64}")


def sha256_hex(text: str) -> str:
    """Name ``text`` by its UTF-8 bytes; raises UnicodeEncodeError for a lone surrogate, which has none."""
    return sha256_hex_of_bytes(text.encode())


def sha256_hex_of_bytes(content: bytes) -> str:
    """Name ``content``: 64 lower-case hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def is_sha256(text: str) -> bool:
    """Tell whether ``text`` is written as such a name; upper case is not."""
    return _SHA256.fullmatch(text) is not None
