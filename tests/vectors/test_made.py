"""The vectors that are written as tables: what is in the files is what the tables say, and the reference passes it."""

import pytest

from tests.project import ROOT
from tests.vectors import make_functions_table, make_patterns
from tests.vectors.make_forms import SUITES, written

VECTORS = ROOT / "tests/vectors"


@pytest.mark.parametrize("name", SUITES)
def test_form_vectors_are_what_their_tables_say(name: str) -> None:
    assert (VECTORS / name).read_text(encoding="utf-8") == written(name), "Run python -m tests.vectors.make_forms"


def test_function_vectors_are_what_their_table_says() -> None:
    text = make_functions_table.FILE.read_text(encoding="utf-8")
    assert text == make_functions_table.written(), "Run python -m tests.vectors.make_functions_table"


def test_pattern_vectors_are_what_their_table_says() -> None:
    text = make_patterns.FILE.read_text(encoding="utf-8")
    assert text == make_patterns.written(), "Run python -m tests.vectors.make_patterns"


def test_each_name_of_a_vector_is_used_once() -> None:
    names = [case["name"] for _, cases in SUITES.values() for case in cases]
    assert sorted(set(names)) == sorted(names)
