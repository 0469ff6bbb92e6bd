"""Waiting for what happens by itself, up to a bound."""

import time
from collections.abc import Callable
from typing import Final

__all__ = ["PATIENCE_SECONDS", "wait_until"]

PATIENCE_SECONDS: Final = 60
BETWEEN_LOOKS_SECONDS: Final = 0.1


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Look again and again until ``holds``; fail with ``what`` was waited for."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"not within {PATIENCE_SECONDS} s: {what}"
        time.sleep(BETWEEN_LOOKS_SECONDS)
