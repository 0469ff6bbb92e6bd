"""Older dialects and slips: what is read is told, what is not read is refused with its cell and what to write."""

from pathlib import Path

import pytest

from server.forms.headings import read_heading
from server.forms.problems import FormProblem, FormRefused
from server.forms.xlsform import compile_file
from tests.server.form_sheets import SETTINGS, Rows, workbook

SURVEY = ["type", "name", "label"]
YES_NO = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]


def form(
    folder: Path, *rows: list[str], headings: list[str] | None = None, settings: Rows = SETTINGS, **sheets: Rows
) -> Path:
    everything = {"survey": [headings or SURVEY, *rows], "choices": YES_NO, **sheets}
    return workbook(folder / "form.xlsx", settings=settings, **everything)


def refusal(path: Path) -> FormProblem:
    with pytest.raises(FormRefused) as caught:
        compile_file(path)
    [problem] = caught.value.problems
    assert problem.message.endswith(".")
    assert problem.remedy.endswith(".")
    return problem


@pytest.mark.parametrize(
    ("text", "column", "tag"),
    [
        ("label::English (en)", "label", "en"),
        ("label:English", "label", "en"),
        ("Label :: বাংলা", "label", "bn"),
        ("media::image::French (fr)", "media::image", "fr"),
        ("media:image", "media::image", ""),
        ("bind::jr:constraintMsg::Somali (so)", "bind::jr:constraintmsg", "so"),
        ("List Name", "list_name", ""),
        ("jr:count", "jr:count", ""),
    ],
)
def test_a_heading_is_taken_to_pieces(text: str, column: str, tag: str) -> None:
    assert (read_heading(text).column, read_heading(text).tag) == (column, tag)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("select one from yn", "select_one yn"),
        ("select one yn", "select_one yn"),
        ("select1 yn", "select_one yn"),
        ("select all that apply from yn", "select_multiple yn"),
        ("add select one prompt using yn", "select_one yn"),
        ("add select multiple prompt using yn", "select_multiple yn"),
        ("add integer prompt", "integer"),
        ("photo", "image"),
        ("gps", "geopoint"),
        ("q date", "date"),
    ],
)
def test_an_old_type_that_can_be_read_is_read_and_named(tmp_path: Path, old: str, new: str) -> None:
    [warning] = compile_file(form(tmp_path, [old, "a", "A"])).warnings
    assert (warning.code, warning.cell) == ("dialect-accepted", "A2")
    assert f"it is read as “{new}”" in warning.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("select multiple yn", "select_multiple yn"),
        ("select multiple from yn", "select_multiple yn"),
        ("select_one from yn", "select_one yn"),
        ("radio yn", "select_one yn"),
        ("Select_One yn", "select_one yn"),
        ("Text", "text"),
        ("number", "integer or decimal"),
        ("picture", "image"),
        ("paragraph", "text"),
        ("cascading_select towns", "select_one with a choice_filter"),
        ("lambda", "select_one with a choice_filter"),
    ],
)
def test_an_old_type_that_can_not_be_read_is_refused_with_what_to_write(tmp_path: Path, old: str, new: str) -> None:
    problem = refusal(form(tmp_path, ["text", "z", "Z"], [old, "a", "A"]))
    assert (problem.code, problem.sheet, problem.cell) == ("dialect-refused", "survey", "A3")
    assert f"Write {new}" in problem.remedy


