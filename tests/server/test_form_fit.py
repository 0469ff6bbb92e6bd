"""What a form says that could not be kept to is told at publication, with its cell: never ignored in silence."""

import zipfile
from pathlib import Path

import pytest

from server.forms.conversion import check_file_here
from server.forms.problems import FormProblem
from server.forms.report import Report

SETTINGS = "| settings |\n| | form_id | version |\n| | t | 1 |\n"
YES_NO = "| choices |\n| | list_name | name | label | state |\n| | yn | yes | Yes | a |\n| | yn | no | No | b |\n"


def check(folder: Path, survey: str, rest: str = YES_NO) -> Report:
    path = folder / "form.md"
    path.write_text(f"| survey |\n{survey}{rest}{SETTINGS}", encoding="utf-8")
    return check_file_here(path)


def only(problems: tuple[FormProblem, ...] | list[FormProblem]) -> tuple[str, str]:
    assert len(problems) == 1, problems
    return problems[0].code, problems[0].cell


def test_choice_filter_on_a_column_that_the_list_lacks_is_refused(tmp_path: Path) -> None:
    survey = (
        "| | type | name | label | choice_filter |\n| | text | s | S | |\n| | select_one yn | q | Q | stat = ${s} |\n"
    )
    problems = check(tmp_path, survey).problems
    assert only(problems) == ("list-column-missing", "D3")
    assert problems[0].message == "The list “yn” has no column “stat”; it has name, state."


@pytest.mark.parametrize(
    ("kind", "default"),
    [("date", "31/12/2026"), ("integer", "abc"), ("select_one yn", "zzz"), ("select_multiple yn", "yes, no")],
)
def test_default_that_is_no_answer_is_refused(tmp_path: Path, kind: str, default: str) -> None:
    survey = f"| | type | name | label | default |\n| | {kind} | q | Q | {default} |\n"
    assert only(check(tmp_path, survey).problems) == ("default-unfit", "D2")


@pytest.mark.parametrize(
    ("kind", "default"), [("date", "2026-12-31"), ("select_multiple yn", "yes no"), ("text", "x y")]
)
def test_default_that_is_an_answer_is_taken(tmp_path: Path, kind: str, default: str) -> None:
    survey = f"| | type | name | label | default |\n| | {kind} | q | Q | {default} |\n"
    assert check(tmp_path, survey).problems == ()


@pytest.mark.parametrize("default", ["concat(/data/nope, 'x')", "instance('zz')/list/item[1]/label"])
def test_default_that_reads_what_is_not_there_is_refused(tmp_path: Path, default: str) -> None:
    survey = f"| | type | name | label | default |\n| | text | q | Q | {default} |\n"
    code, cell = only(check(tmp_path, survey).problems)
    assert code in {"name-unknown", "list-unknown"}
    assert cell == "D2"


def test_search_takes_other_choices_and_is_refused(tmp_path: Path) -> None:
    survey = "| | type | name | label | appearance |\n| | select_one yn | q | Q | search('places') |\n"
    assert only(check(tmp_path, survey).problems) == ("appearance-unsupported", "D2")


def test_parameters_columns_and_marks_without_effect_are_told_with_their_cells(tmp_path: Path) -> None:
    survey = (
        "| | type | name | label | parameters | body::intent |\n"
        "| | image | p | **Look** here | max-pixels=100 | x |\n"
        "| | text | t | See [this](http://example.org) | | |\n"
    )
    told = {(one.code, one.cell) for one in check(tmp_path, survey).warnings}
    wanted = {("parameter-unread", "D2"), ("heading-unread", "E1"), ("marks-shown", "C2"), ("marks-shown", "C3")}
    assert wanted <= told


def test_answers_of_the_last_interview_are_not_remembered_and_the_cell_is_told(tmp_path: Path) -> None:
    survey = "| | type | name | label | default |\n| | text | q | Q | ${last-saved#q} |\n"
    assert only(check(tmp_path, survey).warnings) == ("last-saved-blank", "D2")


