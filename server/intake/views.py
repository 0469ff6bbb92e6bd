"""The sync endpoint. Every call tells the same story: authorise, parse, load, decide, save, answer."""

import sqlite3
from datetime import datetime

from flask import Blueprint, Response, jsonify, request

from server import services
from server.authorise import bearer, device_in_good_standing
from server.bodies import BodyTooLarge, Malformed, json_body
from server.busy import install_busy_reply
from server.clock import as_text
from server.devices import queries as device_queries
from server.devices import rules as device_rules
from server.devices import tokens
from server.devices.tokens import Credentials
from server.forms import manifest
from server.intake import feed
from server.intake.accept import Bringer, accept
from server.intake.rules import Refused, Revision, examine
from sync import limits
from sync.codes import ErrorCode
from sync.messages import Push, Receipt, as_json
from sync.schemas import ValidationError, read_have, read_push

__all__ = ["blueprint"]

blueprint = Blueprint("intake", __name__, url_prefix="/sync/v1")
install_busy_reply(blueprint)


@blueprint.get("/hello")
def hello() -> Response:
    """Say who this server is, what it speaks and how much it takes at once."""
    running = services.current()
    with running.database.read() as connection:
        forms = manifest.manifest(connection)
    return jsonify(
        protocol={"min": limits.PROTOCOL_MIN, "max": limits.PROTOCOL_MAX},
        server_id=running.identity.server_id,
        epoch=running.identity.epoch,
        time=as_text(running.clock.now()),
        limits={"items": limits.BATCH_ITEMS, "bytes": limits.BATCH_BYTES},
        forms=manifest.manifest_hash(forms),
        safe_seq=0,  # No backup has been verified: this server makes none yet.
    )


@blueprint.post("/push")
def push() -> Response:
    """Store a batch of revisions and answer with one receipt per item, once they are on the disk."""
    credentials = bearer()
    running = services.current()
    items = [examine(item) for item in _parse_push(credentials).items]
    now = running.clock.now()
    receipts, good = running.database.write(lambda connection: _take_in(connection, items, credentials, now))
    running.projector.wake()
    reply: dict[str, object] = {
        "receipts": [as_json(receipt) for receipt in receipts],
        "server_id": running.identity.server_id,
    }
    renewed = tokens.renewed(credentials, now=now) if good else None
    if renewed is not None:
        reply["token"] = tokens.sign(renewed, running.programme_keys.signing)
    return jsonify(reply)


@blueprint.get("/changes")
def changes() -> Response:
    """Give a page of the feed after the caller's cursor."""
    credentials = device_in_good_standing()
    running = services.current()
    limit = _parse_limit(request.args.get("limit"))
    with running.database.read() as connection:
        page = feed.changes(
            connection,
            since=request.args.get("since", ""),
            limit=limit,
            device_id=credentials.device,
            identity=running.identity,
        )
    return jsonify(as_json(page))


@blueprint.post("/have")
def have() -> Response:
    """Tell which of the revs that the caller names are not here."""
    device_in_good_standing()
    try:
        asked = read_have(json_body(limit_bytes=limits.BATCH_BYTES))
    except ValidationError as error:
        raise _malformed(error, "Send an object with revs, a list of SHA-256 hashes.") from error
    _at_most(limits.HAVE_REVS, len(asked.revs), "revs")
    with services.current().database.read() as connection:
        return jsonify(missing=feed.missing(connection, asked))


def _take_in(
    connection: sqlite3.Connection, items: list[Revision | Refused], credentials: Credentials, now: datetime
) -> tuple[list[Receipt], bool]:
    """Do the writer's part of a push: receipts, and whether the device is in good standing."""
    device = device_queries.device(connection, device_id=credentials.device)
    standing = device_rules.standing(credentials, device, now=now)
    device_queries.mark_seen(connection, device_id=credentials.device, now=as_text(now))
    bringer = Bringer(credentials=credentials, standing=standing)
    return accept(connection, items, bringer=bringer, now=as_text(now)), standing is device_rules.Standing.GOOD


def _parse_push(credentials: Credentials) -> Push:
    try:
        batch = read_push(json_body(limit_bytes=limits.BATCH_BYTES))
    except ValidationError as error:
        raise _malformed(error, "Send an object with device and items.") from error
    _at_most(limits.BATCH_ITEMS, len(batch.items), "items")
    if batch.device != credentials.device:
        raise Malformed(
            ErrorCode.MALFORMED, f"The batch is of device {batch.device}, the token of another. Send it with its own."
        )
    return batch


def _parse_limit(text: str | None) -> int:
    if text is None:
        return limits.FEED_PAGE_CHANGES
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= limits.FEED_PAGE_CHANGES):
        raise Malformed(ErrorCode.MALFORMED, f"The limit must be a whole number from 1 to {limits.FEED_PAGE_CHANGES}.")
    return int(text)


def _at_most(limit: int, given: int, noun: str) -> None:
    if given > limit:
        raise BodyTooLarge(
            ErrorCode.TOO_MANY_ITEMS,
            f"The request holds {given} {noun}; the limit is {limit}. Split it.",
            {"limit_items": limit, "items": given},
        )


def _malformed(error: ValidationError, advice: str) -> Malformed:
    return Malformed(
        ErrorCode.MALFORMED, f"The body is not what this address takes. {advice}", {"problems": error.messages}
    )
