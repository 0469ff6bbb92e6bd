"""What a device is allowed: how it stands with this server, and whether an enrolment may be used."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.clock import from_text
from server.devices.tokens import Credentials
from sync.codes import ErrorCode

__all__ = ["Device", "Enrolment", "Standing", "enrolment_refusal", "standing"]


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


class Standing(StrEnum):
    """How a device with a genuine token stands now."""

    GOOD = "good"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    EXPIRED = "expired"


def standing(credentials: Credentials, device: Device | None, *, now: datetime) -> Standing:
    """Judge a device by its token and by what this server has on record for it."""
    if device is None:
        return Standing.UNKNOWN
    if device.revoked_at is not None or credentials.issued < from_text(device.enrolled_at):
        return Standing.REVOKED  # a new enrolment ends all tokens of the one before
    if credentials.expires <= now:
        return Standing.EXPIRED
    return Standing.GOOD


def enrolment_refusal(
    enrolment: Enrolment | None, device: Device | None, *, device_id: str, now: datetime
) -> ErrorCode | None:
    """Say why ``device_id`` may not use the enrolment, or None when it may.

    The device that used it may ask again until it expires, since the first answer may have
    been lost on the way; not once it was revoked.
    """
    if enrolment is None:
        return ErrorCode.ENROLMENT_UNKNOWN
    if enrolment.used_at is not None and not _is_repeat(enrolment, device, device_id):
        return ErrorCode.ENROLMENT_USED
    if from_text(enrolment.expires_at) <= now:
        return ErrorCode.ENROLMENT_EXPIRED
    return None


def _is_repeat(enrolment: Enrolment, device: Device | None, device_id: str) -> bool:
    return enrolment.device_id == device_id and device is not None and device.revoked_at is None
