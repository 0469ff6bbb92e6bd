"""The sizes that both sides of the protocol keep to."""

from typing import Final

__all__ = [
    "BATCH_BYTES",
    "BATCH_ITEMS",
    "FEED_PAGE_CHANGES",
    "HAVE_REVS",
    "HEADER_BYTES",
    "NAME_CHARACTERS",
    "PROTOCOL_MAX",
    "PROTOCOL_MIN",
    "SECRET_CHARACTERS",
]

PROTOCOL_MIN: Final = 1
PROTOCOL_MAX: Final = 1

BATCH_ITEMS: Final = 500
BATCH_BYTES: Final = 1024 * 1024
"""UTF-8 bytes of a request body, white space included."""
HEADER_BYTES: Final = 16 * 1024
"""UTF-8 bytes of one revision's header text."""
NAME_CHARACTERS: Final = 200
"""Code points of a name in a header: author, neighbourhood, form id, version, language, part, attachment."""
SECRET_CHARACTERS: Final = 200
"""A longer text is no enrolment secret of ours."""
HAVE_REVS: Final = 2000
FEED_PAGE_CHANGES: Final = 500
