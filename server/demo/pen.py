"""Writes finalised answers as revisions, as the made-up phone would. Pure but for the random bytes it is given."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from server.clock import as_text
from server.demo.answering import Sample
from server.formlogic.response import AnswerTree
from sync.codes import Origin, RevisionKind
from sync.hashes import sha256_hex
from sync.ids import RANDOM_BYTES, uuid7
from sync.references import REFERENCE_BYTES, make_reference, reference_hash

__all__ = ["Pen"]

SALT_BYTES: Final = 16
MAIN: Final = "main"
PARTS_APART: Final = ("equality", "contact")
"""Groups at the top of a form that are parts of their own, so that they can be erased alone."""


@dataclass(frozen=True, kw_only=True)
class Pen:
    """Writes for one form version, as one phone in one neighbourhood."""

    form: Mapping[str, str]
    texts: Mapping[str, str]
    neighbourhood_id: str
    device: str
    random_bytes: Callable[[int], bytes]
    poster: str | None = None

    def item(self, sample: Sample, *, made_at: datetime) -> dict[str, object]:
        """Write one item of a push: the texts of header and parts, and the name that the header hashes to."""
        parts = {name: self.part(answers) for name, answers in in_parts(sample.answers).items()}
        header = as_json_text(self.header(sample, parts, made_at=made_at))
        return {"rev": sha256_hex(header), "header": header, "parts": list(parts.values())}

    def part(self, answers: AnswerTree) -> str:
        """Write a part, with salt so that its hash tells nothing."""
        return as_json_text({"salt": self.random_bytes(SALT_BYTES).hex(), "answers": answers})

    def header(self, sample: Sample, parts: Mapping[str, str], *, made_at: datetime) -> dict[str, object]:
        """Say everything about a response but its answers."""
        milliseconds = int(made_at.timestamp() * 1000)
        return {
            "v": 1,
            "id": str(uuid7(milliseconds, self.random_bytes(RANDOM_BYTES))),
            "parents": [],
            "kind": RevisionKind.CREATE,
            "origin": Origin.DEVICE,
            "form": {**self.form, "texts": {sample.language: self.texts[sample.language]}},
            "lang": sample.language,
            "neighbourhood": self.neighbourhood_id,
            "author": sample.author,
            "device": self.device,
            "made_at": as_text(made_at),
            "parts": [{"name": name, "sha256": sha256_hex(part)} for name, part in parts.items()],
            "attachments": [],
            **self.way_here(),
        }

    def way_here(self) -> dict[str, str]:
        """Name the poster that the answers came by, and the hash of a code for whoever gave them."""
        if self.poster is None:
            return {}
        return {"poster": self.poster, "reference": reference_hash(make_reference(self.random_bytes(REFERENCE_BYTES)))}


def in_parts(answers: AnswerTree) -> dict[str, AnswerTree]:
    """Take what is kept apart out of the answers, each into a part of its own."""
    apart = {name: {name: answers[name]} for name in PARTS_APART if name in answers}
    return {MAIN: {name: answer for name, answer in answers.items() if name not in apart}, **apart}


def as_json_text(value: object) -> str:
    """Write JSON as a phone does: no needless spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
