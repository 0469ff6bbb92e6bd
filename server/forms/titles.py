"""Titles of a form in several languages, from columns such as ``form_title::Bengali (bn)`` of the settings sheet.

XLSForm knows one title, and pyxform breaks on a translated one. So they are taken out before the form is converted, and
put into the text packs afterwards.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from server.forms.languages import language_tag
from server.forms.problems import FormProblem, FormRefused
from server.forms.sheets import letters

__all__ = ["read_titles", "with_one_title"]

Row = Mapping[str, object]
_TRANSLATED = re.compile(r"\s*(?:form_title|title)\s*::?\s*(\S.*?)\s*", re.IGNORECASE)


def read_titles(sheets: Mapping[str, object]) -> dict[str, str]:
    """Give the titles by language tag (BCP 47), the leftmost first; refuse a language that is not known."""
    settings = _first(sheets, "settings")
    tags = dict(_tags(sheets))
    return {tag: title for heading, tag in tags.items() if (title := str(settings.get(heading) or "").strip())}


def with_one_title(sheets: Mapping[str, object], titles: Mapping[str, str], *, default: str) -> dict[str, object]:
    """Give the sheets without translated titles; the one title left is in the language ``default`` if there is one."""
    settings, headings = (
        {heading: value for heading, value in row.items() if not _TRANSLATED.fullmatch(heading)}
        for row in (_first(sheets, "settings"), _first(sheets, "settings_header"))
    )
    if len(headings) == len(_first(sheets, "settings_header")):
        return dict(sheets)
    if titles and not {"form_title", "title"} & {heading.strip().lower() for heading in settings}:
        settings = {"form_title": titles.get(default) or next(iter(titles.values())), **settings}
        headings = {"form_title": None, **headings}
    return {**sheets, "settings": [settings], "settings_header": [headings]}


def _first(sheets: Mapping[str, object], name: str) -> Row:
    rows = cast(Sequence[Row], sheets.get(name) or ())
    return rows[0] if rows else {}


def _tags(sheets: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give heading and language tag of each column with a translated title."""
    for index, heading in enumerate(_first(sheets, "settings_header")):
        match = _TRANSLATED.fullmatch(heading)
        if match is None:
            continue
        tag = language_tag(match[1])
        if tag is None:
            raise FormRefused([_language_unknown(match[1], heading, cell=f"{letters(index)}1")])
        yield heading, tag


def _language_unknown(language: str, heading: str, *, cell: str) -> FormProblem:
    return FormProblem(
        "language-unknown",
        f"The language “{language}” is not known.",
        f"Add its code in brackets to the column name, such as form_title::{language} (bn).",
        sheet="settings",
        row=1,
        column=heading,
        cell=cell,
    )
