"""What may be taken in, and what is set aside. Taking in is not judging: no answer is looked at here.

An item is refused only for what no second try can mend: it cannot be read, its bytes are
not the ones that were hashed, or it is too large. Whatever else is odd about it, it is
somebody's answer, and is kept.
"""

from dataclasses import dataclass

from server.devices.rules import Standing
from server.devices.tokens import Credentials
from sync.codes import Origin, QuarantineReason, RefusalCode, RevisionKind
from sync.hashes import sha256_hex, sha256_hex_of_bytes
from sync.limits import HEADER_BYTES
from sync.messages import PushItem, RevisionHeader
from sync.schemas import ValidationError, read_header, read_part, read_push_item

__all__ = ["Deferred", "Item", "KnownForm", "Refused", "Revision", "claimed_rev", "examine", "quarantine_reason"]


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One revision that may be stored: its own texts, verbatim (None: erased elsewhere), and what its header says."""

    rev: str
    header_text: str
    header: RevisionHeader
    part_texts: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Refused:
    """One item that can never be taken as it is; ``rev`` is what it claimed, '' when that is unreadable."""

    rev: str
    code: RefusalCode


@dataclass(frozen=True, kw_only=True)
class Deferred:
    """One item that was not looked at: its device may bring no more now."""

    rev: str


Item = Revision | Refused | Deferred


@dataclass(frozen=True, kw_only=True)
class KnownForm:
    """What this server knows of a form version."""

    logic_sha: str
    closed: bool


def examine(item: object) -> Revision | Refused:
    """Read one item of a batch and compare every text with the hash that names it."""
    try:
        return _examine(read_push_item(item))
    except (ValidationError, UnicodeEncodeError):
        return Refused(rev=claimed_rev(item), code=RefusalCode.MALFORMED)


def _examine(item: PushItem) -> Revision | Refused:
    header_bytes = item.header.encode()
    if len(header_bytes) > HEADER_BYTES:
        return Refused(rev=item.rev, code=RefusalCode.OVERSIZE)
    if sha256_hex_of_bytes(header_bytes) != item.rev:
        return Refused(rev=item.rev, code=RefusalCode.HASH_MISMATCH)
    header = read_header(item.header)
    if len(header.parts) != len(item.parts):
        return Refused(rev=item.rev, code=RefusalCode.MALFORMED)
    given = [(text, part) for text, part in zip(item.parts, header.parts, strict=True) if text is not None]
    if any(sha256_hex(text) != part.sha256 for text, part in given):
        return Refused(rev=item.rev, code=RefusalCode.HASH_MISMATCH)
    for text, _ in given:
        read_part(text)
    return Revision(rev=item.rev, header_text=item.header, header=header, part_texts=item.parts)


def claimed_rev(item: object) -> str:
    """Give the rev that an item claims, '' when that is unreadable."""
    claimed = item.get("rev") if isinstance(item, dict) else None
    return claimed if isinstance(claimed, str) else ""


_BY_STANDING = {
    Standing.UNKNOWN: QuarantineReason.UNKNOWN_DEVICE,
    Standing.REVOKED: QuarantineReason.REVOKED_DEVICE,
    Standing.EXPIRED: QuarantineReason.EXPIRED_TOKEN,
}


_OF_A_DEVICE = frozenset({RevisionKind.CREATE, RevisionKind.EDIT})


def quarantine_reason(
    header: RevisionHeader, *, credentials: Credentials, standing: Standing, form: KnownForm | None, elsewhere: bool
) -> QuarantineReason | None:
    """Say why a revision is set aside, or None when it joins the others.

    ``form`` is the version it names; ``elsewhere`` tells that its response belongs to another neighbourhood.
    """
    if standing is not Standing.GOOD:
        return _BY_STANDING[standing]
    if header.device != credentials.device:
        return QuarantineReason.DEVICE_MISMATCH
    if header.neighbourhood not in credentials.scopes or elsewhere:
        return QuarantineReason.OUT_OF_SCOPE
    if header.origin is not Origin.DEVICE or header.kind not in _OF_A_DEVICE:
        return QuarantineReason.NOT_A_DEVICES
    if form is None or form.logic_sha != header.form.logic:
        return QuarantineReason.UNKNOWN_FORM
    if form.closed:
        return QuarantineReason.CLOSED_FORM
    return None
