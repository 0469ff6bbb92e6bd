"""I4: another central that is given the same revisions, in another order, comes to the same heads."""

import random
import sqlite3
from datetime import timedelta

from server.clock import as_text
from server.devices.rules import Standing
from server.devices.tokens import Credentials
from server.intake.accept import Bringer, accept
from server.intake.rules import examine
from server.reviews import projection_queries
from tests.simulate.central_template import without_responses
from tests.simulate.holdings import Held
from tests.simulate.records import BEGINNING, NEIGHBOURHOOD, Finalised
from tests.simulate.sqlite_disk import opened
from tests.simulate.witness import Witness
from tests.simulate.world import Broken

__all__ = ["agrees"]


def agrees(connection: sqlite3.Connection, witness: Witness, held: Held, chance: random.Random) -> None:
    """Compare the heads of every response of which nothing was erased; raises Broken where they differ."""
    erased = {witness.finalised[rev].response for rev in witness.erased_revs}
    there = [one for one in witness.finalised.values() if one.rev in held.revs and one.rev not in held.quarantined]
    chance.shuffle(there)
    other = opened(without_responses())
    other.execute("UPDATE form_versions SET closed_at = NULL")
    for revision in there:
        _take_in(other, revision)
    for response in sorted({one.response for one in there} - erased):
        here, other_heads = (_heads(one, response) for one in (connection, other))
        if here != other_heads:
            raise Broken("I4", f"{response} has heads {here} here and {other_heads} at another central")
    other.close()


def _take_in(connection: sqlite3.Connection, revision: Finalised) -> None:
    item = examine({"rev": revision.rev, "header": revision.header, "parts": list(revision.parts)})
    credentials = Credentials(
        device=revision.device,
        role="worker",
        scopes=(NEIGHBOURHOOD,),
        name="",
        expires=BEGINNING + timedelta(days=1),
        issued=BEGINNING,
    )
    connection.execute("BEGIN")
    accept(
        connection,
        [item],
        bringer=Bringer(credentials=credentials, standing=Standing.GOOD),
        now=as_text(BEGINNING),
    )
    connection.execute("COMMIT")


def _heads(connection: sqlite3.Connection, response: str) -> list[str]:
    return sorted(head.rev for head in projection_queries.heads(connection, response_id=response))
