"""What people see of the files that phones send, and what a hostile one can do: be called no picture."""

import json
import re
import socket
import struct
import sys
import threading
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from server.app import create_app
from server.config import Config
from server.pictures.drawing import AT_ONCE, Pictures, Shown
from server.pictures.kinds import Sort, kind_of
from server.pictures.queries import FileOfResponse
from server.pictures.showing import shown_files
from server.services import Services
from server.upkeep.telling import remove_files
from sync.hashes import sha256_hex_of_bytes
from sync.limits import ATTACHMENT_BYTES
from tests.project import ROOT
from tests.server.console_pages import forgery_token, phone_with_form, received, text_of
from tests.server.records import Phone
from tests.server.uploading import item_with, noise, photo, send, sent_whole

GPS: Final = 0x8825
FORM: Final = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
        xmlns:jr="http://openrosa.org/javarosa">
  <h:head><h:title>Look</h:title><model>
    <itext><translation lang="English (en)" default="true()">
      <text id="look"><value>What does &lt;it&gt; "look" like?</value></text>
    </translation></itext>
    <instance><data id="look" version="1"><look/></data></instance>
    <bind nodeset="/data/look" type="binary"/>
  </model></h:head>
  <h:body><upload ref="/data/look" mediatype="image/*"><label ref="jr:itext('look')"/></upload></h:body>
</h:html>"""


def response_with(client: FlaskClient, running: Services, phone: Phone, *files: bytes, **options: object) -> str:
    """Push a response whose question asks for the first file; give the address of its page."""
    known, header = phone_with_form(running, phone, FORM)
    named = json.loads(str(item_with(known, *files, **options)["header"]))["attachments"]  # type: ignore[arg-type]
    item = known.item({"look": named[0]["name"]}, header={**header, "attachments": named, "lang": "en"})
    return f"/console/responses/{received(client, running, known, item)}"


def picture_address(file: bytes, size: str = "large") -> str:
    return f"/console/pictures/{sha256_hex_of_bytes(file)}?size={size}"


def drawn(coordinator: FlaskClient, file: bytes, size: str = "large") -> Image.Image:
    reply = coordinator.get(picture_address(file, size))
    assert (reply.status_code, reply.mimetype) == (200, "image/webp")
    return Image.open(BytesIO(reply.data))


def downloaded(coordinator: FlaskClient, address: str) -> TestResponse:
    """Read a file to its end, as a browser does, and let it go."""
    reply = coordinator.get(address)
    assert reply.data is not None
    reply.close()
    return reply


def png(width: int, height: int, rows: bytes) -> bytes:
    """Write a PNG that says what it likes of its size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BOMB: Final = png(30_000, 30_000, zlib.compress(bytes(30_001) * 1000, 9))
UNSHOWN: Final = {
    "an SVG that is called a JPEG": SVG,
    "a page that is called a JPEG": b"<!doctype html><script>alert(1)</script>",
    "a PNG of 900 megapixels": BOMB,
    "a JPEG that is cut off": photo(4)[:200_000],
    "a JPEG of noise": b"\xff\xd8\xff\xe0" + noise(5000),
    "a HEIC": b"\x00\x00\x00\x18ftypheic" + noise(500),
    "nothing at all": b"",
}


def test_photo_is_drawn_again_the_right_way_up_and_says_nothing_of_where_it_was_taken(
    client: FlaskClient, running: Services, folder: Path, device: Phone, coordinator: FlaskClient
) -> None:
    file = photo(2, width=2400, height=1600, turned=True)
    with Image.open(BytesIO(file)) as original:
        assert original.getexif().get_ifd(GPS), "the photo says where it was taken"
    sent_whole(client, device, file)
    for size, expected in (("large", (1067, 1600)), ("small", (213, 320))):
        shown = drawn(coordinator, file, size)
        assert shown.size == expected
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(shown.info)
        assert not dict(shown.getexif())
    kept = folder / "attachments" / sha256_hex_of_bytes(file)[:2] / sha256_hex_of_bytes(file)
    assert kept.read_bytes() == file, "what came stays as it came"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_other_kinds_of_pictures_are_drawn(
    client: FlaskClient, device: Phone, coordinator: FlaskClient, kind: str
) -> None:
    file = photo(3, width=300, height=200, kind=kind)
    sent_whole(client, device, file)
    assert drawn(coordinator, file).size == (300, 200)


def test_see_through_parts_are_white(client: FlaskClient, device: Phone, coordinator: FlaskClient) -> None:
    target = BytesIO()
    Image.new("RGBA", (40, 40), (200, 0, 0, 0)).save(target, "PNG")
    sent_whole(client, device, target.getvalue())
    assert drawn(coordinator, target.getvalue()).convert("L").getextrema() == (255, 255)


