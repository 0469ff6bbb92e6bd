"""A text that fits a regular expression."""

import re
import warnings

from hypothesis import HealthCheck, Phase, find, settings, strategies
from hypothesis.errors import HypothesisException

__all__ = ["text_that_fits"]

TRIES = settings(
    database=None,
    derandomize=True,
    max_examples=200,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def text_that_fits(pattern: str) -> str | None:
    """Give a printable text that `pattern` matches as a whole, always the same; None where none is found."""
    try:
        with warnings.catch_warnings(action="ignore"):  # Python's, about patterns that other languages write otherwise
            texts = strategies.from_regex(pattern, fullmatch=True)
        return find(texts, lambda text: text.strip() == text and text.isprintable(), settings=TRIES)
    except (HypothesisException, re.error, ValueError, OverflowError):
        return None
