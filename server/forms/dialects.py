"""Older and other ways to write an XLSForm: recognised, named, and what to write instead.

What the converter reads stays accepted and is only told; what it does not read is refused with the sentence from here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from server.forms.problems import FormProblem
from server.forms.sheets import Place, Workbook, located

__all__ = ["accepted_dialects", "begun_with_capitals", "refused_type", "sheets_by_other_names"]

ACCEPTED = "dialect-accepted"
CAPITALS = "a way of writing with capital letters"
_BEGIN_OR_END = re.compile(r"(?:begin|end)[ _](?:group|repeat|loop)", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """A way to write something: who writes so, and what to write instead; ``\\1`` stands for the list's name."""

    pattern: re.Pattern[str]
    name: str
    instead: str


def _dialect(pattern: str, name: str, instead: str) -> Dialect:
    return Dialect(re.compile(pattern, re.IGNORECASE), name, instead)


_OLDER = "an older wording of XLSForm"
_SENTENCES = "the first XLSForms, which wrote types as sentences"
_OTHERS = "another tool’s wording"

# Types that pyxform reads but that today's documentation no longer names.
OLD_TYPES = (
    _dialect(r"add select one prompt using (\S+)", _SENTENCES, r"select_one \1"),
    _dialect(r"add select multiple prompt using (\S+)", _SENTENCES, r"select_multiple \1"),
    _dialect(r"add (?:image|photo) prompt", _SENTENCES, "image"),
    _dialect(r"add (\w+) prompt", _SENTENCES, r"\1"),
    _dialect(r"select one from (?!file)(\S+)", _OLDER, r"select_one \1"),
    _dialect(r"select all that apply(?: from)? (\S+)", _OLDER, r"select_multiple \1"),
    _dialect(r"select1 (\S+)", "XForms, where the control has this name", r"select_one \1"),
    _dialect(r"select one (?!external|from)(\S+)", _OLDER, r"select_one \1"),
    _dialect(r"q (\w+)", _SENTENCES, r"\1"),
    _dialect(r"photo", _OLDER, "image"),
    _dialect(r"gps|location", _OLDER, "geopoint"),
    _dialect(r"imei", _OLDER, "deviceid"),
    _dialect(r"begin looped group|begin lgroup", _OLDER, "begin_repeat"),
)

# Types that pyxform does not know.
UNREAD_TYPES = (
    _dialect(r"select_one from (\S+)", _OLDER, r"select_one \1"),
    _dialect(r"(?:select[ _]multiple|select many|checkbox(?:es)?)(?: from)? (\S+)", _OLDER, r"select_multiple \1"),
    _dialect(r"(?:select|radio|dropdown|multiple choice) (\S+)", _OTHERS, r"select_one \1"),
    _dialect(
        r"cascading[ _]select.*",
        "the cascading selects of early XLSForm, with a sheet “cascades”",
        "select_one with a choice_filter, one question for each level",
    ),
    _dialect(
        r"lambda.*",
        "the cascading selects of early XLSForm, with a sheet “cascades”",
        "select_one with a choice_filter, one question for each level",
    ),
    _dialect(r"number|numeric", _OTHERS, "integer or decimal"),
    _dialect(r"float|double|real", _OTHERS, "decimal"),
    _dialect(r"(?:bool|boolean|yes[_/ ]?no)", _OTHERS, "select_one with a list of yes and no"),
    _dialect(r"(?:short|long)[ _](?:text|answer)|paragraph", _OTHERS, "text"),
    _dialect(r"url|link", _OTHERS, "text"),
    _dialect(r"picture|camera", _OLDER, "image"),
    _dialect(r"get imei|get device id", _SENTENCES, "deviceid"),
    _dialect(r"get (\w+)(?: time)?", _SENTENCES, r"\1"),
)
_OTHER_SHEETS = {
    "survey": frozenset("questions question form fields formulaire encuesta survey1 surveys".split()),
    "choices": frozenset("columns choice options answers lists list choices_and_columns select".split()),
    "settings": frozenset("setting config properties".split()),
}


def refused_type(kind: str) -> tuple[str, str]:
    """Name the dialect of a type that the converter does not know, and what to write instead; blanks if unknown."""
    text = " ".join(kind.split())
    for dialect in (*UNREAD_TYPES, *OLD_TYPES):
        found = dialect.pattern.fullmatch(text)
        if found:
            return dialect.name, found.expand(dialect.instead)
    first, space, rest = text.partition(" ")
    written = text.lower() if _BEGIN_OR_END.fullmatch(text) else first.lower() + space + rest
    return (CAPITALS, written) if text != written else ("", "")


def begun_with_capitals(workbook: Workbook) -> str:
    """Give the first type such as “End Repeat”, which the converter passes over; ``""`` where there is none."""
    kinds = (kind for _, kind in workbook.numbered("survey", "type"))
    return next((kind for kind in kinds if _BEGIN_OR_END.fullmatch(kind) and kind != kind.lower()), "")


def sheets_by_other_names(workbook: Workbook, wanted: str) -> list[str]:
    """Give the sheets that are likely to be meant where one is missing."""
    there = [name for name in workbook.names if name.lower() != wanted]
    others = [name for name in there if "_".join(name.lower().split()) in _OTHER_SHEETS.get(wanted, ())]
    return others or [name for name in there if name.lower().startswith(wanted[:4])]


def accepted_dialects(workbook: Workbook) -> Iterator[FormProblem]:
    """Tell, once for each, of the older ways that a sheet uses and that are read all the same."""
    yield from _single_colons(workbook)
    yield from _old_types(workbook)


def _single_colons(workbook: Workbook) -> Iterator[FormProblem]:
    for sheet in ("survey", "choices"):
        old = [one for one in workbook.headings(sheet) if one.single_colon and (one.language or one.column in _NESTED)]
        if old:
            written = old[0].text.replace(":", "::", 1)
            message = (
                f"Headings such as “{old[0].text}” have one colon, as in an older dialect ({len(old)} in this sheet)."
            )
            remedy = f"It is read as “{written}”; write two colons in new forms."
            yield _told(message, remedy, workbook.place_of_heading(sheet, old[0]))


_NESTED = frozenset({"media::image", "media::audio", "media::video"})


def _old_types(workbook: Workbook) -> Iterator[FormProblem]:
    told: set[Dialect] = set()
    for row, kind in workbook.numbered("survey", "type"):
        text = " ".join(kind.split())
        for dialect in OLD_TYPES:
            found = dialect.pattern.fullmatch(text)
            if found and dialect not in told:
                told.add(dialect)
                message = f"“{text}” is from {dialect.name}; it is read as “{found.expand(dialect.instead)}”."
                yield _told(message, "", workbook.place("survey", row, "type"))
            if found:
                break


def _told(message: str, remedy: str, place: Place) -> FormProblem:
    return located(FormProblem(ACCEPTED, message, remedy), place)
