"""Writes what the team makes of a response as a revision of its own. Pure: same versions and same chance, same bytes.

Its device is the server itself, its author the person who is signed in (sync/README.md, "What a server makes itself").
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.editing.fields import Tree
from server.formlogic.response import AnswerTree
from server.reviews.queries import Record
from sync.codes import Origin, RevisionKind
from sync.hashes import sha256_hex
from sync.limits import HEADER_BYTES, NAME_CHARACTERS, PROTOCOL_MAX
from sync.messages import Json

__all__ = ["MAIN", "SALT_BYTES", "Made", "Making", "fits", "make", "put_back"]

MAIN: Final = "main"
"""The part that holds whatever is in no other."""
SALT_BYTES: Final = 16
OF_ONE_REVISION: Final = ("erases", "reason", "undoes")
"""Members that say something about one revision alone, and are never carried over to the next."""


@dataclass(frozen=True, kw_only=True)
class Making:
    """Who makes a revision, of what kind and why; ``undoes`` names the revision that it takes back."""

    kind: RevisionKind
    parents: Sequence[str]
    author: str
    server_id: str
    made_at: str
    reason: str
    undoes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Made:
    """A revision: its exact texts; a part is None where its text is kept already. ``changed`` names the other parts."""

    rev: str
    header: str
    parts: tuple[str | None, ...]
    changed: tuple[str, ...]

    def item(self) -> Json:
        """Give it as one item of a push."""
        return {"rev": self.rev, "header": self.header, "parts": list(self.parts)}


def make(
    base: Record,
    answers: AnswerTree,
    making: Making,
    *,
    attachments: Sequence[Mapping[str, object]] | None = None,
    random_bytes: Callable[[int], bytes],
) -> Made:
    """Write the revision that gives ``base`` other answers; a part of which nothing changed keeps its text and name.

    ``attachments`` are the files that it names, those of ``base`` unless told otherwise.
    """
    before = {part.name: part.body for part in base.parts if part.body is not None}
    texts: dict[str, str | None] = {}
    names: list[Json] = []
    for name, inside in _in_parts(before, answers).items():
        old = before.get(name)
        same = old is not None and _answers(old) == inside
        text = old if same and old is not None else _part(random_bytes(SALT_BYTES), inside)
        texts[name] = None if same else text
        names.append({"name": name, "sha256": sha256_hex(text)})
    header = _header(base, making, names, attachments)
    changed = tuple(name for name, text in texts.items() if text is not None)
    return Made(rev=sha256_hex(header), header=header, parts=tuple(texts.values()), changed=changed)


def put_back(base: Record, earlier: Record, making: Making) -> Made:
    """Write the revision that follows ``base`` with the texts of an earlier one, all of which are kept still."""
    said = json.loads(earlier.header)
    names: list[Json] = [{"name": one["name"], "sha256": one["sha256"]} for one in said["parts"]]
    header = _header(base, making, names, said["attachments"])
    return Made(rev=sha256_hex(header), header=header, parts=(None,) * len(names), changed=())


def fits(made: Made) -> bool:
    """Tell whether the header is one that every server takes."""
    return len(made.header.encode()) <= HEADER_BYTES


def _header(
    base: Record, making: Making, parts: Sequence[Json], attachments: Sequence[Mapping[str, object]] | None
) -> str:
    """Write the header: what the one before says of the response stays, also what this server does not know."""
    carried = {name: value for name, value in json.loads(base.header).items() if name not in OF_ONE_REVISION}
    told: Json = {
        **carried,
        "v": PROTOCOL_MAX,
        "parents": list(making.parents),
        "kind": making.kind,
        "origin": Origin.CONSOLE,
        "author": making.author[:NAME_CHARACTERS],
        "device": making.server_id,
        "made_at": making.made_at,
        "parts": list(parts),
        "attachments": carried["attachments"] if attachments is None else list(attachments),
        "reason": making.reason,
        **({} if making.undoes is None else {"undoes": making.undoes}),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _in_parts(before: Mapping[str, str], answers: AnswerTree) -> dict[str, AnswerTree]:
    """Take answers into the parts that they stand in by now; what is new goes into the main one."""
    place: dict[str, str] = {}
    for part in sorted(before, key=lambda name: name != MAIN):
        place |= {name: part for name in _answers(before[part]) if name == part or name not in place}
    found: dict[str, Tree] = {name: {} for name in before} or {MAIN: {}}
    for name, answer in answers.items():
        part = name if name in found else place.get(name, MAIN)
        found.setdefault(part, {})[name] = answer
    return dict(found)


def _answers(body: str) -> AnswerTree:
    read: AnswerTree = json.loads(body)["answers"]
    return read


def _part(salt: bytes, answers: AnswerTree) -> str:
    return json.dumps({"salt": salt.hex(), "answers": answers}, ensure_ascii=False, separators=(",", ":"))
