"""Downloading answers as the console's page does, and reading the files as a program does."""

import csv
import io
import zipfile
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.forms.publish import Published, publish
from server.forms.xlsform import compile_file
from server.services import Services
from sync.hashes import sha256_hex
from tests.server.console_pages import forgery_token

__all__ = ["EVERY_STATE", "Cells", "as_typed", "download", "form_named", "main_rows", "rows_in", "tables_in"]

Cells = dict[str, str]
DOWNLOAD = "/console/download"
ACCOUNT = "/console/account"
EVERY_STATE = ["approved", "received", "returned", "rejected"]


def form_named(running: Services, folder: Path, text: str) -> dict[str, object]:
    """Publish a form written as Markdown tables; give the member of a header that names it."""
    path = folder / "form.md"
    path.write_text(text, encoding="utf-8")
    compiled = compile_file(path)
    assert isinstance(publish(running.database, compiled, source_name=path.name, clock=running.clock), Published)
    texts = {lang: sha256_hex(pack) for lang, pack in compiled.packs.items()}
    named = {"id": compiled.form_id, "version": compiled.version, "logic": sha256_hex(compiled.logic_text)}
    return {"form": {**named, "texts": texts}}


def download(browser: FlaskClient, form: str, **chosen: str | list[str]) -> TestResponse:
    """Take the answers of a form away, in any state unless ``state`` says which."""
    asked = {"csrf_token": forgery_token(browser, ACCOUNT), "form": form, "state": EVERY_STATE, **chosen}
    return browser.post(DOWNLOAD, data=asked)


def rows_in(body: bytes) -> list[Cells]:
    """Read a CSV file; its first row names the columns."""
    assert body.startswith(b"\xef\xbb\xbf"), "Excel knows UTF-8 by this mark"
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))


def main_rows(reply: TestResponse) -> list[Cells]:
    """Read a download of one CSV file."""
    assert (reply.status_code, reply.mimetype) == (200, "text/csv"), reply.text
    return rows_in(reply.data)


def tables_in(reply: TestResponse) -> dict[str, list[Cells]]:
    """Read a download of several, by the name of the file."""
    assert (reply.status_code, reply.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(reply.data)) as archive:
        assert archive.testzip() is None
        return {name: rows_in(archive.read(name)) for name in archive.namelist()}


def as_typed(cell: str) -> str:
    """Take away the apostrophe that keeps a text from being run, as docs/exports.md says."""
    return cell.removeprefix("'")
