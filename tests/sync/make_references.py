"""Write the vectors of reference codes: `python -m tests.sync.make_references`."""

import json
from pathlib import Path
from typing import Final

from sync.references import REFERENCE_BYTES, make_reference, reference_hash, shown_reference

__all__ = ["FILE", "written"]

FILE: Final = Path(__file__).resolve().parents[1] / "vectors" / "codes" / "references.json"
CHANCE: Final = (
    bytes(REFERENCE_BYTES),
    bytes([255] * REFERENCE_BYTES),
    bytes(range(REFERENCE_BYTES)),
    bytes(range(200, 200 + REFERENCE_BYTES)),
    bytes([17, 250, 3, 99, 64, 31, 32, 8, 129, 77, 201]),
)


def written() -> str:
    """Give the file as it should stand."""
    cases = [
        {"random": list(chance), "code": code, "shown": shown_reference(code), "hash": reference_hash(code)}
        for chance in CHANCE
        for code in (make_reference(chance),)
    ]
    return json.dumps({"references": cases}, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
