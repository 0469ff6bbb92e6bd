"""An answer is changed in the console: as a revision, with its reason, seen before it is saved, and never half."""

import json
import re
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.people import queries as people
from server.reviews.deciding import decide
from server.reviews.decisions import Seen
from server.reviews.projector import catch_up, rebuild
from server.services import Services
from sync.hashes import sha256_hex
from tests.server.console_pages import phone_with_form, received, text_of
from tests.server.desk import answers_of, edit_address, fields_of_page, heads_of, look, pushed, save, typed_field
from tests.server.keeping import in_parts
from tests.server.people_at_work import act, lines_of_log, person_with, signed_in
from tests.server.records import Item, Phone

WHO = "/data/who"
HOSTILE = '<script>alert(1)</script>\u202e"&\u0000🇧🇩'


@pytest.fixture
def sent(client: FlaskClient, running: Services, device: Phone) -> str:
    answers = {"who": "Asha", "age": "40", "stranger": "kept all the same"}
    return received(client, running, device, device.item(answers))


def header_of(running: Services, rev: str) -> dict[str, object]:
    with running.database.read() as connection:
        row = connection.execute("SELECT header FROM revisions WHERE rev = :rev", {"rev": rev}).fetchone()
    found: dict[str, object] = json.loads(row["header"])
    return found


def test_a_changed_answer_is_a_revision_of_the_console_with_its_reason(
    running: Services, sent: str, coordinator: FlaskClient
) -> None:
    before, _ = heads_of(running, sent)
    reply = save(coordinator, edit_address(sent), WHO, "Aisha", reason="She spelt it for me")
    assert reply.status_code == 303
    head, heads = heads_of(running, sent)
    header = header_of(running, head)
    assert heads == 1
    assert (header["kind"], header["origin"], header["author"]) == ("edit", "console", "Carol")
    assert (header["parents"], header["device"]) == ([before], running.identity.server_id)
    assert header["reason"] == "She spelt it for me"
    body = answers_of(running, head)["main"]
    assert body is not None
    assert json.loads(body)["answers"] == {"who": "Aisha", "age": "40", "stranger": "kept all the same"}
    assert ("Carol", "response-edited") in lines_of_log(running)


def test_its_bytes_are_what_its_names_say(running: Services, sent: str, coordinator: FlaskClient) -> None:
    save(coordinator, edit_address(sent), WHO, "Aisha")
    head, _ = heads_of(running, sent)
    with running.database.read() as connection:
        text = connection.execute("SELECT header FROM revisions WHERE rev = :rev", {"rev": head}).fetchone()[0]
        parts = connection.execute("SELECT sha256, body FROM parts").fetchall()
    assert sha256_hex(text) == head
    assert all(sha256_hex(row["body"]) == row["sha256"] for row in parts)


def test_nothing_is_saved_before_what_comes_of_it_was_seen(
    running: Services, sent: str, coordinator: FlaskClient
) -> None:
    before = heads_of(running, sent)
    page = coordinator.get(edit_address(sent), query_string={"at": WHO})
    given = {**fields_of_page(page), typed_field(page): "Aisha", "reason": "why not", "go": "save"}
    shown = coordinator.post(edit_address(sent), data=given)
    assert shown.status_code == 200
    assert "Nothing else changes." in text_of(shown)
    assert heads_of(running, sent) == before
    other = {**fields_of_page(shown), typed_field(shown): "Somebody else", "reason": "why not", "go": "save"}
    assert coordinator.post(edit_address(sent), data=other).status_code == 200
    assert heads_of(running, sent) == before


def test_problems_that_come_and_go_are_told_before_saving(sent: str, coordinator: FlaskClient) -> None:
    page = look(coordinator, edit_address(sent), "/data/age", "400")
    assert "These problems come up:" in text_of(page)
    save(coordinator, edit_address(sent), "/data/age", "400")
    page = look(coordinator, edit_address(sent), "/data/age", "41")
    assert "These problems are put right:" in text_of(page)


