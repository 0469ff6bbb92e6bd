"""An interview with a photo, and whether the server has that photo byte for byte."""

import hashlib
import random
import struct
import zlib
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import Interviewer

__all__ = ["assert_whole_on_the_server", "finish_with_photo", "half_sent", "noisy_photo"]

SIDE: Final = 900
"""Pixels: noise, so that no codec makes it small; the phone sends it as a JPEG of some hundred kilobytes."""
PAGES_AFTER: Final = 3
"""Barriers, assets, wishes: this person has no more to say."""


def noisy_photo(folder: Path, *, seed: int) -> Path:
    """Write a PNG that no other seed gives."""
    chance = random.Random(seed)
    lines = b"".join(b"\0" + chance.randbytes(SIDE * 3) for _ in range(SIDE))
    size = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    path = folder / f"photo-{seed}.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", size) + _chunk(b"IDAT", zlib.compress(lines, 1)) + _chunk(b"IEND", b"")
    )
    return path


def finish_with_photo(page: Page, name: str, photo: Path) -> None:
    """From the home page, do an interview about one place, with a photo of it."""
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.begin()
    worker.name_asset(name, 2)
    worker.choose("place_ways", 0)
    page.locator("main .question button.button-second").first.click()
    expect(page.locator("main")).to_contain_text("51.53")
    page.locator("main input[type=file]").last.set_input_files(photo)
    expect(page.locator("main img.media-picture")).to_be_visible()
    worker.go_on()
    worker.say_what_good("2")
    for _ in range(PAGES_AFTER):
        worker.go_on()
    worker.leave_equality()
    worker.finish()


def half_sent(central: Central) -> int:
    """Give how many bytes of photos have come that are not whole yet."""
    return sum(path.stat().st_size for path in (central.data / "attachments" / "incoming").glob("*/*"))


def assert_whole_on_the_server(central: Central, *, photos: int) -> None:
    """See that so many photos are stored, each under the name of its bytes, and each named by a revision."""
    stored = central.rows("SELECT sha256, bytes FROM attachments WHERE stored_at IS NOT NULL")
    assert len(stored) == photos
    for row in stored:
        content = (central.data / "attachments" / row["sha256"][:2] / row["sha256"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert len(content) == row["bytes"]
    named = {row["sha256"] for row in central.rows("SELECT sha256 FROM revision_attachments")}
    assert {row["sha256"] for row in stored} <= named


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
