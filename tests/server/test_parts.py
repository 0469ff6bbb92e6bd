"""A response in parts: merged for reading and judging, and an erased part makes nothing else look wrong."""

import json
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from server.formlogic.validate import Problem
from server.forms.compile import Compiled
from server.forms.publish import publish
from server.forms.xlsform import compile_file
from server.reviews.parts import join_parts
from server.services import Services
from sync.hashes import sha256_hex
from tests.server.form_sheets import workbook
from tests.server.people_at_work import person_with, signed_in
from tests.server.pushing import push
from tests.server.records import Item, Phone
from tests.server.test_projection import rows


def part(answers: object) -> str:
    return json.dumps({"salt": "0" * 32, "answers": answers})


def test_parts_are_joined_and_each_has_the_say_on_its_own_group() -> None:
    joined = join_parts(
        [
            ("equality", part({"equality": {"age": "25-34"}, "who": "Eve"})),
            ("main", part({"who": "Asha", "equality": {"age": "85+"}})),
        ]
    )
    assert joined.answers == {"who": "Asha", "equality": {"age": "25-34"}}
    assert joined.erased == frozenset()


def test_an_answer_in_a_part_where_it_does_not_belong_is_not_lost() -> None:
    joined = join_parts([("main", part({"who": "Asha"})), ("contact", part({"note": "x"}))])
    assert joined.answers == {"who": "Asha", "note": "x"}


def test_what_seems_wrong_only_because_a_part_was_erased_is_not_held_against_anyone() -> None:
    joined = join_parts([("main", part({"who": "Asha"})), ("equality", None)])
    assert joined.erased == {"equality"}
    found = [
        Problem("/data/equality/age", "choice"),
        Problem("/data/equality_note", "type"),
        Problem("/data/total", "calculation-differs"),
        Problem("/data/who", "constraint"),
    ]
    assert joined.fair(found, root="/data") == [found[1], found[3]]


def test_nothing_is_passed_over_while_all_parts_are_there() -> None:
    joined = join_parts([("main", part({})), ("equality", part({}))])
    found = [Problem("/data/equality/age", "required"), Problem("/data/total", "calculation-differs")]
    assert joined.fair(found, root="/data") == found


def form(folder: Path) -> Compiled:
    survey = [
        ["type", "name", "label", "required", "calculation"],
        ["text", "who", "Who?"],
        ["begin_group", "equality", "About you"],
        ["text", "age", "How old are you?", "yes"],
        ["end_group"],
    ]
    return compile_file(workbook(folder / "f.xlsx", survey=survey))


def in_two_parts(phone: Phone, compiled: Compiled) -> Item:
    """Make an item whose equality answers travel apart."""
    parts = [part({"who": "Asha"}), part({"equality": {"age": "25-34"}})]
    header = {
        "form": {"id": "f", "version": "1", "logic": sha256_hex(compiled.logic_text), "texts": {}},
        "lang": "en",
        "parts": [
            {"name": name, "sha256": sha256_hex(text)} for name, text in zip(("main", "equality"), parts, strict=True)
        ],
    }
    return {**phone.item(header=header), "parts": parts}


def test_a_response_in_two_parts_is_read_whole_and_after_erasure_without_what_was_erased(
    app: Flask, client: FlaskClient, device: Phone, running: Services, tmp_path: Path
) -> None:
    compiled = form(tmp_path)
    publish(running.database, compiled, source_name="f.xlsx", clock=running.clock)
    person_with(running, "ada", "administrator")
    reader = signed_in(app, "ada")
    assert [receipt["status"] for receipt in push(client, device, in_two_parts(device, compiled))] == ["stored"]
    assert rows(running.database, "problems") == []
    [response] = rows(running.database, "responses")
    address = f"/console/responses/{response['response_id']}?questions=en"
    page = reader.get(address).get_data(as_text=True)
    assert "How old are you?" in page.partition("The record as it arrived")[0]
    running.database.write(
        lambda connection: connection.execute(
            "UPDATE parts SET body = NULL, erased_at = '2026-11-20T12:00:00.000Z' WHERE body LIKE '%25-34%'"
        )
    )
    page = reader.get(address).get_data(as_text=True)
    assert "Who?" in page
    assert "How old are you?" not in page
    assert "This part has been erased." in page
