"""What may be taken in, and what is set aside. Taking in is not judging: no answer is looked at here.

An item is refused only for what no second try can mend: it cannot be read, its bytes are
not the ones that were hashed, or it is too large. Whatever else is odd about it, it is
somebody's answer, and is kept.
"""

from dataclasses import dataclass
from typing import Final

from server.devices.rules import Standing
from server.devices.tokens import Credentials
from sync.codes import Origin, QuarantineReason, RefusalCode, RevisionKind
from sync.hashes import sha256_hex, sha256_hex_of_bytes
from sync.limits import HEADER_BYTES
from sync.messages import PushItem, RevisionHeader
from sync.schemas import ValidationError, read_header, read_part, read_push_item

__all__ = [
    "Beginning",
    "Deferred",
    "Item",
    "KnownForm",
    "PosterUse",
    "Refused",
    "Revision",
    "claimed_rev",
    "examine",
    "quarantine_reason",
]


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


@dataclass(frozen=True, kw_only=True)
class PosterUse:
    """What this server knows of a poster that a revision names; ``visited`` by the device that brings it.

    ``is_full``: as many other responses have come by it as may, or of this device's as may on one day.
    """

    visited: bool
    neighbourhood_id: str
    form_id: str
    is_full: bool


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """Whose a response is: what its first revision here says, set aside or not; an erasure begins nothing."""

    device_id: str
    poster_id: str | None
    reference_hash: str | None


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
    Standing.REPLACED: QuarantineReason.EXPIRED_TOKEN,
    Standing.EXPIRED: QuarantineReason.EXPIRED_TOKEN,
}


RESIDENT: Final = "resident"
_OF_A_DEVICE = frozenset({RevisionKind.CREATE, RevisionKind.EDIT})


def quarantine_reason(
    header: RevisionHeader,
    *,
    credentials: Credentials,
    standing: Standing,
    form: KnownForm | None,
    elsewhere: bool,
    begun: Beginning | None = None,
    poster: PosterUse | None = None,
) -> QuarantineReason | None:
    """Say why a revision is set aside, or None when it joins the others.

    ``form`` is the version it names, ``poster`` what is known of the poster it names; ``elsewhere`` tells that its
    response belongs to another neighbourhood, ``begun`` whose it is, when something of it is here already.
    """
    if standing is Standing.OWN:
        return None
    if standing is not Standing.GOOD:
        return _BY_STANDING[standing]
    if header.device != credentials.device:
        return QuarantineReason.DEVICE_MISMATCH
    if (
        header.neighbourhood not in credentials.scopes
        or elsewhere
        or not _comes_by_its_poster(header, credentials, poster)
        or not _goes_on_with_its_own(header, credentials, begun)
    ):
        return QuarantineReason.OUT_OF_SCOPE
    if header.origin is not Origin.DEVICE or header.kind not in _OF_A_DEVICE:
        return QuarantineReason.NOT_A_DEVICES
    if form is None or form.logic_sha != header.form.logic:
        return QuarantineReason.UNKNOWN_FORM
    if form.closed:
        return QuarantineReason.CLOSED_FORM
    return QuarantineReason.OVER_QUOTA if poster is not None and poster.is_full else None


def _comes_by_its_poster(header: RevisionHeader, credentials: Credentials, poster: PosterUse | None) -> bool:
    """Tell whether a revision comes by a poster that its device visited; a resident's has to, nobody else's does."""
    if header.poster is None:
        return credentials.role != RESIDENT
    fits = poster is not None and (poster.neighbourhood_id, poster.form_id) == (header.neighbourhood, header.form.id)
    return fits and poster is not None and poster.visited


def _goes_on_with_its_own(header: RevisionHeader, credentials: Credentials, begun: Beginning | None) -> bool:
    """Tell whether a resident's revision joins a response that the same device began, by the same poster and code.

    Names of responses are no secret: without this, whoever knows one could join it, and then read it by a code.
    """
    if begun is None or (header.poster is None and credentials.role != RESIDENT):
        return True
    return begun == Beginning(device_id=credentials.device, poster_id=header.poster, reference_hash=header.reference)
