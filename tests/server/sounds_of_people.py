"""Sound files for tests, made of nothing: as small as their kind allows, and true to it to the last byte."""

import struct
from typing import Final

__all__ = ["m4a", "mp3", "ogg", "wav", "webm"]

MP3_HEADER: Final = b"\xff\xf3\x48\xc4"
"""MPEG-2, layer III, 32 kbit/s, 16,000 samples a second, one channel."""
MP3_FRAME_BYTES: Final = 144
MP3_FRAMES_PER_SECOND: Final = 16_000 / 576
MU_LAW: Final = 7


def mp3(seconds: float = 1.0, *, voice: bytes = b"\0") -> bytes:
    """Give an MP3 file as the console's recorder makes it; ``voice`` tells one from another."""
    frame = MP3_HEADER + (voice * MP3_FRAME_BYTES)[: MP3_FRAME_BYTES - len(MP3_HEADER)]
    return frame * round(seconds * MP3_FRAMES_PER_SECOND)


def wav(seconds: float = 1.0, *, coding: int = 1, bits: int = 16, rate: int = 8000) -> bytes:
    """Give a WAV file of silence."""
    sound = bytes(round(seconds * rate * bits // 8))
    form = struct.pack("<HHIIHH", coding, 1, rate, rate * bits // 8, bits // 8, bits)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def m4a(seconds: int = 1, *, handler: bytes = b"soun", coding: bytes = b"mp4a", tracks: int = 1) -> bytes:
    """Give the frame of an MP4 file with a track that says what is asked."""
    described = box(b"stsd", bytes(4) + struct.pack(">I", 1) + box(coding, bytes(28)))
    media = box(b"hdlr", bytes(8) + handler + bytes(12)) + box(b"minf", box(b"stbl", described))
    header = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(80))
    movie = box(b"moov", header + box(b"trak", box(b"mdia", media)) * tracks)
    return box(b"ftyp", b"M4A \0\0\0\0") + movie + box(b"mdat", bytes(16))


def box(kind: bytes, inside: bytes) -> bytes:
    return struct.pack(">I", 8 + len(inside)) + kind + inside


def webm() -> bytes:
    """Give the beginning of what Chrome's own recorder makes."""
    return b"\x1aE\xdf\xa3" + bytes(200)


def ogg() -> bytes:
    """Give the beginning of a voice message."""
    return b"OggS" + bytes(200)
