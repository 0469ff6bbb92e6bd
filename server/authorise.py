"""The first step of every call that a device makes: whose token is it?"""

from http import HTTPStatus
from typing import ClassVar

from flask import request

from server import services
from server.devices import tokens
from server.devices.admission import require_good_standing
from server.devices.tokens import Credentials
from server.errors import RequestRefused
from server.patience import be_patient
from sync.codes import ErrorCode

__all__ = ["TokenInvalid", "bearer", "device_in_good_standing", "genuine_token"]

SCHEME = "Bearer "


class TokenInvalid(RequestRefused):
    """There is no token, or none that this programme signed."""

    status: ClassVar[HTTPStatus] = HTTPStatus.UNAUTHORIZED


def bearer() -> Credentials:
    """Give what the caller's token says; it may be out of date. Raises TokenInvalid."""
    credentials = genuine_token()
    if credentials is None:
        raise TokenInvalid(
            ErrorCode.TOKEN_INVALID,
            "The request carries no token of this programme. Enrol the device again; nothing on it is lost by that.",
        )
    be_patient(request.environ)
    return credentials


def genuine_token() -> Credentials | None:
    """Give what the caller's token says, when there is one that this programme signed; it may be out of date."""
    header = request.headers.get("Authorization", "")
    trusted = services.current().programme_keys.trusted
    return tokens.read(header.removeprefix(SCHEME), trusted) if header.startswith(SCHEME) else None


def device_in_good_standing() -> Credentials:
    """Give the caller's credentials; raises NotAllowed when the device is unknown, revoked or out of date here."""
    credentials = bearer()
    running = services.current()
    with running.database.read() as connection:
        require_good_standing(connection, credentials, now=running.clock.now())
    return credentials