def test_without_a_reason_or_a_change_nothing_is_saved_and_nothing_typed_is_lost(
    sent: str, coordinator: FlaskClient
) -> None:
    page = look(coordinator, edit_address(sent), WHO, "Aisha", reason="  ")
    assert page.status_code == 422
    assert "Write why you do this." in text_of(page)
    assert 'value="Aisha"' in page.text
    page = look(coordinator, edit_address(sent), WHO, "Asha")
    assert "This is the answer already." in text_of(page)
    page = look(coordinator, edit_address(sent), WHO, "Aisha", reason="x" * 501)
    assert "Write at most 500 characters." in text_of(page)


def test_a_response_that_moved_on_meanwhile_is_not_overwritten(
    client: FlaskClient, running: Services, device: Phone, sent: str, coordinator: FlaskClient
) -> None:
    first, _ = heads_of(running, sent)
    page = look(coordinator, edit_address(sent), WHO, "Aisha")
    corrected = device.item({"who": "Ayesha", "age": "40"}, response_id=sent, parents=[first])
    assert pushed(client, running, device, corrected) == ["stored"]
    given = {**fields_of_page(page), typed_field(page): "Aisha", "reason": "heard it wrong", "go": "save"}
    reply = coordinator.post(edit_address(sent), data=given)
    assert reply.status_code == 409
    assert "Somebody changed this response meanwhile" in text_of(reply)
    assert 'value="Aisha"' in reply.text
    assert "Ayesha" in text_of(reply)
    assert heads_of(running, sent) == (corrected["rev"], 1)


def test_one_press_puts_the_answer_back(running: Services, sent: str, coordinator: FlaskClient) -> None:
    before, _ = heads_of(running, sent)
    reply = save(coordinator, edit_address(sent), WHO, "Aisha")
    page = coordinator.get(reply.location)
    assert "The answer is changed. Undo" in re_spaced(text_of(page))
    edited, _ = heads_of(running, sent)
    assert coordinator.get(f"/console/responses/{sent}?edited={before}").text.count("/undo-edit") == 0
    coordinator.post(f"/console/responses/{sent}/undo-edit", data={**fields_of_page(page), "rev": edited})
    undone, _ = heads_of(running, sent)
    assert header_of(running, undone)["undoes"] == edited
    assert answers_of(running, undone) == answers_of(running, before)
    again = coordinator.post(f"/console/responses/{sent}/undo-edit", data={**fields_of_page(page), "rev": edited})
    assert "changed again since" in text_of(coordinator.get(again.location))
    assert heads_of(running, sent)[0] == undone


def re_spaced(text: str) -> str:
    return " ".join(text.split())


def test_an_approved_response_stays_approved(running: Services, sent: str, coordinator: FlaskClient) -> None:
    head, _ = heads_of(running, sent)
    with running.database.read() as connection:
        carol = people.person_by_id(connection, connection.execute("SELECT person_id FROM people").fetchone()[0])
    assert carol is not None
    seen = Seen(response_id=sent, rev=head, state="received")
    running.database.write(
        partial(decide, seen=[seen], action="approve", reason="", person=carol, now=running.clock.now())
    )
    save(coordinator, edit_address(sent), WHO, "Aisha")
    assert state_of(running, sent) == "approved"
    rebuild(running.database)
    assert state_of(running, sent) == "approved"


def state_of(running: Services, response_id: str) -> str:
    with running.database.read() as connection:
        row = connection.execute("SELECT state FROM responses WHERE response_id = :id", {"id": response_id}).fetchone()
    return str(row["state"])


