"""The table *function × {blank, wrong kind, boundary, another script}*: each cell has a vector or a reason."""

import json
import re
from pathlib import Path
from typing import Final

import pytest

from server.formlogic.functions import FUNCTIONS
from tests.project import ROOT, read

COLUMNS: Final = ("blank", "wrong kind", "boundary", "another script")
NO_ARGUMENTS: Final = "It takes no arguments."
# cell → why there is no vector for it
REASONS: Final[dict[str, str]] = {
    **{
        f"{name}/{column}": NO_ARGUMENTS
        for name in ("now", "today", "random", "pi", "true", "false", "last", "current")
        for column in ("blank", "wrong kind", "another script")
    },
    "true/boundary": "It has one value, and most vectors use it.",
    "false/boundary": "It has one value, and most vectors use it.",
    "random/boundary": "Chance is passed in: at least 0 and below 1 is a promise of the surroundings.",
}


def covered() -> set[str]:
    """The cells that a case of any vector file is for."""
    files = (ROOT / "tests/vectors").glob("*.json")
    cases = (case for path in files for case in json.loads(Path(path).read_text(encoding="utf-8"))["cases"])
    return {cell for case in cases for cell in listed(case.get("covers", []))}


def listed(cells: str | list[str]) -> list[str]:
    return [cells] if isinstance(cells, str) else cells


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_function_has_a_vector_or_a_reason_in_each_column(name: str) -> None:
    cells = {f"{name}/{column}" for column in COLUMNS}
    assert sorted(cells - covered() - REASONS.keys()) == []


def test_no_vector_and_no_reason_is_for_a_cell_that_does_not_exist() -> None:
    cells = {f"{name}/{column}" for name in FUNCTIONS for column in COLUMNS}
    assert sorted((covered() | REASONS.keys()) - cells) == []
    assert sorted(covered() & REASONS.keys()) == []


def test_both_engines_have_the_same_functions() -> None:
    """The phone's tables are written one function a line; three that choose what they look at stand in a list."""
    folder = "pwa/src/formlogic"
    tables = "".join(read(path.relative_to(ROOT).as_posix()) for path in (ROOT / folder).glob("functions-*.ts"))
    found = set(re.findall(r"^ +\['([\w:-]+)',\s*takes\(", tables, re.MULTILINE))
    own = re.search(r"PLAIN_FUNCTIONS[^=]*= new Set\(\[([^\]]*)\.\.\.", read(f"{folder}/functions.ts"))
    assert own is not None
    assert sorted(found | set(re.findall(r"'([\w:-]+)'", own[1]))) == sorted(FUNCTIONS)
