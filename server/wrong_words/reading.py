"""Reads what a phone reports: a JSON value in, frozen reports out, or a ValidationError with stable codes. Pure."""

import re
from typing import Final

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, pre_load, validate

from server.wrong_words.rules import (
    CONSOLE,
    LANG_CHARACTERS,
    MOST_AT_ONCE,
    SCREEN_CHARACTERS,
    WORDS_CHARACTERS,
    Report,
    in_one_line,
)
from sync.ids import is_uuid

__all__ = ["ValidationError", "read_reports"]

TAG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
LINES: Final = ("screen", "shown", "better", "note")
WORDS: Final = validate.Length(max=WORDS_CHARACTERS)


def read_reports(value: object) -> list[Report]:
    """Read a call; one report that cannot be read refuses them all, by its place in the list."""
    found: object = CALL.load(value)  # type: ignore[arg-type]  # marshmallow refuses what is not an object
    assert isinstance(found, dict), "A schema without an object of its own gives a dict."
    reports: list[Report] = found["reports"]
    return reports


def _uuid(text: str) -> None:
    if not is_uuid(text):
        raise ValidationError("not-a-uuid")


def _tag(text: str) -> None:
    if len(text) > LANG_CHARACTERS or not TAG.fullmatch(text):
        raise ValidationError("not-a-language")


def _text(text: str) -> None:
    """Refuse half a surrogate pair: it has no UTF-8 bytes to keep."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValidationError("not-unicode") from error


class _ReportSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    report_id = fields.String(required=True, data_key="id", validate=_uuid)
    lang = fields.String(required=True, validate=_tag)
    screen = fields.String(
        load_default="", validate=[validate.Length(max=SCREEN_CHARACTERS), validate.NoneOf([CONSOLE]), _text]
    )
    shown = fields.String(required=True, validate=[validate.Length(min=1, max=WORDS_CHARACTERS), _text])
    better = fields.String(load_default="", validate=[WORDS, _text])
    note = fields.String(load_default="", validate=[WORDS, _text])

    @pre_load
    def put_in_lines(self, said: object, **_: object) -> object:
        """Put words in one line before they are looked at."""
        if not isinstance(said, dict):
            return said
        return {
            name: in_one_line(value) if name in LINES and isinstance(value, str) else value
            for name, value in said.items()
        }

    @post_load
    def make(self, said: dict[str, str], **_: object) -> Report:
        """Make the report."""
        return Report(**said)


class _CallSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    reports = fields.List(
        fields.Nested(_ReportSchema()), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE)
    )


CALL: Final = _CallSchema()
