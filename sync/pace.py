"""How much goes at once: batches and pieces grow with what gets through and shrink with what does not.

``pwa/src/sync/pace.ts`` is the same in TypeScript.
"""

from dataclasses import replace
from typing import Final, Literal

from sync.limits import BATCH_ITEMS
from sync.session_types import Place, Pushing, Session, Uploading

__all__ = [
    "FIRST_PIECE",
    "LONGEST_PIECE",
    "SHORTEST_PIECE",
    "discouraged",
    "encouraged",
    "with_larger_batch",
    "with_larger_piece",
]

FIRST_PIECE: Final = 65_536
"""Bytes of a piece of an attachment."""
SHORTEST_PIECE: Final = 8_192
LONGEST_PIECE: Final = 1_048_576


def with_larger_batch(session: Session) -> Session:
    """Grow: a push was answered."""
    return replace(session, batch_items=min(BATCH_ITEMS, session.batch_items * 2))


def with_larger_piece(session: Session) -> Session:
    """Grow: a piece has arrived."""
    return replace(session, piece_bytes=min(LONGEST_PIECE, session.piece_bytes * 2), failures=0, cut=None)


def encouraged(session: Session, *, place: Place) -> Session:
    """Forget failures when more has come through than the lost piece began with: the line is bad, but not dead."""
    cut = session.cut
    if cut is None or cut.sha256 != place.sha256:
        return session
    return replace(session, failures=0 if place.offset > cut.offset else session.failures, cut=None)


def discouraged(session: Session, *, lost: Literal["unreachable", "timeout"] | None) -> Session:
    """Something failed. ``lost``: nothing was heard; half of it next time, at least one item or the shortest piece."""
    match session.phase:
        case Pushing(revs=revs) if lost == "timeout":
            return replace(session, batch_items=max(1, len(revs) // 2))
        case Uploading(upload=upload, offset=offset):
            piece = session.piece_bytes if lost is None else max(SHORTEST_PIECE, session.piece_bytes // 2)
            return replace(session, cut=Place(sha256=upload.sha256, offset=offset), piece_bytes=piece)
    return session
