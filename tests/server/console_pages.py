"""What a browser does with the pages of the console, and responses for it to show."""

import re
from dataclasses import replace

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.forms.compile import compile_xform
from server.forms.publish import Published, publish
from server.reviews.projector import catch_up
from server.services import Services
from sync.hashes import sha256_hex
from tests.server.records import Item, Phone

__all__ = ["forgery_token", "phone_with_form", "received", "sign_in", "text_of"]


def sign_in(browser: FlaskClient, sign_in_name: str, password: str, *, onward: str = "") -> TestResponse:
    """Fill in the form to sign in and send it."""
    form = {
        "csrf_token": forgery_token(browser, "/console/sign-in"),
        "sign_in_name": sign_in_name,
        "password": password,
        "next": onward,
    }
    return browser.post("/console/sign-in", data=form)


def forgery_token(browser: FlaskClient, page: str) -> str:
    """Read the forgery token from a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(page).text)
    assert found, f"{page} holds no forgery token"
    return found[1]


def received(client: FlaskClient, running: Services, phone: Phone, item: Item) -> str:
    """Push one item, wait until it can be read, and give the id of its response."""
    reply = client.post("/sync/v1/push", json={"device": phone.device, "items": [item]}, headers=phone.headers)
    assert [receipt["status"] for receipt in reply.get_json()["receipts"]] == ["stored"], reply.text
    catch_up(running.database)
    found = re.search(r'"id":\s*"([0-9a-f-]{36})"', str(item["header"]))
    assert found
    return found[1]


def phone_with_form(running: Services, phone: Phone, xform: str) -> tuple[Phone, dict[str, object]]:
    """Publish an XForm; give a phone that has it, and the member of the header that names it."""
    compiled = compile_xform(xform)
    assert isinstance(publish(running.database, compiled, source_name="test.xml", clock=running.clock), Published)
    logic = sha256_hex(compiled.logic_text)
    texts = {lang: sha256_hex(pack) for lang, pack in compiled.packs.items()}
    form = {"id": compiled.form_id, "version": compiled.version, "logic": logic, "texts": texts}
    return replace(phone, logic=logic, texts=texts), {"form": form}


def text_of(page: TestResponse) -> str:
    """Give what a person reads on a page: no tags, single spaces."""
    body = page.text.partition("<body>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
