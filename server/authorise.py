"""The first step of every call that a device makes: whose token is it?"""

from http import HTTPStatus
from typing import ClassVar

from flask import request

from server import services
from server.devices import queries, rules, tokens
from server.devices.rules import Standing
from server.devices.tokens import Credentials
from server.errors import NotAllowed, RequestRefused
from sync.codes import ErrorCode

__all__ = ["TokenInvalid", "bearer", "device_in_good_standing"]

SCHEME = "Bearer "


class TokenInvalid(RequestRefused):
    """There is no token, or none that this programme signed."""

    status: ClassVar[HTTPStatus] = HTTPStatus.UNAUTHORIZED


def bearer() -> Credentials:
    """Give what the caller's token says; it may be out of date. Raises TokenInvalid."""
    header = request.headers.get("Authorization", "")
    trusted = services.current().programme_keys.trusted
    credentials = tokens.read(header.removeprefix(SCHEME), trusted) if header.startswith(SCHEME) else None
    if credentials is None:
        raise TokenInvalid(
            ErrorCode.TOKEN_INVALID,
            "The request carries no token of this programme. Enrol the device again; nothing on it is lost by that.",
        )
    return credentials


def device_in_good_standing() -> Credentials:
    """Give the caller's credentials; raises NotAllowed when the device is unknown, revoked or out of date here."""
    credentials = bearer()
    with services.current().database.read() as connection:
        device = queries.device(connection, device_id=credentials.device)
    standing = rules.standing(credentials, device, now=services.current().clock.now())
    if standing is not Standing.GOOD:
        raise NotAllowed(
            ErrorCode.DEVICE_NOT_ALLOWED,
            f"This device is {standing} here. Ask the coordinator to enrol it again; what it pushes is still kept.",
            {"standing": standing},
        )
    return credentials