def test_picture_of_as_many_pixels_as_the_limit_is_drawn_and_one_row_more_is_not(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    for height, shown in ((4000, Shown.DRAWN), (4001, Shown.NEVER)):
        file = png(6000, height, zlib.compress(bytes(6001) * height))
        sent_whole(client, device, file)
        assert running.pictures.draw(sha256_hex_of_bytes(file)) is shown


@pytest.mark.parametrize("what", UNSHOWN)
def test_what_is_no_picture_is_called_so_and_still_downloads(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient, what: str
) -> None:
    file = UNSHOWN[what]
    page = response_with(client, running, device, file)
    assert send(client, device, file).status_code == 204
    shown = coordinator.get(page)
    assert "Has arrived, but cannot be shown as a picture" in text_of(shown)
    assert "/console/pictures/" not in shown.text
    assert coordinator.get(picture_address(file)).status_code == 404
    [address] = re.findall(r'href="(/console/files/\w+)"', shown.text)
    reply = downloaded(coordinator, address)
    assert (reply.status_code, reply.data, reply.mimetype) == (200, file, "application/octet-stream")
    assert reply.headers["Content-Disposition"].startswith("attachment; ")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reply.headers["Content-Security-Policy"]


def test_sound_and_video_download_as_what_their_bytes_say(
    client: FlaskClient, device: Phone, coordinator: FlaskClient
) -> None:
    for first, media_type in (
        (b"OggS", "audio/ogg"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"\x1aE\xdf\xa3", "video/webm"),
        (b"%PDF-1.7", "application/octet-stream"),
        (b"<html>", "application/octet-stream"),
    ):
        file = first + noise(100)
        sent_whole(client, device, file)
        reply = downloaded(coordinator, f"/console/files/{sha256_hex_of_bytes(file)}")
        assert (reply.mimetype, reply.headers["Content-Disposition"].split(";")[0]) == (media_type, "attachment")


def test_picture_that_can_be_shown_is_not_given_as_it_came(
    client: FlaskClient, device: Phone, coordinator: FlaskClient
) -> None:
    file = photo()
    sent_whole(client, device, file)
    assert coordinator.get(f"/console/files/{sha256_hex_of_bytes(file)}").status_code == 404


def test_files_are_for_people_who_are_signed_in_and_may_see_a_response_that_names_them(
    app: Flask, client: FlaskClient, device: Phone, coordinator: FlaskClient
) -> None:
    seen, aside = photo(1, width=50, height=40), photo(2, width=50, height=40)
    sent_whole(client, device, seen)
    sent_whole(client, replace(device, neighbourhood="kings-heath"), aside)
    for kind in ("pictures", "files"):
        assert app.test_client().get(f"/console/{kind}/{sha256_hex_of_bytes(seen)}").status_code == 302
        for nothing in (aside, photo(3, width=50, height=40)):
            assert coordinator.get(f"/console/{kind}/{sha256_hex_of_bytes(nothing)}").status_code == 404
        assert coordinator.get(f"/console/{kind}/..").status_code == 404
    reply = coordinator.get(picture_address(seen))
    assert reply.headers["Cache-Control"].startswith("private")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reply.headers["Content-Security-Policy"]


def test_page_of_a_response_shows_its_picture_with_the_question_as_its_words(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    file = photo()
    page = response_with(client, running, device, file)
    assert send(client, device, file).status_code == 204
    shown = coordinator.get(page)
    assert re.search(r"Picture, \d+ kB\s+Has arrived", text_of(shown))
    picture = re.search(r'<a href="([^"]+)">\s*<img src="([^"]+)"[^>]*>', shown.text)
    assert picture
    assert 'alt="What does &lt;it&gt; &#34;look&#34; like?"' in picture[0]
    for address, longest in ((picture[1], 1240), (picture[2], 320)):
        assert max(Image.open(BytesIO(coordinator.get(address).data)).size) == longest


def test_page_says_of_each_file_where_it_is(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    coming, erased = photo(1, width=60, height=60), photo(2, width=60, height=60)
    page = response_with(client, running, device, coming, erased)
    assert send(client, device, erased).status_code == 204
    statement = "UPDATE attachments SET stored_at = NULL, erased_at = '2026-11-20' WHERE sha256 = ?"
    running.database.write(lambda connection: connection.execute(statement, (sha256_hex_of_bytes(erased),)).rowcount)
    words = text_of(coordinator.get(page))
    assert re.search(r"Picture, \d+ kB\s+Still on the phone", words)
    assert re.search(r"Files Picture, \d+ kB\s+Has been erased", words)


def test_file_that_can_never_come_is_said_to_stay_on_the_phone(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    page = response_with(client, running, device, noise(9), length=ATTACHMENT_BYTES + 1, media_type="video/mp4")
    assert "Video, 21 MB Too large to be sent; it stays on the phone" in text_of(coordinator.get(page))


def test_sizes_are_in_the_digits_of_the_page(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    page = response_with(client, running, device, noise(2000))
    coordinator.post(
        "/console/language", data={"csrf_token": forgery_token(coordinator, "/console/responses"), "language": "bn"}
    )
    size = re.search(r"<figcaption>\s*<span>([^<]+)</span>", coordinator.get(page).text)
    assert size
    assert "২" in size[1]
    assert not re.search("[0-9]", size[1])


HANGS: Final = "while True: pass"
GREEDY: Final = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    "from server.pictures.worker import ADDRESS_BYTES, limit_self\n"
    "limit_self()\n"
    "held = bytearray(2 * ADDRESS_BYTES)\n"
    "sys.stdout.buffer.write(b'RIFF')"
)
LIES: Final = "import sys; sys.stdout.buffer.write(b'\\x00\\x00\\x00\\x06<html><script>')"
FLOODS: Final = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    "from server.pictures.worker import OUTPUT_BYTES, limit_self\n"
    "limit_self()\n"
    "sys.stdout.buffer.write(bytes(2 * OUTPUT_BYTES))"
)


@pytest.mark.parametrize("program", [HANGS, GREEDY, LIES, FLOODS, "raise SystemExit(1)"])
def test_worker_that_goes_wrong_is_ended_and_the_page_still_works(
    client: FlaskClient, running: Services, folder: Path, device: Phone, coordinator: FlaskClient, program: str
) -> None:
    file = photo(1, width=60, height=60)
    page = response_with(client, running, device, file)
    assert send(client, device, file).status_code == 204
    worker = (sys.executable, "-I", "-c", program)
    broken = Pictures(folder, open_whole=running.attachments.files.open_whole, worker=worker, seconds=1.0)
    browser = create_app(Config(data_folder=folder), replace(running, pictures=broken)).test_client()
    browser.set_cookie("fieldwell", str(coordinator.get_cookie("fieldwell").value))  # type: ignore[union-attr]
    shown = browser.get(page)
    assert shown.status_code == 200
    assert "Has arrived, but cannot be shown as a picture" in text_of(shown)
    assert list((folder / "pictures").rglob("*.*")) == []
    assert running.pictures.draw(sha256_hex_of_bytes(file)) is Shown.DRAWN, "another start may try again"


def test_page_waits_for_pictures_only_so_long(client: FlaskClient, running: Services, device: Phone) -> None:
    files = [photo(seed, width=60, height=60) for seed in (1, 2)]
    sent_whole(client, device, *files)
    named = [
        FileOfResponse(name="a", sha256=sha256_hex_of_bytes(file), bytes=1, type="image/jpeg", state="here")
        for file in files
    ]
    ticks = iter([0.0, 0.0, 99.0])
    shown = shown_files(named, running.pictures, page_seconds=4.0, seconds_now=lambda: next(ticks))
    assert [one.state for one in shown] == ["picture", "picture"], "the browser asks for the second by itself"
    assert [running.pictures.shown(one.sha256) for one in shown] == [Shown.DRAWN, Shown.NOT_YET]


def test_only_so_many_pictures_are_drawn_at_once(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    files = [photo(seed, width=60, height=60) for seed in range(AT_ONCE + 1)]
    sent_whole(client, device, *files)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        waits = f"import socket; socket.create_connection({listener.getsockname()!r}).recv(1); raise SystemExit(3)"
        worker = (sys.executable, "-I", "-c", waits)
        pictures = Pictures(folder, open_whole=running.attachments.files.open_whole, worker=worker, seconds=20.0)
        *first, last = map(sha256_hex_of_bytes, files)
        drawing = [threading.Thread(target=pictures.draw, args=(sha256,)) for sha256 in first]
        for thread in drawing:
            thread.start()
        workers = [listener.accept()[0] for _thread in drawing]
        assert pictures.draw(last, patience=0.05) is Shown.NOT_YET
        for one in workers:
            one.close()
        for thread in drawing:
            thread.join()
    assert [pictures.shown(sha256) for sha256 in (*first, last)] == [Shown.NEVER] * AT_ONCE + [Shown.NOT_YET]


def test_nothing_drawn_of_an_erased_file_stays(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    file, broken = photo(1, width=60, height=60), SVG
    sent_whole(client, device, file, broken)
    for sha256 in map(sha256_hex_of_bytes, (file, broken)):
        running.pictures.draw(sha256)
        remove_files(folder, [sha256])
        assert running.pictures.draw(sha256) is Shown.NOT_YET
    assert [path for path in (folder / "pictures").rglob("*") if path.is_file()] == []


def test_first_bytes_decide_what_a_file_is() -> None:
    assert kind_of(SVG).sort is Sort.FILE
    assert kind_of(b"GIF89a").drawn_by == "GIF"
    assert kind_of(b"\x00\x00\x00\x18ftypheic").drawn_by is None
    assert kind_of(b"RIFF\x00\x00\x00\x00WAVE").type == "audio/wav"
    assert kind_of(b"\xff\xd8").sort is Sort.FILE
