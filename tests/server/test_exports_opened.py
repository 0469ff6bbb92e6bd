"""Exports as partners open them: LibreOffice, pandas and pyogrio see the right rows, types and scripts."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import openpyxl
import pandas
import pyogrio.raw
import pytest
from flask.testing import FlaskClient
from openpyxl.worksheet.worksheet import Worksheet

from server import services
from server.exports.sheets import day_cell
from server.reviews import projector
from server.services import Services
from tests.office import find_office, sheets_as_csv
from tests.server.exporting import download, form_named
from tests.server.pushing import push, statuses
from tests.server.records import Phone, SteppedClock, chance

FORM: Final = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) |
| | text | who | Who? | من؟ |
| | date | day | Which day? | أي يوم؟ |
| | dateTime | moment | When? | متى؟ |
| | integer | times | How often? | كم مرة؟ |
| | decimal | share | Which share? | أي نسبة؟ |
| | geopoint | where | Where? | أين؟ |
| | select_multiple things | likes | What? | ماذا؟ |
| | begin repeat | helpers | Helpers | مساعدون |
| | text | helper | Name | الاسم |
| | end repeat | | | |

| choices |
| | list_name | name | label::English (en) | label::العربية (ar) |
| | things | park | The park | الحديقة |
| | things | choir | The choir | الجوقة |

| settings |
| | form_title | form_id | version | default_language |
| | Visit | visit | 1 | English (en) |
"""
TEXTS: Final = (
    "=1+1",
    "-5",
    "+44 20 7946 0000",
    "@SUM(A1)",
    '=HYPERLINK("http://x.example","x")',
    "https://x.example/",
    "0071",
    "12345678901234567890",
    "গানের দল, পার্ক",
    "مرحبا بالعالم",
    "🎶 👩‍👩‍👧 café",
    'line one\nline "two"',
    "TRUE",
    "1e5",
    "2026-11-20",
)
ODD: Final = {"day": "1066-10-14", "times": "007", "share": "0.10"}
USUAL: Final = {
    "day": "2026-11-20",
    "moment": "2026-11-20T10:30:15.000+06:00",
    "times": "-5",
    "share": "0.25",
    "where": "51.53 -0.03 0 8.5",
    "likes": "choir",
}


@pytest.fixture
def answered(client: FlaskClient, device: Phone, running: Services, tmp_path: Path) -> Services:
    named = form_named(running, tmp_path, FORM)
    items = [
        device.item(answers(number, text), response_id=f"0192f000-0000-7000-8000-{number:012x}", header=named)
        for number, text in enumerate(TEXTS)
    ]
    assert set(statuses(push(client, device, *items))) == {"stored"}
    projector.catch_up(running.database)
    return running


def answers(number: int, text: str) -> dict[str, object]:
    return {"who": text, **(ODD if number == 0 else USUAL), "helpers": [{"helper": text}]}


def kept(browser: FlaskClient, folder: Path, **chosen: str) -> Path:
    """Download a file and keep it under its own name."""
    reply = download(browser, "visit", **chosen)
    assert reply.status_code == 200, reply.text
    name = reply.headers["Content-Disposition"].partition("filename=")[2].strip('"')
    path = folder / name
    path.write_bytes(reply.data)
    return path


def as_typed(cells: list[str]) -> list[str]:
    return [cell.removeprefix("'") for cell in cells]


def column(sheet: Worksheet, name: str) -> list[Any]:
    """Give the cells below a heading."""
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(name)] for row in sheet.iter_rows(min_row=2)]


