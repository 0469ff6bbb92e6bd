"""See that a response is on the server, and what the reference engine says of its answers."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.formlogic.definition import Definition
from server.formlogic.trees import Call, inner
from tests.journeys.central import Central

__all__ = ["Arrival", "see_arrival"]

PATIENCE_SECONDS: Final = 60.0
BETWEEN_LOOKS_SECONDS: Final = 0.2
CLOCK_AND_CHANCE: Final = frozenset({"now", "today", "random", "uuid", "once"})
ANSWERS: Final = (
    "SELECT parts.body FROM parts JOIN revision_parts USING (sha256) JOIN revisions USING (rev)"
    " WHERE response_id = '{}' ORDER BY revision_parts.position"
)


@dataclass(frozen=True)
class Arrival:
    """Whether it is there, with which answers (JSON, a line a part).

    ``explained`` maps a problem's place and code to why it is none; the others are ``problems``.
    """

    arrived: bool
    answers: str = ""
    problems: tuple[str, ...] = ()
    explained: Mapping[str, str] | None = None


def see_arrival(central: Central, response_id: str, definition: Definition) -> Arrival:
    """Wait for the response, up to a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    wanted = response_id.replace("'", "")
    while not central.rows(f"SELECT response_id FROM responses WHERE response_id = '{wanted}'"):  # noqa: S608  # ours
        if time.monotonic() > deadline:
            return Arrival(arrived=False)
        time.sleep(BETWEEN_LOOKS_SECONDS)
    found = central.rows(f"SELECT path, code FROM problems WHERE response_id = '{wanted}' ORDER BY path")  # noqa: S608
    reasons = {f"{row['path']} {row['code']}": _explain(row["path"], row["code"], definition) for row in found}
    bodies = central.rows(ANSWERS.format(wanted))
    return Arrival(
        arrived=True,
        answers="\n".join(json.dumps(json.loads(row["body"])["answers"], ensure_ascii=False) for row in bodies),
        problems=tuple(place for place, why in reasons.items() if not why),
        explained={place: why for place, why in reasons.items() if why},
    )


def _explain(path: str, code: str, definition: Definition) -> str:
    """Say why a problem is no fault of ours or of the answers; '' when it can't be explained."""
    bare = "".join(part.split("]")[-1] for part in path.split("["))
    node = next((one for one in definition.nodes if definition.path(one.number) == bare), None)
    if code != "calculation-differs" or node is None or node.calculate is None:
        return ""
    calls = {part.name for part in inner(node.calculate) if isinstance(part, Call)}
    asked = calls & CLOCK_AND_CHANCE
    return f"asks {', '.join(sorted(asked))}, which the server can't know" if asked else ""
