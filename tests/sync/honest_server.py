"""A server that says what is so, in memory: what it is given it keeps, and its feed tells of all of it."""

import json
from collections.abc import Sequence

from sync.session_types import Answer, Asking, Checking, Measuring, Phase, Pushing, Uploading
from tests.sync.session_json import Json
from tests.sync.shelf import Shelf
from tests.sync.wording import HELLO, have, page, place

__all__ = ["HonestServer"]


class HonestServer:
    """Begins with what a shelf believes it holds; a page of its feed is all of it."""

    def __init__(self, *, seen_before: Shelf) -> None:
        self.revs = {rev for rev, state in seen_before.revisions.items() if state in {"held", "set-aside"}}
        self.photos = {name for name, state in seen_before.photo_states.items() if state == "held"}

    def answer(self, phase: Phase) -> Answer:
        """Answer what the session is asking just now."""
        match phase:
            case Pushing(revs=revs):
                return self._push(revs)
            case Asking():
                return page(*self._entries())
            case Checking(names=names):
                return self._have(names)
            case Measuring(upload=upload):
                whole = upload.sha256 in self.photos
                return place(upload.bytes if whole else 0, status=200, length=upload.bytes)
            case Uploading(upload=upload, offset=offset, bytes=length):
                self.photos |= {upload.sha256} if offset + length == upload.bytes else set()
                return place(offset + length, length=upload.bytes)
        raise AssertionError(f"Nothing is asked while {phase.kind}.")

    def _push(self, revs: Sequence[str]) -> Answer:
        self.revs |= set(revs)
        receipts: list[Json] = [{"rev": rev, "status": "stored", "missing": ["p", "q", "r"]} for rev in revs]
        turned = json.loads(page(*self._entries()).body)
        return Answer(status=200, body=json.dumps({"receipts": receipts, "hello": HELLO, "page": turned}))

    def _have(self, names: Sequence[str]) -> Answer:
        photos = {name for name in names if name in "pqr"}
        revs = set(names) - photos
        return have(
            held=" ".join(sorted(revs & self.revs)),
            missing=" ".join(sorted(revs - self.revs)),
            held_attachments=" ".join(sorted(photos & self.photos)),
            missing_attachments=" ".join(sorted(photos - self.photos)),
        )

    def _entries(self) -> list[str]:
        return [f"{rev}=held" for rev in sorted(self.revs)] + [f"{name}=attachment" for name in sorted(self.photos)]
