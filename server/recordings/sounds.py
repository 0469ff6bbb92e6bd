"""Reads a recording by its content, never by its name: what it is, how long, whether every phone plays it. Pure.

Opus (in WebM or Ogg) is refused: Safari 15 on an iPhone does not play it. The console's own recorder writes MP3.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from server.config import RECORDING_BYTES, RECORDING_SECONDS
from server.recordings.mp4 import seconds_of_m4a
from server.recordings.mpeg import seconds_of_mp3
from server.recordings.wav import seconds_of_wav
from sync.hashes import sha256_hex_of_bytes

__all__ = ["Sound", "SoundProblem", "read_sound"]

SHORTEST_SECONDS: Final = 0.2
NOT_PLAYED_EVERYWHERE: Final = (b"\x1aE\xdf\xa3", b"OggS")
READERS: Final[Mapping[str, Callable[[bytes], float | None]]] = {
    "audio/mpeg": seconds_of_mp3,
    "audio/mp4": seconds_of_m4a,
    "audio/wav": seconds_of_wav,
}


class SoundProblem(StrEnum):
    """Why a file is not kept as a recording."""

    MISSING = "missing"
    TOO_LARGE = "too-large"
    TOO_LONG = "too-long"
    TOO_SHORT = "too-short"
    NOT_PLAYED_EVERYWHERE = "not-played-everywhere"
    NOT_A_SOUND = "not-a-sound"


@dataclass(frozen=True, kw_only=True)
class Sound:
    """A recording that every phone plays; ``type`` is its media type."""

    type: str
    seconds: float
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The name of the file."""
        return sha256_hex_of_bytes(self.content)


def read_sound(content: bytes) -> Sound | SoundProblem:
    """Read the bytes of a file, RECORDING_BYTES and RECORDING_SECONDS at most."""
    if not content:
        return SoundProblem.MISSING
    if len(content) > RECORDING_BYTES:
        return SoundProblem.TOO_LARGE
    if content.startswith(NOT_PLAYED_EVERYWHERE):
        return SoundProblem.NOT_PLAYED_EVERYWHERE
    for media_type, read in READERS.items():
        seconds = read(content)
        if seconds is not None:
            return within_limits(Sound(type=media_type, seconds=seconds, content=content))
    return SoundProblem.NOT_A_SOUND


def within_limits(sound: Sound) -> Sound | SoundProblem:
    """Give the sound, unless it is too long, or so short that nothing was said."""
    if sound.seconds > RECORDING_SECONDS:
        return SoundProblem.TOO_LONG
    return sound if sound.seconds >= SHORTEST_SECONDS else SoundProblem.TOO_SHORT