def test_rule_that_reads_a_part_which_may_be_erased_alone_is_warned_of(tmp_path: Path) -> None:
    survey = (
        "| | type | name | label | relevant |\n"
        "| | begin_group | equality | About you | |\n"
        "| | integer | age | Age | |\n"
        "| | end_group | | | |\n"
        "| | text | why | Why? | ${age} > 3 |\n"
    )
    warnings = [one for one in check(tmp_path, survey).warnings if one.code == "part-read"]
    assert only(warnings) == ("part-read", "D5")


def test_circle_is_told_by_its_cells_the_count_of_a_repeat_too(tmp_path: Path) -> None:
    survey = (
        "| | type | name | label | calculation | repeat_count |\n"
        "| | calculate | a | | ${b} + 1 | |\n"
        "| | begin_repeat | r | R | | ${a} + 1 |\n"
        "| | text | x | X | | |\n"
        "| | end_repeat | | | | |\n"
        "| | calculate | b | | count(${x}) | |\n"
    )
    problem = check(tmp_path, survey).problems[0]
    assert problem.code == "circle"
    links = problem.message.removesuffix(".").partition(": ")[2].split(" → ")
    assert links[0] == links[-1]
    assert set(links) == {"survey!D2", "survey!D6", "survey!E3"}


def test_external_choices_speak_every_language_and_are_checked(tmp_path: Path) -> None:
    survey = (
        "| | type | name | label::English (en) | label::Bengali (bn) | choice_filter |\n"
        "| | text | s | S | স | |\n"
        "| | select_one_external far | q | Q | প্র | state = ${s} |\n"
    )
    heading = "| external_choices |\n| | list_name | name | label::English (en) | label::Bengali (bn) | state |\n"
    report = check(tmp_path, survey, heading + "| | far | x | Dhaka | ঢাকা | 1 |\n| | far | y | Sylhet | | 1 |\n")
    assert report.compiled is not None
    assert "ঢাকা" in report.compiled.packs["bn"]
    assert "ঢাকা" not in report.compiled.packs["en"]
    assert [gap.cell for one in report.coverage if one.lang == "bn" for gap in one.gaps] == ["D3"]
    wrong = check(tmp_path, survey, heading + "| | far | | A | ক | 1 |\n| | far | y z | B | খ | 1 |\n").problems
    assert [(one.code, one.cell) for one in wrong] == [("choice-nameless", "B2"), ("choice-spaced", "B3")]


def test_workbook_that_unpacks_to_more_than_any_form_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * (201 * 1024 * 1024))
    assert check_file_here(path).problems[0].code == "file-too-large"


def test_text_longer_than_any_screen_is_refused(tmp_path: Path) -> None:
    assert check(tmp_path, f"| | type | name | label |\n| | text | q | {'x' * 20_000} |\n").problems == ()
    longer = check(tmp_path, f"| | type | name | label |\n| | text | q | {'x' * 20_001} |\n").problems
    assert only(longer) == ("text-too-long", "C2")


@pytest.mark.parametrize("name", ["form.md", "form.xlsx", "form.xls", "form.csv"])
def test_file_that_is_not_what_its_name_says_is_refused_in_words(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"nothing of the kind")
    problem = check_file_here(tmp_path / name).problems[0]
    assert "definition" not in str(problem)
    assert name in problem.message


def test_name_of_an_image_too_long_for_any_disk_counts_as_missing(tmp_path: Path) -> None:
    survey = f"| | type | name | label | media::image |\n| | text | q | Q | {'x' * 300}.png |\n"
    assert [one.code for one in check(tmp_path, survey).warnings] == ["media-missing"]


@pytest.mark.parametrize(
    ("binds", "instance", "code"),
    [
        ('<bind nodeset="/data/t"/><bind nodeset="/data/t" type="string"/>', "<t/>", "bind-twice"),
        ("", '<t a="1">v</t>', "question-not-alone"),
        ("", f"{'<g>' * 3000}{'</g>' * 3000}<t/>", "form-too-deep"),
    ],
)
def test_xform_that_only_half_could_be_kept_is_refused(tmp_path: Path, binds: str, instance: str, code: str) -> None:
    (tmp_path / "form.xml").write_text(
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title>'
        f'<model><instance><data id="t" version="1">{instance}</data></instance>{binds}</model></h:head>'
        '<h:body><input ref="/data/t"><label>T</label></input></h:body></h:html>'
    )
    assert [one.code for one in check_file_here(tmp_path / "form.xml").problems] == [code]
