"""Whether a device may be told anything: a genuine token is not enough, it must stand well here now."""

import sqlite3
from datetime import datetime

from server.devices import queries, rules
from server.devices.rules import Standing
from server.devices.tokens import Credentials
from server.errors import NotAllowed
from sync.codes import ErrorCode

__all__ = ["require_good_standing", "standing_of"]


def standing_of(connection: sqlite3.Connection, credentials: Credentials, *, now: datetime) -> Standing:
    """Judge a genuine token by what this server has on record for its device."""
    device = queries.device(connection, device_id=credentials.device)
    return rules.standing(credentials, device, now=now)


def require_good_standing(connection: sqlite3.Connection, credentials: Credentials, *, now: datetime) -> None:
    """Raise NotAllowed when the device is unknown, revoked or out of date here.

    The fact ``revoked`` is told only of a device that a person revoked: it sends what it holds and then empties itself.
    """
    standing = standing_of(connection, credentials, now=now)
    if standing is not Standing.GOOD:
        raise NotAllowed(
            ErrorCode.DEVICE_NOT_ALLOWED,
            f"This device is {standing} here. Ask the coordinator to enrol it again; what it pushes is still kept.",
            {"standing": standing, **({"revoked": True} if standing is Standing.REVOKED else {})},
        )
