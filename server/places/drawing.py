"""A link as a picture that a phone's camera can read. Pure."""

from dataclasses import dataclass
from typing import Final

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

__all__ = ["QrDrawing", "draw_qr"]

QUIET_MODULES: Final = 4
"""Width of the empty border that readers need (ISO/IEC 18004)."""


@dataclass(frozen=True)
class QrDrawing:
    """A QR code as the path of an SVG; one module is one unit, and `size` counts them along a side."""

    size: int
    path: str


def draw_qr(text: str) -> QrDrawing:
    """Draw a text as a QR code that still reads with 15 % of it spoilt."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_MODULES)
    code.add_data(text)
    rows = code.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return QrDrawing(size=len(rows), path="".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