def test_a_workbook_holds_types_and_texts_and_neither_formula_nor_link(
    coordinator: FlaskClient, answered: Services, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(kept(coordinator, tmp_path, format="xlsx"))
    assert book.sheetnames == ["main", "helpers", "dictionary"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}, "no cell is a formula"
    assert [cell for cell in cells if cell.hyperlink] == []
    main = book["main"]
    assert as_typed([cell.value for cell in column(main, "who")]) == list(TEXTS)
    days, moments, times = (column(main, name) for name in ("day", "moment", "times"))
    assert days[1].value.isoformat() == "2026-11-20T00:00:00", "a real date"
    assert (days[1].number_format, days[0].value) == ("yyyy-mm-dd", "1066-10-14")
    assert moments[1].value.isoformat() == "2026-11-20T10:30:15", "as the clock showed it"
    assert (times[1].value, times[0].value) == (-5, "007")
    assert [column(main, name)[1].value for name in ("share", "where/latitude", "likes/park", "likes/choir")] == [
        0.25,
        51.53,
        0,
        1,
    ]
    assert column(main, "_received")[0].value.isoformat() == "2026-11-20T12:00:00"
    assert main.freeze_panes == "A2"


def test_what_a_stop_left_of_a_workbook_goes_with_the_next_start(tmp_path: Path, clock: SteppedClock) -> None:
    left, own = tmp_path / "data" / "unfinished-export-killed", tmp_path / "data" / "export-of-mine"
    left.mkdir(parents=True)
    own.mkdir()
    (left / "sheet1.xml").write_text("Somebody to forget", encoding="utf-8")
    services.start(tmp_path / "data", clock=clock, random_bytes=chance(5)).close()
    assert (left.exists(), own.exists()) == (False, True)


def test_arabic_words_make_sheets_that_run_from_right_to_left(
    coordinator: FlaskClient, answered: Services, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(kept(coordinator, tmp_path, format="xlsx", words="ar"))
    assert {sheet.title: bool(sheet.sheet_view.rightToLeft) for sheet in book} == dict.fromkeys(book.sheetnames, True)
    main = book["main"]
    assert "من؟" in [cell.value for cell in main[1]]
    assert column(main, "ماذا؟")[1].value == "الجوقة"
    plain = openpyxl.load_workbook(kept(coordinator, tmp_path, format="xlsx"))
    assert not plain["main"].sheet_view.rightToLeft


@pytest.mark.office
def test_libreoffice_shows_every_row_and_runs_nothing(
    coordinator: FlaskClient, answered: Services, tmp_path: Path
) -> None:
    program = find_office()
    assert program is not None
    sheets = sheets_as_csv(program, kept(coordinator, tmp_path, format="xlsx"), folder=tmp_path)
    assert list(sheets) == ["dictionary", "helpers", "main"]
    with sheets["main"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert as_typed([row["who"] for row in rows]) == list(TEXTS)
    assert rows[0]["who"] == "'=1+1", "it stays a text, also once it is saved as CSV"
    assert [rows[1][name] for name in ("day", "moment", "times")] == ["2026-11-20", "2026-11-20 10:30:15", "-5"]
    with sheets["helpers"].open(encoding="utf-8", newline="") as file:
        assert as_typed([row["helper"] for row in csv.DictReader(file)]) == list(TEXTS)


def test_pandas_reads_csv_and_workbook_alike(coordinator: FlaskClient, answered: Services, tmp_path: Path) -> None:
    book = pandas.read_excel(kept(coordinator, tmp_path, format="xlsx"), sheet_name="main")
    archive = kept(coordinator, tmp_path, format="csv")
    with ZipFile(archive) as whole, whole.open("main.csv") as file:
        table = pandas.read_csv(file, dtype={"who": str, "times": str}, encoding="utf-8-sig")
    assert as_typed(list(table["who"])) == as_typed(list(book["who"].astype(str))) == list(TEXTS)
    assert table["times"][0] == "007"
    assert str(book["_received"].dtype).startswith("datetime64")
    assert list(table.columns) == list(book.columns)
    assert len(table) == len(TEXTS)


def test_pyogrio_reads_places_with_their_properties(
    coordinator: FlaskClient, answered: Services, tmp_path: Path
) -> None:
    path = kept(coordinator, tmp_path, format="geojson")
    about = pyogrio.read_info(path)
    assert (about["features"], about["geometry_type"], about["crs"]) == (len(TEXTS) - 1, "Point", "EPSG:4326")
    meta, _, _, columns = pyogrio.raw.read(path)
    table = dict(zip(meta["fields"], columns, strict=True))
    assert list(table["who"]) == list(TEXTS[1:]), "nothing is escaped: JSON runs nothing"
    assert list(table["times"]) == [-5] * (len(TEXTS) - 1)
    feature = json.loads(path.read_text(encoding="utf-8"))["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-0.03, 51.53]}
    names = list(feature["properties"])
    assert names.index("who") < names.index("day") < names.index("where/accuracy") < names.index("likes")


def test_things_without_a_position_are_in_the_file_only_if_asked_for(
    coordinator: FlaskClient, answered: Services, tmp_path: Path
) -> None:
    found = json.loads(kept(coordinator, tmp_path, format="geojson", placeless="yes").read_text(encoding="utf-8"))
    assert [one["geometry"] for one in found["features"]].count(None) == 1
    assert len(found["features"]) == len(TEXTS)


def test_days_before_all_calendars_agree_stay_texts() -> None:
    assert (day_cell("1900-02-28"), day_cell("1900-03-01")) == ("1900-02-28", date(1900, 3, 1))
