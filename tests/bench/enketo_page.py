"""The peer's page: enketo-core with the same questions, converted by pyxform and by Enketo's own transformer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from server.forms.xlsform import compile_file
from tests.bench.browser import new_browser
from tests.bench.gzip_server import serve_folder
from tests.bench.peers import copy_with, install, npm
from tests.bench.visit import Client

__all__ = ["enketo"]

TRANSFORM_SECONDS = 60.0


@contextmanager
def enketo(instrument: Path) -> Iterator[Client]:
    """Build and serve the page with the XLSForm `instrument` (a .md table). Raise PeerUnavailable."""
    # enketo-transformer names a native package as a peer that does not compile on Node 20; its web build needs none.
    folder = install("enketo", options=["--legacy-peer-deps"])
    for page, built in (("index.html", "built"), ("transform.html", "built-transform")):
        npm(["exec", "--", "vite", "build"], folder, {"PAGE": page, "BUILT": built})
    form = _transformed(folder / "built-transform", compile_file(instrument).xform)
    with copy_with(folder / "built", "form.json", form) as built_page, serve_folder(built_page) as port:
        yield Client("enketo-core", port, path="/", field="#form input, #form textarea", steps=(), keeps=_keeps)


def _transformed(page_folder: Path, xform: str) -> str:
    """Give the JSON that the page shows: the form's HTML and its model, made ahead of time as Enketo's servers do."""
    with serve_folder(page_folder) as port, new_browser() as browser:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/transform.html")
        page.wait_for_function("() => Boolean(window.transformForm)", timeout=TRANSFORM_SECONDS * 1_000)
        return json.dumps(page.evaluate("xform => window.transformForm(xform)", xform), ensure_ascii=False)


def _keeps(page: Page, name: str, answer: str) -> bool:
    """Say whether Enketo's model, which is what it would send, holds the answer at the field's path."""
    held: str = page.evaluate("window.enketoForm.getDataStr()")
    return f"<{name.rsplit('/', 1)[-1]}>{answer}</" in held
