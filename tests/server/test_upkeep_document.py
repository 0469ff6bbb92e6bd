"""The commands of docs/upkeep.md do what the document says, typed one after the other over a real folder."""

import json
import re
import shlex
from pathlib import Path

from flask.testing import FlaskClient

from server.services import Services
from tests.project import read
from tests.server.keeping import in_parts, traces, typed
from tests.server.pushing import push
from tests.server.records import Phone
from tests.server.uploading import noise, send

TELEPHONE = "020 7946 0000"


def commands() -> list[str]:
    """List the commands in the order of the page, as they are typed."""
    blocks = re.findall(r"^```sh\n(.*?)^```", read("docs/upkeep.md"), re.MULTILINE | re.DOTALL)
    lines = [line.split("  ")[-1].removesuffix(">/dev/null") for block in blocks for line in block.splitlines()]
    return [line.strip() for line in lines if line.startswith("fieldwell ")]


def test_the_commands_of_the_document_work_in_its_order(
    running: Services, client: FlaskClient, device: Phone, folder: Path, tmp_path: Path
) -> None:
    photo = noise(3000)
    item = in_parts(device, {"main": {"who": "Asha"}, "contact": {"telephone": TELEPHONE}}, files=[photo])
    push(client, device, item)
    send(client, device, photo)
    running.close()
    meant = {
        "/var/lib/fieldwell": str(folder),
        "/mnt/backups": str(tmp_path),
        "RESPONSE-ID": json.loads(str(item["header"]))["id"],
    }
    done = commands()
    for line in done:
        for written, real in meant.items():
            line = line.replace(written, real)
        assert typed(*shlex.split(line)[1:]) == 0, line
    assert [line.split()[1] for line in done] == ["backup", "backup", "backup", "restore", "erase", "erasures"]
    assert traces(folder, photo)
    [aside] = folder.glob("replaced-*")
    assert traces(folder, TELEPHONE) == [str((aside / "fieldwell.sqlite3").relative_to(folder))]


def test_everything_that_a_folder_of_backups_holds_is_in_the_document(
    running: Services, folder: Path, tmp_path: Path, client: FlaskClient, device: Phone
) -> None:
    photo = noise(3000)
    push(client, device, in_parts(device, {"main": {}}, files=[photo]))
    send(client, device, photo)
    running.close()
    assert typed("backup", "--to", tmp_path / "backups", "--data", folder) == 0
    told = read("docs/upkeep.md")
    for path in (tmp_path / "backups").iterdir():
        is_backup = re.fullmatch(r"\d{4}-\d\d-\d\dT\d{6}-\d{3}Z", path.name)
        assert is_backup or path.name in told, path.name
