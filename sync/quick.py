"""Reads the records that nearly every phone sends, by hand and some ten times as fast as the schemas do.

Each function gives the message that ``sync.schemas`` would give, or None for anything it is not sure of: then the
schema reads it, and says what is wrong with it. A test compares the two on random records.
"""

import re
from datetime import datetime
from typing import Final, TypeVar

from sync.codes import Origin, RevisionKind
from sync.limits import NAME_CHARACTERS, PART_TEXTS, PROTOCOL_MAX, PROTOCOL_MIN
from sync.messages import AttachmentReference, FormReference, Part, PartReference, PushItem, RevisionHeader

__all__ = ["LARGEST_INTEGER", "MOMENT", "SALT", "header", "part", "push_item"]

SALT: Final = re.compile("[0-9a-f]{32}")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
LARGEST_INTEGER: Final = 2**53 - 1  # what every JSON reader still tells from its neighbours
_SHA256: Final = re.compile("[0-9a-f]{64}")
_UUID: Final = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_KINDS: Final = {kind.value: kind for kind in RevisionKind}
_ORIGINS: Final = {origin.value: origin for origin in Origin}


T = TypeVar("T")


class _Unsure(Exception):
    """This record is for the schema to read."""


def push_item(value: object) -> PushItem | None:
    """Read one item of a batch."""
    try:
        item = _object(value)
        return PushItem(rev=_hash(item["rev"]), header=_text(item["header"]), parts=_part_texts(item["parts"]))
    except (_Unsure, KeyError):
        return None


def part(value: object) -> Part | None:
    """Read what a part's text says."""
    try:
        content = _object(value)
        return Part(salt=_matching(SALT, content["salt"]), answers=_object(content["answers"]))
    except (_Unsure, KeyError):
        return None


def header(value: object) -> RevisionHeader | None:
    """Read a header; one that erases is left to the schema."""
    try:
        members = _object(value)
        if "erases" in members:
            return None
        return RevisionHeader(
            v=_integer(members["v"], PROTOCOL_MIN, PROTOCOL_MAX),
            id=_matching(_UUID, members["id"]),
            parents=_parents(members["parents"]),
            kind=_KINDS[_text(members["kind"])],
            origin=_ORIGINS[_text(members["origin"])],
            form=_form(members["form"]),
            lang=_name(members["lang"]),
            neighbourhood=_name(members["neighbourhood"]),
            author=_name(members["author"], shortest=0),
            device=_matching(_UUID, members["device"]),
            made_at=_moment(members["made_at"]),
            parts=_parts(members["parts"]),
            attachments=_attachments(members["attachments"]),
            poster=_matching(_UUID, members["poster"]) if "poster" in members else None,
            reference=_hash(members["reference"]) if "reference" in members else None,
            venue=_name(members["venue"]) if "venue" in members else None,
        )
    except (_Unsure, KeyError):
        return None


def _form(value: object) -> FormReference:
    form = _object(value)
    return FormReference(
        id=_name(form["id"]),
        version=_name(form["version"], shortest=0),
        logic=_hash(form["logic"]),
        texts={_name(lang): _hash(sha256) for lang, sha256 in _object(form["texts"]).items()},
    )


def _parents(value: object) -> tuple[str, ...]:
    parents = tuple(_hash(parent) for parent in _array(value))
    return _when(len(set(parents)) == len(parents), parents)


def _parts(value: object) -> tuple[PartReference, ...]:
    members = [_object(one) for one in _array(value)]
    parts = tuple(PartReference(name=_name(one["name"]), sha256=_hash(one["sha256"])) for one in members)
    return _when(len({one.name for one in parts}) == len(parts), parts)


def _attachments(value: object) -> tuple[AttachmentReference, ...]:
    attachments = tuple(
        AttachmentReference(
            name=_name(one["name"]),
            sha256=_hash(one["sha256"]),
            bytes=_integer(one["bytes"], 0, LARGEST_INTEGER),
            type=_name(one["type"]),
        )
        for one in map(_object, _array(value))
    )
    return _when(len({one.name for one in attachments}) == len(attachments), attachments)


def _part_texts(value: object) -> tuple[str | None, ...]:
    texts = _array(value)
    if len(texts) > PART_TEXTS:
        raise _Unsure
    return tuple(None if text is None else _text(text) for text in texts)


def _when(sure: bool, value: T) -> T:
    if not sure:
        raise _Unsure
    return value


def _object(value: object) -> dict[str, object]:
    if type(value) is not dict:
        raise _Unsure
    return value


def _array(value: object) -> list[object]:
    if type(value) is not list:
        raise _Unsure
    return value


def _text(value: object) -> str:
    if type(value) is not str:
        raise _Unsure
    return value


def _integer(value: object, least: int, greatest: int) -> int:
    if type(value) is not int or not least <= value <= greatest:
        raise _Unsure
    return value


def _hash(value: object) -> str:
    return _matching(_SHA256, value)


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if type(value) is not str or pattern.fullmatch(value) is None:
        raise _Unsure
    return value


def _name(value: object, *, shortest: int = 1) -> str:
    if type(value) is not str or not shortest <= len(value) <= NAME_CHARACTERS:
        raise _Unsure
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise _Unsure from error
    return value


def _moment(value: object) -> str:
    text = _matching(MOMENT, value)
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise _Unsure from error
    return text