def test_the_response_is_still_the_workers_and_stays_where_it_was(
    client: FlaskClient, running: Services, device: Phone, sent: str, coordinator: FlaskClient
) -> None:
    received(client, running, device, device.item({"who": "The next one"}))
    save(coordinator, edit_address(sent), WHO, "Aisha")
    with running.database.read() as connection:
        rows = connection.execute("SELECT response_id, author, device_id FROM responses ORDER BY seq").fetchall()
    assert (rows[0]["response_id"], rows[0]["author"], rows[0]["device_id"]) == (sent, "Rahima", device.device)


def test_hostile_texts_are_kept_as_typed_and_never_run(running: Services, sent: str, coordinator: FlaskClient) -> None:
    save(coordinator, edit_address(sent), WHO, HOSTILE, reason=HOSTILE)
    for address in (f"/console/responses/{sent}", f"/console/responses/{sent}/history"):
        page = coordinator.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    head, _ = heads_of(running, sent)
    body = answers_of(running, head)["main"]
    assert body is not None
    assert json.loads(body)["answers"]["who"] == HOSTILE


def test_the_parts_that_do_not_change_keep_their_text_and_name(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    item = in_parts(device, {"main": {"who": "Asha"}, "contact": {"contact": {"telephone": "020"}}})
    response_id = received(client, running, device, item)
    before = answers_of(running, str(item["rev"]))
    save(coordinator, edit_address(response_id), WHO, "Aisha")
    after = answers_of(running, heads_of(running, response_id)[0])
    assert after["contact"] == before["contact"]
    assert after["main"] != before["main"]


def test_answers_kept_apart_are_changed_by_administrators_alone(
    app: Flask, client: FlaskClient, running: Services, device: Phone
) -> None:
    phone, form = phone_with_form(running, device, WITH_EQUALITY)
    item = phone.item({"who": "Asha", "equality": {"sex": "f"}}, header=form)
    response_id = received(client, running, phone, item)
    person_with(running, "cora", "coordinator")
    person_with(running, "ada", "administrator")
    cora, ada = signed_in(app, "cora"), signed_in(app, "ada")
    address = edit_address(response_id)
    assert cora.get(address, query_string={"at": "/data/equality/sex"}).status_code == 404
    assert act(cora, address, at="/data/equality/sex", q2="m", reason="x").status_code == 404
    assert save(ada, address, "/data/equality/sex", "m", reason="He told me").status_code == 303
    assert save(cora, address, WHO, "Aisha", reason="She spelt it").status_code == 303
    catch_up(running.database)
    assert "Sex?" not in text_of(cora.get(f"/console/responses/{response_id}/history"))
    assert "Sex?" in text_of(ada.get(f"/console/responses/{response_id}/history"))
    pages = (f"/console/responses/{response_id}", f"/console/responses/{response_id}/history")
    told = [[words in text_of(who.get(one)) for words in REASONS] for who in (cora, ada) for one in pages]
    assert told == [[False, True], [False, True], [True, True], [True, True]]


def test_what_a_change_makes_irrelevant_or_works_out_anew_is_told_first(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    phone, form = phone_with_form(running, device, WITH_LOGIC)
    answers = {"has": "yes", "which": "The pond", "twice": "yesyes"}
    response_id = received(client, running, phone, phone.item(answers, header=form))
    page = look(coordinator, edit_address(response_id), "/data/has", "no")
    told = text_of(page)
    assert "Which one?" in told
    assert "The pond" in told
    assert "1 answer that the form works out by itself changes." in told
    save(coordinator, edit_address(response_id), "/data/has", "no")
    body = answers_of(running, heads_of(running, response_id)[0])["main"]
    assert body is not None
    assert json.loads(body)["answers"] == {"has": "no", "twice": "nono"}


def form_of(instance: str, binds: str, body: str) -> str:
    return (
        '<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        '<h:head><h:title>Small</h:title><model><instance><data id="small" version="1">'
        f"{instance}</data></instance>{binds}</model></h:head><h:body>{body}</h:body></h:html>"
    )


def asked(name: str, label: str) -> str:
    return f'<input ref="/data/{name}"><label>{label}</label></input>'


REASONS = ("He told me", "She spelt it")
WITH_EQUALITY = form_of(
    "<who/><equality><sex/></equality>",
    '<bind nodeset="/data/who" type="string"/><bind nodeset="/data/equality/sex" type="string"/>',
    asked("who", "Who?") + '<group ref="/data/equality">' + asked("equality/sex", "Sex?") + "</group>",
)
WITH_LOGIC = form_of(
    "<has/><which/><twice/>",
    '<bind nodeset="/data/has" type="string"/>'
    '<bind nodeset="/data/which" type="string" relevant=" /data/has = \'yes\' "/>'
    '<bind nodeset="/data/twice" type="string" calculate=" concat(/data/has, /data/has) "/>',
    asked("has", "Is there one?") + asked("which", "Which one?"),
)


def test_a_second_correction_on_the_phone_is_told_as_its_own(
    client: FlaskClient, running: Services, device: Phone, item: Item, coordinator: FlaskClient
) -> None:
    response_id = str(json.loads(str(item["header"]))["id"])
    save(coordinator, edit_address(response_id), WHO, "Aisha", reason="She spelt it")
    page = text_of(coordinator.get(f"/console/responses/{response_id}"))
    assert "Changed by Carol on 20 Nov 2026 12:00." in page
    told = re_spaced(text_of(coordinator.get(f"/console/responses/{response_id}/history")))
    assert "Changed in the console, Carol , 20 Nov 2026 12:00" in told.replace("Carol,", "Carol ,")
    assert "Why: She spelt it" in told
    assert "Aisha" in told


def test_a_field_is_named_by_which_time_of_its_group_and_a_position_as_people_read_it(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    named = [{"about": {"asset_name": name, "position": "51.5 -0.1 0 5"}} for name in ("Hall", "Park")]
    response_id = received(client, running, device, device.item({"who": "Asha", "assets": named}))
    save(coordinator, edit_address(response_id), "/data/assets[2]/about/position", "51.6 -0.2 0 27")
    told = text_of(coordinator.get(f"/console/responses/{response_id}/history"))
    assert "Asset 2 About Where?" in told
    assert "51.60000, -0.20000\u2069, within 27 metres" in told


def test_nothing_of_a_response_out_of_reach_is_shown_or_changed(app: Flask, running: Services, sent: str) -> None:
    person_with(running, "else", "coordinator", "kings-heath")
    elsewhere = signed_in(app, "else")
    before = heads_of(running, sent)
    given = {"at": WHO, "text": WHO, "words": "Asha", "what": "main", "reason": "x", "rev": before[0], "go": "save"}
    for page in ("edit", "undo-edit", "versions", "redact", "erase", "history"):
        address = f"/console/responses/{sent}/{page}"
        if page != "undo-edit":
            assert elsewhere.get(address, query_string={"at": WHO}).status_code == 404
        if page != "history":
            assert act(elsewhere, address, **given).status_code == 404
    assert heads_of(running, sent) == before


def test_a_right_that_was_taken_away_meanwhile_is_no_right(app: Flask, running: Services, sent: str) -> None:
    person_with(running, "cora", "coordinator")
    cora = signed_in(app, "cora")
    page = look(cora, edit_address(sent), WHO, "Aisha")
    before = heads_of(running, sent)
    running.database.write(
        lambda connection: connection.execute("UPDATE people SET role = 'viewer' WHERE sign_in_name = 'cora'")
    )
    given = {**fields_of_page(page), typed_field(page): "Aisha", "reason": "heard it wrong", "go": "save"}
    assert cora.post(edit_address(sent), data=given).status_code == 403
    assert heads_of(running, sent) == before


def control_of(kind: str, body: str, more: str = "") -> str:
    return form_of("<x/><who/>", f'<bind nodeset="/data/x" type="{kind}"/>{more}', body + asked("who", "Who?"))


CHOICES = "<item><label>One</label><value>one</value></item><item><label>Two</label><value>two</value></item>"
ONE_OF = f'<select1 ref="/data/x"><label>X?</label>{CHOICES}</select1>'
SOME_OF = f'<select ref="/data/x"><label>X?</label>{CHOICES}</select>'


@pytest.mark.parametrize(
    ("form", "before", "typed", "after"),
    [
        (control_of("int", asked("x", "X?")), "7", "\u09ea\u09e8", "42"),
        (control_of("decimal", asked("x", "X?")), "1.5", "3,5", "3.5"),
        (control_of("date", asked("x", "X?")), "2026-11-01", "2026-11-02", "2026-11-02"),
        (control_of("geopoint", asked("x", "X?")), "51.5 0.1 0 5", "51.53 -0.03", "51.53 -0.03"),
        (control_of("string", ONE_OF), "one", "two", "two"),
        (control_of("string", SOME_OF), "one", ["one", "two"], "one two"),
        (control_of("time", asked("x", "X?")), "09:30:00.000+00:00", "10:45", "10:45:00.000+00:00"),
        (control_of("string", asked("x", "X?")), "typed", "", None),
    ],
)
def test_each_kind_of_question_has_its_control(
    client: FlaskClient,
    running: Services,
    device: Phone,
    coordinator: FlaskClient,
    form: str,
    before: str,
    typed: str | list[str],
    after: str | None,
) -> None:
    phone, header = phone_with_form(running, device, form)
    response_id = received(client, running, phone, phone.item({"x": before, "who": "Asha"}, header=header))
    assert save(coordinator, edit_address(response_id), "/data/x", typed).status_code == 303
    body = answers_of(running, heads_of(running, response_id)[0])["main"]
    assert body is not None
    assert json.loads(body)["answers"].get("x") == after


def test_a_file_can_only_be_taken_away(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    upload = '<upload ref="/data/x" mediatype="image/*"><label>X?</label></upload>'
    phone, header = phone_with_form(running, device, control_of("binary", upload))
    named = [{"name": "a.jpg", "sha256": "1" * 64, "bytes": 3, "type": "image/jpeg"}]
    item = phone.item({"x": "a.jpg", "who": "Asha"}, header={**header, "attachments": named})
    assert pushed(client, running, phone, item) == ["stored"]
    response_id = str(json.loads(str(item["header"]))["id"])
    address = edit_address(response_id)
    page = coordinator.get(address, query_string={"at": "/data/x"})
    assert "A file can only be taken out of the response here." in text_of(page)
    given = {"reason": "shows a face", "q1": "other.jpg"}
    looked = coordinator.post(address, data={**fields_of_page(page), **given, "go": "look"})
    assert coordinator.post(address, data={**fields_of_page(looked), **given, "go": "save"}).status_code == 303
    head, _ = heads_of(running, response_id)
    body = answers_of(running, head)["main"]
    assert body is not None
    assert json.loads(body)["answers"] == {"who": "Asha"}
    assert header_of(running, head)["attachments"] == []


def test_the_page_says_who_changed_an_answer_and_why(running: Services, sent: str, coordinator: FlaskClient) -> None:
    reply = save(coordinator, edit_address(sent), WHO, "Aisha", reason="She spelt it for me")
    page = coordinator.get(reply.location)
    assert "Carol changed an answer: She spelt it for me" in happened(page.text)
    edited, _ = heads_of(running, sent)
    coordinator.post(f"/console/responses/{sent}/undo-edit", data={**fields_of_page(page), "rev": edited})
    assert "Carol put an answer back" in happened(coordinator.get(reply.location).text)


def happened(page: str) -> str:
    """Give what the page of a response says of what happened to it."""
    return re_spaced(re.sub(r"<[^>]+>", " ", page.partition('id="happened"')[2].partition("</ul>")[0]))
