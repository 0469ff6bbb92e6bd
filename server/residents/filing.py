"""Files what a browser without script has finished, under the device of its poster, as any phone's push."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, Protocol, TypeVar

from server.clock import as_text, from_text
from server.devices import queries as device_queries
from server.devices.tokens import LIFETIME, Credentials
from server.formlogic.response import AnswerTree
from server.intake.queries import beginning_of_response
from server.intake.rules import Beginning
from server.residents import queries
from server.residents.queries import KnownRevision
from server.residents.revision import Written, code_of, write
from server.residents.state import State
from server.venues.rules import Poster
from sync.codes import ReceiptStatus, RevisionKind
from sync.messages import Json
from sync.references import reference_hash

__all__ = ["Filed", "Outcome", "file_visit", "known_of"]

Outcome = Literal["filed", "set-aside", "not-its-own", "withdrawn", "overtaken", "not-now"]
RESIDENT: Final = "resident"
KEPT: Final = frozenset(set(ReceiptStatus) - {ReceiptStatus.REFUSED, ReceiptStatus.RETRY})

T = TypeVar("T")


class Store(Protocol):
    """A database with one writer; ``write`` returns when what the job wrote is durable."""

    def read(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def write(self, job: Callable[[sqlite3.Connection], T]) -> T: ...


class Desk(Protocol):
    """Where devices hand in."""

    def push(self, credentials: Credentials, body: object) -> Json: ...


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What became of a finished visit, and the reference code of its response."""

    outcome: Outcome
    code: str


def file_visit(
    database: Store, desk: Desk, state: State, answers: AnswerTree, *, poster: Poster, made_at: str, now: datetime
) -> Filed:
    """Store a finished visit, and return once it is durable; what was stored before is not stored again.

    Answers that were changed after they were sent follow the ones before. What its owner has withdrawn stays so; the
    caller withdraws what was stored while that went on ("overtaken"). Where the response began elsewhere, nothing is
    built upon it: intake sets the answers aside, and the code opens nothing.
    """
    code = code_of(state)
    known = known_of(database, state)
    if any(one.kind == RevisionKind.ERASE for one in known):
        return Filed(outcome="withdrawn", code=code)
    own = _is_own(database, state, poster)
    after = [*known] if own else []
    kept = _kept_before(known, lambda parent: write(state, answers, poster=poster, made_at=made_at, parent=parent))
    if kept is not None:
        return Filed(outcome=_outcome(own=own, set_aside=kept.quarantined_why is not None), code=code)
    written = write(state, answers, poster=poster, made_at=made_at, parent=after[-1].rev if after else None)
    status = _status(desk.push(_credentials(database, poster, now), _batch(poster, written))["receipts"])
    if status not in KEPT:
        return Filed(outcome="not-now", code=code)
    if any(one.kind == RevisionKind.ERASE for one in known_of(database, state)):
        return Filed(outcome="overtaken", code=code)
    return Filed(outcome=_outcome(own=own, set_aside=status == ReceiptStatus.QUARANTINED), code=code)


def known_of(database: Store, state: State) -> list[KnownRevision]:
    """List what came of a visit so far, oldest first."""
    reference = reference_hash(code_of(state))
    with database.read() as connection:
        return queries.revisions_of_visit(connection, response_id=state.response, reference_hash=reference)


def _is_own(database: Store, state: State, poster: Poster) -> bool:
    """Tell whether a response is new, or began with this visit: whoever holds a page may put any response's id in."""
    with database.read() as connection:
        begun = beginning_of_response(connection, response_id=state.response)
    return begun is None or begun == Beginning(
        device_id=poster.device_id, poster_id=poster.poster_id, reference_hash=reference_hash(code_of(state))
    )


def _kept_before(
    known: Sequence[KnownRevision], written_after: Callable[[str | None], Written]
) -> KnownRevision | None:
    """Find these very answers among what is stored, as the first or after any that came before."""
    revs = {one.rev: one for one in known}
    made = (written_after(parent).rev for parent in (None, *revs))
    return next((revs[rev] for rev in made if rev in revs), None)


def _outcome(*, own: bool, set_aside: bool) -> Outcome:
    if not own:
        return "not-its-own"
    return "set-aside" if set_aside else "filed"


def _credentials(database: Store, poster: Poster, now: datetime) -> Credentials:
    """Speak as the poster's own device, which is made when it is first needed."""
    with database.read() as connection:
        device = device_queries.device(connection, device_id=poster.device_id)
        ready = device is not None and queries.has_device_poster(
            connection, device_id=poster.device_id, poster_id=poster.poster_id
        )
    if not ready:
        database.write(lambda connection: _add_device(connection, poster, as_text(now)))
    begun = from_text(device.enrolled_at) if device is not None else now
    return Credentials(
        device=poster.device_id,
        role=RESIDENT,
        scopes=(poster.neighbourhood_id,),
        name="",
        expires=now + LIFETIME,
        issued=max(now, begun),
    )


def _add_device(connection: sqlite3.Connection, poster: Poster, now: str) -> None:
    queries.insert_resident_device(
        connection, device_id=poster.device_id, neighbourhood_id=poster.neighbourhood_id, now=now
    )
    queries.add_device_poster(connection, device_id=poster.device_id, poster_id=poster.poster_id, now=now)


def _batch(poster: Poster, written: Written) -> Json:
    return {"device": poster.device_id, "items": [written.item()]}


def _status(receipts: object) -> object:
    """Read what became of the one item; None when that cannot be told."""
    match receipts:
        case [{"status": status}]:
            return status
    return None
