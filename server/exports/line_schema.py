"""Reads one line of JSON lines, or says what is wrong with it. Pure; the texts in it are for intake to examine."""

from dataclasses import dataclass
from typing import Any, Final

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from server.clock import as_text, from_text
from server.exports.lines import LINE_VERSION
from server.exports.record_queries import ReviewRow
from sync.hashes import is_sha256
from sync.ids import is_uuid
from sync.schemas import read_json

__all__ = ["Line", "LineRevision", "LineUnfit", "read_line"]

REASON_CHARACTERS: Final = 1000
NAME_CHARACTERS: Final = 200


class LineUnfit(ValueError):
    """A line that is none of an export; ``why`` is a stable word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class LineRevision:
    """A revision as it was kept: the item of a push, and what the server knew beside it."""

    rev: str
    header: str
    parts: list[str | None]
    received_at: str
    device: str

    @property
    def item(self) -> dict[str, object]:
        """Give it as a phone would push it."""
        return {"rev": self.rev, "header": self.header, "parts": self.parts}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One response with all its revisions, in the order they came, and the decisions about it."""

    response: str
    revisions: list[LineRevision]
    reviews: list[ReviewRow]
    absent: list[str]


def read_line(text: bytes) -> Line:
    """Read a line; raises LineUnfit."""
    try:
        value: Any = _LINE.load(read_json(text))  # type: ignore[arg-type]  # marshmallow refuses what is no object
    except ValidationError as error:
        raise LineUnfit("malformed") from error
    return Line(
        response=value["response"],
        revisions=[LineRevision(**one) for one in value["revisions"]],
        reviews=[_review(one, value["response"]) for one in value["reviews"]],
        absent=value["absent"],
    )


def _review(given: dict[str, Any], response_id: str) -> ReviewRow:
    return ReviewRow(
        response_id=response_id,
        review_id=given["review"],
        rev=given["rev"],
        action=given["action"],
        reason=given["reason"],
        person_id=given["person"],
        person=given["name"],
        at=given["at"],
        undoes=given["undoes"],
    )


def _uuid(text: str) -> None:
    if not is_uuid(text):
        raise ValidationError("not-a-uuid")


def _hash(text: str) -> None:
    if not is_sha256(text):
        raise ValidationError("not-a-hash")


def _moment(text: str) -> None:
    try:
        as_text(from_text(text))
    except (ValueError, OverflowError) as error:
        raise ValidationError("not-a-moment") from error


def _text(longest: int) -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, longest))


class _Revision(Schema):
    class Meta:
        unknown = EXCLUDE

    rev = fields.String(required=True, validate=_hash)
    header = fields.String(required=True)
    parts = fields.List(fields.String(allow_none=True), required=True)
    received_at = fields.String(required=True, validate=_moment)
    device = fields.String(required=True, validate=_uuid)


class _Review(Schema):
    class Meta:
        unknown = EXCLUDE

    review = _text(NAME_CHARACTERS)
    rev = fields.String(required=True, validate=_hash)
    action = fields.String(required=True, validate=validate.OneOf(["approve", "return", "reject", "reopen"]))
    reason = fields.String(required=True, validate=validate.Length(0, REASON_CHARACTERS))
    person = _text(NAME_CHARACTERS)
    name = _text(NAME_CHARACTERS)
    at = fields.String(required=True, validate=_moment)
    undoes = fields.String(required=True, allow_none=True)


class _Line(Schema):
    class Meta:
        unknown = EXCLUDE

    v = fields.Integer(required=True, strict=True, validate=validate.Equal(LINE_VERSION))
    response = fields.String(required=True, validate=_uuid)
    revisions = fields.List(fields.Nested(_Revision), required=True)
    reviews = fields.List(fields.Nested(_Review), required=True)
    absent = fields.List(fields.String(validate=_hash), required=True)


_LINE = _Line()
