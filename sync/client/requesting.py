"""What a client asks of a server, as values that hold all that is needed: no store has to be read to send one."""

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "ChangesRequest",
    "HaveRequest",
    "MeasureRequest",
    "PushRequest",
    "SyncRequest",
    "UploadRequest",
]


@dataclass(frozen=True, kw_only=True)
class PushRequest:
    """POST a batch; ``body`` is JSON."""

    body: str
    name: Literal["push"] = "push"


@dataclass(frozen=True, kw_only=True)
class ChangesRequest:
    """GET a page of the feed after the cursor ``since``."""

    since: str
    name: Literal["changes"] = "changes"


@dataclass(frozen=True, kw_only=True)
class HaveRequest:
    """POST names; ``body`` is JSON."""

    body: str
    name: Literal["have"] = "have"


@dataclass(frozen=True, kw_only=True)
class MeasureRequest:
    """HEAD: how much of a file is there?"""

    sha256: str
    name: Literal["measure"] = "measure"


@dataclass(frozen=True, kw_only=True)
class UploadRequest:
    """PATCH the next bytes of a file."""

    sha256: str
    offset: int
    content: bytes
    name: Literal["upload"] = "upload"


SyncRequest = PushRequest | ChangesRequest | HaveRequest | MeasureRequest | UploadRequest
