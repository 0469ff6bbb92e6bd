"""Publication: what compiles, what is refused, and that the refusal names the cell."""

import json
from pathlib import Path

import pytest

from server.formlogic import check
from server.forms.problems import FormProblem, FormRefused
from server.forms.xlsform import compile_file

COLUMNS = "label::English (en) | label::Bengali (bn)"
HEAD = f"| survey |\n| | type | name | {COLUMNS} | relevant | constraint | calculation | appearance |\n"
YES_NO = "| | yn | yes | Yes | হ্যাঁ |\n| | yn | no | No | |\n"
LISTS = f"| choices |\n| | list_name | name | {COLUMNS} |\n{YES_NO}"
SETTINGS = "| settings |\n| | form_title | form_id | version | default_language |\n| | T | t | 1 | English (en) |\n"


def sheet(folder: Path, *rows: str, settings: str = SETTINGS) -> Path:
    path = folder / "form.md"
    path.write_text(HEAD + "".join(f"| | {row} |\n" for row in rows) + LISTS + settings, encoding="utf-8")
    return path


def refusal(path: Path) -> list[FormProblem]:
    with pytest.raises(FormRefused) as caught:
        compile_file(path)
    return list(caught.value.problems)


def test_form_compiles_to_one_logic_and_a_pack_per_language(tmp_path: Path) -> None:
    compiled = compile_file(sheet(tmp_path, "select_one yn | ok | Fine? | ঠিক আছে? | | | |"))
    assert (compiled.form_id, compiled.version, sorted(compiled.packs)) == ("t", "1", ["bn", "en"])
    texts = json.loads(compiled.packs["bn"])["texts"]
    assert texts["/data/ok:label"] == "ঠিক আছে?"


def test_missing_translation_falls_back_and_says_in_which_language_it_is(tmp_path: Path) -> None:
    compiled = compile_file(sheet(tmp_path, "text | who | Who? | | | | |", "select_one yn | ok | Fine? | - | | | |"))
    texts = json.loads(compiled.packs["bn"])["texts"]
    assert texts["/data/who:label"] == {"text": "Who?", "lang": "en"}
    assert texts["/data/ok:label"] == {"text": "Fine?", "lang": "en"}
    assert texts["yn-1"] == {"text": "No", "lang": "en"}


def test_words_are_no_part_of_the_logic(tmp_path: Path) -> None:
    one = compile_file(sheet(tmp_path, "text | who | Who? | কে? | | | |"))
    other = compile_file(sheet(tmp_path, "text | who | Who are you? | আপনি কে? | | | |"))
    assert one.logic_text == other.logic_text
    assert one.packs["en"] != other.packs["en"]


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("geotrace | p | Path | পথ | | | |", "type-unsupported", "A2"),
        ("text | p | A | ক | nosuch(1) | | |", "function-unsupported", "E2"),
        ("text | p | A | ক | selected(.) | | |", "function-arguments", "E2"),
        ("text | p | A | ক | | . > | |", "expression-unreadable", "F2"),
        ("text | p | A | ক | /data/gone = 1 | | |", "name-unknown", "E2"),
        ("text | p | A | ক | . = '' | | |", "circle", "E2"),
        ("text | p | A | ক | count('x') = 1 | | |", "value-for-nodes", "E2"),
        ("text | p | A | ক | | . = sum(3) | |", "value-for-nodes", "F2"),
        ("calculate | p | | | | | concat('a' \\| ${q}) |", "value-for-nodes", "G2"),
        ("text | p | A | ক | concat(${q})[1] = 'x' | | |", "value-for-nodes", "E2"),
        ("text | p | A | ক | count(if(${q} = 1, ${q}, 'x')) = 1 | | |", "value-for-nodes", "E2"),
        ("text | p | A | ক | jr:choice-name('a', concat('/data/', 'q')) = 'x' | | |", "value-for-nodes", "E2"),
        ("text | p | A | ক | jr:choice-name('a', '/data/gone') = 'x' | | |", "name-unknown", "E2"),
        ("text | p | A | ক | ${q} > ১৮ | | |", "expression-unreadable", "E2"),
        ("text | p | A | ক | | regex(., '[0-9') | |", "pattern-unreadable", "F2"),
        ("text | p | A | ক | | regex(., if(${q} = 1, 'a', '\\p{L}+')) | |", "pattern-unreadable", "F2"),
        ("text | p | A | ক | | regex(., '(?i)abc') | |", "pattern-unreadable", "F2"),
        ("text | p | A | ক | indexed-repeat(${q}, /data, 1, /data) = 1 | | |", "function-arguments", "E2"),
        ("text | p | A | ক | indexed-repeat(${q}, /data, 1) = 1 | | |", "repeats-misnamed", "E2"),
    ],
)
def test_what_is_not_supported_is_refused_with_its_cell(tmp_path: Path, row: str, code: str, cell: str) -> None:
    problem = refusal(sheet(tmp_path, row, "text | q | Q | প্র | | | |"))[0]
    assert (problem.code, problem.sheet, problem.cell) == (code, "survey", cell)
    assert problem.message
    assert problem.remedy


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("text | p | A | ক | | | | signature", "appearance-plain", "H2"),
        ("simserial | p | | | | | |", "metadata-blank", "A2"),
    ],
)
def test_what_is_shown_plainly_instead_is_told_with_its_cell(tmp_path: Path, row: str, code: str, cell: str) -> None:
    compiled = compile_file(sheet(tmp_path, row, "text | q | Q | প্র | | | |"))
    assert [(warning.code, warning.cell) for warning in compiled.warnings] == [(code, cell)]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = sheet(tmp_path, "geotrace | p | Path | পথ | | | |", "text | q | Q | প্র | nosuch(1) | | |")
    assert [problem.cell for problem in refusal(path)] == ["E3", "A2"]


