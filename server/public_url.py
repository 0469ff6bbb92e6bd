"""Reads the address that people use, as whoever starts the server typed it. Pure."""

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from server.errors import OperatorError

__all__ = ["NotAPublicUrl", "is_of_this_computer", "read_public_url"]

NAME: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]*:[0-9a-f:.]*")
"""A name or an address of IPv4, or one of IPv6; a name in other letters is written in its xn-- form."""


class NotAPublicUrl(OperatorError):
    """What was typed is no address of a server."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"--public-url {typed!r} is no address that people can use. Write http:// or https://, the name, "
            "a port if it needs one, and nothing more, such as https://fieldwell.example.org"
        )


def read_public_url(typed: str) -> str:
    """Give the address in small letters and without a final slash; raises NotAPublicUrl."""
    parts = _split(typed)
    host = parts.hostname or ""
    more = (
        parts.query
        or parts.fragment
        or "@" in parts.netloc
        or parts.path not in {"", "/"}
        or typed.endswith(("?", "#"))
    )
    if parts.scheme not in {"http", "https"} or more or NAME.fullmatch(host) is None:
        raise NotAPublicUrl(typed)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{parts.port}" if parts.port is not None else "")


def is_of_this_computer(address: str) -> bool:
    """Tell whether an address names the very computer that it is opened on."""
    host = urlsplit(address).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.") or host.endswith(".localhost")


def _split(typed: str) -> SplitResult:
    if not typed.isascii() or not typed.isprintable() or " " in typed:
        raise NotAPublicUrl(typed)
    try:
        parts = urlsplit(typed)
        _ = parts.port  # this is where a port that is no number is found
    except ValueError as error:
        raise NotAPublicUrl(typed) from error
    return parts
