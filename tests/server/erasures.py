"""A response that is worth erasing, the call that erases it, and a server that is ended and begun again."""

import json
from pathlib import Path

from server import services
from server.intake import erasure
from server.intake.erasure import Request
from server.services import Services
from server.upkeep import erasing
from server.upkeep.erasing import Erased
from tests.server.records import Item, SteppedClock, chance

__all__ = ["ANSWERS", "NAME", "PHONE_NUMBER", "PLACE", "Restart", "erase", "planned", "response_of"]

NAME = "Shabnam Æblegård"
PLACE = "শাপলা বাগান"
PHONE_NUMBER = "020 7946 0000"
ANSWERS = {
    "main": {
        "who": NAME,
        "assets": [{"about": {"asset_name": PLACE, "meta": {"entity": {"id": "a1", "label": PLACE}}}}],
    },
    "contact": {"telephone": PHONE_NUMBER},
}


def erase(running: Services, item: Item, *names: str) -> Erased:
    """Erase parts of a response, or all of it."""
    wanted = Request(response_id=response_of(item), parts=names or None, reason="asked to")
    return erasing.erase(running.database, wanted, identity=running.identity, clock=running.clock)


def response_of(item: Item) -> str:
    return str(json.loads(str(item["header"]))["id"])


class Restart:
    """Services that can be ended and begun again."""

    def __init__(self, running: Services, folder: Path, clock: SteppedClock) -> None:
        self.now, self._folder, self._clock = running, folder, clock

    def __call__(self) -> Services:
        self.now.close()
        self.now = services.start(self._folder, clock=self._clock, random_bytes=chance(2))
        return self.now


def planned(running: Services, item: Item) -> erasure.Erasure:
    with running.database.read() as connection:
        one = erasure.plan(
            connection,
            Request(response_id=response_of(item), parts=None, reason=""),
            server_id=running.identity.server_id,
            now="2026-11-20T12:00:00.000Z",
        )
    assert one is not None
    return one
