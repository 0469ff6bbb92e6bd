"""Large forms: what is at a limit is taken, what is past it is refused, and long lists do not take long."""

from pathlib import Path
from time import perf_counter

import pytest

from server.formlogic import check
from server.forms.assembly import QUESTION_LIMIT
from server.forms.choices import ITEM_LIMIT
from server.forms.compile import compile_xform
from server.forms.problems import FormRefused
from server.forms.workbooks import FILE_BYTES
from server.forms.xlsform import compile_file
from tests.server.form_sheets import workbook

OWN_NODES = 1  # the root element
LONG_LIST = 30_000
PATIENCE_SECONDS = 60.0  # a guard against what grows with the square of the rows; far above what it takes


def xform(*, instance: str = "", lists: str = "", body: str = "") -> str:
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>'
        f'<h:title>T</h:title><model><instance><data id="f" version="1">{instance}</data></instance>{lists}</model>'
        f"</h:head><h:body>{body}</h:body></h:html>"
    )


def questions(number: int) -> str:
    return xform(instance="".join(f"<q{one}/>" for one in range(number)))


def choices(number: int) -> str:
    items = "".join(f"<item><name>{one}</name><label>{one}</label></item>" for one in range(number))
    return xform(instance="<q/>", lists=f'<instance id="l"><root>{items}</root></instance>')


def refused(xml: str) -> str:
    with pytest.raises(FormRefused) as caught:
        compile_xform(xml)
    return caught.value.problems[0].code


def test_a_form_of_5_000_nodes_is_taken_and_one_more_is_not() -> None:
    assert compile_xform(questions(QUESTION_LIMIT - OWN_NODES)).form_id == "f"
    assert refused(questions(QUESTION_LIMIT - OWN_NODES + 1)) == "form-too-large"


def test_a_list_of_100_000_choices_is_taken_and_one_more_is_not() -> None:
    assert compile_xform(choices(ITEM_LIMIT)).form_id == "f"
    assert refused(choices(ITEM_LIMIT + 1)) == "list-too-long"


def test_a_form_file_past_20_mib_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(bytes(FILE_BYTES + 1))
    with pytest.raises(FormRefused) as caught:
        compile_file(path)
    assert caught.value.problems[0].code == "file-too-large"


def test_a_cascade_over_30_000_choices_compiles_and_is_checked_in_good_time(tmp_path: Path) -> None:
    towns = [[f"t{one}", f"Town {one}", f"d{one % 300}"] for one in range(LONG_LIST)]
    (tmp_path / "all_towns.csv").write_text(
        "name,label,district\n" + "\n".join(map(",".join, towns)) + "\n", encoding="utf-8"
    )
    survey = [
        ["type", "name", "label", "choice_filter"],
        ["select_one districts", "district", "District?"],
        ["select_one towns", "town", "Town?", "district = ${district}"],
        ["select_one_from_file all_towns.csv", "again", "Again?", "district = ${district}"],
    ]
    listed = [["districts", f"d{one}", f"District {one}"] for one in range(300)] + [["towns", *town] for town in towns]
    path = workbook(tmp_path / "f.xlsx", survey=survey, choices=[["list_name", "name", "label", "district"], *listed])
    began = perf_counter()
    compiled = compile_file(path)
    lists = {name: one.items() for name, one in compiled.lists.items()}
    answers = {"district": "d7", "town": "t307", "again": "t8"}
    assert [one.path for one in check(compiled.logic_text, answers, lists=lists)] == ["/data/again"]
    assert perf_counter() - began < PATIENCE_SECONDS
