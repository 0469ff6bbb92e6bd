"""Forms in the console: uploaded, checked behind the page, compared, published, closed."""

import io
import re
import shutil
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.form_desk.drafts import DRAFTS_KEPT, FormDesk, GivenFile
from server.form_desk.uploads import MOST_FILES, read_upload
from server.forms.conversion import check_file_here
from server.forms.queries import latest_open_versions, versions
from server.services import Services
from tests.journeys.patience import wait_until
from tests.server.console_pages import forgery_token, text_of
from tests.server.form_sheets import workbook
from tests.server.people_at_work import lines_of_log, person_with, signed_in
from tests.server.records import SteppedClock

HEAD: Final = ["type", "name", "label::English (en)", "label::Bengali (bn)", "constraint"]
AGE: Final = ["integer", "age", "How old are you?", "আপনার বয়স কত?", ""]
NAME: Final = ["text", "why", "Why?", "", ""]
WRONG: Final = ["text", "why", "Why?", "", "no_such_function(.)"]


@pytest.fixture
def administrator(app: Flask, running: Services) -> FlaskClient:
    person_with(running, "ada", "administrator")
    return signed_in(app, "ada")


def sheet(folder: Path, *rows: list[str], version: str = "1", name: str = "age.xlsx") -> Path:
    settings = [["form_title", "form_id", "version", "default_language"], ["Age", "age", version, "English (en)"]]
    return workbook(folder / name, settings=settings, survey=[HEAD, *rows])


def upload(browser: FlaskClient, *files: Path, name: str | None = None) -> TestResponse:
    form, *beside = [(io.BytesIO(one.read_bytes()), name or one.name) for one in files]
    token = forgery_token(browser, "/console/forms/upload")
    return browser.post(
        "/console/forms/upload",
        data={"csrf_token": token, "file": form, "beside": beside},
        content_type="multipart/form-data",
    )


def checked(browser: FlaskClient, running: Services, path: Path) -> tuple[str, str]:
    """Add a form and wait until its check is over; give the address of its page, and what the page says."""
    reply = upload(browser, path)
    assert reply.status_code == 303, text_of(reply)
    address = reply.headers["Location"]
    draft_id = address.rsplit("/", 1)[1]

    def over() -> bool:
        draft = running.form_desk.draft(draft_id)
        return draft is not None and draft.report is not None

    wait_until(over, "the check to end")
    return address, text_of(browser.get(address))


def press(browser: FlaskClient, address: str, page: str, **fields: object) -> TestResponse:
    return browser.post(address, data={"csrf_token": forgery_token(browser, page), **fields})


def test_form_is_uploaded_checked_and_published(administrator: FlaskClient, running: Services, tmp_path: Path) -> None:
    address, page = checked(administrator, running, sheet(tmp_path, AGE, NAME))
    assert "Ready to publish" in page
    assert "This form is new here." in page
    assert "survey!D3" in page, "the cell of the text that lacks a translation"
    reply = press(administrator, f"{address}/publish", address, reviewed="bn")
    assert reply.headers["Location"].endswith("/console/forms/age")
    with running.database.read() as connection:
        assert [one.version for one in latest_open_versions(connection) if one.form_id == "age"] == ["1"]
    assert lines_of_log(running)[-1] == ("Ada", "form-published")
    assert "The form is published." in text_of(administrator.get("/console/forms/age"))
    assert administrator.get(address).status_code == 404, "what is published is no upload any more"


def test_every_problem_is_named_with_its_cell_and_nothing_is_published(
    administrator: FlaskClient, running: Services, tmp_path: Path
) -> None:
    address, page = checked(administrator, running, sheet(tmp_path, AGE, WRONG))
    assert "Cannot be published yet" in page
    assert "survey!E3" in page
    press(administrator, f"{address}/publish", address)
    with running.database.read() as connection:
        assert "age" not in {one.form_id for one in versions(connection)}


def test_what_differs_from_the_published_version_is_told_and_a_taken_version_is_refused(
    administrator: FlaskClient, running: Services, tmp_path: Path
) -> None:
    first, _ = checked(administrator, running, sheet(tmp_path, AGE))
    press(administrator, f"{first}/publish", first)
    taken, page = checked(administrator, running, sheet(tmp_path, AGE, NAME))
    assert "This version is published with other questions" in page
    assert press(administrator, f"{taken}/publish", "/console/forms").status_code == 422
    second, page = checked(administrator, running, sheet(tmp_path, AGE, NAME, version="2"))
    assert "Compared with version" in page
    assert re.search(r"/why .*New", page.replace("\n", " "))
    press(administrator, f"{second}/publish", second)
    shown = text_of(administrator.get("/console/forms/age"))
    assert "Version 2" in shown
    assert "What this version changed" in shown


