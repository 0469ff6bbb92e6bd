"""What a file is, by its first bytes. What its sender calls it is not believed. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["FIRST_BYTES", "Kind", "Sort", "declared_sort", "kind_of"]

FIRST_BYTES: Final = 64
"""As many bytes of a file as ``kind_of`` looks at."""


class Sort(StrEnum):
    """What a person would call it."""

    PICTURE = "picture"
    SOUND = "sound"
    VIDEO = "video"
    FILE = "file"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of file. ``drawn_by`` is the name of Pillow's reader, for those pictures that are shown."""

    sort: Sort
    type: str
    drawn_by: str | None = None


UNKNOWN: Final = Kind(sort=Sort.FILE, type="application/octet-stream")

# The first bytes of each kind. What may hold a program, as SVG may, is no picture here.
KINDS: Final[tuple[tuple[re.Pattern[bytes], Kind], ...]] = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"\xff\xd8\xff", Kind(sort=Sort.PICTURE, type="image/jpeg", drawn_by="JPEG")),
        (rb"\x89PNG\r\n\x1a\n", Kind(sort=Sort.PICTURE, type="image/png", drawn_by="PNG")),
        (rb"RIFF....WEBP", Kind(sort=Sort.PICTURE, type="image/webp", drawn_by="WEBP")),
        (rb"GIF8[79]a", Kind(sort=Sort.PICTURE, type="image/gif", drawn_by="GIF")),
        (rb"....ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1|avif)", Kind(sort=Sort.PICTURE, type=UNKNOWN.type)),
        (rb"....ftyp(?:M4A |M4B )", Kind(sort=Sort.SOUND, type="audio/mp4")),
        (rb"....ftyp", Kind(sort=Sort.VIDEO, type="video/mp4")),
        (rb"\x1aE\xdf\xa3", Kind(sort=Sort.VIDEO, type="video/webm")),
        (rb"OggS", Kind(sort=Sort.SOUND, type="audio/ogg")),
        (rb"RIFF....WAVE", Kind(sort=Sort.SOUND, type="audio/wav")),
        (rb"ID3|\xff[\xfb\xf3\xf2]", Kind(sort=Sort.SOUND, type="audio/mpeg")),
        (rb"\xff[\xf1\xf9]", Kind(sort=Sort.SOUND, type="audio/aac")),
        (rb"fLaC", Kind(sort=Sort.SOUND, type="audio/flac")),
        (rb"#!AMR", Kind(sort=Sort.SOUND, type="audio/amr")),
    )
)


def kind_of(first: bytes) -> Kind:
    """Tell what a file is from its first bytes."""
    return next((kind for pattern, kind in KINDS if pattern.match(first)), UNKNOWN)


def declared_sort(media_type: str) -> Sort:
    """Tell what a file is said to be; for one that has not come, there is nothing else to go by."""
    match media_type.partition("/")[0].lower():
        case "image":
            return Sort.PICTURE
        case "audio":
            return Sort.SOUND
        case "video":
            return Sort.VIDEO
    return Sort.FILE