def test_a_sheet_of_comma_separated_values_is_a_form_too(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    lines = [
        '"survey",,,',
        ',"type","name","label"',
        ',"text","a","A"',
        '"settings",,',
        ',"form_id","version"',
        ',"f","1"',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert compile_file(path).form_id == "f"


def test_headings_with_one_colon_are_read_and_told_once(tmp_path: Path) -> None:
    settings = [["form_id", "version", "default_language"], ["f", "1", "English"]]
    headings = ["type", "name", "label:English", "label:Bengali"]
    path = form(tmp_path, ["text", "a", "A", "ক"], headings=headings, settings=settings)
    compiled = compile_file(path)
    assert list(compiled.packs) == ["en", "bn"]
    [warning] = compiled.warnings
    assert (warning.code, warning.cell) == ("dialect-accepted", "C1")
    assert "label::English" in warning.remedy


@pytest.mark.parametrize("name", ["questions", "form", "surveys"])
def test_a_survey_under_another_name_is_recognised(tmp_path: Path, name: str) -> None:
    problem = refusal(workbook(tmp_path / "form.xlsx", **{name: [SURVEY, ["text", "a", "A"]], "choices": YES_NO}))
    assert (problem.code, problem.sheet) == ("sheet-missing", name)
    assert problem.remedy == "Name the sheet “survey”."


def test_a_survey_with_a_capital_letter_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "form.xlsx", Survey=[SURVEY, ["text", "a", "A"]])
    assert compile_file(path).warnings == ()


def test_choices_under_another_name_are_recognised(tmp_path: Path) -> None:
    survey = [SURVEY, ["select_one yn", "a", "A"]]
    problem = refusal(workbook(tmp_path / "form.xlsx", survey=survey, columns=YES_NO))
    assert (problem.code, problem.sheet, problem.remedy) == ("sheet-missing", "columns", "Name the sheet “choices”.")


@pytest.mark.parametrize("heading", ["list name", "List Name", "list_name"])
def test_the_names_of_lists_may_be_headed_in_the_old_way(tmp_path: Path, heading: str) -> None:
    path = form(tmp_path, ["select_one yn", "a", "A"], choices=[[heading, *YES_NO[0][1:]], *YES_NO[1:]])
    assert compile_file(path).warnings == ()


@pytest.mark.parametrize("heading", ["default language", "Default Language", "default_language"])
def test_the_default_language_may_be_headed_in_the_old_way(tmp_path: Path, heading: str) -> None:
    settings = [["form_id", "version", heading], ["f", "1", "Bengali (bn)"]]
    assert compile_file(form(tmp_path, ["text", "a", "ক"], settings=settings)).default_lang == "bn"


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ([["text", "a b", "A"]], "name-invalid", "B2"),
        ([["text", "a", "A"], ["text", "a", "A"]], "name-twice", "B3"),
        ([["", "a", "A"]], "type-missing", "A2"),
        ([["text", "", "A"]], "name-missing", "B2"),
        ([["text", "a", ""]], "label-missing", "C2"),
        ([["text", "a", "${gone}"]], "name-unknown", "C2"),
        ([["text", "a", "${a"]], "reference-unreadable", "C2"),
        ([["calculate", "a", "A"]], "calculation-missing", "A2"),
        ([["begin_group", "a", "A"], ["text", "b", "B"]], "begin-without-end", "A2"),
        ([["text", "b", "B"], ["end_repeat", "", ""]], "end-without-begin", "A3"),
        ([["begin_repeat", "a", "A"], ["text", "b", "B"], ["end_group", "", ""]], "end-without-begin", "A4"),
        ([["Begin Group", "a", "A"], ["text", "b", "B"], ["End Group", "", ""]], "dialect-refused", "A2"),
        ([["select_one gone", "a", "A"]], "list-unknown", "A2"),
        ([["select_one", "a", "A"]], "type-unknown", "A2"),
        ([["select_one_from_file a.txt", "a", "A"]], "list-file-type", "A2"),
        ([["wibble", "a", "A"]], "type-unknown", "A2"),
    ],
)
def test_what_the_converter_refuses_is_said_in_our_words_with_the_cell(
    tmp_path: Path, rows: list[list[str]], code: str, cell: str
) -> None:
    problem = refusal(form(tmp_path, *rows))
    assert (problem.code, problem.sheet, problem.cell) == (code, "survey", cell)


