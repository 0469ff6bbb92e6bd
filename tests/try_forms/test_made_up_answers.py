"""Answers that are made up for a form: the right ones are among the first tried."""

import json
from pathlib import Path

import pytest

from server.formlogic.definition import Definition, Node
from server.formlogic.logic_json import load
from server.forms.xlsform import compile_file
from tests.try_forms.candidates import typed_answers
from tests.try_forms.checking import check_folder
from tests.try_forms.matching_text import text_that_fits
from tests.try_forms.wishes import wishes_of

FORM = """\
| survey |
| | type | name | label | constraint | relevant | choice_filter |
| | integer | age | Age | . >= 16 and . < 100 | | |
| | text | code | Code | regex(., '[A-Z]{2}[0-9]{3}') | | |
| | text | story | Story | string-length(.) > 40 | | |
| | select_one yes_no | more | More? | | | |
| | text | why | Why? | | ${more} = 'no' | |
| | integer | people | People | | | |
| | text | crowd | Crowd | | ${people} > 20 | |
| choices |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| settings |
| | form_id | version |
| | tried | 1 |
"""


@pytest.fixture
def definition(tmp_path: Path) -> Definition:
    form = tmp_path / "tried.md"
    form.write_text(FORM, encoding="utf-8")
    return load(json.loads(compile_file(form).logic_text))


def named(definition: Definition, name: str) -> Node:
    return next(node for node in definition.nodes if node.name == name)


def test_number_within_its_bounds_is_tried(definition: Definition) -> None:
    assert any(16 <= int(text) < 100 for text in typed_answers(named(definition, "age"))[:3])


def test_text_for_a_pattern_is_tried_first(definition: Definition) -> None:
    assert typed_answers(named(definition, "code"))[0] == text_that_fits("[A-Z]{2}[0-9]{3}") == "AA000"


def test_text_as_long_as_the_form_wants_is_tried(definition: Definition) -> None:
    assert any(len(text) > 40 for text in typed_answers(named(definition, "story")))


def test_pattern_that_cannot_be_read_gives_no_text() -> None:
    assert text_that_fits("(") is None


def test_answers_that_open_questions_are_wished_for(definition: Definition) -> None:
    wishes = wishes_of(definition)
    assert wishes["more"]["no"] > wishes["more"]["yes"]
    assert wishes["people"]["21"] > 0


def test_missing_list_is_made_up_with_the_columns_that_the_form_reads(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    asked = "| | select_one_from_file places.csv | place | Place | | | more = ${more} |\n| choices |"
    (folder / "form.md").write_text(FORM.replace("| choices |", asked), encoding="utf-8")
    (checked,) = check_folder(folder, tmp_path / "scratch")
    assert checked.compiled is not None
    assert checked.made_up == ("places.csv",)
    lines = (checked.copy.parent / "places.csv").read_text(encoding="utf-8").splitlines()
    assert set(lines[0].split(",")) == {"name", "label", "more"}
    assert {line.split(",")[lines[0].split(",").index("more")] for line in lines[1:]} == {"yes", "no"}


def test_form_that_is_refused_says_why(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "form.md").write_text(FORM.replace("${people} > 20", "${nobody} > 20"), encoding="utf-8")
    (checked,) = check_folder(folder, tmp_path / "scratch")
    assert checked.compiled is None
    assert "nobody" in str(checked.refused[0])
