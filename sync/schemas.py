"""Reads what arrives: JSON values in, frozen messages out, or a ValidationError with stable codes.

Unknown fields are let through unread: a newer phone may say more, and the bytes that are
kept say it for ever.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, NoReturn, TypeVar

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from sync.codes import Origin, RevisionKind
from sync.hashes import is_sha256
from sync.ids import is_uuid
from sync.limits import NAME_CHARACTERS, PROTOCOL_MAX, PROTOCOL_MIN, SECRET_CHARACTERS
from sync.messages import (
    AttachmentReference,
    EnrolmentRequest,
    FormReference,
    Have,
    Part,
    PartReference,
    Push,
    PushItem,
    RevisionHeader,
)

__all__ = [
    "ValidationError",
    "read_enrolment_request",
    "read_have",
    "read_header",
    "read_json",
    "read_part",
    "read_push",
    "read_push_item",
]

_SALT = re.compile("[0-9a-f]{32}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_LARGEST_INTEGER = 2**53 - 1  # what every JSON reader still tells from its neighbours

T = TypeVar("T")


def read_json(text: str | bytes) -> object:
    """Parse strict JSON; raises ValidationError for anything else, numbers beyond JSON and endless nesting included."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ValidationError("not-json") from error


def read_push(value: object) -> Push:
    """Read a batch without reading its items."""
    return _load(_PUSH, value, Push)


def read_push_item(value: object) -> PushItem:
    """Read one item of a batch."""
    return _load(_PUSH_ITEM, value, PushItem)


def read_header(text: str) -> RevisionHeader:
    """Read the text of a header."""
    return _load(_HEADER, read_json(text), RevisionHeader)


def read_part(text: str) -> Part:
    """Read the text of a part."""
    return _load(_PART, read_json(text), Part)


def read_have(value: object) -> Have:
    """Read a question about revs."""
    return _load(_HAVE, value, Have)


def read_enrolment_request(value: object) -> EnrolmentRequest:
    """Read what a phone says when it enrols."""
    return _load(_ENROLMENT_REQUEST, value, EnrolmentRequest)


def _load(schema: Schema, value: object, kind: type[T]) -> T:
    message: object = schema.load(value)  # type: ignore[arg-type]  # marshmallow refuses what is not an object
    assert isinstance(message, kind), "A schema makes its own message."
    return message


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number that JSON knows.")


def _encodable(text: str) -> None:
    """Refuse half a surrogate pair: JSON can spell it, but it has no UTF-8 bytes to keep or to hash."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValidationError("not-unicode") from error


def _hash(text: str) -> None:
    if not is_sha256(text):
        raise ValidationError("not-a-hash")


def _uuid(text: str) -> None:
    if not is_uuid(text):
        raise ValidationError("not-a-uuid")


def _salt(text: str) -> None:
    if not _SALT.fullmatch(text):
        raise ValidationError("not-a-salt")


def _moment(text: str) -> None:
    """Accept any moment a device may believe in, in the one spelling that browsers write."""
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise ValidationError("not-a-moment") from error
    if not _MOMENT.fullmatch(text):
        raise ValidationError("not-a-moment")


def _distinct(values: Sequence[object]) -> None:
    if len(values) != len(set(values)):
        raise ValidationError("repeated")


def _distinct_names(references: Sequence[PartReference | AttachmentReference]) -> None:
    _distinct([reference.name for reference in references])


def _hash_field() -> fields.String:
    return fields.String(required=True, validate=_hash)


def _name_field(*, shortest: int = 1) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(shortest, NAME_CHARACTERS), _encodable])


class _Message(Schema):
    """A schema that makes the frozen ``message`` and lets unknown fields pass."""

    message: ClassVar[Callable[..., object]]

    class Meta:
        unknown = EXCLUDE

    @post_load
    def make(self, values: Mapping[str, object], **_options: object) -> object:
        frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        return self.message(**frozen)


class _FormReferenceSchema(_Message):
    message = FormReference
    id = _name_field()
    version = _name_field(shortest=0)
    logic = _hash_field()
    texts = fields.Dict(keys=_name_field(), values=_hash_field(), required=True)


class _PartReferenceSchema(_Message):
    message = PartReference
    name = _name_field()
    sha256 = _hash_field()


class _AttachmentReferenceSchema(_Message):
    message = AttachmentReference
    name = _name_field()
    sha256 = _hash_field()
    bytes = fields.Integer(required=True, strict=True, validate=validate.Range(0, _LARGEST_INTEGER))
    type = _name_field()


class _HeaderSchema(_Message):
    message = RevisionHeader
    v = fields.Integer(required=True, strict=True, validate=validate.Range(PROTOCOL_MIN, PROTOCOL_MAX))
    id = fields.String(required=True, validate=_uuid)
    parents = fields.List(_hash_field(), required=True, validate=_distinct)
    kind = fields.Enum(RevisionKind, by_value=True, required=True)
    origin = fields.Enum(Origin, by_value=True, required=True)
    form = fields.Nested(_FormReferenceSchema, required=True)
    lang = _name_field()
    neighbourhood = _name_field()
    author = _name_field(shortest=0)
    device = fields.String(required=True, validate=_uuid)
    made_at = fields.String(required=True, validate=_moment)
    parts = fields.List(fields.Nested(_PartReferenceSchema), required=True, validate=_distinct_names)
    attachments = fields.List(fields.Nested(_AttachmentReferenceSchema), required=True, validate=_distinct_names)


class _PartSchema(_Message):
    message = Part
    salt = fields.String(required=True, validate=_salt)
    answers = fields.Dict(required=True)


class _PushItemSchema(_Message):
    message = PushItem
    rev = _hash_field()
    header = fields.String(required=True)
    parts = fields.List(fields.String(), required=True)


class _PushSchema(_Message):
    message = Push
    device = fields.String(required=True, validate=_uuid)
    items = fields.List(fields.Raw(allow_none=True), required=True)


class _HaveSchema(_Message):
    message = Have
    revs = fields.List(_hash_field(), required=True)


class _EnrolmentRequestSchema(_Message):
    message = EnrolmentRequest
    secret = fields.String(required=True, validate=[validate.Length(1, SECRET_CHARACTERS), _encodable])
    device = fields.String(required=True, validate=_uuid)


_PUSH = _PushSchema()
_PUSH_ITEM = _PushItemSchema()
_HEADER = _HeaderSchema()
_PART = _PartSchema()
_HAVE = _HaveSchema()
_ENROLMENT_REQUEST = _EnrolmentRequestSchema()
