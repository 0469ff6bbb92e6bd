"""Why an upload is not taken, or not now.

UploadRefused
├── AttachmentUnknown    404  no revision that this device brought names the file
├── OffsetMismatch       409  the bytes do not continue what has come; the offset says where to go on
├── AttachmentTooLarge   413  files of that size are never taken
├── HashMismatch         422  what came is not the file that was named; it was thrown away
├── StorageFailed        503  the disk did not do its work; ask again
└── NoSpace              507  the disk, or the device's share of it, is full; ask again later
"""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import ClassVar, Final

from server.errors import RequestRefused
from sync.codes import ErrorCode
from sync.limits import ATTACHMENT_BYTES

__all__ = [
    "AttachmentTooLarge",
    "AttachmentUnknown",
    "HashMismatch",
    "NoSpace",
    "OffsetMismatch",
    "StorageFailed",
    "UploadRefused",
    "no_share",
    "telling_storage_faults",
]

DISK_FULL_RETRY_SECONDS: Final = 300
SHARE_FULL_RETRY_SECONDS: Final = 3600
FAILURE_RETRY_SECONDS: Final = 30
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})

log = logging.getLogger(__name__)


class UploadRefused(RequestRefused):
    """An upload is not taken; ``offset`` and ``retry_after`` (seconds) become headers where they are told."""

    offset: int | None = None
    length: int | None = None
    retry_after: int | None = None


class AttachmentUnknown(UploadRefused):
    """No revision that this device brought names the file."""

    status: ClassVar[HTTPStatus] = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            ErrorCode.ATTACHMENT_UNKNOWN,
            "No revision that this device brought names such a file. Push the revision first.",
        )


class OffsetMismatch(UploadRefused):
    """The bytes do not continue what has come."""

    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT

    def __init__(self, *, offset: int, length: int) -> None:
        super().__init__(
            ErrorCode.OFFSET_MISMATCH, f"{offset} of {length} bytes have come. Go on from there.", {"offset": offset}
        )
        self.offset = offset
        self.length = length


class AttachmentTooLarge(UploadRefused):
    """Files of that size are never taken."""

    status: ClassVar[HTTPStatus] = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self, *, length: int) -> None:
        super().__init__(
            ErrorCode.ATTACHMENT_TOO_LARGE,
            f"The file has {length} bytes; the limit is {ATTACHMENT_BYTES}. It stays on the device.",
            {"limit_bytes": ATTACHMENT_BYTES, "bytes": length},
        )


class HashMismatch(UploadRefused):
    """What came is not the file that was named."""

    status: ClassVar[HTTPStatus] = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, *, length: int) -> None:
        super().__init__(
            ErrorCode.HASH_MISMATCH,
            "What came does not have the SHA-256 that names the file. It was thrown away: send it again from 0.",
        )
        self.offset = 0
        self.length = length


class StorageFailed(UploadRefused):
    """The disk did not do its work."""

    status: ClassVar[HTTPStatus] = HTTPStatus.SERVICE_UNAVAILABLE
    retryable: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__(ErrorCode.BUSY, "The server's disk failed to keep the file; it is logged. Ask again later.")
        self.retry_after = FAILURE_RETRY_SECONDS


class NoSpace(UploadRefused):
    """The disk is full, or what this device may have set aside is."""

    status: ClassVar[HTTPStatus] = HTTPStatus.INSUFFICIENT_STORAGE
    retryable: ClassVar[bool] = True

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(ErrorCode.NO_SPACE, detail)
        self.retry_after = retry_after


def no_share(limit_bytes: int) -> NoSpace:
    """Say that a device has as much set aside as it may."""
    detail = f"This device has files of {limit_bytes} bytes set aside, which is the limit. Ask the coordinator."
    return NoSpace(detail, retry_after=SHARE_FULL_RETRY_SECONDS)


@contextmanager
def telling_storage_faults(what: str) -> Iterator[None]:
    """Turn a failure of the disk into the refusal that says what to do; logged once, with ``what`` failed."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            log.error("The disk is full, so no file is taken in: %s", error)
            detail = "The server's disk is full; what came is kept. Ask again later."
            raise NoSpace(detail, retry_after=DISK_FULL_RETRY_SECONDS) from error
        log.exception("The disk failed while working on %s", what)
        raise StorageFailed from error
