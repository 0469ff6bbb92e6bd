"""How a phone of a resident becomes a device: by the code on a poster and no secret, so it may do little."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, TypeVar

from server.clock import as_text, from_text
from server.devices import queries as device_queries
from server.devices.rules import Device
from server.devices.tokens import LIFETIME, Credentials
from server.residents import queries
from server.venues.queries import count_responses, poster_by_code
from server.venues.rules import Poster, PosterStanding, standing
from sync.codes import ErrorCode
from sync.messages import VisitRequest
from sync.references import read_poster_code

__all__ = ["RESIDENT", "Refusal", "Welcomed", "visit_poster"]

RESIDENT: Final = "resident"

T = TypeVar("T")


class Store(Protocol):
    """A database with one writer; ``write`` returns when what the job wrote is durable."""

    def read(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def write(self, job: Callable[[sqlite3.Connection], T]) -> T: ...


@dataclass(frozen=True, kw_only=True)
class Welcomed:
    """What a visiting device is told, before it is signed."""

    credentials: Credentials
    poster: Poster


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a visit gives no token; ``standing`` of the poster where that is why."""

    code: ErrorCode
    standing: PosterStanding | None = None


def visit_poster(
    database: Store, asked: VisitRequest, *, shown: Credentials | None, now: datetime
) -> Welcomed | Refusal:
    """Keep that a device visited a poster; ``shown`` is what the token says that came along, if it is a genuine one.

    A repeat is answered the same, once the device shows its token.
    """
    with database.read() as connection:
        poster = _open_poster(connection, asked.code, now=now)
    if isinstance(poster, Refusal):
        return poster
    return database.write(lambda connection: _welcome(connection, poster, asked.device, shown, now))


def _open_poster(connection: sqlite3.Connection, typed: str, *, now: datetime) -> Poster | Refusal:
    code = read_poster_code(typed)
    poster = poster_by_code(connection, code) if code else None
    if poster is None:
        return Refusal(code=ErrorCode.POSTER_UNKNOWN)
    stands = standing(poster, count_responses(connection, poster.poster_id), now)
    return poster if stands == "open" else Refusal(code=ErrorCode.POSTER_CLOSED, standing=stands)


def _welcome(
    connection: sqlite3.Connection, poster: Poster, device_id: str, shown: Credentials | None, now: datetime
) -> Welcomed | Refusal:
    device = device_queries.device(connection, device_id=device_id)
    refusal = _refusal(connection, device, device_id, shown)
    if refusal is not None:
        return Refusal(code=refusal)
    if device is None:
        queries.insert_resident_device(
            connection, device_id=device_id, neighbourhood_id=poster.neighbourhood_id, now=as_text(now)
        )
    else:
        device_queries.mark_seen(connection, device_id=device_id, now=as_text(now))
    queries.add_device_poster(connection, device_id=device_id, poster_id=poster.poster_id, now=as_text(now))
    credentials = Credentials(
        device=device_id,
        role=RESIDENT,
        scopes=queries.neighbourhoods_of_device(connection, device_id=device_id),
        name="",
        expires=now + LIFETIME,
        issued=max(now, from_text(device.enrolled_at)) if device else now,
    )
    return Welcomed(credentials=credentials, poster=poster)


def _refusal(
    connection: sqlite3.Connection, device: Device | None, device_id: str, shown: Credentials | None
) -> ErrorCode | None:
    """Say why somebody may not be taken for a device; a token of its own, even out of date, shows that they are it."""
    if device is None:
        taken = device_queries.is_device_of_this_server(connection, device_id=device_id)
        return ErrorCode.DEVICE_KNOWN if taken else None
    if device.role != RESIDENT:
        return ErrorCode.DEVICE_OF_A_WORKER
    own = shown is not None and shown.device == device_id and shown.role == RESIDENT
    return None if own and device.revoked_at is None else ErrorCode.DEVICE_KNOWN