@pytest.mark.parametrize(
    ("choices", "code", "cell"),
    [
        ([["list_name", "name", "label"], ["yn", "y", "Y"], ["yn", "y", "Z"]], "choice-twice", "B3"),
        ([["list_name", "name", "label"], ["yn", "", "Y"]], "choice-nameless", "B2"),
        ([["list_name", "name", "label"], ["yn", "n", "N"], ["yn", "y z", "Y"]], "choice-spaced", "B3"),
    ],
)
def test_a_choice_that_can_not_be_is_refused_with_its_cell(tmp_path: Path, choices: Rows, code: str, cell: str) -> None:
    problem = refusal(form(tmp_path, ["select_multiple yn", "a", "A"], choices=choices))
    assert (problem.code, problem.sheet, problem.cell) == (code, "choices", cell)


@pytest.mark.parametrize(
    ("survey", "sheet"), [([["name", "label"], ["a", "A"]], "survey"), ([["type", "label"], ["text", "A"]], "survey")]
)
def test_a_missing_column_is_named(tmp_path: Path, survey: Rows, sheet: str) -> None:
    problem = refusal(workbook(tmp_path / "form.xlsx", survey=survey))
    assert (problem.code, problem.sheet) == ("heading-missing", sheet)


def test_a_missing_column_of_the_choices_is_named(tmp_path: Path) -> None:
    for headings in (["list", "name", "label"], ["list_name", "code", "label"]):
        problem = refusal(form(tmp_path, ["select_one yn", "a", "A"], choices=[headings, *YES_NO[1:]]))
        assert (problem.code, problem.sheet) == ("heading-missing", "choices")


def test_two_headings_for_one_column_are_refused(tmp_path: Path) -> None:
    problem = refusal(form(tmp_path, ["text", "a", "A", "1=1", "1=1"], headings=[*SURVEY, "relevant", "relevance"]))
    assert (problem.code, problem.cell) == ("heading-twice", "E1")


def test_the_same_heading_twice_is_refused_with_both_cells(tmp_path: Path) -> None:
    problem = refusal(form(tmp_path, ["text", "a", "A", "B"], headings=[*SURVEY, "label"]))
    assert (problem.code, problem.sheet, problem.cell) == ("heading-twice", "survey", "D1")
    assert "C1 and D1" in problem.message


def test_a_sheet_without_a_question_is_refused(tmp_path: Path) -> None:
    assert refusal(form(tmp_path)).code == "no-questions"


@pytest.mark.parametrize(
    ("heading", "meant"), [("relevent", "relevant"), ("constriant", "constraint"), ("choice filter", "")]
)
def test_a_heading_that_is_likely_a_slip_is_told(tmp_path: Path, heading: str, meant: str) -> None:
    warnings = compile_file(form(tmp_path, ["text", "a", "A"], headings=[*SURVEY, heading])).warnings
    assert [(warning.code, warning.cell) for warning in warnings] == ([("heading-unread", "D1")] if meant else [])
    assert all(f"If you mean {meant}" in warning.remedy for warning in warnings)


def test_a_setting_that_does_nothing_here_is_told(tmp_path: Path) -> None:
    settings = [["form_id", "version", "public_key"], ["f", "1", "MIIB"]]
    [warning] = compile_file(form(tmp_path, ["text", "a", "A"], settings=settings)).warnings
    assert (warning.code, warning.sheet, warning.cell) == ("setting-unread", "settings", "C1")
    assert "not encrypted" in warning.message


@pytest.mark.parametrize(("kind", "name"), [("audit", ""), ("background-audio", "sound")])
def test_what_only_an_app_could_record_is_told(tmp_path: Path, kind: str, name: str) -> None:
    warnings = compile_file(form(tmp_path, ["text", "a", "A"], [kind, name, ""])).warnings
    assert [(warning.code, warning.cell) for warning in warnings] == [("metadata-blank", "A3")]


def test_warnings_of_the_converter_are_said_in_our_words(tmp_path: Path) -> None:
    path = form(tmp_path, ["select_one yn", "a", "A"], ["text", "A", "A"], choices=[*YES_NO, ["yn", "maybe", ""]])
    warnings = compile_file(path).warnings
    assert {(warning.code, warning.sheet, warning.cell) for warning in warnings} == {
        ("name-alike", "survey", "B3"),
        ("choice-unlabelled", "choices", "C4"),
    }
