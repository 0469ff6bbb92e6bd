"""The address under which people and phones reach this server."""

from enum import StrEnum
from typing import Final

from flask import current_app, request

from server.public_url import is_of_this_computer

__all__ = ["PUBLIC_URL", "Reach", "public_address", "reach_of_address"]

PUBLIC_URL: Final = "FIELDWELL_PUBLIC_URL"
"""Setting of the application: the address that phones use; None for the one a page was asked for at."""


def public_address() -> str:
    """Give the address that phones use, without a final slash."""
    public_url: str | None = current_app.config[PUBLIC_URL]
    return public_url or request.host_url.rstrip("/")


class Reach(StrEnum):
    """How far phones get with the address."""

    GOOD = "good"
    INSECURE = "insecure"  # without HTTPS a phone keeps nothing for work without a connection
    HERE_ONLY = "here-only"


def reach_of_address() -> Reach:
    """Tell how far phones get with the address that they are given."""
    address = public_address()
    if is_of_this_computer(address):
        return Reach.HERE_ONLY
    return Reach.GOOD if address.startswith("https://") else Reach.INSECURE
