"""Responses in parts and with photos, the bytes that are left of them on a disk, and commands typed over a folder."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flask.testing import FlaskClient

from server.cli import main
from server.upkeep.backup import Made
from sync.hashes import sha256_hex, sha256_hex_of_bytes
from tests.server.records import Item, Phone

__all__ = ["BackUp", "in_parts", "newest", "parts_by_name", "rev_of", "safe_seq", "traces", "typed"]

BackUp = Callable[[], Made]


def in_parts(
    phone: Phone,
    answers: Mapping[str, Mapping[str, object]],
    *,
    files: Sequence[bytes] = (),
    response_id: str | None = None,
    parents: Sequence[str] = (),
) -> Item:
    """Make a revision with one part for each name in ``answers``, which names the files."""
    texts = {name: phone.part(given) for name, given in answers.items()}
    header = {
        **phone.header("", response_id=response_id, parents=parents),
        "parts": [{"name": name, "sha256": sha256_hex(text)} for name, text in texts.items()],
        "attachments": [
            {"name": f"{number}.jpg", "sha256": sha256_hex_of_bytes(file), "bytes": len(file), "type": "image/jpeg"}
            for number, file in enumerate(files)
        ],
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
    return {"rev": sha256_hex(text), "header": text, "parts": list(texts.values())}


def rev_of(item: Item) -> str:
    """Give the name of a revision."""
    return str(item["rev"])


def parts_by_name(item: Item) -> dict[str, str]:
    """Give the hashes of a revision's parts."""
    return {part["name"]: part["sha256"] for part in json.loads(str(item["header"]))["parts"]}


def traces(folder: Path, *contents: bytes | str) -> list[str]:
    """List the files below a folder in which any of the contents stands, as text, as JSON escapes, or as bytes."""
    wanted = [form for content in contents for form in _forms(content)]
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [str(path.relative_to(folder)) for path in files if any(one in path.read_bytes() for one in wanted)]


def _forms(content: bytes | str) -> list[bytes]:
    if isinstance(content, bytes):
        middle = len(content) // 2
        return [content[:64], content[middle : middle + 64], content[-64:]]
    return [content.encode(), json.dumps(content)[1:-1].encode()]


def typed(*words: object) -> int:
    """Type a command; give its exit status."""
    return main([str(word) for word in words])


def newest(backups: Path) -> Path:
    """Give the newest finished backup in a folder."""
    return max(path.parent for path in backups.glob("*/manifest.json"))


def safe_seq(client: FlaskClient) -> int:
    """Ask up to which entry of the log everything is in a verified backup."""
    seq: int = client.get("/sync/v1/hello").get_json()["safe_seq"]
    return seq
