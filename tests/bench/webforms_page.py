"""The peer's page: ODK Web Forms with the same questions, converted by pyxform."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page
from pyxform.xls2xform import convert

from tests.bench.gzip_server import serve_folder
from tests.bench.peers import copy_with, install, npm
from tests.bench.visit import Client

__all__ = ["webforms"]

FIELD = "#form input, #form textarea"


@contextmanager
def webforms(instrument: Path) -> Iterator[Client]:
    """Build and serve the page with the XLSForm `instrument` (a .md table). Raise PeerUnavailable."""
    folder = install("webforms")
    npm(["exec", "--", "vite", "build"], folder, {"PAGE": "index.html", "BUILT": "built"})
    xform = convert(str(instrument)).xform
    with copy_with(folder / "built", "form.xml", xform) as page, serve_folder(page) as port:
        yield Client("ODK Web Forms", port, path="/", field=FIELD, steps=(), keeps=_keeps, text="7")


def _keeps(page: Page, name: str, answer: str) -> bool:
    """Say whether the field still shows the answer: it draws what its engine holds, and `name` is not told by all."""
    return page.locator(FIELD).locator("visible=true").first.input_value() == answer
