"""The body of a push, cut to what a server takes in one go."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sync.limits import BATCH_BYTES

__all__ = ["Batch", "Offered", "cut_batch"]


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A revision that waits: its texts verbatim; a part is None when its content was erased where it comes from."""

    rev: str
    header: str
    parts: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A push: the names of what it brings, and its JSON text."""

    revs: tuple[str, ...]
    body: str


def cut_batch(waiting: Sequence[Offered], *, device: str, since: str, items: int) -> Batch | None:
    """Take the first of ``waiting`` that fit, at most ``items`` and 1 MiB of UTF-8; None when nothing waits.

    ``since`` is the cursor, '' at first. One item that is too large alone still goes, alone: the server's answer about
    it is better than silence.
    """
    start, end = f'{{"device":{_json(device)},"since":{_json(since)},"items":[', "]}"
    length = len(start.encode()) + len(end)
    texts: list[str] = []
    for offered in islice(waiting, items):
        text = _json({"rev": offered.rev, "header": offered.header, "parts": offered.parts})
        length += len(text.encode()) + (1 if texts else 0)
        if length > BATCH_BYTES and texts:
            break
        texts.append(text)
    if not texts:
        return None
    return Batch(revs=tuple(offered.rev for offered in waiting[: len(texts)]), body=start + ",".join(texts) + end)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
