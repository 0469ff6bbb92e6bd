"""What a person may type to change a response, and what is wrong with it. Pure."""

import unicodedata
from collections.abc import Sequence
from typing import Final, Literal

from server.editing.redacting import stands_in

__all__ = ["REASON_CHARACTERS", "ReasonFault", "confirmation_number", "fault_of_reason", "one_reason"]

REASON_CHARACTERS: Final = 500
"""Code points; a reason stands in the header of the revision, which is kept for ever."""
ReasonFault = Literal["reason-missing", "reason-too-long", "reason-tells"]
SMALLEST_NUMBER: Final = 1000
NUMBERS: Final = 9000


def one_reason(typed: str) -> str:
    """Take a reason on one line, without marks of control."""
    seen = (" " if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} else one for one in typed)
    return " ".join("".join(seen).split())


def fault_of_reason(reason: str, *, hidden: Sequence[str] = ()) -> ReasonFault | None:
    """Tell what is wrong with a reason; ``hidden`` are words that it must not give away."""
    if not reason:
        return "reason-missing"
    if len(reason) > REASON_CHARACTERS:
        return "reason-too-long"
    return "reason-tells" if stands_in(reason, hidden) else None


def confirmation_number(response_id: str) -> str:
    """Give the four digits that a person types before something goes for good: they have looked at the right page."""
    return str(SMALLEST_NUMBER + int(response_id.replace("-", ""), 16) % NUMBERS)
