"""Which actions belong together when somebody looks for something in the log. Pure."""

from typing import Final

__all__ = ["KINDS", "actions_of"]

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "sign-ins": ("signed-in", "sign-in-failed", "signed-out", "session-ended", "sessions-ended", "password-changed"),
    "people": (
        "person-added",
        "person-invited",
        "person-uninvited",
        "person-joined",
        "person-changed",
        "access-ended",
        "access-restored",
        "reset-made",
        "reset-used",
    ),
    "venues": (
        "venue-added",
        "venue-changed",
        "venue-closed",
        "venue-reopened",
        "poster-made",
        "poster-changed",
        "poster-rotated",
        "poster-closed",
        "poster-reopened",
    ),
    "phones": (
        "phone-invited",
        "phone-enrolled",
        "invitation-withdrawn",
        "sheet-made",
        "sheet-withdrawn",
        "phone-renamed",
        "phone-signed-off",
    ),
    "programme": (
        "set-up-begun",
        "programme-set-up",
        "programme-changed",
        "languages-changed",
        "neighbourhood-added",
        "neighbourhood-changed",
        "boundary-changed",
        "boundary-removed",
        "small-areas-changed",
        "form-published",
        "form-offered",
        "form-not-offered",
        "spoken-language-added",
        "spoken-language-removed",
        "recording-kept",
        "recording-deleted",
        "recording-put-back",
        "words-done",
        "words-not-done",
        "backup-restored",
    ),
    "answers": ("response-withdrawn", "response-erased", "export-made"),
}


def actions_of(kind: str) -> tuple[str, ...] | None:
    """Give the actions of a kind; None for every action, when there is no such kind."""
    return KINDS.get(kind)