def test_circle_is_refused_with_the_chain(tmp_path: Path) -> None:
    rows = ["calculate | a | | | | | ${b} + 1 |", "calculate | b | | | | | ${a} + 1 |", "text | q | Q | প্র | | | |"]
    problem = refusal(sheet(tmp_path, *rows))[0]
    assert problem.code == "circle"
    assert problem.message.endswith(": survey!G2 → survey!G3 → survey!G2.")


def test_repeat_counted_by_what_is_in_it_is_refused_in_words(tmp_path: Path) -> None:
    rows = [
        "| | begin_repeat | r | R | ${n} |",
        "| | integer | n | How many? | |",
        "| | end_repeat | | | |",
    ]
    path = tmp_path / "form.md"
    head = "| survey |\n| | type | name | label | repeat_count |\n"
    path.write_text(head + "\n".join(rows) + "\n| settings |\n| | form_id | version |\n| | t | 1 |\n")
    problem = refusal(path)[0]
    assert (problem.code, problem.cell) == ("circle", "D2")
    assert problem.message == "How often “r” repeats depends on an answer inside it."


@pytest.mark.parametrize("others", [("a",), ("b",)])
def test_choice_filter_that_asks_for_its_own_labels_is_refused(tmp_path: Path, others: tuple[str]) -> None:
    head = "| survey |\n| | type | name | label | choice_filter |\n"
    named = others[0]
    rows = [
        f"| | select_one yn | a | A | jr:choice-name(name, '${{{named}}}') = 'Yes' |",
        "| | select_one yn | b | B | jr:choice-name(name, '${a}') = 'Yes' |",
    ]
    path = tmp_path / "form.md"
    lists = "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n| | yn | no | No |\n"
    path.write_text(head + "\n".join(rows) + "\n" + lists + "| settings |\n| | form_id | version |\n| | t | 1 |\n")
    problem = refusal(path)[0]
    assert (problem.code, problem.cell) == ("circle", "D2")
    assert problem.message.endswith({"a": "/data/a → /data/a.", "b": "/data/a → /data/b → /data/a."}[named])


PATTERNS = ["^[0-9]{10}$", "[A-Za-z ]+", r"^\S+@\S+\.\S+$", r"[\w-.]+@[a-z.]+", "[ঀ-৿ ]+", ".{3,}"]


def test_patterns_of_real_forms_are_published(tmp_path: Path) -> None:
    rules = " and ".join(f"regex(., '{pattern}')" for pattern in PATTERNS)
    assert compile_file(sheet(tmp_path, f"text | p | A | ক | | {rules} | |")).warnings == ()


def test_letters_of_any_script_are_refused_with_what_to_write(tmp_path: Path) -> None:
    problem = refusal(sheet(tmp_path, "text | p | A | ক | | regex(., '^[\\p{L} -]+$') | |"))[0]
    assert problem.message == "The pattern “^[\\p{L} -]+$” can't be read: “\\p” is not read alike everywhere."
    assert "[A-Za-zÀ-ÿঀ-৿ ]+" in problem.remedy


