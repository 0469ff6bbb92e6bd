"""Reads what a phone says when it visits a poster: a JSON value in, a frozen message out. Pure."""

from sync.ids import is_uuid
from sync.limits import SECRET_CHARACTERS
from sync.messages import VisitRequest
from sync.schemas import ValidationError

__all__ = ["read_visit_request"]


def read_visit_request(value: object) -> VisitRequest:
    """Read it; members that are not known are let through. Raises ValidationError."""
    match value:
        case {"code": str(code), "device": str(device)} if 0 < len(code) <= SECRET_CHARACTERS and is_uuid(device):
            return VisitRequest(code=code, device=device)
    raise ValidationError("not-a-visit")
