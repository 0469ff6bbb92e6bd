"""Identifiers that sort by the time they were made: UUID version 7 (RFC 9562, section 5.7)."""

from uuid import UUID

__all__ = ["RANDOM_BYTES", "is_uuid", "uuid7"]

RANDOM_BYTES = 10
_MILLISECOND_BITS = 48


def uuid7(milliseconds: int, random_bytes: bytes) -> UUID:
    """Make a UUIDv7 from Unix time in milliseconds and 10 unpredictable bytes (74 bits of them are used)."""
    if not 0 <= milliseconds < 1 << _MILLISECOND_BITS:
        raise ValueError(f"{milliseconds} ms is outside what 48 bits can tell; give Unix time in milliseconds.")
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"A UUIDv7 takes {RANDOM_BYTES} random bytes; {len(random_bytes)} were given.")
    noise = int.from_bytes(random_bytes)
    value = milliseconds << 80 | 0x7 << 76 | (noise >> 68 & 0xFFF) << 64 | 0b10 << 62 | noise & (1 << 62) - 1
    return UUID(int=value)


def is_uuid(text: str) -> bool:
    """Tell whether ``text`` is a UUID in the one spelling that is accepted: lower case, with hyphens."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