def repeated(folder: Path, expression: str) -> Path:
    rows = ("begin_repeat | r | R", "begin_repeat | q | Q", "text | y | Y", "end_repeat | |", "end_repeat | |")
    table = "| survey |\n| | type | name | label | calculation |\n" + "".join(f"| | {row} | |\n" for row in rows)
    path = folder / "form.md"
    settings = "| settings |\n| | form_id | version |\n| | t | 1 |\n"
    path.write_text(f"{table}| | calculate | c | | {expression} |\n{settings}", encoding="utf-8")
    return path


def test_indexed_repeat_names_all_repeats_from_the_outside_in(tmp_path: Path) -> None:
    compile_file(repeated(tmp_path, "indexed-repeat(${y}, ${r}, 2, ${q}, 1)"))
    for wrong in ("${q}, 1", "${r}, 1", "${q}, 1, ${r}, 2", "${r}[1], 1, ${q}, 2"):
        problem = refusal(repeated(tmp_path, f"indexed-repeat(${{y}}, {wrong})"))[0]
        assert (problem.code, problem.cell) == ("repeats-misnamed", "D7")
        assert problem.remedy == "Write it as indexed-repeat(${y}, ${r}, 1, ${q}, 1)."


def test_problem_inside_a_group_names_its_own_row(tmp_path: Path) -> None:
    rows = ["begin group | g | G | গ | | | |", "text | p | A | ক | nosuch(1) | | |", "end group | | | | | | |"]
    assert refusal(sheet(tmp_path, *rows))[0].cell == "E3"


def test_unknown_language_column_is_refused_with_how_to_name_it(tmp_path: Path) -> None:
    path = sheet(tmp_path, "text | p | A | ক | | | |")
    path.write_text(path.read_text(encoding="utf-8").replace("Bengali (bn)", "Qqaar"), encoding="utf-8")
    problem = refusal(path)[0]
    assert (problem.code, problem.cell) == ("language-unknown", "D1")
    assert "label::Qqaar (bn)" in problem.remedy


def test_missing_version_is_warned_of(tmp_path: Path) -> None:
    settings = "| settings |\n| | form_title | form_id |\n| | T | t |\n"
    compiled = compile_file(sheet(tmp_path, "text | p | A | ক | | | |", settings=settings))
    assert [(warning.code, warning.sheet) for warning in compiled.warnings] == [("version-missing", "settings")]


def test_broken_sheet_names_its_row(tmp_path: Path) -> None:
    problem = refusal(sheet(tmp_path, "text | two words | A | ক | | | |"))[0]
    assert (problem.code, problem.sheet, problem.cell) == ("name-invalid", "survey", "B2")


def test_other_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(b"%PDF")
    assert refusal(path)[0].code == "file-type"
    assert refusal(tmp_path / "gone.md")[0].code == "file-missing"


def test_xml_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xml"
    path.write_text('<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>', encoding="utf-8")
    assert refusal(path)[0].code == "not-xml"


def test_question_named_proto_and_a_label_of_5000_characters_compile(tmp_path: Path) -> None:
    label = "👍 مرحبا " * 625
    compiled = compile_file(sheet(tmp_path, f"text | __proto__ | {label} | ক | | | |"))
    assert json.loads(compiled.packs["en"])["texts"]["/data/__proto__:label"] == label.strip()
    assert check(compiled.logic_text, {"__proto__": "x"}) == []


def test_check_names_strangers_long_texts_and_differing_calculations(tmp_path: Path) -> None:
    rows = ["integer | n | N | এন | | | |", "calculate | d | | | | | ${n} * 2 |"]
    logic = compile_file(sheet(tmp_path, *rows)).logic_text
    assert check(logic, {"n": "2", "d": "4"}) == []
    codes = [(one.path, one.code) for one in check(logic, {"n": "2", "d": "5", "stranger": "x"})]
    assert codes == [("/data/stranger", "unknown-question"), ("/data/d", "calculation-differs")]
    assert [one.code for one in check(logic, {"n": "1" * 65_536, "d": "NaN"})] != []
    assert "text-too-long" in [one.code for one in check(logic, {"n": "1" * 65_537})]
