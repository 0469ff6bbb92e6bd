"""What a device is told when the store cannot take its work just now: wait, then ask again."""

from flask import Blueprint, Response

from server.errors import problem_reply
from server.store.errors import QueueFull, StoreClosed, WriteLost
from sync.codes import ErrorCode

__all__ = ["RETRY_AFTER_SECONDS", "install_busy_reply"]

RETRY_AFTER_SECONDS = 5
SERVICE_UNAVAILABLE = 503


def install_busy_reply(blueprint: Blueprint) -> None:
    """Answer the store's passing failures in ``blueprint`` with 503 and Retry-After."""
    for failure in (QueueFull, StoreClosed, WriteLost):
        blueprint.register_error_handler(failure, _answer)


def _answer(error: QueueFull | StoreClosed | WriteLost) -> Response:
    reply = problem_reply(SERVICE_UNAVAILABLE, ErrorCode.BUSY, str(error))
    reply.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return reply
