"""Files that belong to responses, as they come from phones: how far is it, and here is more."""

import re
from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, request

from server import services
from server.authorise import bearer
from server.bodies import Malformed
from server.busy import install_busy_reply
from server.errors import RequestRefused, problem_reply
from server.intake.arriving import pieces_of_body
from server.intake.attachments import Progress
from server.intake.upload_refusals import AttachmentUnknown, UploadRefused
from sync.codes import ErrorCode
from sync.hashes import is_sha256

__all__ = ["blueprint"]

CONTENT_TYPE: Final = "application/offset+octet-stream"
OFFSET: Final = re.compile("[0-9]{1,12}", re.ASCII)

blueprint = Blueprint("attachments", __name__, url_prefix="/sync/v1/attachments")
install_busy_reply(blueprint)


class NotAPiece(RequestRefused):
    """The body is said to be something other than the next bytes of a file."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


@blueprint.route("/<sha256>", methods=["HEAD"])
def measure(sha256: str) -> Response:
    """Tell how much of a file has come."""
    credentials = bearer()
    attachments = services.current().attachments
    return answer(attachments.measure(device=credentials.device, sha256=well_named(sha256)), HTTPStatus.OK)


@blueprint.patch("/<sha256>")
def receive(sha256: str) -> Response:
    """Take the next bytes of a file as they come."""
    credentials = bearer()
    attachments = services.current().attachments
    offset = parse_offset()
    progress = attachments.receive(
        device=credentials.device, sha256=well_named(sha256), offset=offset, pieces=pieces_of_body(request)
    )
    return answer(progress, HTTPStatus.NO_CONTENT)


@blueprint.errorhandler(UploadRefused)
def refuse(error: UploadRefused) -> Response:
    """Say why an upload is not taken, where it stands and when to come back."""
    reply = problem_reply(error.status, error.code, error.detail, error.facts)
    told = {"Upload-Offset": error.offset, "Upload-Length": error.length, "Retry-After": error.retry_after}
    reply.headers.update({name: str(value) for name, value in told.items() if value is not None})
    reply.headers["Cache-Control"] = "no-store"
    return reply


def answer(progress: Progress, status: HTTPStatus) -> Response:
    """Tell where the upload stands."""
    reply = Response(status=status)
    reply.headers["Upload-Offset"] = str(progress.offset)
    reply.headers["Upload-Length"] = str(progress.length)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def well_named(sha256: str) -> str:
    """Give the name of a file; raises AttachmentUnknown for what cannot be one."""
    if not is_sha256(sha256):
        raise AttachmentUnknown
    return sha256


def parse_offset() -> int:
    """Read where the body continues; raises NotAPiece and Malformed."""
    if request.mimetype != CONTENT_TYPE:
        raise NotAPiece(ErrorCode.UNSUPPORTED_TYPE, f"Send the next bytes of the file as {CONTENT_TYPE}.")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise NotAPiece(ErrorCode.UNSUPPORTED_ENCODING, "Send the bytes of the file as they are, not compressed.")
    offset = request.headers.get("Upload-Offset", "")
    if not OFFSET.fullmatch(offset):
        raise Malformed(ErrorCode.MALFORMED, "Say in Upload-Offset, in digits, which byte the body begins at.")
    return int(offset)
