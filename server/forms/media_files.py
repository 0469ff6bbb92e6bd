"""Read an image, a sound or a video that lies beside a form: its type by its first bytes, never by its name. Pure.

SVG is refused: it can carry scripts. What phones' browsers can't play is refused too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from server.forms.problems import FormProblem

__all__ = ["MEDIA_BYTES", "MEDIA_TYPES", "MediaFile", "read_media_file"]

MEGABYTE = 1024 * 1024
MEDIA_BYTES: Mapping[str, int] = {"image": 5 * MEGABYTE, "audio": 10 * MEGABYTE, "video": 20 * MEGABYTE}  # of one file


@dataclass(frozen=True)
class MediaFile:
    """A file as published; ``type`` is its media type, such as ``image/png``."""

    name: str
    type: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The name of the file."""
        return sha256(self.content).hexdigest()


def _starts(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(beginnings)


def _riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda content: content[:4] == b"RIFF" and content[8:12] == kind


def _brand(*brands: bytes) -> Callable[[bytes], bool]:
    """Recognise the ISO media files (MP4 and its kin) by the brand that they begin with."""
    return lambda content: content[4:8] == b"ftyp" and content[8:12].startswith(brands)


def _mpeg_audio(content: bytes) -> bool:
    return content.startswith(b"ID3") or (
        content[:1] == b"\xff" and content[1:2] in (b"\xfb", b"\xf3", b"\xf2", b"\xfa")
    )


# The order matters: an MP4 that only holds sound says so by its brand, any other brand is taken for a video.
MEDIA_TYPES: Mapping[str, Callable[[bytes], bool]] = {
    "image/png": _starts(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": _starts(b"\xff\xd8\xff"),
    "image/gif": _starts(b"GIF87a", b"GIF89a"),
    "image/webp": _riff(b"WEBP"),
    "audio/wav": _riff(b"WAVE"),
    "audio/mpeg": _mpeg_audio,
    "audio/aac": _starts(b"\xff\xf1", b"\xff\xf9"),
    "audio/ogg": _starts(b"OggS"),
    "audio/mp4": _brand(b"M4A", b"M4B"),
    "video/quicktime": _brand(b"qt  "),
    "video/3gpp": _brand(b"3gp", b"3g2"),
    "video/mp4": _brand(b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"MSNV", b"dash"),
    "video/webm": _starts(b"\x1aE\xdf\xa3"),
}


def read_media_file(name: str, content: bytes, *, kind: str) -> MediaFile | FormProblem:
    """Read the bytes of a file that a form names as ``kind``: ``image``, ``audio`` or ``video``."""
    media_type = next((one for one, fits in MEDIA_TYPES.items() if fits(content)), "")
    if not media_type:
        remedy = "Save it as PNG or JPEG, as MP3 or M4A, or as MP4."
        return FormProblem("media-type", f"“{name}” is no image, sound or video that phones can show.", remedy)
    really = media_type.partition("/")[0]
    if really != kind and not (really == "video" and kind == "audio"):
        message = f"“{name}” is {media_type}, but it stands in the column for {kind}."
        return FormProblem("media-kind", message, f"Move it to the column media::{really}, or give another file.")
    if len(content) > MEDIA_BYTES[kind]:
        message = f"“{name}” has more than {MEDIA_BYTES[kind]:,} bytes, the limit for {kind}."
        return FormProblem("media-large", message, "Make it smaller: people pay for what their phone fetches.")
    return MediaFile(name, media_type, content)
