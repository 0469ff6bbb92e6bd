"""The sizes that both sides of the protocol keep to."""

from typing import Final

__all__ = [
    "ATTACHMENT_BYTES",
    "BATCH_BYTES",
    "BATCH_ITEMS",
    "FEED_PAGE_CHANGES",
    "HAVE_NAMES",
    "HEADER_BYTES",
    "NAME_CHARACTERS",
    "PART_TEXTS",
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
PART_TEXTS: Final = HEADER_BYTES // 64
"""Texts of one item: no header could name more, since each name has 64 digits."""
ATTACHMENT_BYTES: Final = 20 * 1024 * 1024
"""Bytes of one attachment. A revision may name a larger one; its content is never taken."""
NAME_CHARACTERS: Final = 200
"""Code points of a name in a header: author, neighbourhood, form id, version, language, part, attachment."""
SECRET_CHARACTERS: Final = 200
"""A longer text is no enrolment secret of ours."""
HAVE_NAMES: Final = 2000
"""Revs and attachments together."""
FEED_PAGE_CHANGES: Final = 500
