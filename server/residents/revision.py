"""Writes a finished visit as a revision: a pure function of its state, so that finishing twice is finishing once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.formlogic.response import AnswerTree
from server.residents.state import SEED_BYTES, State, drawn
from server.venues.rules import Poster
from sync.codes import Origin, RevisionKind
from sync.hashes import sha256_hex
from sync.messages import Json
from sync.references import REFERENCE_BYTES, make_reference, reference_hash

__all__ = ["Written", "code_of", "write"]

MAIN: Final = "main"
PARTS_APART: Final = ("equality", "contact")
"""Groups at the top of a form that are parts of their own, so that they can be erased alone."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """A revision: the exact texts of its header and parts, and their name."""

    rev: str
    header: str
    parts: tuple[str, ...]

    def item(self) -> Json:
        """Give it as one item of a push."""
        return {"rev": self.rev, "header": self.header, "parts": list(self.parts)}


def code_of(state: State) -> str:
    """Give the reference code of a visit, the same however often it is asked for."""
    return make_reference(drawn(state, "reference", REFERENCE_BYTES))


def write(state: State, answers: AnswerTree, *, poster: Poster, made_at: str, parent: str | None) -> Written:
    """Write the finalised answers; after a ``parent`` they take the place of what was sent before."""
    parts = {name: _part(state, name, inside) for name, inside in _in_parts(answers).items()}
    header = _text(_header(state, parts, poster=poster, made_at=made_at, parent=parent))
    return Written(rev=sha256_hex(header), header=header, parts=tuple(parts.values()))


def _in_parts(answers: AnswerTree) -> dict[str, AnswerTree]:
    """Take what is kept apart out of the answers, each into a part of its own."""
    apart: dict[str, AnswerTree] = {name: {name: answers[name]} for name in PARTS_APART if name in answers}
    return {MAIN: {name: answer for name, answer in answers.items() if name not in apart}, **apart}


def _part(state: State, name: str, answers: AnswerTree) -> str:
    """Write a part with a salt of its own, drawn with the answers: others, sent later, get another."""
    salt = drawn(state, f"salt {name} {_text(answers)}", SEED_BYTES).hex()
    return _text({"salt": salt, "answers": answers})


def _header(
    state: State, parts: Mapping[str, str], *, poster: Poster, made_at: str, parent: str | None
) -> dict[str, object]:
    return {
        "v": 1,
        "id": state.response,
        "parents": [] if parent is None else [parent],
        "kind": RevisionKind.CREATE if parent is None else RevisionKind.EDIT,
        "origin": Origin.DEVICE,
        "form": {"id": poster.form_id, "version": state.version, "logic": state.logic, "texts": dict(state.shown)},
        "lang": state.language,
        "neighbourhood": poster.neighbourhood_id,
        "author": "",
        "device": poster.device_id,
        "made_at": made_at,
        "parts": [{"name": name, "sha256": sha256_hex(part)} for name, part in parts.items()],
        "attachments": [],
        "poster": poster.poster_id,
        "reference": reference_hash(code_of(state)),
    }


def _text(value: object) -> str:
    """Write JSON as a phone does: no needless spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
