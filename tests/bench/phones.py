"""Enrol a phone over HTTP, as the app does, with a real one-time secret."""

import json
import urllib.request
from typing import Any
from uuid import uuid4

from tests.bench.fieldwell import Server
from tests.bench.records import Phone

__all__ = ["enrolled_phone"]

CALL_SECONDS = 30.0
LANGUAGE = "en"


def enrolled_phone(server: Server) -> Phone:
    """Use up one of the server's enrolments; give the phone with its token and the form it may fill in."""
    device = str(uuid4())
    enrolled = _call(f"{server.url}/devices/v1/enrol", body={"secret": server.secrets.pop(), "device": device})
    manifest = _call(f"{server.url}/forms/v1/manifest", token=enrolled["token"])
    (form,) = manifest["forms"]
    return Phone(
        device=device,
        token=enrolled["token"],
        neighbourhood=enrolled["neighbourhood"]["id"],
        worker=enrolled["name"],
        form_id=form["id"],
        form_version=form["version"],
        logic=form["logic"],
        texts={pack["lang"]: pack["texts"] for pack in form["langs"] if pack["lang"] == LANGUAGE},
    )


def _call(url: str, *, body: dict[str, str] | None = None, token: str = "") -> dict[str, Any]:
    request = urllib.request.Request(url, data=json.dumps(body).encode() if body else None)
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=CALL_SECONDS) as response:
        answer: dict[str, Any] = json.load(response)
    return answer
