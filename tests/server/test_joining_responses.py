"""Nobody reads, changes or erases a response by knowing its name: it goes on only with whoever began it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from server.intake import accept
from server.intake.erasure import carry_out, from_line
from server.residents.revision import code_of
from server.residents.state import read_state
from server.services import Services
from sync.hashes import sha256_hex
from sync.limits import PROTOCOL_MAX
from sync.messages import Json
from sync.references import make_reference, reference_hash, shown_reference
from tests.server.posters import POSTER, Browser, add_poster, publish_instrument, set_up_programme
from tests.server.pushing import push
from tests.server.records import Item, Phone, SteppedClock, chance
from tests.server.test_resident_pages import SHOWN_CODE, q, to_check
from tests.server.test_visits import OTHER, SECOND, resident, response_of, why

PAGES = "ABCDEF"
DESK = "0192f000-0000-4000-8000-0000000000b9"
MINE, THEIRS = make_reference(bytes(11)), make_reference(bytes([1] * 11))
SECRET = "শুধু আমার 51fd"
HERS = "একটা ভিন্ন কথা 88aa"


@pytest.fixture(autouse=True)
def posters(running: Services) -> None:
    """A poster for the form ``walk``, and one with pages for the built-in form."""
    set_up_programme(running)
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running, form_id="walk")
    add_poster(running, poster_id=SECOND, code=PAGES, device_id=DESK)


def made(phone: Phone, code: str, said: str, response_id: str | None = None, *, parent: str | None = None) -> Item:
    """Make what a resident's phone sends under a reference code."""
    header = {"author": "", "poster": POSTER, "reference": reference_hash(code)}
    return phone.item({"who": said}, response_id=response_id, parents=[parent] if parent else [], header=header)


def opened(client: FlaskClient, code: str, path: str = "/answers") -> tuple[int, str]:
    """Open one's own answers."""
    reply = client.post(path, data={"code": code}, headers={"Accept-Language": "en"})
    return reply.status_code, reply.get_data(as_text=True)


def texts(running: Services) -> str:
    """Give the text of every part that is kept."""
    with running.database.read() as connection:
        rows = connection.execute("SELECT body FROM parts WHERE body IS NOT NULL ORDER BY sha256").fetchall()
    return " ".join(str(row["body"]) for row in rows)


def reasons(running: Services, response_id: str) -> list[str | None]:
    """List why revisions of a response are set aside, in the order in which they came."""
    with running.database.read() as connection:
        rows = connection.execute(
            "SELECT quarantined_why FROM revisions WHERE response_id = :response_id ORDER BY seq",
            {"response_id": response_id},
        ).fetchall()
    return [row["quarantined_why"] for row in rows]


