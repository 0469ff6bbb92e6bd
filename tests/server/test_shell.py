"""How the phone's app is served: one page for its addresses, hashed files for ever, the rest asked for again."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server import shell
from server.app import create_app
from server.config import Config
from server.services import Services

PAGE = "<!doctype html><title>Fieldwell</title>" + "<p>words</p>" * 50
OFF = "self.registration.unregister();\n" * 100
SCRIPT = "export const answer = 42;\n" * 100


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A built app: what Vite leaves behind, with a .gz beside each text."""
    folder = tmp_path / "pwa"
    (folder / "assets").mkdir(parents=True)
    (folder / "icons").mkdir()
    for name, text in (("index.html", PAGE), ("sw.js", SCRIPT), ("sw-off.js", OFF), ("assets/app-1a2b3c.js", SCRIPT)):
        (folder / name).write_text(text)
        (folder / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "icons" / "icon.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.txt").write_text("not for anybody")
    return folder


@pytest.fixture
def phone(built: Path) -> FlaskClient:
    """A browser that meets the built app, without the rest of the server."""
    app = Flask("test")
    app.register_blueprint(shell.make_blueprint(built, off=built.parent / shell.SHELL_OFF))
    return app.test_client()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/enrol",
        "/interview/0192f000",
        "/interview/a/b",
        "/responses",
        "/responses/x",
        "/settings",
        "/settings/map",
    ],
)
def test_every_address_of_the_app_is_the_same_page(phone: FlaskClient, address: str) -> None:
    reply = phone.get(address)
    assert (reply.status_code, reply.mimetype, reply.text) == (200, "text/html", PAGE)
    assert reply.headers["Cache-Control"] == "no-cache"


def test_hashed_files_are_kept_for_ever(phone: FlaskClient) -> None:
    reply = phone.get("/assets/app-1a2b3c.js")
    assert (reply.mimetype, reply.headers["Cache-Control"]) == (
        "text/javascript",
        "public, max-age=31536000, immutable",
    )


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/sw.js", "text/javascript"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/icons/icon.png", "image/png"),
    ],
)
def test_other_files_are_asked_for_again(phone: FlaskClient, address: str, kind: str) -> None:
    reply = phone.get(address)
    assert (reply.status_code, reply.mimetype, reply.headers["Cache-Control"]) == (200, kind, "no-cache")


def test_a_file_that_has_not_changed_is_not_sent_again(phone: FlaskClient) -> None:
    seen = phone.get("/sw.js").headers["ETag"]
    assert phone.get("/sw.js", headers={"If-None-Match": seen}).status_code == 304


@pytest.mark.parametrize("address", ["/", "/sw.js", "/assets/app-1a2b3c.js"])
def test_texts_are_sent_compressed_to_whoever_accepts_that(phone: FlaskClient, address: str) -> None:
    plain = phone.get(address)
    squeezed = phone.get(address, headers={"Accept-Encoding": "br;q=1.0, gzip;q=0.8"})
    refused = phone.get(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.data) == plain.data == refused.data
    assert squeezed.mimetype == plain.mimetype
    assert len(squeezed.data) < len(plain.data)
    assert all("Accept-Encoding" in reply.headers["Vary"] for reply in (plain, squeezed))
    assert squeezed.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize(
    "address",
    ["/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "/..%2fsecret.txt", "/index.html.gz", "/assets/x"],
)
def test_nothing_else_is_served(phone: FlaskClient, address: str) -> None:
    assert phone.get(address).status_code == 404


def test_a_file_in_the_data_folder_switches_the_kept_app_off_and_on_without_a_restart(
    phone: FlaskClient, built: Path
) -> None:
    off = built.parent / shell.SHELL_OFF
    off.touch()
    assert (phone.get("/sw.js").text, phone.get("/sw.js").mimetype) == (OFF, "text/javascript")
    assert phone.get("/").text == PAGE
    off.unlink()
    assert phone.get("/sw.js").text == SCRIPT


def test_the_app_looks_for_that_file_in_its_own_data_folder(running: Services, tmp_path: Path, built: Path) -> None:
    config = Config(data_folder=tmp_path)
    client = create_app(config, running, shell_folder=built).test_client()
    (tmp_path / shell.SHELL_OFF).touch()
    assert client.get("/sw.js").text == OFF


def test_an_app_that_is_not_built_says_how_to_build_it(running: Services, tmp_path: Path) -> None:
    app = create_app(Config(data_folder=running.database.folder), running, shell_folder=tmp_path / "nothing")
    reply = app.test_client().get("/enrol")
    assert reply.status_code == 503
    assert "npm --prefix pwa run build" in reply.text


def test_poster_console_and_app_show_one_mark() -> None:
    """A person compares the paper with the page behind its code."""
    top = Path(__file__).parents[2]
    mark = (top / "pwa/public/icons/mark.svg").read_text()
    circles = re.findall(r'<circle cx="256" cy="(\d+)" r="(\d+)"', mark)
    assert (top / "server/static/console/mark.svg").read_text() == mark
    for drawn in ("pwa/src/ui/pieces/wordmark.tsx", "server/templates/wordmark.html"):
        text = (top / drawn).read_text()
        assert re.findall(r'<circle cx="256" cy="(\d+)" r="(\d+)"', text) == circles
