"""A form's title in several languages, which XLSForm itself does not know."""

import json
from pathlib import Path

import pytest

from server.forms.problems import FormRefused
from server.forms.xlsform import compile_file

SURVEY = "| survey |\n| | type | name | label::English (en) | label::Bengali (bn) |\n| | text | q | Q | প্র |\n"


def form(folder: Path, columns: str, values: str) -> Path:
    path = folder / "form.md"
    settings = f"| settings |\n| | {columns} | form_id | version | default_language |\n"
    path.write_text(f"{SURVEY}{settings}| | {values} | f | 1 | English (en) |\n", encoding="utf-8")
    return path


def titles(path: Path) -> dict[str, object]:
    return {lang: json.loads(pack)["title"] for lang, pack in compile_file(path).packs.items()}


def test_each_text_pack_has_the_title_of_its_language(tmp_path: Path) -> None:
    path = form(tmp_path, "form_title::English (en) | form_title::Bengali (bn)", "Walk | হাঁটা")
    assert titles(path) == {"en": "Walk", "bn": "হাঁটা"}
    assert compile_file(path).title == "Walk"


def test_a_title_without_a_language_stands_beside_translated_ones(tmp_path: Path) -> None:
    assert titles(form(tmp_path, "form_title | form_title::Bengali (bn)", "Walk | হাঁটা")) == {"en": "Walk", "bn": "হাঁটা"}


@pytest.mark.parametrize("columns", ["form_title | form_title::Bengali (bn)", "form_title::English (en) | title::bn"])
def test_a_missing_title_falls_back_and_says_in_which_language_it_is(tmp_path: Path, columns: str) -> None:
    assert titles(form(tmp_path, columns, "Walk | ")) == {"en": "Walk", "bn": {"text": "Walk", "lang": "en"}}


def test_titles_are_no_part_of_the_logic(tmp_path: Path) -> None:
    columns = "form_title::English (en) | form_title::Bengali (bn)"
    before = compile_file(form(tmp_path, columns, "Walk | হাঁটা")).logic_text
    assert compile_file(form(tmp_path, columns, "Stroll | ঘোরা")).logic_text == before


def test_a_title_in_an_unknown_language_is_refused_with_its_cell(tmp_path: Path) -> None:
    with pytest.raises(FormRefused) as refused:
        compile_file(form(tmp_path, "form_title | form_title::Qqaar", "Walk | ?"))
    problem = refused.value.problems[0]
    assert (problem.code, problem.sheet, problem.cell) == ("language-unknown", "settings", "B1")
    assert "form_title::Qqaar (bn)" in problem.remedy
