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
PARTING_BYTES: Final = 21 * 1024 * 1024  # a whole body: a proxy that is cut off in it drops the answer
STOP_SECONDS: Final = 3
"""How long a request under way may go on after the server was told to stop."""

REQUEST_BODY_BYTES: Final = 21 * 1024 * 1024
"""No body is larger than one attachment (20 MiB) and its wrapping; narrower limits hold per address."""

LARGEST_BODY_BYTES: Final = 101 * 1024 * 1024
"""What the HTTP server takes in at most: the map of a neighbourhood (100 MiB), which its own address alone allows."""

BODIES_HELD_BYTES: Final = 160 * 1024 * 1024
"""Memory for the bodies of pushes and questions that are held at one time, parsed as they are by then."""

DISK_RESERVE_BYTES: Final = 1024 * 1024 * 1024
DISK_RESERVE_SHARE: Final = 0.05
"""Files stop here, or where this share of the disk is left if that is less; the rest is for text."""
TIDY_EVERY: Final = timedelta(days=1)
"""How often what no phone will finish is removed."""
TIDY_AGAIN: Final = timedelta(minutes=10)
"""How soon tidying is tried again that could not be done: a reader was in the way, a disk was not there."""

SESSION_LIFETIME: Final = timedelta(hours=12)
"""How long a session is open after it was used last."""
SESSION_LONGEST: Final = timedelta(days=30)
"""How long a session is open at most, however much it is used."""
HASHES_AT_ONCE: Final = 3
"""Passwords that are hashed at one time: each takes 64 MiB of memory."""
SIGN_IN_FAILURES: Final = "5 per 15 minutes"
"""Failed sign-ins allowed for one name from one address, or in one browser in which that person signed in before."""
SIGN_IN_FAILURES_PER_ADDRESS: Final = "100 per hour"
"""Failed sign-ins allowed from one address whatever the name; a whole hall may share an address."""
KNOWN_BROWSER_LIFETIME: Final = timedelta(days=90)
"""How long a browser is known after somebody signed in."""
SET_UP_FAILURES: Final = "10 per 15 minutes"
"""Wrong set-up codes allowed from one address, on both pages that ask for one."""
SIGN_IN_NAME_CHARACTERS: Final = 100
PERSON_NAME_CHARACTERS: Final = 100
SEEN_EVERY: Final = timedelta(minutes=1)
"""How often at most it is written down that a session is in use."""
ENDED_SESSIONS_KEPT: Final = timedelta(days=30)
INVITATION_LIFETIME: Final = timedelta(days=7)
RESET_LIFETIME: Final = timedelta(days=1)
LINK_FAILURES: Final = "20 per 15 minutes"
"""Unknown invitation codes allowed from one address; a code has 100 bits."""
PASSWORD_FAILURES: Final = "5 per 15 minutes"
"""Wrong present passwords allowed to one person who wants to change theirs."""
FAILED_SIGN_INS_NOTED_EVERY: Final = timedelta(minutes=15)
"""Failed sign-ins under one name are written into the audit log this often at most."""
PASSWORD_CHARACTERS: Final = 1024
"""Longer passwords are refused unread, so that nobody can keep the hashing busy."""

RESIDENT_BODY_BYTES: Final = 1024 * 1024
"""What a page of a resident may send: its answers so far, and those of one page."""
RESIDENT_PAGES_PER_ADDRESS: Final = "12000 per 10 minutes"
RESIDENT_PAGES_PER_POSTER: Final = "24000 per 10 minutes"
"""A hall of 300 people behind one address, 30 pages each in ten minutes, and a third as much again.

An address has half of a poster's share at most, so that no single one can shut a poster for everybody else.
"""
RESIDENT_FINISHES_PER_ADDRESS: Final = "750 per 10 minutes"
RESIDENT_FINISHES_PER_POSTER: Final = "1500 per 10 minutes"
"""Answers sent without the app; a hall of 500 at once, and some who press the button twice; half of the poster's."""
RESPONSES_PER_DEVICE_AND_DAY: Final = 60
"""Responses that one phone may bring by one poster on one day (UTC); what is more is set aside as over its quota.

A tablet that is handed round all day stays within it, and no phone alone fills a poster's quota within a fortnight.
"""
API_REQUESTS_PER_KEY: Final = "600 per 5 minutes"
"""Of the reading API; a page of it holds up to 200 responses."""
API_REQUESTS_PER_ADDRESS: Final = "6000 per 5 minutes"

VISITS_PER_DEVICE: Final = "30 per hour"
VISITS_PER_ADDRESS: Final = "750 per 10 minutes"
VISITS_PER_POSTER: Final = "1500 per 10 minutes"
"""Calls by which phones of residents get their token; the same hall, and some who try again."""
WORD_REPORTS_PER_DEVICE: Final = "100 per hour"
WORD_REPORTS_PER_ADDRESS: Final = "1000 per hour"
"""Calls that report wrong words; a hall behind one address may report a few each."""
WITHDRAWALS_PER_ADDRESS: Final = "120 per 10 minutes"
REFERENCE_FAILURES_PER_ADDRESS: Final = "200 per 15 minutes"
REFERENCE_FAILURES: Final = "20000 per hour"
"""Unknown reference codes allowed from one address, and from all together; a code has 55 bits."""
REFERENCE_FAILURES_PER_ADDRESS_THEN: Final = "20 per 15 minutes"
"""What one address is allowed once all together had too many: guessing gets slower, own codes open as before."""

RESPONSES_PER_PAGE: Final = 25
VENUES_PER_PAGE: Final = 25
PLACE_WORDS_CHARACTERS: Final = 500
"""Code points of what is said of how to find a venue."""
POSTER_LIFETIME: Final = timedelta(days=183)
POSTER_LIFETIME_LIMIT: Final = timedelta(days=731)
POSTER_QUOTA: Final = 1_000
"""Responses that one poster may bring, unless somebody chooses another number."""
POSTER_QUOTA_LIMIT: Final = 100_000
AUDIT_LINES_PER_PAGE: Final = 50
RECORDING_BYTES: Final = 2 * 1024 * 1024
"""Of one recording of a question; people pay for what their phone fetches."""
RECORDING_SECONDS: Final = 90
"""How long a recording that somebody uploads may be."""
RECORDER_SECONDS: Final = 60
"""When the console's own recorder stops by itself."""
RECORDING_PUT_BACK: Final = timedelta(days=7)
"""How long a recording that was replaced or deleted can be put back; then its bytes are erased."""
SPOKEN_LANGUAGES: Final = 20
"""Languages that one form is spoken, but not written in."""
SPOKEN_NAME_CHARACTERS: Final = 60
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
