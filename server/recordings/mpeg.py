"""The frames of an MP3 file, walked from the first to the last: what only begins like one is none. Pure.

Layout of a frame's header: ISO/IEC 11172-3, 2.4.1.3, and ISO/IEC 13818-3 for the lower rates.
"""

from dataclasses import dataclass
from typing import Final

__all__ = ["seconds_of_mp3"]

HEADER_BYTES: Final = 4
ID3_HEADER_BYTES: Final = 10
ID3_AT_THE_END_BYTES: Final = 128
LEAST_FRAMES: Final = 2
LAYER_III: Final = 1
RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Samples a second by version (3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5)."""
KILOBITS_OF_FIRST: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KILOBITS_OF_OTHERS: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


@dataclass(frozen=True)
class Frame:
    """One frame: its bytes, header included, and how long it sounds."""

    bytes: int
    seconds: float


def seconds_of_mp3(content: bytes) -> float | None:
    """Tell how long an MP3 file sounds; None when it is not one from its first frame to its last."""
    at = end_of_tag(content)
    end = len(content) - (ID3_AT_THE_END_BYTES if content[-ID3_AT_THE_END_BYTES:].startswith(b"TAG") else 0)
    seconds, frames = 0.0, 0
    while at < end:
        frame = read_frame(content[at : at + HEADER_BYTES])
        if frame is None or at + frame.bytes > end:
            break
        seconds, frames, at = seconds + frame.seconds, frames + 1, at + frame.bytes
    is_whole = frames >= LEAST_FRAMES and not content[at:end].strip(b"\0")
    return seconds if is_whole else None


def end_of_tag(content: bytes) -> int:
    """Give where the sound begins: behind the tag that tells of title and artist (ID3v2), if there is one."""
    if not content.startswith(b"ID3") or len(content) < ID3_HEADER_BYTES:
        return 0
    size = 0
    for byte in content[6:ID3_HEADER_BYTES]:
        size = size << 7 | byte & 0x7F
    return ID3_HEADER_BYTES + size


def read_frame(header: bytes) -> Frame | None:
    """Read the header of a frame of layer III."""
    if len(header) < HEADER_BYTES or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    rate, bits, padding = header[2] >> 2 & 3, header[2] >> 4, header[2] >> 1 & 1
    if version not in RATES or layer != LAYER_III or rate == 3 or not 0 < bits < len(KILOBITS_OF_FIRST):
        return None
    is_first = version == 3
    kilobits = (KILOBITS_OF_FIRST if is_first else KILOBITS_OF_OTHERS)[bits]
    samples, rate_hertz = (1152 if is_first else 576), RATES[version][rate]
    return Frame(samples * 125 * kilobits // rate_hertz + padding, samples / rate_hertz)
