"""Files as phones send them: photos with a position inside, revisions that name them, pieces over HTTP."""

import random
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from server.services import Services
from sync.hashes import sha256_hex_of_bytes
from tests.server.pushing import push
from tests.server.records import Item, Phone

__all__ = [
    "PIECE_HEADERS",
    "address",
    "feed_kinds",
    "incoming",
    "item_with",
    "measured",
    "name_files",
    "noise",
    "photo",
    "send",
    "sent_whole",
    "whole",
]

PIECE_HEADERS: Final = {"Content-Type": "application/offset+octet-stream"}
ORIENTATION: Final = 0x0112
GPS: Final = 0x8825


def photo(
    seed: int = 1, *, width: int = 1240, height: int = 830, kind: str = "JPEG", turned: bool = False, quality: int = 90
) -> bytes:
    """Make a picture like a photo: gradients, and the noise of a sensor; 400 kB at the usual size.

    A JPEG says where it was taken. ``turned`` says in it that the phone was held upright.
    """
    grain = Image.frombytes("L", (width, height), random.Random(seed).randbytes(width * height))
    across = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge(
        "RGB", (across, Image.blend(across, grain, 0.25), across.transpose(Image.Transpose.ROTATE_180))
    )
    exif = Image.Exif()
    if turned:
        exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (51.0, 31.0, 48.0), 3: "W", 4: (0.0, 1.0, 30.0)})
    target = BytesIO()
    picture.save(target, kind, quality=quality, **({"exif": exif} if kind == "JPEG" else {}))
    return target.getvalue()


def noise(size: int, seed: int = 3) -> bytes:
    """Make a file of bytes that mean nothing."""
    return random.Random(seed).randbytes(size)


def item_with(phone: Phone, *files: bytes, length: int | None = None, media_type: str = "image/jpeg") -> Item:
    """Make a revision that names files; ``length`` is said of each in place of its own."""
    named = [
        {
            "name": f"photo-{sha256_hex_of_bytes(file)[:16]}.jpg",
            "sha256": sha256_hex_of_bytes(file),
            "bytes": len(file) if length is None else length,
            "type": media_type,
        }
        for file in files
    ]
    return phone.item(header={"attachments": named})


def name_files(client: FlaskClient, phone: Phone, *files: bytes, length: int | None = None) -> None:
    """Push a revision that names the files."""
    [receipt] = push(client, phone, item_with(phone, *files, length=length))
    assert receipt["status"] in {"stored", "quarantined"}, receipt


def address(file: bytes) -> str:
    """Give the address that a file is sent to."""
    return f"/sync/v1/attachments/{sha256_hex_of_bytes(file)}"


def measured(client: FlaskClient, phone: Phone, file: bytes) -> tuple[int, int]:
    """Ask how far a file is: offset and length."""
    reply = client.head(address(file), headers=phone.headers)
    assert reply.status_code == 200, reply.status
    assert reply.headers["Cache-Control"] == "no-store"
    return int(reply.headers["Upload-Offset"]), int(reply.headers["Upload-Length"])


def send(
    client: FlaskClient, phone: Phone, file: bytes, *, offset: int = 0, piece: bytes | None = None
) -> TestResponse:
    """Send a piece of a file, or all from an offset on."""
    headers = {**phone.headers, **PIECE_HEADERS, "Upload-Offset": str(offset)}
    return client.patch(address(file), data=file[offset:] if piece is None else piece, headers=headers)


def sent_whole(client: FlaskClient, phone: Phone, *files: bytes) -> None:
    """Name the files and send them whole."""
    name_files(client, phone, *files)
    for file in files:
        assert send(client, phone, file).status_code == 204


def whole(folder: Path, file: bytes) -> Path:
    """Say where the server keeps a whole file."""
    sha256 = sha256_hex_of_bytes(file)
    return folder / "attachments" / sha256[:2] / sha256


def incoming(folder: Path, phone: Phone, file: bytes) -> Path:
    """Say where the server keeps what has come of a file."""
    return folder / "attachments" / "incoming" / phone.device / sha256_hex_of_bytes(file)


def feed_kinds(running: Services, file: bytes) -> Sequence[str]:
    """Give the kinds of what the log says of a file."""
    with running.database.read() as connection:
        rows = connection.execute(
            "SELECT kind FROM log WHERE subject = ? ORDER BY seq", (sha256_hex_of_bytes(file),)
        ).fetchall()
    return [row["kind"] for row in rows]