def test_version_is_closed_and_opened_again(administrator: FlaskClient, running: Services) -> None:
    page = "/console/forms/walk"
    press(administrator, f"{page}/close", page, version="1")
    with running.database.read() as connection:
        assert latest_open_versions(connection) == []
    assert "Closed" in text_of(administrator.get(page))
    press(administrator, f"{page}/open", page, version="1")
    with running.database.read() as connection:
        assert [one.form_id for one in latest_open_versions(connection)] == ["walk"]
    assert [action for _, action in lines_of_log(running)][-2:] == ["form-closed", "form-reopened"]


def test_coordinator_reads_forms_and_changes_none(app: Flask, running: Services) -> None:
    person_with(running, "carol", "coordinator", "old-ford")
    carol = signed_in(app, "carol")
    assert "Add a form" not in text_of(carol.get("/console/forms"))
    assert carol.get("/console/forms/walk").status_code == 200
    assert carol.get("/console/forms/walk/xform?version=1").data.startswith(b"<?xml")
    assert carol.get("/console/forms/upload").status_code == 403


def test_hostile_words_of_a_form_are_shown_not_run(
    administrator: FlaskClient, running: Services, tmp_path: Path
) -> None:
    row = ["text", "why", "<script>alert(1)</script>", "<b>কেন</b>", ""]
    address, _ = checked(administrator, running, sheet(tmp_path, row))
    page = administrator.get(address).get_data(as_text=True)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("name", ["../age.xlsx", "a/b.xlsx", ".xlsx", "a:b.xlsx", "x" * 200 + ".xlsx", "a\x00.xlsx"])
def test_name_that_is_no_plain_file_name_is_refused(name: str) -> None:
    assert read_upload(GivenFile(name=name, content=b"x"), []) == "bad-name"


def test_upload_is_refused_with_words_that_help(administrator: FlaskClient, tmp_path: Path) -> None:
    path = sheet(tmp_path, AGE)
    assert "Choose the file of the form first." in text_of(
        administrator.post(
            "/console/forms/upload", data={"csrf_token": forgery_token(administrator, "/console/forms/upload")}
        )
    )
    assert "Choose a form as .xlsx" in text_of(upload(administrator, path, name="age.pdf"))
    form = GivenFile(name="age.xlsx", content=b"x")
    assert read_upload(form, [GivenFile(name=f"{n}.png", content=b"") for n in range(MOST_FILES)]) == "too-many"
    assert read_upload(form, [GivenFile(name="AGE.xlsx", content=b"")]) == "twice"
    few = read_upload(form, [GivenFile(name=f"{n}.png", content=b"") for n in range(MOST_FILES - 1)])
    assert isinstance(few, list)
    assert len(few) == MOST_FILES


def test_same_upload_twice_is_one_draft_and_the_oldest_make_room(folder: Path, clock: SteppedClock) -> None:
    desk = FormDesk(folder, clock=clock, check=lambda path, **_more: check_file_here(path))
    try:
        for number in range(DRAFTS_KEPT + 2):
            desk.take([GivenFile(name="age.csv", content=str(number).encode())], given_by="Ada")
        desk.take([GivenFile(name="age.csv", content=b"5")], given_by="Ada")
        found = desk.drafts()
    finally:
        desk.close()
    assert len(found) == DRAFTS_KEPT
    assert len({one.draft_id for one in found}) == DRAFTS_KEPT


def test_draft_is_checked_again_after_a_restart(folder: Path, clock: SteppedClock, tmp_path: Path) -> None:
    content = sheet(tmp_path, AGE).read_bytes()
    first = FormDesk(folder, clock=clock, check=lambda path, **_more: check_file_here(path))
    name = first.keep([GivenFile(name="age.xlsx", content=content)], given_by="Ada")
    first.close()
    second = FormDesk(folder, clock=clock, check=lambda path, **_more: check_file_here(path))
    try:
        assert second.draft(name) is not None
        wait_until(lambda: getattr(second.draft(name), "report", None) is not None, "the check to end")
    finally:
        second.close()


def test_folder_of_drafts_that_is_gone_is_no_error(folder: Path, clock: SteppedClock) -> None:
    desk = FormDesk(folder, clock=clock)
    shutil.rmtree(folder / "form-drafts", ignore_errors=True)
    assert desk.drafts() == []
    assert desk.draft("0" * 64) is None
    assert desk.draft("../../etc") is None
    desk.close()
