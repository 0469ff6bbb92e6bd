"""Reads the bodies that devices send, or says whose fault it is that they cannot be read."""

from server.bodies import BodyTooLarge, Malformed
from server.devices.tokens import Credentials
from sync import limits
from sync.codes import ErrorCode
from sync.messages import Have, Push
from sync.schemas import ValidationError, read_have, read_push

__all__ = ["read_have_body", "read_page_limit", "read_push_body"]


def read_push_body(body: object, credentials: Credentials) -> Push:
    """Read a batch without its items; raises Malformed and BodyTooLarge."""
    _at_most(limits.BATCH_ITEMS, _count(body, "items"), "items")
    try:
        batch = read_push(body)
    except ValidationError as error:
        raise _malformed(error, "Send an object with device and items.") from error
    if batch.device != credentials.device:
        raise Malformed(
            ErrorCode.MALFORMED, f"The batch is of device {batch.device}, the token of another. Send it with its own."
        )
    return batch


def read_have_body(body: object) -> Have:
    """Read which names the caller asks about; raises Malformed and BodyTooLarge."""
    _at_most(limits.HAVE_NAMES, _count(body, "revs") + _count(body, "attachments"), "names")
    try:
        return read_have(body)
    except ValidationError as error:
        raise _malformed(error, "Send an object with revs and attachments, lists of SHA-256 hashes.") from error


def read_page_limit(text: str | None) -> int:
    """Read how many changes a page may hold; raises Malformed."""
    if text is None:
        return limits.FEED_PAGE_CHANGES
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= limits.FEED_PAGE_CHANGES):
        raise Malformed(ErrorCode.MALFORMED, f"The limit must be a whole number from 1 to {limits.FEED_PAGE_CHANGES}.")
    return int(text)


def _count(body: object, member: str) -> int:
    """Count a list before any of it is looked at: what is wrong with it may cost more to find than it did to send."""
    value = body.get(member) if isinstance(body, dict) else None
    return len(value) if isinstance(value, list) else 0


def _at_most(limit: int, given: int, noun: str) -> None:
    if given > limit:
        raise BodyTooLarge(
            ErrorCode.TOO_MANY_ITEMS,
            f"The request holds {given} {noun}; the limit is {limit}. Split it.",
            {"limit_items": limit, "items": given},
        )


def _malformed(error: ValidationError, advice: str) -> Malformed:
    return Malformed(
        ErrorCode.MALFORMED, f"The body is not what this address takes. {advice}", {"problems": error.messages}
    )
