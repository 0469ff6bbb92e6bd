"""What people type can do nothing to those who read it: on the pages of the console, and in what they take away."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.people import accounts
from server.reviews import projector
from server.services import Services
from tests.hostile_texts import HOSTILE_TEXTS, shown
from tests.server.console_pages import sign_in
from tests.server.exporting import Cells, as_typed, download, tables_in
from tests.server.hostile_responses import LONG, Page, console_addresses, hostile_item, short
from tests.server.pushing import push, statuses
from tests.server.records import Phone

HARMLESS: Final = (
    "x" * (LONG + 1),
    "1",
    "51.5 -0.03 0 5",
    *("said twice", "said twice"),
    *(f"plain {number}" for number in range(len(HOSTILE_TEXTS))),
)
NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
FORMULA: Final = re.compile(
    r"[\t\r\n]|[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]*[=+\-@＝＋－＠﹦\u2212]"
)


@pytest.fixture
def administrator(app: Flask, running: Services) -> FlaskClient:
    """A browser in which an administrator is signed in."""
    made = accounts.add_or_reset(
        running.database,
        sign_in_name="ada",
        name="Ada",
        role="administrator",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    browser = app.test_client()
    assert sign_in(browser, made.sign_in_name, made.password).status_code in {302, 303}
    return browser


def sent(client: FlaskClient, running: Services, phone: Phone, texts: tuple[str, ...]) -> dict[str, str]:
    """Send a response with each of the texts; give the texts by the ids of the responses."""
    found: dict[str, str] = {}
    for text in texts:
        item = hostile_item(phone, text)
        assert statuses(push(client, phone, item)) == ["stored"], text[:40]
        found[json.loads(str(item["header"]))["id"]] = text
    projector.catch_up(running.database)
    return found


def pages_of(browser: FlaskClient, app: Flask, response_ids: Mapping[str, str]) -> dict[str, Page]:
    """Open every page of the console, and those of all responses."""
    found: dict[str, Page] = {}
    ours = [f"/console/responses/{response_id}" for response_id in response_ids]
    for address in [*console_addresses(app, next(iter(response_ids))), *lists(browser), *ours]:
        reply = browser.get(address)
        assert reply.status_code < 500, address
        if reply.mimetype == "text/html" and reply.status_code < 300:
            found[address] = Page(reply.text)
    return found


def lists(browser: FlaskClient) -> Iterator[str]:
    """Walk from page to page of the list of responses."""
    address = "/console/responses?all=yes"
    while address:
        yield address
        onward = re.search(r'rel="next" href="([^"]+)"', browser.get(address).text)
        address = html.unescape(onward[1]) if onward else ""


@pytest.fixture
def attacked(app: Flask, client: FlaskClient, running: Services, device: Phone) -> dict[str, str]:
    """A server that has taken in all of them; the texts by the ids of their responses."""
    return sent(client, running, device, HOSTILE_TEXTS)


def test_there_are_two_hundred_and_no_two_alike() -> None:
    assert len(set(HOSTILE_TEXTS)) == len(HOSTILE_TEXTS) >= 200


def test_no_text_makes_an_element_or_an_attribute_and_each_is_there_as_it_was_typed(
    app: Flask, client: FlaskClient, administrator: FlaskClient, running: Services, device: Phone
) -> None:
    harmless = pages_of(administrator, app, sent(client, running, device, HARMLESS))
    usual = {element for page in harmless.values() for element in page.elements}
    attacked = sent(client, running, device, HOSTILE_TEXTS)
    pages = pages_of(administrator, app, attacked)
    for address, page in pages.items():
        assert page.elements <= usual, address
    listed = {text for address, page in pages.items() if "/responses?" in address for text in page.texts}
    for response_id, text in attacked.items():
        page = pages[f"/console/responses/{response_id}"]
        assert shown(text) in page.texts, text[:60]
        assert short(text) in page.texts, "the author"
        if shown(text).strip(" ") and len(text) <= LONG:
            assert shown(text) in listed, text[:60]


def test_every_page_of_the_console_is_looked_at(app: Flask) -> None:
    opened = list(console_addresses(app, "0192f000-0000-7000-8000-000000000001"))
    assert {"/console/responses", "/console/download", "/console/phones"} <= set(opened)


def test_no_cell_begins_a_formula_and_each_text_comes_back_exactly(
    administrator: FlaskClient, attacked: dict[str, str]
) -> None:
    for words in ("", "bn"):
        found = tables_in(download(administrator, "walk", words=words))
        for cell in every_cell(found):
            assert NUMBER.fullmatch(cell) or not FORMULA.match(cell), cell[:60]
    named = tables_in(download(administrator, "walk"))
    mains = {row["_response"]: row for row in named["main.csv"]}
    assets = {row["_response"]: row for row in named["assets.csv"]}
    for response_id, text in attacked.items():
        assert as_typed(mains[response_id]["who"]) == shown(text)
        assert as_typed(assets[response_id]["about/asset_name"]) == shown(text)
        assert as_typed(mains[response_id]["_language"]) == short(text)


def every_cell(found: Mapping[str, list[Cells]]) -> Iterator[str]:
    for rows in found.values():
        for row in rows:
            yield from (*row.keys(), *row.values())
