"""What residents type is taken in any digits; which forms fit a poster; what counts as a visit."""

import json
from pathlib import Path

import pytest

from server.formlogic.definition import Definition
from server.formlogic.logic_json import load
from server.forms.xlsform import compile_file
from server.residents.fitness import unfit_questions
from server.residents.robots import counts_as_visit
from server.residents.typed import ascii_decimal, ascii_number, date_fields, date_text, shown_time, time_text
from tests.server.instrument_walks import definition


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("١٢", "12"),
        ("৩", "3"),
        (" 7 ", "7"),
        ("−5", "-5"),
        ("\u20667\u2069", "7"),
        ("٣٫٥", "3.5"),
        ("twelve", "twelve"),
    ],
)
def test_whole_numbers_in_any_digits(typed: str, stored: str) -> None:
    assert ascii_number(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        *(("3,5", "3.5"), ("৩.৫", "3.5"), ("1 200", "1200"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5")),
        *(("1,234", "1,234"), ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("12 kg", "12 kg"), ("", "")),
    ],
)
def test_numbers_with_a_fraction_as_the_app_reads_them(typed: str, stored: str) -> None:
    assert ascii_decimal(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        *((["2026-11-20"], "2026-11-20"), (["20/11/2026"], "2026-11-20"), (["٢٠/١١/٢٠٢٦"], "2026-11-20")),
        *((["5", "1", "2026"], "2026-01-05"), (["৫", "১", "২০২৬"], "2026-01-05"), (["11", "2026"], "2026-11-01")),
        *((["2026"], "2026-01-01"), (["", "", ""], ""), ([""], ""), ([], ""), (["5", "", "2026"], "2026--05")),
        (["yesterday"], "yesterday"),
    ],
)
def test_dates_whole_or_in_fields(typed: list[str], stored: str) -> None:
    assert date_text(typed) == stored


def test_fields_of_a_date_are_those_that_made_it() -> None:
    assert date_fields("2026--05") == ("05", "", "2026")
    assert date_fields("") == ("", "", "")


def test_times_get_the_offset_that_clocks_show_then() -> None:
    assert time_text("9.30", lambda time: "+01:00" if time == "09:30" else "?") == "09:30:00.000+01:00"
    assert time_text("٢٣:٠٥", lambda _time: "+00:00") == "23:05:00.000+00:00"
    assert time_text("noon", lambda _time: "+00:00") == "noon"
    assert shown_time("09:30:00.000+01:00") == "09:30"


def form(tmp_path: Path, *rows: str) -> Definition:
    """Compile a form of these rows: type, name, label, appearance."""
    lines = ["| survey |", "| | type | name | label | parameters |", *(f"| | {row} |" for row in rows)]
    choices = ["| choices |", "| | list_name | name | label |", "| | yn | yes | Yes |", "| | yn | no | No |"]
    settings = ["| settings |", "| | form_title | form_id | version |", "| | A form | fit | 1 |"]
    path = tmp_path / "form.md"
    path.write_text("\n".join([*lines, *choices, *settings]), encoding="utf-8")
    return load(json.loads(compile_file(path).logic_text))


def test_the_resident_instrument_fits_a_poster_and_the_workers_does_not() -> None:
    assert unfit_questions(definition("tell_us_about_this_place")) == []
    reasons = {one.reason for one in unfit_questions(definition("assets_and_barriers"))}
    assert "repeat" in reasons


def test_every_kind_that_needs_script_is_named_with_why(tmp_path: Path) -> None:
    found = unfit_questions(
        form(
            tmp_path,
            "image | photo | A photo | ",
            "geopoint | where | Where | ",
            "rank yn | order | In order | ",
            "text | words | Words | ",
            "begin repeat | things | Things | ",
            "image | inside | Inside | ",
            "end repeat | | | ",
        )
    )
    assert [(one.name, one.reason) for one in found] == [
        ("photo", "upload"),
        ("where", "position"),
        ("order", "rank"),
        ("things", "repeat"),
    ]
    assert found[0].path.endswith("/photo")


def test_every_other_kind_fits(tmp_path: Path) -> None:
    kinds = ("text", "integer", "decimal", "date", "time", "dateTime", "select_one yn", "select_multiple yn", "note")
    rows = [f"{kind} | n{number} | Label | " for number, kind in enumerate(kinds)]
    rows += ["range | scale | How good | start=0 end=10 step=1", "acknowledge | read | Read this | "]
    assert unfit_questions(form(tmp_path, *rows)) == []


PERSON = {"User-Agent": "Mozilla/5.0 (Linux; Android 11) Chrome/120"}


@pytest.mark.parametrize(
    ("method", "headers", "counted"),
    [
        ("GET", {}, True),
        ("HEAD", {}, False),
        ("POST", {}, False),
        ("GET", {"Sec-Purpose": "prefetch;prerender"}, False),
        ("GET", {"Purpose": "prefetch"}, False),
        ("GET", {"Cache-Control": "max-age=0"}, False),
        ("GET", {"User-Agent": "WhatsApp/2.0"}, False),
        ("GET", {"User-Agent": "Googlebot"}, False),
    ],
)
def test_what_counts_as_a_visit(method: str, headers: dict[str, str], counted: bool) -> None:
    assert counts_as_visit(method, {**PERSON, **headers}) is counted
