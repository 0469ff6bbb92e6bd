"""Reads what arrives: JSON values in, frozen messages out, or a ValidationError with stable codes.

Unknown fields are let through unread: a newer phone may say more, and the bytes that are
kept say it for ever. What is read by the hundred goes by ``quick`` first; the schemas decide what is wrong.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final, NoReturn, TypeVar

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from sync import quick
from sync.codes import Origin, RevisionKind
from sync.hashes import is_sha256
from sync.ids import is_uuid
from sync.limits import HAVE_NAMES, NAME_CHARACTERS, PART_TEXTS, PROTOCOL_MAX, PROTOCOL_MIN, SECRET_CHARACTERS
from sync.messages import (
    AttachmentReference,
    EnrolmentRequest,
    Erases,
    FormReference,
    Have,
    Part,
    PartReference,
    Push,
    PushItem,
    RevisionHeader,
)

__all__ = [
    "HEADER",
    "PART",
    "PUSH_ITEM",
    "ValidationError",
    "read_enrolment_request",
    "read_have",
    "read_header",
    "read_json",
    "read_part",
    "read_push",
    "read_push_item",
]

BYTE_ORDER_MARK: Final = "\ufeff"

T = TypeVar("T")


def read_json(text: str | bytes) -> object:
    """Parse strict JSON; raises ValidationError for anything else, numbers beyond JSON and endless nesting included."""
    try:
        if isinstance(text, str) and not text.startswith(BYTE_ORDER_MARK):
            return _DECODER.decode(text)
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ValidationError("not-json") from error


def read_push(value: object) -> Push:
    """Read a batch without reading its items."""
    return _load(_PUSH, value, Push)


def read_push_item(value: object) -> PushItem:
    """Read one item of a batch."""
    return quick.push_item(value) or _load(PUSH_ITEM, value, PushItem)


def read_header(text: str) -> RevisionHeader:
    """Read the text of a header."""
    value = read_json(text)
    return quick.header(value) or _load(HEADER, value, RevisionHeader)


def read_part(text: str) -> Part:
    """Read the text of a part."""
    value = read_json(text)
    return quick.part(value) or _load(PART, value, Part)


def read_have(value: object) -> Have:
    """Read a question about revs and attachments."""
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
    if not quick.SALT.fullmatch(text):
        raise ValidationError("not-a-salt")


def _moment(text: str) -> None:
    """Accept any moment a device may believe in, in the one spelling that browsers write."""
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise ValidationError("not-a-moment") from error
    if not quick.MOMENT.fullmatch(text):
        raise ValidationError("not-a-moment")


def _distinct(values: Sequence[object]) -> None:
    if len(values) != len(set(values)):
        raise ValidationError("repeated")


def _distinct_names(references: Sequence[PartReference | AttachmentReference]) -> None:
    _distinct([reference.name for reference in references])


def _hash_field(*, required: bool = True) -> fields.String:
    return fields.String(required=required, validate=_hash)


def _name_field(*, shortest: int = 1, required: bool = True) -> fields.String:
    return fields.String(required=required, validate=[validate.Length(shortest, NAME_CHARACTERS), _encodable])


class _List(fields.List[Any]):
    """A list that is counted before it is read; the first wrong element ends the reading.

    Thousands of them would otherwise cost a thousand times what sending them did, in time and in the answer.
    """

    def __init__(self, element: fields.Field[Any], *, longest: int | None = None, **options: Any) -> None:  # noqa: ANN401  # as a field has them
        super().__init__(element, **options)
        self._longest = longest

    def _deserialize(self, value: object, *_context: object, **_options: object) -> list[Any]:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        if self._longest is not None and len(value) > self._longest:
            raise ValidationError("too-many")
        return [self._element(index, one) for index, one in enumerate(value)]

    def _element(self, index: int, value: Any) -> object:  # noqa: ANN401  # whatever JSON can hold
        try:
            return self.inner.deserialize(value)
        except ValidationError as error:
            raise ValidationError({index: error.messages}) from error


class _Table(fields.Field[dict[str, str]]):
    """An object of names and hashes; the first wrong one ends the reading."""

    def _deserialize(self, value: object, *_context: object, **_options: object) -> dict[str, str]:
        if not isinstance(value, dict):
            raise ValidationError("not-an-object")
        for name, sha256 in value.items():
            _NAME.deserialize(name)
            _HASH.deserialize(sha256)
        return dict(value)


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
    texts = _Table(required=True)


class _PartReferenceSchema(_Message):
    message = PartReference
    name = _name_field()
    sha256 = _hash_field()


class _AttachmentReferenceSchema(_Message):
    message = AttachmentReference
    name = _name_field()
    sha256 = _hash_field()
    bytes = fields.Integer(required=True, strict=True, validate=validate.Range(0, quick.LARGEST_INTEGER))
    type = _name_field()


class _ErasesSchema(_Message):
    message = Erases
    parts = _List(_hash_field(), required=True)
    attachments = _List(_hash_field(), required=True)


class _HeaderSchema(_Message):
    message = RevisionHeader
    v = fields.Integer(required=True, strict=True, validate=validate.Range(PROTOCOL_MIN, PROTOCOL_MAX))
    id = fields.String(required=True, validate=_uuid)
    parents = _List(_hash_field(), required=True, validate=_distinct)
    kind = fields.Enum(RevisionKind, by_value=True, required=True)
    origin = fields.Enum(Origin, by_value=True, required=True)
    form = fields.Nested(_FormReferenceSchema, required=True)
    lang = _name_field()
    neighbourhood = _name_field()
    author = _name_field(shortest=0)
    device = fields.String(required=True, validate=_uuid)
    made_at = fields.String(required=True, validate=_moment)
    parts = _List(fields.Nested(_PartReferenceSchema), required=True, validate=_distinct_names)
    attachments = _List(fields.Nested(_AttachmentReferenceSchema), required=True, validate=_distinct_names)
    erases = fields.Nested(_ErasesSchema)
    poster = fields.String(validate=_uuid)
    reference = _hash_field(required=False)
    venue = _name_field(required=False)


class _PartSchema(_Message):
    message = Part
    salt = fields.String(required=True, validate=_salt)
    answers = fields.Dict(required=True)


class _PushItemSchema(_Message):
    message = PushItem
    rev = _hash_field()
    header = fields.String(required=True)
    parts = _List(fields.String(allow_none=True), longest=PART_TEXTS, required=True)


class _PushSchema(_Message):
    message = Push
    device = fields.String(required=True, validate=_uuid)
    items = _List(fields.Raw(allow_none=True), required=True)
    since = fields.String()


class _HaveSchema(_Message):
    message = Have
    revs = _List(_hash_field(), longest=HAVE_NAMES)
    attachments = _List(_hash_field(), longest=HAVE_NAMES)


class _EnrolmentRequestSchema(_Message):
    message = EnrolmentRequest
    secret = fields.String(required=True, validate=[validate.Length(1, SECRET_CHARACTERS), _encodable])
    device = fields.String(required=True, validate=_uuid)


_NAME = _name_field()
_HASH = _hash_field()
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)  # made once: that takes longer than most records
_PUSH = _PushSchema()
PUSH_ITEM = _PushItemSchema()
HEADER = _HeaderSchema()
PART = _PartSchema()
_HAVE = _HaveSchema()
_ENROLMENT_REQUEST = _EnrolmentRequestSchema()
