"""Small files to answer with: a photo and a sound that can be decoded, what looks like a film, a document."""

import io
import wave
from collections.abc import Callable, Mapping
from typing import Final

from playwright.sync_api import FilePayload, Page

__all__ = ["sample_file"]

SAMPLES_A_SECOND: Final = 8_000
FILM: Final = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00\x00\x00\x08free"
DOCUMENT: Final = b"%PDF-1.4\n%%EOF\n"


def sample_file(page: Page, media: str) -> FilePayload:
    """Give a file of a kind such as ``image/*``; the photo is what the phone shows just now."""
    kinds: Mapping[str, tuple[str, str, Callable[[], bytes]]] = {
        "image": ("photo.jpg", "image/jpeg", lambda: page.screenshot(type="jpeg", quality=60)),
        "audio": ("sound.wav", "audio/wav", _sound),
        "video": ("film.mp4", "video/mp4", lambda: FILM),
    }
    name, kind, content = kinds.get(media.split("/")[0], ("paper.pdf", "application/pdf", lambda: DOCUMENT))
    return FilePayload(name=name, mimeType=kind, buffer=content())


def _sound() -> bytes:
    """Half a second of silence."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(SAMPLES_A_SECOND)
        sound.writeframes(b"\x80" * (SAMPLES_A_SECOND // 2))
    return written.getvalue()
