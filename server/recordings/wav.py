"""The chunks of a WAV file whose sound every browser of the floor plays: plain samples, or the telephone's. Pure."""

from typing import Final

__all__ = ["seconds_of_wav"]

PLAIN, A_LAW, MU_LAW = 1, 6, 7
PLAYED: Final = {(PLAIN, 8), (PLAIN, 16), (PLAIN, 24), (A_LAW, 8), (MU_LAW, 8)}
"""Codings and bits for each sample."""
MOST_CHUNKS: Final = 50
FORMAT_BYTES: Final = 16
HIGHEST_RATE: Final = 48_000
MOST_CHANNELS: Final = 2


def seconds_of_wav(content: bytes) -> float | None:
    """Tell how long a WAV file sounds; None when it is not one, or in a coding that some phones do not play."""
    chunks = chunks_of(content)
    form, sound = chunks.get(b"fmt ", b""), chunks.get(b"data", b"")
    if len(form) < FORMAT_BYTES or not sound:
        return None
    coding, channels, rate = number(form[0:2]), number(form[2:4]), number(form[4:8])
    bits = number(form[14:16])
    if (coding, bits) not in PLAYED or not 0 < channels <= MOST_CHANNELS or not 0 < rate <= HIGHEST_RATE:
        return None
    return len(sound) / (rate * channels * bits // 8)


def chunks_of(content: bytes) -> dict[bytes, bytes]:
    """Give the chunks by kind, the first of each; none when it is no WAV file."""
    found: dict[bytes, bytes] = {}
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        return found
    at = 12
    for _count in range(MOST_CHUNKS):
        if at + 8 > len(content):
            break
        size = number(content[at + 4 : at + 8])
        found.setdefault(content[at : at + 4], content[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return found


def number(field: bytes) -> int:
    """Read a number as WAV writes it: the smallest byte first."""
    return int.from_bytes(field, "little")
