"""Finished responses with photos, as a phone makes them, from chance that can be replayed."""

import json
from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

from sync.client.outbox import Finished
from sync.hashes import sha256_hex, sha256_hex_of_bytes
from sync.ids import RANDOM_BYTES, uuid7

__all__ = ["Form", "new_device", "photo", "response"]

MADE_AT: Final = 1_795_000_000_000
JPEG_HEAD: Final = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")
JPEG_END: Final = bytes.fromhex("ffd9")


class Form(NamedTuple):
    """What a header says of the form that was filled in."""

    id: str
    version: str
    logic: str


def new_device(chance: Random) -> str:
    """Make the id of an installation."""
    return str(uuid7(MADE_AT, chance.randbytes(RANDOM_BYTES)))


def photo(chance: Random, length: int) -> bytes:
    """Give bytes that nothing can compress, between the first and the last ones of a JPEG."""
    return JPEG_HEAD + chance.randbytes(length - len(JPEG_HEAD) - len(JPEG_END)) + JPEG_END


def response(chance: Random, *, device: str, form: Form, photos: Sequence[bytes] = ()) -> Finished:
    """Make a response in one revision, with an answer that no other has."""
    part = json.dumps({"salt": chance.randbytes(16).hex(), "answers": {"wish": chance.randbytes(200).hex()}})
    files = {sha256_hex_of_bytes(content): content for content in photos}
    header = json.dumps(
        {
            "v": 1,
            "id": str(uuid7(MADE_AT, chance.randbytes(RANDOM_BYTES))),
            "parents": [],
            "kind": "create",
            "origin": "device",
            "form": {"id": form.id, "version": form.version, "logic": form.logic, "texts": {}},
            "lang": "en",
            "neighbourhood": "old-ford",
            "author": "Amina",
            "device": device,
            "made_at": "2026-11-20T10:00:00.000Z",
            "parts": [{"name": "main", "sha256": sha256_hex(part)}],
            "attachments": [
                {"name": f"photo-{place}.jpg", "sha256": sha256, "bytes": len(content), "type": "image/jpeg"}
                for place, (sha256, content) in enumerate(files.items())
            ],
        }
    )
    return Finished(rev=sha256_hex(header), header=header, parts=(part,), attachments=files)
