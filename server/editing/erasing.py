"""Erases for a person of the team while the server serves: a part, everything, or texts that held certain words."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.editing import queries
from server.editing.redacting import stands_in
from server.intake import erasure, erasure_queries
from server.intake.erasure import Erasure, Request
from server.people.rights import must_administer, must_change
from server.people.rules import Person
from server.reviews.rows import REDACTED
from server.store.database import Database
from server.store.identity import ServerIdentity
from server.upkeep.serving_erasure import erase_while_serving

__all__ = ["Eraser", "names_of_parts", "texts_with"]


@dataclass(frozen=True, kw_only=True)
class Eraser:
    """Whoever erases, with what is needed for it; ``settle`` has what lies behind the rows tidied."""

    database: Database
    identity: ServerIdentity
    clock: Clock
    person: Person
    settle: Callable[[], None]

    def erase_parts(self, response_id: str, parts: tuple[str, ...] | None, *, reason: str) -> list[Erasure]:
        """Erase parts of a response, or all of it with its files; raises NotAllowed before anything is written."""
        self._ask_again(everything=parts is None)
        return self._erase(Request(response_id=response_id, parts=parts, reason=reason))

    def erase_texts(self, response_id: str, parts: Sequence[str], texts: frozenset[str]) -> list[Erasure]:
        """Erase single texts of parts, of which newer ones stand in their place."""
        self._ask_again(everything=False)
        return self._erase(Request(response_id=response_id, parts=tuple(parts), reason=REDACTED, texts=texts))

    def leaves(self, response_id: str, parts: tuple[str, ...] | None) -> int:
        """Count the texts and files that stay after all, since another response that is not erased has the same."""
        with self.database.read() as connection:
            return len(erasure.shared(connection, Request(response_id=response_id, parts=parts, reason="")))

    def _ask_again(self, *, everything: bool) -> None:
        """Ask for the right once more: what the ledger has been told is done, whoever may what by then."""
        actor = Actor(person_id=self.person.person_id, name=self.person.name)

        def ask(connection: sqlite3.Connection) -> None:
            (must_administer if everything else must_change)(connection, actor)

        self.database.write(ask)

    def _erase(self, wanted: Request) -> list[Erasure]:
        done = erase_while_serving(self.database, wanted, identity=self.identity, clock=self.clock, note=self._note)
        self.settle()
        return done

    def _note(self, connection: sqlite3.Connection, done: Erasure) -> None:
        """Write who did it."""
        note(
            connection,
            at=as_text(self.clock.now()),
            actor=Actor(person_id=self.person.person_id, name=self.person.name),
            action="response-erased",
            subject=done.header.id,
            neighbourhood_id=done.header.neighbourhood,
            details={"texts": len(done.erases.parts), "files": len(done.erases.attachments)},
        )


def texts_with(
    connection: sqlite3.Connection, response_id: str, words: Sequence[str], *, parts: Sequence[str], person: Person
) -> frozenset[str]:
    """Name the kept texts of parts in which words stand, in whatever version; one that cannot be read counts."""
    kept = queries.kept_parts(connection, response_id, names=parts, reader=person.person_id)
    return frozenset(one.sha256 for one in kept if _holds(one.body, words))


def names_of_parts(connection: sqlite3.Connection, response_id: str) -> list[str]:
    """Name the parts that a response has in any of its versions."""
    return erasure_queries.part_names(connection, response_id=response_id)


def _holds(body: str, words: Sequence[str]) -> bool:
    try:
        waiting: list[object] = [json.loads(body)["answers"]]
    except (ValueError, LookupError, TypeError, RecursionError):
        return True
    while waiting:
        match waiting.pop():
            case str(text) if stands_in(text, words):
                return True
            case dict(members):
                waiting.extend([*members, *members.values()])
            case list(items):
                waiting.extend(items)
    return False
