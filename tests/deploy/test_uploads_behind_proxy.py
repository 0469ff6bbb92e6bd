"""Uploads through real proxies: what came of one that is cut off stays, large ones pass, refusals come through."""

import time
from typing import Final

from sync.limits import ATTACHMENT_BYTES
from tests.deploy.behind import Behind, enrolled, name_file, offset_of
from tests.deploy.caller import Caller, Reply
from tests.deploy.fronts import Front
from tests.server.records import Phone
from tests.server.uploading import PIECE_HEADERS, address, noise

PIECE: Final = 1024 * 1024
"""The longest piece that a phone sends."""
HELD_BACK: Final = 64 * 1024
"""How much of what it has read a proxy may hold in its hands when the caller goes."""
PATIENCE_SECONDS: Final = 20


def test_what_came_of_an_upload_that_is_cut_off_stays(front: Front, behind: Behind) -> None:
    phone = enrolled(behind, front.caller)
    file = noise(3 * PIECE, seed=front.port)
    name_file(front.caller, phone, file)
    with front.caller.connect() as line:
        line.sendall(head_of(front, phone, file) + file[:PIECE])
        wait_until_came(behind, phone, file, PIECE - HELD_BACK)
    came = offset_of(front.caller, phone, file)
    assert PIECE - HELD_BACK <= came <= PIECE
    rest = {**phone.headers, **PIECE_HEADERS, "Upload-Offset": str(came)}
    assert front.caller.call(address(file), method="PATCH", headers=rest, body=file[came:]).status == 204


def test_the_largest_file_passes_in_one_piece(front: Front, behind: Behind) -> None:
    phone = enrolled(behind, front.caller)
    file = noise(ATTACHMENT_BYTES, seed=front.port + 1)
    name_file(front.caller, phone, file)
    headers = {**phone.headers, **PIECE_HEADERS, "Upload-Offset": "0"}
    reply = front.caller.call(address(file), method="PATCH", headers=headers, body=file)
    assert (reply.status, reply.header("Upload-Offset")) == (204, str(ATTACHMENT_BYTES))


def test_a_refusal_reaches_who_is_still_sending(front: Front, behind: Behind) -> None:
    """The server answers before it has read the body, and says why; the proxy must not put words of its own there."""
    through, direct = (refused(caller, PIECE) for caller in (front.caller, behind.caller))
    assert through.header("Content-Type") == "application/problem+json"
    assert (through.status, through.body) == (direct.status, direct.body)


def test_a_refusal_reaches_who_sends_more_than_a_phone_would(fronts: dict[str, Front]) -> None:
    """Not asked of Caddy: over HTTP/1.1 it hangs up on who goes on sending after the answer."""
    assert [refused(fronts["nginx"].caller, ATTACHMENT_BYTES).status for _ in range(5)] == [401] * 5


def refused(caller: Caller, size: int) -> Reply:
    """Send a piece of a file under a token that nobody signed."""
    body = noise(size)
    headers = {"Authorization": "Bearer no.such.token", **PIECE_HEADERS, "Upload-Offset": "0"}
    return caller.call(address(body), method="PATCH", headers=headers, body=body)


def head_of(front: Front, phone: Phone, file: bytes) -> bytes:
    """Write the head of a request for the whole file."""
    headers = {
        "Host": front.name,
        **phone.headers,
        **PIECE_HEADERS,
        "Upload-Offset": "0",
        "Content-Length": str(len(file)),
    }
    lines = [f"PATCH {address(file)} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def wait_until_came(behind: Behind, phone: Phone, file: bytes, size: int) -> None:
    """Wait until the server has so much, while the sender has not ended: nothing in between waits for the rest."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while behind.came(phone, file) < size:
        assert time.monotonic() < deadline, "the body does not go on as it arrives"
        time.sleep(0.02)