def test_a_visitor_cannot_read_or_erase_an_interview_by_joining_it(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    interview = device.item({"who": SECRET})
    push(client, device, interview)
    stranger = resident(client)
    for parent in (None, str(interview["rev"])):
        joining = made(stranger, MINE, "x", response_of(interview), parent=parent)
        assert why(client, stranger, joining) == "out-of-scope"
    assert opened(client, shown_reference(MINE))[0] == 404
    assert opened(client, shown_reference(MINE), "/answers/taken-back")[0] == 404
    assert SECRET in texts(running)


def test_no_phone_joins_another_residents_response_even_with_its_hash(client: FlaskClient, running: Services) -> None:
    owner, stranger = resident(client), resident(client, OTHER)
    mine = made(owner, MINE, SECRET)
    push(client, owner, mine)
    assert why(client, stranger, made(stranger, THEIRS, "x", response_of(mine))) == "out-of-scope"
    assert why(client, stranger, made(stranger, MINE, "y", response_of(mine))) == "out-of-scope"
    assert opened(client, shown_reference(THEIRS))[0] == 404
    assert SECRET in opened(client, shown_reference(MINE))[1]


def test_the_next_person_on_the_same_phone_does_not_join_the_one_before(client: FlaskClient, running: Services) -> None:
    phone = resident(client)
    first = made(phone, MINE, SECRET)
    push(client, phone, first)
    assert why(client, phone, made(phone, THEIRS, HERS, response_of(first))) == "out-of-scope"
    assert opened(client, shown_reference(THEIRS))[0] == 404
    assert HERS not in opened(client, shown_reference(MINE))[1]


def test_who_began_a_response_goes_on_with_it(client: FlaskClient, running: Services) -> None:
    phone = resident(client)
    first = made(phone, MINE, "before")
    push(client, phone, first)
    assert why(client, phone, made(phone, MINE, SECRET, response_of(first), parent=str(first["rev"]))) is None
    assert SECRET in opened(client, shown_reference(MINE))[1]


def test_taking_back_takes_ones_own_and_leaves_what_others_tried(client: FlaskClient, running: Services) -> None:
    phone = resident(client)
    first = made(phone, MINE, SECRET)
    push(client, phone, first, made(phone, THEIRS, HERS, response_of(first)))
    assert opened(client, shown_reference(MINE), "/answers/taken-back")[0] == 200
    assert (SECRET in texts(running), HERS in texts(running)) == (False, True)
    status, page = opened(client, shown_reference(MINE))
    assert (status, SECRET in page, HERS in page) == (200, False, False)


def test_taking_back_takes_what_a_worker_made_of_it_too(client: FlaskClient, running: Services, device: Phone) -> None:
    phone = resident(client)
    first = made(phone, MINE, "before")
    push(client, phone, first)
    push(client, device, device.item({"who": SECRET}, response_id=response_of(first), parents=[str(first["rev"])]))
    assert SECRET in texts(running)
    assert "before" in opened(client, shown_reference(MINE))[1]
    assert opened(client, shown_reference(MINE), "/answers/taken-back")[0] == 200
    assert texts(running) == ""


def test_ones_own_set_aside_answers_are_taken_back_under_somebody_elses_try(
    client: FlaskClient, running: Services
) -> None:
    phone, early = resident(client), replace(resident(client, OTHER), random_bytes=chance(8))
    push(client, early, made(early, make_reference(bytes([2] * 11)), "x"))
    running.database.write(lambda connection: connection.execute("UPDATE posters SET quota = 1").rowcount)
    first = made(phone, MINE, SECRET)
    assert why(client, phone, first) == "over-quota"
    assert why(client, phone, made(phone, THEIRS, HERS, response_of(first))) == "out-of-scope"
    assert SECRET in opened(client, shown_reference(MINE))[1]
    opened(client, shown_reference(MINE), "/answers/taken-back")
    assert (SECRET in texts(running), HERS in texts(running)) == (False, True)
    assert opened(client, shown_reference(THEIRS))[0] == 404


def test_what_was_taken_back_is_known_as_erased_when_its_phone_sends_it_again(
    client: FlaskClient, running: Services
) -> None:
    phone = resident(client)
    first = made(phone, MINE, SECRET)
    push(client, phone, first)
    opened(client, shown_reference(MINE), "/answers/taken-back")
    assert push(client, phone, first)[0]["status"] == "erased"
    assert SECRET not in texts(running)


def test_an_erasure_that_is_here_before_its_response_does_not_own_it(client: FlaskClient, running: Services) -> None:
    """What a server looks like that was restored from before the response came, and reads the ledger."""
    phone = resident(client)
    first = made(phone, MINE, SECRET)
    header = json.loads(str(first["header"]))
    spoken = {"parts": [header["parts"][0]["sha256"]], "attachments": [], "reason": "", "everything": True}
    told = {"v": PROTOCOL_MAX, "kind": "erase", "origin": "console", "device": running.identity.server_id}
    text = json.dumps({**header, **told, "parts": [], "erases": spoken})
    erasure = from_line(json.dumps({"rev": sha256_hex(text), "header": text, "set_aside": None}))
    running.database.write(lambda connection: carry_out(connection, erasure, now="2026-11-20T12:00:00.000Z"))
    assert push(client, phone, first)[0]["status"] == "erased"


def test_a_page_that_names_another_response_is_set_aside_and_gets_no_code(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    interview = device.item({"who": SECRET})
    push(client, device, interview)
    victim = response_of(interview)
    browser = to_check(to_check(Browser(client, code=PAGES).open()))
    state = {**browser.state, "response": victim, "made_at": "2001-01-01T00:00:00.000Z"}
    for _ in "twice":
        browser.press("finish", state=json.dumps(state), page="check-equality")
        assert "There is no code for these answers" in browser.text
        assert SHOWN_CODE.findall(browser.text) == []
        browser.open()
    assert reasons(running, victim) == [None, "out-of-scope"]
    read = read_state(json.dumps(state))
    assert read is not None
    code = shown_reference(code_of(read))
    assert opened(client, code)[0] == 404
    assert opened(client, code, "/answers/taken-back")[0] == 404
    assert SECRET in texts(running)


def test_a_page_that_names_the_response_of_another_at_the_same_poster_is_set_aside(
    client: FlaskClient, running: Services
) -> None:
    first = to_check(to_check(Browser(client, code=PAGES).open(), {q("one_change"): SECRET}))
    victim = str(first.state["response"])
    code = SHOWN_CODE.findall(first.press("finish").text)[0]
    second = to_check(to_check(Browser(client, code=PAGES).open(), {q("one_change"): HERS}))
    second.press("finish", state=json.dumps({**second.state, "response": victim}))
    assert reasons(running, victim) == [None, "out-of-scope"]
    assert (SECRET in opened(client, code)[1], HERS in opened(client, code)[1]) == (True, False)


def test_a_send_that_overtakes_a_withdrawal_is_taken_back_with_it(
    client: FlaskClient, running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = to_check(to_check(Browser(client, code=PAGES).open()))
    early, page = json.dumps(browser.state), browser.page
    code = SHOWN_CODE.findall(browser.press("finish").text)[0]
    answers = {**json.loads(early)["answers"], "visit": {"one_change": SECRET}}
    changed = {**json.loads(early), "made_at": "2026-11-20T12:09:00.000Z", "answers": answers}
    push_really = type(running.desk).push

    def push_after_withdrawal(desk: object, *given: object) -> Json:
        monkeypatch.undo()
        assert opened(client, code, "/answers/taken-back")[0] == 200
        return push_really(desk, *given)  # type: ignore[arg-type]  # the desk's own arguments

    monkeypatch.setattr(type(running.desk), "push", push_after_withdrawal)
    browser.open().press("finish", state=json.dumps(changed), page=page)
    assert "Your answers were taken back" in browser.text
    assert texts(running) == ""


def test_one_phone_cannot_fill_a_poster_in_a_day(
    client: FlaskClient, running: Services, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accept, "RESPONSES_PER_DEVICE_AND_DAY", 2)
    busy, other = resident(client), replace(resident(client, OTHER), random_bytes=chance(8))
    sent = [made(busy, make_reference(bytes([n] * 11)), "x") for n in range(4)]
    assert [why(client, busy, one) for one in sent] == [None, None, "over-quota", "over-quota"]
    edit = made(busy, make_reference(bytes(11)), "y", response_of(sent[0]), parent=str(sent[0]["rev"]))
    assert why(client, busy, edit) is None, "an answer within it may be changed"
    assert why(client, other, made(other, MINE, "x")) is None
    clock.step(timedelta(days=1))
    assert why(client, busy, made(busy, THEIRS, "x")) is None


def test_browsers_without_script_share_a_device_and_not_its_daily_share(
    client: FlaskClient, running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accept, "RESPONSES_PER_DEVICE_AND_DAY", 1)
    ends = [to_check(to_check(Browser(client, code=PAGES).open())).press("finish").text for _ in range(3)]
    assert ["set aside" in end for end in ends] == [False] * 3
