"""The sound pack: which recording says which text of a form in a spoken language. Named by its hash. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from server.recordings.queries import Recording
from sync.hashes import sha256_hex

__all__ = ["SoundPack", "sound_pack"]


@dataclass(frozen=True, kw_only=True)
class SoundPack:
    """The text that phones fetch, and how many sounds and bytes it leads to."""

    body: str
    sounds: int
    bytes: int

    @property
    def sha256(self) -> str:
        """The name of the pack."""
        return sha256_hex(self.body)


def sound_pack(recordings: Iterable[Recording], *, form_id: str, lang: str) -> SoundPack | None:
    """Put the recordings of a form in a language together; None when there is none."""
    spoken = sorted(recordings, key=lambda one: one.text_key)
    if not spoken:
        return None
    sounds = {one.text_key: {"sha256": one.sha256, "bytes": one.bytes} for one in spoken}
    content = {"format": 1, "form": form_id, "lang": lang, "sounds": sounds}
    return SoundPack(
        body=json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        sounds=len(sounds),
        bytes=sum({one.sha256: one.bytes for one in spoken}.values()),
    )
