"""What no style sheet may do: name a side of the page, or pull joined letters apart."""

import re
from typing import Final

import pytest

from tests.project import project_files, read

SHEETS: Final = tuple(project_files(".css"))
TEMPLATES: Final = tuple(project_files(".html", ".tsx"))
SIDES: Final = "left|right|top|bottom"
FORBIDDEN: Final = {
    f"(?:margin|padding|border)-(?:{SIDES})(?:-[a-z]+)?": "margin-inline-start and its like turn with the script",
    f"(?:{SIDES})": "inset-inline-start and inset-block-start turn with the script",
    "letter-spacing": "joined scripts fall apart",
    "text-transform": "most scripts have no capitals",
    "font-variant(?:-caps)?": "most scripts have no capitals",
    "float": "flex and grid turn with the script",
    "clear": "flex and grid turn with the script",
    "font-style": "Bengali, Arabic and Chinese have no italics",
}
# path and property → why it may be there.
REASONS: Final = {
    "server/static/console/poster.css letter-spacing": "a poster's code is Latin, set wide to be copied",
}
SLANTED: Final = re.compile(r"<(?:i|em|cite|dfn|address|var)[ >]")
LINE: Final = re.compile(r"(?<![\w-])([a-z-]+)\s*:\s*([^;{}]+)[;}]")


def declarations(path: str) -> list[tuple[str, str]]:
    without_comments = re.sub(r"/\*.*?\*/", "", read(path), flags=re.DOTALL)
    return [(found[1], found[2].strip()) for found in LINE.finditer(without_comments)]


@pytest.mark.parametrize("path", SHEETS)
def test_sheet_turns_with_the_script_and_leaves_its_letters_joined(path: str) -> None:
    found = [
        f"{name}: {value} ({why})"
        for name, value in declarations(path)
        for forbidden, why in FORBIDDEN.items()
        if re.fullmatch(forbidden, name) and f"{path} {name}" not in REASONS
    ]
    assert found == []


@pytest.mark.parametrize("path", SHEETS)
def test_sheet_aligns_words_with_their_start_or_end(path: str) -> None:
    aligned = [value for name, value in declarations(path) if name == "text-align"]
    assert not {"left", "right"} & set(aligned)


def test_every_reason_is_still_needed() -> None:
    used = {f"{path} {name}" for path in SHEETS for name, _value in declarations(path)}
    assert set(REASONS) <= used


@pytest.mark.parametrize("path", TEMPLATES)
def test_page_has_no_element_that_browsers_slant(path: str) -> None:
    assert SLANTED.findall(read(path)) == []


def test_the_sheets_are_there() -> None:
    assert len(SHEETS) > 10
