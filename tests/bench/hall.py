"""A hall full of residents who scan one poster in the same moment, from one address.

Nobody waits for anybody: each reads a page for a while, sends it and waits for the next. What is chosen and how long
somebody reads comes from their number, so that every run has the same people.
"""

import asyncio
import html
import json
import re
import sys
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any
from uuid import UUID

from sync.hashes import sha256_hex
from sync.ids import RANDOM_BYTES, uuid7
from sync.references import REFERENCE_BYTES, make_reference, reference_hash
from tests.bench.asking import Asked, Asker, GaveUp
from tests.journeys.central import Central
from tests.journeys.posters import CODE

__all__ = ["HALL", "Asked", "by_app", "without_script"]

HALL = 500
PATH = f"/v/{CODE}"
READING_SECONDS = (6.0, 14.0)
"""How long somebody looks at a page: less than the quickest need."""
MOST_PAGES = 40
YES_OR_NO = ["yes", "no"]
BOUNDARY = "a-line-that-nobody-writes"
MULTIPART = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
JSON = {"Content-Type": "application/json"}
NOW_MS = 1_795_000_000_000

HIDDEN = re.compile(r'<input type="hidden" name="(state|page)" value="([^"]*)"')
MARKS = re.compile(r'<input class="choice-mark"[^>]* name="(q\d+)" value="([^"]*)"')
LINES = re.compile(r'<(?:textarea|input) class="field[^>]* name="(q\d+)"')
LAST_BUTTON = re.compile(r'class="button button-wide" name="go" value="([^"]+)"')

Resident = Callable[[Asker, Random], Coroutine[None, None, None]]


async def without_script(central: Central) -> list[Asked]:
    """Have all of them answer page by page, to the end."""
    return await _all_at_once(central, _answer_pages)


async def by_app(central: Central) -> list[Asked]:
    """Have all of them answer in the app: it gets a token by the poster's code, and sends what was finished."""
    return await _all_at_once(central, _answer_in_app)


async def _all_at_once(central: Central, resident: Resident) -> list[Asked]:
    asker = Asker(central.port)
    ended = await asyncio.gather(*(resident(asker, Random(number)) for number in range(HALL)), return_exceptions=True)
    troubles = [trouble for trouble in ended if trouble is not None]
    for trouble in troubles:
        if not isinstance(trouble, GaveUp):
            raise trouble
    for words in sorted({str(trouble) for trouble in troubles})[:5]:
        print(f"  {words}", file=sys.stderr)
    return asker.done


async def _answer_pages(asker: Asker, chance: Random) -> None:
    page = (await asker.ask("first page", PATH)).decode()
    looked_over = False
    for _ in range(MOST_PAGES):
        await asyncio.sleep(chance.uniform(*READING_SECONDS))
        button = LAST_BUTTON.findall(page)[-1]
        fields = _filled_in(page, chance, leave_out=looked_over)
        looked_over = looked_over or '<div class="answers">' in page
        kind = "finish" if button == "finish" else "next page"
        page = (await asker.ask(kind, PATH, body=_multipart([*fields, ("go", button)]), headers=MULTIPART)).decode()
        if button == "finish":
            return
    raise GaveUp(f"the form did not end within {MOST_PAGES} pages")


def _filled_in(page: str, chance: Random, *, leave_out: bool) -> list[tuple[str, str]]:
    """Answer every question of a page; say yes to the first, and no to the equality questions behind the check."""
    choices: dict[str, list[str]] = {}
    for name, value in MARKS.findall(page):
        choices.setdefault(name, []).append(html.unescape(value))
    chosen = [
        (name, values[-1 if leave_out else 0] if values == YES_OR_NO else chance.choice(values))
        for name, values in choices.items()
    ]
    written = [(name, "More seats in the shade, and a table.") for name in LINES.findall(page)]
    return [(name, html.unescape(value)) for name, value in HIDDEN.findall(page)] + chosen + written


def _multipart(fields: list[tuple[str, str]]) -> bytes:
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields
    )
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()


async def _answer_in_app(asker: Asker, chance: Random) -> None:
    await asker.ask("first page", PATH)
    await asyncio.sleep(chance.uniform(*READING_SECONDS))
    device = str(UUID(bytes=chance.randbytes(16), version=4))
    asked = json.dumps({"code": CODE, "device": device}).encode()
    welcome = json.loads(await asker.ask("visit", "/devices/v1/visit", body=asked, headers=JSON, expected=201))
    await asyncio.sleep(chance.uniform(*READING_SECONDS))
    body = json.dumps({"device": device, "items": [_finished(welcome, device, chance)]}).encode()
    headers = {**JSON, "Authorization": f"Bearer {welcome['token']}"}
    answer = json.loads(await asker.ask("push", "/sync/v1/push", body=body, headers=headers))
    if answer["receipts"][0]["status"] != "stored":
        raise GaveUp(f"push: {answer['receipts']}")


def _finished(welcome: dict[str, Any], device: str, chance: Random) -> dict[str, object]:
    """Write a finished response as the app does."""
    [form] = welcome["forms"]["forms"]
    answers = {"before_we_start": {"agree": "yes"}, "visit": {"how_often": "weekly", "benefits": "connect"}}
    part = json.dumps({"salt": chance.randbytes(16).hex(), "answers": answers})
    header = {
        "v": 1,
        "id": str(uuid7(NOW_MS, chance.randbytes(RANDOM_BYTES))),
        "parents": [],
        "kind": "create",
        "origin": "device",
        "form": {
            "id": form["id"],
            "version": form["version"],
            "logic": form["logic"],
            "texts": {pack["lang"]: pack["texts"] for pack in form["langs"] if pack["lang"] == "en"},
        },
        "lang": "en",
        "neighbourhood": welcome["neighbourhood"]["id"],
        "author": "",
        "device": device,
        "made_at": "2026-11-20T10:00:00.000Z",
        "parts": [{"name": "main", "sha256": sha256_hex(part)}],
        "attachments": [],
        "poster": welcome["poster"],
        "reference": reference_hash(make_reference(chance.randbytes(REFERENCE_BYTES))),
    }
    text = json.dumps(header)
    return {"rev": sha256_hex(text), "header": text, "parts": [part]}
