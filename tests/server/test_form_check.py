"""`fieldwell form check`, `publish` and `preview`: what a coordinator is told, and that a preview keeps nothing."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from threading import Event, Timer

import pytest

from server.cli import main
from server.form_commands import check_form
from server.forms.conversion import check_file_here, check_in_background
from server.forms.report import Report, as_json
from server.forms.xlsform import Progress, Stage
from tests.server.form_sheets import workbook

HEADINGS = ["type", "name", "label::English (en)", "label::Bengali (bn)", "hint::English (en)", "relevant"]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Bengali (bn)"],
    ["yn", "yes", "Yes", "হ্যাঁ"],
    ["yn", "no", "No"],
]


class Terminal(io.StringIO):
    """A screen that a person looks at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def good(folder: Path) -> Path:
    survey = [
        HEADINGS,
        ["select_one yn", "ok", "Fine?", "ঠিক আছে?", "Say"],
        ["text", "who", "Who?", "", "", "${ok} = 'yes'"],
    ]
    return workbook(folder / "good.xlsx", survey=survey, choices=CHOICES)


def faulty(folder: Path) -> Path:
    survey = [HEADINGS, ["text", "a", "A", "ক", "", "nosuch(1)"], ["geotrace", "b", "B", "খ"]]
    return workbook(folder / "faulty.xlsx", survey=survey)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(["form", *arguments])
    return status, capsys.readouterr().out


def test_a_good_form_is_told_with_its_size_and_its_coverage(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, words = said(capsys, "check", str(good(tmp_path)))
    assert status == 0
    assert "good.xlsx can be published: “F” (f, version 1)." in words
    assert "Questions: 2. Choices: 2." in words
    assert "English (en): 5 of 5 texts, 100 %." in words
    assert "বাংলা (bn): 2 of 5 texts, 40 %." in words
    assert "3 shown in en instead: survey row 2 (no column), survey!D3, choices!D3." in words


def test_a_faulty_form_is_refused_with_every_cell_and_status_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, words = said(capsys, "check", str(faulty(tmp_path)))
    assert status == 1
    assert "faulty.xlsx is refused. Problems: 2." in words
    assert "survey!F2 (relevant): The function “nosuch” is not supported." in words
    assert "survey!A3 (type): Questions of the type “geotrace” are not supported yet." in words


def test_the_json_says_the_same_to_programs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, words = said(capsys, "check", "--json", str(faulty(tmp_path)))
    told = json.loads(words)
    assert (status, told["accepted"], told["form"]) == (1, False, None)
    [problem] = [one for one in told["problems"] if one["code"] == "function-unsupported"]
    assert (problem["sheet"], problem["row"], problem["column"], problem["cell"]) == ("survey", 2, "relevant", "F2")
    assert problem["remedy"]


def test_the_json_names_every_gap_and_what_is_shown_instead(tmp_path: Path) -> None:
    told = as_json(check_file_here(good(tmp_path)))
    assert told["accepted"] is True
    languages = told["languages"]
    assert isinstance(languages, list)
    [bengali] = [one for one in languages if one["lang"] == "bn"]
    assert (bengali["texts"], bengali["translated"], bengali["falls_back_to"]) == (5, 2, {"en": 3})
    assert [(gap["sheet"], gap["row"], gap["cell"]) for gap in bengali["missing"]] == [
        ("survey", 2, ""),
        ("survey", 3, "D3"),
        ("choices", 3, "D3"),
    ]


def test_an_xform_is_checked_too(capsys: pytest.CaptureFixture[str]) -> None:
    status, words = said(capsys, "check", str(Path(__file__).parent / "walk.xml"))
    assert status == 0
    assert "walk.xml can be published" in words


def test_a_form_that_is_given_in_another_file_type_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(b"PK")
    status, words = said(capsys, "check", str(path))
    assert status == 1
    assert "Give a file that ends in .md, .xlsx, .xls, .csv, .xml." in words


def test_publishing_says_what_a_check_says(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, words = said(capsys, "publish", "--data", str(tmp_path / "data"), str(good(tmp_path)))
    assert status == 0
    assert "2 of 5 texts, 40 %." in words
    assert words.endswith("Published “F”, version 1, in en, bn.\n")


def test_a_person_at_a_terminal_sees_how_far_it_is_and_no_trace_of_it_after(tmp_path: Path) -> None:
    screen = Terminal()
    check_form(good(tmp_path), lambda line: None, screen, in_json=False)
    shown = [line.strip() for line in screen.getvalue().split("\r") if line.strip()]
    assert shown == ["Reading the file …", "Converting 4 rows …", "Compiling 4 rows …", "Done."]
    assert screen.getvalue().endswith(f"\r{' ' * 60}\r")


def test_progress_tells_every_stage_in_its_order(tmp_path: Path) -> None:
    told: list[Progress] = []
    report = check_in_background(good(tmp_path), tell=told.append)
    assert [progress.stage for progress in told] == list(Stage)
    assert report == check_file_here(good(tmp_path))


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


def test_a_conversion_past_its_time_is_ended_and_says_what_to_do(tmp_path: Path) -> None:
    report = check_in_background(good(tmp_path), limit_seconds=0)
    assert codes(report) == ["conversion-too-long"]
    assert report.problems[0].remedy


def test_a_conversion_can_be_stopped(tmp_path: Path) -> None:
    stopped = Event()
    stopped.set()
    assert codes(check_in_background(good(tmp_path), stopped=stopped)) == ["conversion-stopped"]


def test_a_preview_can_be_filled_in_and_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from server.cli import main; main()", "form", "preview", str(good(tmp_path))]
    kept = tmp_path / "temporary"
    kept.mkdir()
    environment = {**os.environ, "TMPDIR": str(kept)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        patience = Timer(60, running.kill)
        patience.start()
        link = next(
            found for line in running.stdout if (found := re.search(r"(http://localhost:\d+)/enrol#(\w+)", line))
        )
        wait_for(f"{link[1]}/healthz")
        given = json.dumps({"secret": link[2], "device": "0192f000-0000-7000-8000-0000000000d1"}).encode()
        asked = urllib.request.Request(
            f"{link[1]}/devices/v1/enrol", data=given, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(asked, timeout=10) as reply:
            assert [form["id"] for form in json.load(reply)["forms"]["forms"]] == ["f"]
        assert len(list(kept.iterdir())) == 1
        running.send_signal(signal.SIGTERM)
        assert running.stdout.read().endswith("Nothing was kept.\n")
        patience.cancel()
    assert running.returncode == 0
    assert list(kept.iterdir()) == []


def wait_for(address: str) -> None:
    """Ask until the server answers."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")
