"""What a device is told when its work cannot be taken just now: wait, then ask again."""

from flask import Blueprint, Response

from server.bodies import NoRoomForBody
from server.errors import problem_reply
from server.store.errors import QueueFull, StoreClosed, WriteLost
from sync.codes import ErrorCode

__all__ = ["RETRY_AFTER_SECONDS", "busy_reply", "install_busy_reply"]

RETRY_AFTER_SECONDS = 5
SERVICE_UNAVAILABLE = 503


def install_busy_reply(blueprint: Blueprint) -> None:
    """Answer the passing failures of the store, and a lack of room, in ``blueprint`` with 503 and Retry-After."""
    for failure in (QueueFull, StoreClosed, WriteLost, NoRoomForBody):
        blueprint.register_error_handler(failure, busy_reply)


def busy_reply(error: Exception) -> Response:
    """Answer with 503: the caller may ask again in a few seconds."""
    reply = problem_reply(SERVICE_UNAVAILABLE, ErrorCode.BUSY, str(error))
    reply.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return reply
