"""What a device is allowed: how it stands with this server, and whether an enrolment may be used."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from server.clock import from_text
from server.devices.tokens import Credentials
from sync.codes import ErrorCode

__all__ = [
    "NOT_SEEN_AFTER",
    "Asking",
    "Device",
    "Enrolment",
    "OpenInvitation",
    "OpenSheet",
    "Phone",
    "PhoneState",
    "ResidentsPhones",
    "Standing",
    "enrolment_refusal",
    "standing",
    "state_of",
]

PhoneState = Literal["in-use", "not-seen", "signed-off"]
NOT_SEEN_AFTER: Final = timedelta(days=30)
"""A phone that has said nothing for so long may be lost, or its tab closed for good."""


@dataclass(frozen=True, kw_only=True)
class Device:
    """One enrolled installation; times are ISO 8601 UTC text with a Z."""

    device_id: str
    neighbourhood_id: str
    role: str
    name: str
    enrolled_at: str
    last_seen_at: str | None
    revoked_at: str | None


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """An invitation for one device; ``device_id`` is who used it, at ``used_at``."""

    neighbourhood_id: str
    neighbourhood_name: str
    role: str
    name: str
    expires_at: str
    used_at: str | None
    device_id: str | None


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who wants to use an enrolment; ``shown`` is the device of the genuine token that came along, if one did."""

    device_id: str
    shown: str | None

    @property
    def proves_itself(self) -> bool:
        """Whether the caller is the device that it says."""
        return self.shown == self.device_id


@dataclass(frozen=True, kw_only=True)
class Phone:
    """A worker's phone as the console lists it; ``unsent`` and ``app_version`` are what it said last."""

    device_id: str
    name: str
    neighbourhood_id: str
    neighbourhood: str
    enrolled_at: str
    last_seen_at: str | None
    revoked_at: str | None
    app_version: str | None
    unsent: int | None


@dataclass(frozen=True, kw_only=True)
class ResidentsPhones:
    """How many residents' phones there are in a neighbourhood; nobody lists them one by one."""

    neighbourhood: str
    phones: int


@dataclass(frozen=True, kw_only=True)
class OpenInvitation:
    """A single link that nobody has used yet; its id is the hash of its secret."""

    enrolment_id: str
    name: str
    neighbourhood_id: str
    neighbourhood: str
    created_at: str
    expires_at: str


@dataclass(frozen=True, kw_only=True)
class OpenSheet:
    """A sheet of codes, and how many of them nobody has used yet."""

    sheet: str
    neighbourhood_id: str
    neighbourhood: str
    created_at: str
    expires_at: str
    codes: int
    unused: int


class Standing(StrEnum):
    """How a device with a genuine token stands now."""

    GOOD = "good"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    REPLACED = "replaced"
    EXPIRED = "expired"
    OWN = "own"  # no device at all: this server, which made the revision itself


def standing(credentials: Credentials, device: Device | None, *, now: datetime) -> Standing:
    """Judge a device by its token and by what this server has on record for it.

    Revoked is only what a person revoked: the phone empties itself on that word.
    """
    if device is None:
        return Standing.UNKNOWN
    if device.revoked_at is not None:
        return Standing.REVOKED
    if credentials.issued < from_text(device.enrolled_at):
        return Standing.REPLACED  # a new enrolment ends all tokens of the one before
    if credentials.expires <= now:
        return Standing.EXPIRED
    return Standing.GOOD


def state_of(phone: Phone, *, now: datetime) -> PhoneState:
    """Say how a phone is doing: one that never spoke counts from when it was enrolled."""
    if phone.revoked_at is not None:
        return "signed-off"
    last = from_text(phone.last_seen_at or phone.enrolled_at)
    return "not-seen" if now - last >= NOT_SEEN_AFTER else "in-use"


def enrolment_refusal(
    enrolment: Enrolment | None, device: Device | None, *, asking: Asking, now: datetime
) -> ErrorCode | None:
    """Say why a device may not use the enrolment, or None when it may.

    The device that used it may ask again until it expires, since the first answer may have been lost on the way: the
    secret shows who it is. Not once it was revoked, or enrolled by another one. Else a link is for a phone that is new
    here, or for one that shows its token: whoever holds a link must not take over another's device.
    """
    if enrolment is None:
        return ErrorCode.ENROLMENT_UNKNOWN
    if enrolment.used_at is not None and not _is_repeat(enrolment, device, asking.device_id):
        return ErrorCode.ENROLMENT_USED
    if from_text(enrolment.expires_at) <= now:
        return ErrorCode.ENROLMENT_EXPIRED
    is_taken = enrolment.used_at is None and device is not None and not asking.proves_itself
    return ErrorCode.DEVICE_KNOWN if is_taken else None


def _is_repeat(enrolment: Enrolment, device: Device | None, device_id: str) -> bool:
    return (
        enrolment.device_id == device_id
        and device is not None
        and device.revoked_at is None
        and device.enrolled_at == enrolment.used_at
    )
