"""The boxes of an MP4 file that holds one sound in AAC and nothing else. Pure. Layout: ISO/IEC 14496-12."""

from collections.abc import Iterator
from typing import Final

__all__ = ["seconds_of_m4a"]

HEADER_BYTES: Final = 8
DEEPEST_BOXES: Final = 200
"""More boxes in one another's row than any recorder writes."""

Box = tuple[bytes, bytes]
"""A box's kind, and what is in it."""


def seconds_of_m4a(content: bytes) -> float | None:
    """Tell how long the sound of an MP4 file is; None when it is not AAC, or there is a film beside it."""
    boxes = list(boxes_in(content))
    if not boxes or boxes[0][0] != b"ftyp" or not one(boxes, b"mdat"):
        return None
    movie = one(boxes, b"moov")
    tracks = [inside for kind, inside in boxes_in(movie) if kind == b"trak"]
    if len(tracks) != 1 or not is_aac(tracks[0]):
        return None
    return seconds_of(one(boxes_in(movie), b"mvhd"))


def boxes_in(content: bytes) -> Iterator[Box]:
    """Yield the boxes in a row; ends early where a length cannot be right."""
    at = 0
    for _count in range(DEEPEST_BOXES):
        size = int.from_bytes(content[at : at + 4])
        if at + HEADER_BYTES > len(content) or not HEADER_BYTES <= size <= len(content) - at:
            return
        yield content[at + 4 : at + HEADER_BYTES], content[at + HEADER_BYTES : at + size]
        at += size


def one(boxes: Iterator[Box] | list[Box], kind: bytes) -> bytes:
    """Give what is in the first box of a kind; nothing when there is none."""
    return next((inside for name, inside in boxes if name == kind), b"")


def is_aac(track: bytes) -> bool:
    """Tell whether a track is a sound, and in AAC."""
    media = one(boxes_in(track), b"mdia")
    handler = one(boxes_in(media), b"hdlr")
    samples = one(boxes_in(one(boxes_in(media), b"minf")), b"stbl")
    described = one(boxes_in(samples), b"stsd")
    return handler[8:12] == b"soun" and described[12:16] == b"mp4a"


def seconds_of(header: bytes) -> float | None:
    """Read how long the movie is from its header (`mvhd`), which comes in two widths."""
    wide = header[:1] == b"\x01"
    scale, length = (header[20:24], header[24:32]) if wide else (header[12:16], header[16:20])
    ticks = int.from_bytes(scale)
    return int.from_bytes(length) / ticks if ticks and int.from_bytes(length) else None
