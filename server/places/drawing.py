"""A link as a picture that a phone's camera can read. Pure."""

from dataclasses import dataclass
from typing import Final, Literal

from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode

__all__ = ["QrDrawing", "draw_qr"]

Spoilt = Literal["15 %", "25 %"]
"""How much of a code may be torn, dirty or in glare and it still reads."""
CORRECTION: Final[dict[Spoilt, int]] = {"15 %": ERROR_CORRECT_M, "25 %": ERROR_CORRECT_Q}
QUIET_MODULES: Final = 4
"""Width of the empty border that readers need (ISO/IEC 18004)."""


@dataclass(frozen=True)
class QrDrawing:
    """A QR code as the path of an SVG; one module is one unit, and `size` counts them along a side."""

    size: int
    path: str


def draw_qr(text: str, *, spoilt: Spoilt = "15 %") -> QrDrawing:
    """Draw a text as a QR code that still reads with so much of it spoilt: 15 % on a screen, more on a wall."""
    code = QRCode(error_correction=CORRECTION[spoilt], border=QUIET_MODULES)
    code.add_data(text)
    rows = code.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return QrDrawing(size=len(rows), path="".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
