"""Reads the QR codes of a page as a camera does: each drawing is painted, and a decoder looks at the picture."""

import re
from typing import Final

import zxingcpp
from PIL import Image, ImageDraw

__all__ = ["codes_on"]

PIXELS: Final = 6
"""Along the side of one module."""
DRAWING: Final = re.compile(r'<svg class="qr"[^>]*viewBox="0 0 (\d+) \1"[^>]*>.*?<path d="([^"]+)"', re.DOTALL)
MODULE: Final = re.compile(r"M(\d+) (\d+)h1v1h-1z")


def codes_on(page: str) -> list[str]:
    """Give the text of every QR code on a page, in its order."""
    return [_read(int(size), path) for size, path in DRAWING.findall(page)]


def _read(size: int, path: str) -> str:
    picture = Image.new("L", (size * PIXELS, size * PIXELS), 255)
    pen = ImageDraw.Draw(picture)
    for found in MODULE.finditer(path):
        left, top = int(found[1]) * PIXELS, int(found[2]) * PIXELS
        pen.rectangle((left, top, left + PIXELS - 1, top + PIXELS - 1), fill=0)
    (code,) = zxingcpp.read_barcodes(picture)
    return str(code.text)
