"""Signed tokens: who a device is, for whom it collects, and until when (Ed25519).

    fw1.<payload, base64url JSON>.<signature of "fw1.<payload>", base64url>

Any server of the programme can check one without asking anybody. A token that is out of
date is still genuine: what comes with it is kept, but set aside.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from server.clock import as_text, from_text

__all__ = ["LIFETIME", "RENEWED_BELOW", "TOKEN_CHARACTERS", "Credentials", "read", "renewed", "sign"]

LIFETIME: Final = timedelta(days=90)
RENEWED_BELOW: Final = timedelta(days=60)
TOKEN_CHARACTERS: Final = 4096
PREFIX: Final = "fw1"


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What a token says; ``scopes`` are ids of neighbourhoods, ``name`` is the worker's."""

    device: str
    role: str
    scopes: tuple[str, ...]
    name: str
    expires: datetime
    issued: datetime


def sign(credentials: Credentials, key: Ed25519PrivateKey) -> str:
    """Write a token."""
    payload = {
        "device": credentials.device,
        "role": credentials.role,
        "scopes": list(credentials.scopes),
        "name": credentials.name,
        "expires": as_text(credentials.expires),
        "issued": as_text(credentials.issued),
    }
    signed = f"{PREFIX}.{_encode(json.dumps(payload, ensure_ascii=False).encode())}"
    return f"{signed}.{_encode(key.sign(signed.encode()))}"


def read(token: str, trusted: Sequence[Ed25519PublicKey]) -> Credentials | None:
    """Give what a genuine token says, out of date or not; None for one that no trusted key signed."""
    if len(token) > TOKEN_CHARACTERS or not token.isascii():
        return None
    signed, _, signature = token.rpartition(".")
    prefix, _, payload = signed.partition(".")
    if prefix != PREFIX or not _is_signed(signed, signature, trusted):
        return None
    return _read_payload(payload)


def renewed(credentials: Credentials, *, now: datetime) -> Credentials | None:
    """Give credentials with a full lifetime from ``now``, or None while these last long enough."""
    if credentials.expires - now >= RENEWED_BELOW:
        return None
    return Credentials(
        device=credentials.device,
        role=credentials.role,
        scopes=credentials.scopes,
        name=credentials.name,
        expires=now + LIFETIME,
        issued=now,
    )


def _is_signed(signed: str, signature: str, trusted: Sequence[Ed25519PublicKey]) -> bool:
    try:
        content = _decode(signature)
    except binascii.Error:
        return False
    return any(_verifies(key, content, signed.encode()) for key in trusted)


def _verifies(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _read_payload(payload: str) -> Credentials:
    """Read what one of our own keys signed: a fault in it is our own mistake and is raised."""
    match json.loads(_decode(payload)):
        case {
            "device": str(device),
            "role": str(role),
            "scopes": [*scopes],
            "name": str(name),
            "expires": str(expires),
            "issued": str(issued),
        }:
            return Credentials(
                device=device,
                role=role,
                scopes=tuple(map(str, scopes)),
                name=name,
                expires=from_text(expires),
                issued=from_text(issued),
            )
    raise AssertionError("A key of ours signed a token of another shape.")


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
