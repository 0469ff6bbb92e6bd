"""The first run: who gets in by the set-up code and who does not, and what is there after a stop half-way."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest

from server.people import accounts
from tests.journeys.central import free_port
from tests.server.console_pages import forgery_token, sign_in, text_of
from tests.server.setting_up import ADMINISTRATOR, PROGRAMME, Fresh, empty_folder, fill_in, set_up_administrator

CODE_PAGE = "/console/set-up"
ADMINISTRATOR_PAGE = "/console/set-up/administrator"
STOP_LINE = "stop         Ctrl+C, or SIGTERM"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Fresh]:
    with empty_folder(tmp_path / "data") as started:
        yield started


def test_the_code_leads_to_the_first_administrator_and_on_through_every_step(fresh: Fresh) -> None:
    browser = fresh.browser
    assert fill_in(browser, CODE_PAGE, {"code": fresh.code()}).location == ADMINISTRATOR_PAGE
    step = fill_in(browser, ADMINISTRATOR_PAGE, ADMINISTRATOR).location
    walked = []
    for fields in (
        PROGRAMME,
        {"system": "North East London", "name": "Old Ford"},
        {"text": '{"type":"Polygon","coordinates":[[[-0.03,51.53],[-0.02,51.53],[-0.02,51.54],[-0.03,51.53]]]}'},
        {"codes": "E01000001 E01000002"},
        {"press": "done"},
        {"form": ["tell_us_about_this_place"]},
    ):
        page = browser.get(step)
        walked.append(re.findall(r"step (\d) of 7", page.text))
        answered = browser.post(
            step.partition("?")[0], data={"csrf_token": forgery_token(browser, step), "set-up": "1", **fields}
        )
        assert answered.status_code == 303, text_of(answered)
        step = answered.location
    assert walked == [["2"], ["3"], ["4"], ["5"], ["6"], ["7"]]
    assert step == "/console/start"
    assert "To do Add a venue" not in text_of(browser.get(step))
    with fresh.running.database.read() as connection:
        offered = connection.execute("SELECT form_id FROM form_versions ORDER BY form_id").fetchall()
    assert [row["form_id"] for row in offered] == ["tell_us_about_this_place"]


def test_a_code_may_be_typed_in_small_letters_with_spaces_and_alike_signs(fresh: Fresh) -> None:
    code = fresh.code().replace("-", " ").replace("0", "o").replace("1", "l").lower()
    assert fill_in(fresh.browser, CODE_PAGE, {"code": f"  {code} "}).status_code == 303


def test_the_page_takes_the_code_from_the_address_by_a_script_with_a_nonce(fresh: Fresh) -> None:
    page = fresh.browser.get(CODE_PAGE)
    nonce = re.search(r"script-src 'nonce-([^']+)'", page.headers["Content-Security-Policy"])
    assert nonce is not None
    assert set(re.findall(r"<script[^>]*>", page.text)) == {f'<script nonce="{nonce[1]}">'}
    assert "location.hash" in page.text


@pytest.mark.parametrize("wrong", ["", "hello", "0000-0000", "00000-00000-00000-00000-00000-0", "<b>", "ক" * 26])
def test_a_wrong_code_is_told_and_stays_to_be_mended(fresh: Fresh, wrong: str) -> None:
    fresh.code()
    refused = fill_in(fresh.browser, CODE_PAGE, {"code": wrong})
    assert refused.status_code == 422
    assert "This is not the set-up code." in text_of(refused)
    assert "<b>" not in refused.text


def test_a_code_runs_out_after_a_day_and_when_a_later_start_prints_another(fresh: Fresh) -> None:
    old = fresh.code()
    fresh.clock.step(timedelta(minutes=1))
    new = fresh.code()
    assert "This code has run out." in text_of(fill_in(fresh.browser, CODE_PAGE, {"code": old}))
    fresh.clock.step(timedelta(hours=23, minutes=59))
    assert fill_in(fresh.browser, CODE_PAGE, {"code": new}).status_code == 303
    fresh.clock.step(timedelta(minutes=1))
    ran_out = fill_in(fresh.browser, CODE_PAGE, {"code": new})
    assert "Stop Fieldwell and start it again" in text_of(ran_out)


def test_a_code_works_once(fresh: Fresh) -> None:
    code = fresh.code()
    assert fill_in(fresh.browser, CODE_PAGE, {"code": code}).status_code == 303
    assert fill_in(fresh.browser, ADMINISTRATOR_PAGE, ADMINISTRATOR).status_code == 303
    late = fresh.another_browser()
    page = late.get(CODE_PAGE)
    assert "Fieldwell is set up here already." in text_of(page)
    again = late.post(CODE_PAGE, data={"csrf_token": forgery_token(late, "/console/sign-in"), "code": code})
    assert (again.status_code, "used already" in text_of(again)) == (422, True)


def test_of_two_tabs_at_once_only_one_makes_an_administrator(fresh: Fresh) -> None:
    code, other = fresh.code(), fresh.another_browser()
    for browser in (fresh.browser, other):
        assert fill_in(browser, CODE_PAGE, {"code": code}).status_code == 303
    token = forgery_token(other, ADMINISTRATOR_PAGE)
    assert fill_in(fresh.browser, ADMINISTRATOR_PAGE, ADMINISTRATOR).status_code == 303
    late = other.post(
        ADMINISTRATOR_PAGE, data={"csrf_token": token, **ADMINISTRATOR, "sign_in_name": "mallory", "name": "Mallory"}
    )
    assert late.status_code == 422
    assert "This code was used already. Sign in instead." in text_of(late)
    assert [person["sign_in_name"] for person in fresh.rows("people")] == ["rahima"]


def test_nobody_comes_to_the_second_page_without_the_code(fresh: Fresh) -> None:
    fresh.code()
    assert fresh.browser.get(ADMINISTRATOR_PAGE).location == CODE_PAGE
    token = forgery_token(fresh.browser, CODE_PAGE)
    slip = {"csrf_token": token, **ADMINISTRATOR, "password": "short"}
    refused = fresh.browser.post(ADMINISTRATOR_PAGE, data=slip)
    assert refused.status_code == 422
    assert "This is not the set-up code." in text_of(refused), "the code is judged before the password"
    assert fresh.rows("people") == []


def test_tries_without_the_code_are_limited_on_both_pages_together(fresh: Fresh) -> None:
    token = forgery_token(fresh.browser, CODE_PAGE)
    form = {"csrf_token": token, **ADMINISTRATOR, "code": "x"}
    tries = [fresh.browser.post(page, data=form).status_code for page in (CODE_PAGE, ADMINISTRATOR_PAGE) * 6]
    assert tries == [422] * 10 + [429] * 2


def test_slips_of_whoever_has_the_code_are_not_limited(fresh: Fresh) -> None:
    fill_in(fresh.browser, CODE_PAGE, {"code": fresh.code()})
    for name in ["", "x" * 101] * 6:
        refused = fill_in(fresh.browser, ADMINISTRATOR_PAGE, {**ADMINISTRATOR, "name": name})
        assert (refused.status_code, "Give your name, in 100 letters" in text_of(refused)) == (422, True)
    assert fill_in(fresh.browser, ADMINISTRATOR_PAGE, ADMINISTRATOR).status_code == 303


def test_a_form_without_its_forgery_token_changes_nothing(fresh: Fresh) -> None:
    assert fresh.browser.post(CODE_PAGE, data={"code": fresh.code()}).status_code == 400


def test_wrong_codes_are_limited_by_address(fresh: Fresh) -> None:
    code = fresh.code()
    token = forgery_token(fresh.browser, CODE_PAGE)
    tries = [fresh.browser.post(CODE_PAGE, data={"csrf_token": token, "code": "x"}).status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]
    assert fresh.browser.post(CODE_PAGE, data={"csrf_token": token, "code": code}).status_code == 429


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        ("Canal!9", "Canal!9", "too short"),
        ("canal bench teapot", "canal bench teapod", "not the same"),
        ("passwordpassword", "passwordpassword", "easy to guess"),
        ("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "easy to guess"),
        ("rahimabegum2026", "rahimabegum2026", "holds your name"),
        ("x" * 1025, "x" * 1025, "too long"),
    ],
)
def test_a_password_that_will_not_do_is_told_and_the_names_stay(
    fresh: Fresh, password: str, again: str, told: str
) -> None:
    fill_in(fresh.browser, CODE_PAGE, {"code": fresh.code()})
    fields = {**ADMINISTRATOR, "password": password, "again": again}
    refused = fill_in(fresh.browser, ADMINISTRATOR_PAGE, fields)
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert 'value="Rahima Begum"' in refused.text
    assert password not in refused.text
    assert fresh.rows("people") == []


def test_the_secret_itself_is_kept_nowhere(fresh: Fresh) -> None:
    code = fresh.code()
    fill_in(fresh.browser, CODE_PAGE, {"code": code})
    fresh.running.database.empty_log()
    kept = fresh.running.database.path.read_bytes()
    cookie = fresh.browser.get_cookie("fieldwell")
    assert cookie is not None
    for form in (code, code.replace("-", "")):
        assert form.encode() not in kept
        assert form not in cookie.value


def test_the_set_up_is_noted_in_the_log_of_what_people_did(fresh: Fresh) -> None:
    browser = set_up_administrator(fresh)
    fill_in(browser, "/console/programme/edit", PROGRAMME)
    noted = [(row["action"], row["actor_name"]) for row in fresh.rows("audit")]
    assert ("set-up-begun", "Rahima Begum") in noted
    assert ("programme-set-up", "Rahima Begum") in noted


def test_after_a_kill_between_two_steps_the_list_of_what_is_to_do_goes_on(tmp_path: Path) -> None:
    with empty_folder(tmp_path / "data") as fresh:
        fill_in(set_up_administrator(fresh), "/console/programme/edit", PROGRAMME)
    with empty_folder(tmp_path / "data", seed=6, later=timedelta(days=3)) as again:
        entered = sign_in(again.browser, "rahima", ADMINISTRATOR["password"])
        assert again.browser.get(entered.location).location == "/console/start"
        listed = again.browser.get("/console/start").text
        done = re.findall(r'<li class="done">.*?<p class="task">(?:<a[^>]*>)?([^<]+)', listed, re.DOTALL)
        assert [words.strip() for words in done] == ["Make the first sign-in", "Say who asks"]


def test_who_only_coordinates_does_not_end_the_set_up(fresh: Fresh) -> None:
    accounts.add(
        fresh.running.database,
        sign_in_name="carol",
        name="Carol",
        role="coordinator",
        clock=fresh.clock,
        random_bytes=fresh.running.random_bytes,
    )
    taken = {**ADMINISTRATOR, "sign_in_name": "Carol"}
    fill_in(fresh.browser, CODE_PAGE, {"code": fresh.code()})
    refused = fill_in(fresh.browser, ADMINISTRATOR_PAGE, taken)
    assert "Somebody has this sign-in name already." in text_of(refused)
    assert fill_in(fresh.browser, ADMINISTRATOR_PAGE, ADMINISTRATOR).status_code == 303


def link_of_a_start(folder: Path) -> str:
    """Start the real command on a folder, open its page, stop it; give the link that it printed, '' for none."""
    port = free_port()
    command = [sys.executable, "-m", "server.cli", "serve", "--data", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        lines = list(iter(process.stdout.readline, f"  {STOP_LINE}\n"))
        with urlopen(f"http://127.0.0.1:{port}/console/set-up", timeout=30) as reply:
            assert reply.status == 200
        process.send_signal(signal.SIGTERM)
        said = "".join(lines) + process.stdout.read()
    link = re.search(rf"http://localhost:{port}/console/set-up#\S+", said)
    return link[0].partition("#")[2] if link else ""


def test_each_start_on_an_empty_folder_prints_a_fresh_link_until_somebody_administers(tmp_path: Path) -> None:
    codes = [link_of_a_start(tmp_path / "data") for _ in range(2)]
    assert all(re.fullmatch(r"([0-9A-Z]{5}-){5}[0-9A-Z]", code) for code in codes)
    assert codes[0] != codes[1]
    with empty_folder(tmp_path / "data", later=timedelta(days=-300)) as fresh:
        set_up_administrator(fresh)
    assert link_of_a_start(tmp_path / "data") == ""
