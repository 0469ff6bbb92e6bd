"""What tests of the server are made with: a clock, chance that repeats, and revisions as a phone makes them."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from server.forms.compile import Compiled, compile_xform
from sync.hashes import sha256_hex
from sync.ids import RANDOM_BYTES, uuid7

__all__ = ["DEVICE", "NOON", "WALK", "Item", "Phone", "SteppedClock", "chance", "compiled_walk"]

NOON: Final = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WALK: Final = Path(__file__).parent / "walk.xml"
DEVICE: Final = "0192f000-0000-7000-8000-0000000000d1"

Item = dict[str, object]


class SteppedClock:
    """A clock that stands until it is moved."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Give the moment at which the clock stands."""
        return self.moment

    def step(self, delta: timedelta) -> None:
        """Move the clock on."""
        self.moment += delta


def chance(seed: int) -> Callable[[int], bytes]:
    """Give random bytes that are the same for the same seed."""
    return random.Random(seed).randbytes


def compiled_walk(*, version: str = "1", constraint: str = ". &lt; 120", title: str = "A walk") -> Compiled:
    """Compile the form that tests answer; its logic differs by ``constraint``, its texts by ``title``."""
    xml = WALK.read_text()
    xml = xml.replace('id="walk" version="1"', f'id="walk" version="{version}"').replace(". &lt; 120", constraint)
    return compile_xform(xml.replace("A walk", title))


@dataclass
class Phone:
    """An enrolled phone that makes revisions of the form ``walk``; each has its own response unless told otherwise."""

    token: str
    logic: str
    texts: Mapping[str, str]
    device: str = DEVICE
    neighbourhood: str = "old-ford"
    random_bytes: Callable[[int], bytes] = field(default_factory=lambda: chance(7))

    @property
    def headers(self) -> dict[str, str]:
        """The header that carries the token."""
        return {"Authorization": f"Bearer {self.token}"}

    def item(
        self,
        answers: Mapping[str, object] | None = None,
        *,
        response_id: str | None = None,
        parents: Sequence[str] = (),
        header: Mapping[str, object] | None = None,
        part: str | None = None,
    ) -> Item:
        """Make one item of a push; ``header`` overrides members of it, ``part`` is the text of the main part."""
        text = part if part is not None else self.part({"who": "Asha"} if answers is None else answers)
        content = {**self.header(text, response_id=response_id, parents=parents), **(header or {})}
        header_text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return {"rev": sha256_hex(header_text), "header": header_text, "parts": [text]}

    def part(self, answers: Mapping[str, object]) -> str:
        """Write the text of a part with its own salt."""
        return json.dumps({"salt": self.random_bytes(16).hex(), "answers": answers}, ensure_ascii=False)

    def header(self, part: str, *, response_id: str | None, parents: Sequence[str]) -> dict[str, object]:
        """Write the members of a header around one part."""
        fresh = uuid7(int(NOON.timestamp() * 1000), self.random_bytes(RANDOM_BYTES))
        return {
            "v": 1,
            "id": response_id or str(fresh),
            "parents": list(parents),
            "kind": "edit" if parents else "create",
            "origin": "device",
            "form": {"id": "walk", "version": "1", "logic": self.logic, "texts": self.texts},
            "lang": "bn",
            "neighbourhood": self.neighbourhood,
            "author": "Rahima",
            "device": self.device,
            "made_at": "2026-11-20T10:00:00.000Z",
            "parts": [{"name": "main", "sha256": sha256_hex(part)}],
            "attachments": [],
        }
