"""The call by which a phone becomes an enrolled device."""

from http import HTTPStatus
from typing import ClassVar

from flask import Blueprint, Response, jsonify
from marshmallow import ValidationError

from server import services
from server.authorise import genuine_token
from server.bodies import Malformed, json_body
from server.busy import install_busy_reply
from server.devices import enrolment, tokens
from server.devices.enrolment import Enrolled
from server.errors import NotFound, RequestRefused
from server.forms import manifest
from server.services import Services
from sync.codes import ErrorCode
from sync.messages import EnrolmentRequest
from sync.schemas import read_enrolment_request

__all__ = ["blueprint"]

REQUEST_BYTES = 4096

blueprint = Blueprint("devices", __name__, url_prefix="/devices/v1")
install_busy_reply(blueprint)


class EnrolmentGone(RequestRefused):
    """The enrolment was used by another device, or its time is over."""

    status: ClassVar[HTTPStatus] = HTTPStatus.GONE


class NotThatDevice(RequestRefused):
    """There is a device of that id, and the caller cannot be shown to be it."""

    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT


@blueprint.post("/enrol")
def enrol() -> tuple[Response, int]:
    """Exchange a one-time secret for a token; a repeat by the same device is answered the same."""
    asked = _parse()
    running = services.current()
    token = genuine_token()
    outcome = enrolment.exchange(
        running.database,
        secret=asked.secret,
        device_id=asked.device,
        shown=token.device if token else None,
        now=running.clock.now(),
    )
    if isinstance(outcome, ErrorCode):
        raise _refusal(outcome)
    return jsonify(_welcome(outcome, running)), HTTPStatus.CREATED


def _parse() -> EnrolmentRequest:
    try:
        return read_enrolment_request(json_body(limit_bytes=REQUEST_BYTES))
    except ValidationError as error:
        raise Malformed(
            ErrorCode.MALFORMED,
            "The enrolment lacks a readable secret or device. Open the link of the coordinator again.",
            {"problems": error.messages},
        ) from error


def _refusal(code: ErrorCode) -> RequestRefused:
    if code is ErrorCode.ENROLMENT_UNKNOWN:
        return NotFound(
            code, "No enrolment has this secret. Open the whole link, or ask the coordinator for a new one."
        )
    if code is ErrorCode.DEVICE_KNOWN:
        return NotThatDevice(code, "There is a device of this id, and the token is not its own. Make a new id.")
    if code is ErrorCode.ENROLMENT_USED:
        return EnrolmentGone(code, "Another device used this enrolment. Ask the coordinator for a new one.")
    return EnrolmentGone(code, "This enrolment is out of date. Ask the coordinator for a new one.")


def _welcome(enrolled: Enrolled, running: Services) -> dict[str, object]:
    with running.database.read() as connection:
        forms = manifest.manifest(connection)
    return {
        "token": tokens.sign(enrolled.credentials, running.programme_keys.signing),
        "device": enrolled.credentials.device,
        "name": enrolled.credentials.name,
        "neighbourhood": {
            "id": enrolled.enrolment.neighbourhood_id,
            "name": enrolled.enrolment.neighbourhood_name,
        },
        "server_id": running.identity.server_id,
        "forms": manifest.as_json(forms, running.words.for_app),
    }
