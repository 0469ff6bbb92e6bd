"""What the server holds against finalised answers: what is wrong by the form; never what the phone alone knows."""

from collections.abc import Mapping

import pytest

from server.formlogic import check
from server.formlogic.definition import Lists
from server.formlogic.response import AnswerTree
from server.forms.compile import compile_xform
from server.forms.problems import FormRefused
from tests.vectors.sheets.writing import case

HEAD = "| survey |\n| | type | name | label | relevant | constraint | required | calculation | repeat_count |\n"
LISTS = "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n"
PLACES: Lists = {"places": ({"name": "park", "label": "Park"},)}


def found(*rows: str, answers: AnswerTree, lists: Lists | None = None) -> Mapping[str, str]:
    """Check answers to a form of these rows; path → code of each problem."""
    table = HEAD + "".join(f"| | {row} |\n" for row in rows) + LISTS
    logic = compile_xform(case("form", table)["form"], strict=False).logic_text
    return {problem.path: problem.code for problem in check(logic, answers, lists=lists or {})}


CLOCK_AND_CHANCE = [
    ("date | day | Day | | . <= today() | | |", {"day": "2026-11-20"}),
    ("text | q | Q | today() > '2026-01-01' | | yes | |", {"q": "x"}),
    ("text | q | Q | random() > 2 | | yes | |", {}),
    ("text | q | Q | | | random() < 0 | |", {}),
    ("calculate | q | | | | | concat('a', uuid()) |", {"q": "a1"}),
    ("calculate | q | | | | | jr:choice-name('yes', '/data/other') |", {"q": "হ্যাঁ"}),
]


@pytest.mark.parametrize(("row", "answers"), CLOCK_AND_CHANCE)
def test_what_only_the_phone_could_know_is_not_judged(row: str, answers: AnswerTree) -> None:
    assert found(row, "select_one yn | other | Other | | | | |", answers=answers) == {}


def test_what_depends_on_it_is_worked_out_from_what_was_given() -> None:
    rows = ("calculate | day | | | | | today() |", "calculate | year | | | | | substr(${day}, 0, 4) |")
    assert found(*rows, answers={"day": "2025-11-20", "year": "2025"}) == {}
    assert found(*rows, answers={"day": "2025-11-20", "year": "2026"}) == {"/data/year": "calculation-differs"}


LOOKED_UP = (
    "select_one_from_file places.csv | where | Where? | | | | |",
    "calculate | title | | | | | pulldata('places', 'label', 'name', ${where}) |",
)


def test_answers_from_a_list_are_judged_by_the_list() -> None:
    assert found(*LOOKED_UP, answers={"where": "park", "title": "Park"}, lists=PLACES) == {}
    wrong = {"/data/where": "choice", "/data/title": "calculation-differs"}
    assert found(*LOOKED_UP, answers={"where": "pub", "title": "Pub"}, lists=PLACES) == wrong


def test_answers_from_a_list_that_is_not_here_are_not_judged() -> None:
    assert found(*LOOKED_UP, answers={"where": "pub", "title": "Pub"}) == {}


COUNTED = (
    "integer | n | N | | | | | |",
    "begin repeat | r | R | ${n} != 3 | | | | ${n} |",
    "text | t | T | | | | |",
    "calculate | place | | | | | position(..) | |",
    "end repeat | | | | | | | |",
)


@pytest.mark.parametrize(
    ("answers", "problems"),
    [
        ({"n": "2", "r": [{"t": "a", "place": "1"}, {"place": "2"}]}, {}),
        ({"n": "3"}, {}),
        ({"n": "2", "r": [{"place": "1"}]}, {"/data/r[2]/place": "calculation-differs"}),
        ({"n": "1", "r": [{"place": "1"}, {"place": "2"}]}, {"/data/r[2]": "unknown-question"}),
        ({"n": "1", "r": [{"place": "2"}]}, {"/data/r[1]/place": "calculation-differs"}),
    ],
)
def test_number_of_instances_is_worked_out_again(answers: AnswerTree, problems: Mapping[str, str]) -> None:
    assert found(*COUNTED, answers=answers) == problems


@pytest.mark.parametrize("kind", ["string", "date"])
def test_range_whose_answer_is_to_be_no_number_is_refused(kind: str) -> None:
    form = case("form", "| survey |\n| | type | name | label |\n| | range | q | Q |\n")["form"]
    with pytest.raises(FormRefused, match="The answer to a range is a number"):
        compile_xform(form.replace('type="int"', f'type="{kind}"'))
