"""Every setting and every limit of the server, each with its unit."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

__all__ = ["Config"]

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8000
DEFAULT_DATA_FOLDER: Final = "fieldwell-data"
SERVER_THREADS: Final = 64  # mostly waiting: a slow phone holds one for as long as its body takes
REQUEST_HEADER_BYTES: Final = 32 * 1024
WAITING_CONNECTIONS: Final = 128
REQUEST_SECONDS: Final = 60
"""How long a request may take to arrive whole, its headers included; one whose token is good gets more, as follows."""
REQUEST_BYTES_PER_SECOND: Final = 1000
"""A line slower than this is taken for one that is held open on purpose; the slowest phones send four times as much."""
UNREAD_BYTES: Final = 64 * 1024
"""When less than this is left of a body that nobody reads, it is read and the connection used again."""
PARTING_SECONDS: Final = 5
"""How long what is still sent of such a body is taken in once the answer has left, and how many bytes at most."""
PARTING_BYTES: Final = 2 * 1024 * 1024
STOP_SECONDS: Final = 3
"""How long a request under way may go on after the server was told to stop."""

REQUEST_BODY_BYTES: Final = 21 * 1024 * 1024
"""No body is larger than one attachment (20 MiB) and its wrapping; narrower limits hold per address."""

BODIES_HELD_BYTES: Final = 160 * 1024 * 1024
"""Memory for the bodies of pushes and questions that are held at one time, parsed as they are by then."""

DISK_RESERVE_BYTES: Final = 1024 * 1024 * 1024
DISK_RESERVE_SHARE: Final = 0.05
"""Files stop here, or where this share of the disk is left if that is less; the rest is for text."""
TIDY_EVERY: Final = timedelta(days=1)
"""How often what no phone will finish is removed."""

SESSION_LIFETIME: Final = timedelta(hours=12)
SIGN_IN_FAILURES: Final = "5 per 15 minutes"
"""Failed sign-ins allowed for one name from one address."""
SIGN_IN_FAILURES_PER_ADDRESS: Final = "100 per hour"
"""Failed sign-ins allowed from one address whatever the name; a whole hall may share an address."""
SIGN_IN_NAME_CHARACTERS: Final = 100
PASSWORD_CHARACTERS: Final = 1024
"""Longer passwords are refused unread, so that nobody can keep the hashing busy."""

RESPONSES_PER_PAGE: Final = 25
SHOWN_TIME_ZONE: Final = "Europe/London"


@dataclass(frozen=True, kw_only=True)
class Config:
    """Where the server keeps its data and how it is reached.

    `public_url` is the address that people and phones use, without a final slash. When it starts with https, cookies
    are marked Secure and browsers are told to stay on HTTPS. `proxies` is the number of proxies in front whose
    X-Forwarded headers are believed.
    """

    data_folder: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    public_url: str | None = None
    proxies: int = 0

    @property
    def address(self) -> str:
        """The address to print and to put in links."""
        shown_host = "localhost" if self.host in {"127.0.0.1", "::1", "0.0.0.0", "::"} else self.host
        return self.public_url or f"http://{shown_host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether people reach the server over HTTPS."""
        return self.address.startswith("https://")
