"""A real `fieldwell serve` that believes one proxy, and phones that are enrolled through it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from uuid import uuid4

from server import services
from server.clock import SystemClock
from server.devices import enrolment
from server.forms.publish import publish
from server.places.queries import Neighbourhood, add_neighbourhood
from sync.hashes import sha256_hex, sha256_hex_of_bytes
from tests.deploy.caller import Caller
from tests.deploy.fronts import FRONTS
from tests.journeys.central import Central
from tests.server.records import Phone, chance, compiled_walk
from tests.server.uploading import address, item_with

__all__ = ["Behind", "enrolled", "name_file", "offset_of", "serving_behind"]

PUBLIC_URL: Final = "https://fieldwell.example.org"
PHONES_A_FRONT: Final = 6


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The server: its data folder, its port, and secrets that enrol one phone each."""

    folder: Path
    port: int
    secrets: list[str]

    @property
    def caller(self) -> Caller:
        """Give what calls it past any proxy."""
        return Caller(self.port)

    def came(self, phone: Phone, file: bytes) -> int:
        """Give how much of a file is on the disk. Asking the server would end an upload that is under way."""
        path = self.folder / "attachments" / "incoming" / phone.device / sha256_hex_of_bytes(file)
        return path.stat().st_size if path.exists() else 0


@contextmanager
def serving_behind(folder: Path) -> Iterator[Behind]:
    """Start it over a new data folder."""
    central = Central(folder, options=("--public-url", PUBLIC_URL, "--proxies", "1"))
    secrets = prepare(central.data)
    central.start()
    try:
        yield Behind(folder=central.data, port=central.port, secrets=secrets)
        central.stop()
    finally:
        central.kill()


def prepare(folder: Path) -> list[str]:
    running = services.start(folder, clock=SystemClock(), random_bytes=chance(1))
    try:
        place = Neighbourhood(neighbourhood_id="old-ford", name="Old Ford", system="Test")
        running.database.write(partial(add_neighbourhood, neighbourhood=place))
        publish(running.database, compiled_walk(), source_name="walk.xml", clock=running.clock)
        return [
            enrolment.create(
                running.database,
                neighbourhood_id=place.neighbourhood_id,
                name="Rahima",
                clock=running.clock,
                random_bytes=running.random_bytes,
            )
            for _ in range(PHONES_A_FRONT * len(FRONTS))
        ]
    finally:
        running.close()


def enrolled(behind: Behind, caller: Caller) -> Phone:
    """Enrol a phone through a proxy."""
    device = str(uuid4())
    asked = {"secret": behind.secrets.pop(), "device": device}
    reply = caller.call("/devices/v1/enrol", method="POST", headers=JSON, body=json.dumps(asked).encode())
    assert reply.status == 201, reply
    walk = compiled_walk()
    texts = {lang: sha256_hex(pack) for lang, pack in walk.packs.items()}
    seed = int(device[:8], 16)
    return Phone(
        token=json.loads(reply.body)["token"],
        logic=sha256_hex(walk.logic_text),
        texts=texts,
        device=device,
        random_bytes=chance(seed),
    )


def name_file(caller: Caller, phone: Phone, file: bytes) -> None:
    """Push a response that names a file."""
    body = json.dumps({"device": phone.device, "items": [item_with(phone, file)]}).encode()
    reply = caller.call("/sync/v1/push", method="POST", headers={**phone.headers, **JSON}, body=body)
    assert reply.status == 200, reply
    assert [receipt["status"] for receipt in json.loads(reply.body)["receipts"]] == ["stored"]


def offset_of(caller: Caller, phone: Phone, file: bytes) -> int:
    """Ask how much of the file has come."""
    reply = caller.call(address(file), method="HEAD", headers=phone.headers)
    assert reply.status == 200, reply
    return int(reply.header("Upload-Offset"))


JSON: Final = {"Content-Type": "application/json"}
