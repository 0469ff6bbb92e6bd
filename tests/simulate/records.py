"""Revisions as phones make them: every text and every file is one of a kind, so that it can be looked for."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sync.hashes import sha256_hex, sha256_hex_of_bytes
from sync.ids import RANDOM_BYTES, uuid7

__all__ = ["BEGINNING", "CLOSING", "GOOD", "NEIGHBOURHOOD", "UNKNOWN", "Finalised", "Maker", "moment"]

BEGINNING: Final = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NEIGHBOURHOOD: Final = "old-ford"
GOOD, CLOSING, UNKNOWN = "1", "2", "9"
"""Versions of the form ``walk``: one that stays open, one that is closed on the way, one that nobody published."""

EARLIEST: Final = datetime(1971, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)


def moment(milliseconds: int) -> datetime:
    """Give the moment so many milliseconds after the beginning, within what a clock can show."""
    return min(max(BEGINNING + timedelta(milliseconds=milliseconds), EARLIEST), LATEST)


@dataclass(frozen=True, kw_only=True)
class Finalised:
    """One revision as the person finished it; ``marker`` is a word that stands in its part and nowhere else."""

    rev: str
    response: str
    header: str
    parts: tuple[str, ...]
    attachments: dict[str, bytes]
    parents: tuple[str, ...]
    marker: str
    device: str
    poisoned: bool = False

    def item_names(self) -> tuple[str, ...]:
        """Name its files."""
        return tuple(self.attachments)


class Maker:
    """Makes the revisions of one phone; all chance comes from ``chance``, and anybody may use a photo of ``photos``."""

    def __init__(self, *, device: str, logics: dict[str, str], chance: random.Random, photos: list[bytes]) -> None:
        self._device = device
        self._logics = logics
        self._chance = chance
        self._photos = photos

    def revision(self, *, at: datetime, version: str, files: int, parent: Finalised | None = None) -> Finalised:
        """Make a new response, or an edit of ``parent``, with so many small files."""
        marker = f"word-{self._chance.getrandbits(80):020x}"
        part = json.dumps({"salt": self._chance.randbytes(16).hex(), "answers": {"what": marker}})
        contents = list(dict.fromkeys(self._file() for _ in range(files)))
        fresh = uuid7(max(0, int(at.timestamp() * 1000)), self._chance.randbytes(RANDOM_BYTES))
        response = str(fresh) if parent is None else parent.response
        content = {
            "v": 1,
            "id": response,
            "parents": [] if parent is None else [parent.rev],
            "kind": "create" if parent is None else "edit",
            "origin": "device",
            "form": {"id": "walk", "version": version, "logic": self._logics[version], "texts": {}},
            "lang": "bn",
            "neighbourhood": NEIGHBOURHOOD,
            "author": "Rahima",
            "device": self._device,
            "made_at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "parts": [{"name": "main", "sha256": sha256_hex(part)}],
            "attachments": [_reference(number, file) for number, file in enumerate(contents)],
        }
        header = json.dumps(content, separators=(",", ":"))
        return Finalised(
            rev=sha256_hex(header),
            response=response,
            header=header,
            parts=(part,),
            attachments={sha256_hex_of_bytes(file): file for file in contents},
            parents=() if parent is None else (parent.rev,),
            marker=marker,
            device=self._device,
        )

    def poisoned(self, *, at: datetime) -> Finalised:
        """Make a revision that central can only refuse: a part that is not the one hashed, no JSON, a giant header."""
        good = self.revision(at=at, version=GOOD, files=0)
        kind = self._chance.choice(["hash-mismatch", "malformed", "oversize"])
        header, parts = good.header, good.parts
        if kind == "hash-mismatch":
            parts = (good.parts[0].replace("word-", "WORD-"),)
        elif kind == "malformed":
            header = header.replace('"origin":"device"', '"origin":7')
        else:
            header = header[:-1] + ',"more":"' + "x" * 17_000 + '"}'
        return Finalised(
            **{**vars(good), "rev": sha256_hex(header), "header": header, "parts": parts, "poisoned": True}
        )

    def _file(self) -> bytes:
        """Make a file; now and then an empty one, or one that this phone or another has used before."""
        dice = self._chance.random()
        if dice < 0.05:
            return b""
        if dice < 0.30 and self._photos:
            return self._chance.choice(self._photos)
        length = self._chance.choice([0, 1, 900, 9_000, 70_000, 150_000])
        self._photos.append(self._chance.randbytes(16) + self._chance.randbytes(length))
        return self._photos[-1]


def _reference(number: int, content: bytes) -> dict[str, object]:
    sha256 = sha256_hex_of_bytes(content)
    return {"name": f"photo-{number}.jpg", "sha256": sha256, "bytes": len(content), "type": "image/jpeg"}
