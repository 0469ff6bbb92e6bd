"""Runs behind intake: projects what is new in the log, and again from nothing when asked to.

One response that cannot be projected is listed with the problem ``projection-failed`` and
delays no other. How far the log is projected is written in the transaction that writes
the rows, so a stop at any moment repeats work but loses none.
"""

import json
import logging
import sqlite3
import threading
import time
from dataclasses import dataclass
from functools import partial
from typing import Final

from server.formlogic.definition import Definition, Lists
from server.formlogic.logic_json import load
from server.forms.publish_files import lists_of_logic
from server.reviews import projection_queries as queries
from server.reviews import word_queries
from server.reviews.parts import join_parts
from server.reviews.projection import displayed_head, project, project_unreadable, without_observations
from server.reviews.rows import Projection
from server.store import schema_of_map_counts, schema_of_projections, schema_of_search
from server.store.database import Database
from server.store.errors import StoreClosed, StoreError
from server.store.recreate import recreate_tables
from server.store.savepoint import savepoint

__all__ = ["Projector", "catch_up", "forget_for_good", "project_again", "rebuild"]

BATCH_REVISIONS: Final = 200
RETRY_SECONDS: Final = 1.0
PAUSE_SECONDS: Final = 0.2  # without a push, after which projecting begins
PATIENCE_SECONDS: Final = 3.0  # how long a stream of pushes may put it off

TABLES: Final = (*schema_of_projections.TABLES, *schema_of_search.TABLES, *schema_of_map_counts.COMPUTED)

log = logging.getLogger(__name__)


class Projector:
    """A thread that projects whenever it is woken, from construction until ``close``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._woken = threading.Event()
        self._woken.set()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fieldwell-projector", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Say that the log has grown; returns at once."""
        self._woken.set()

    def close(self) -> None:
        """Stop after the batch at hand; a second call does nothing."""
        self._closing.set()
        self._woken.set()
        self._thread.join()

    def _run(self) -> None:
        # Whoever clears `_woken` comes back here before waiting on it, so a close in between is never slept through.
        while not self._closing.is_set():
            self._woken.wait()
            self._let_pushes_pass()
            if self._closing.is_set() or not self._project_all():
                return

    def _let_pushes_pass(self) -> None:
        """Wait for a pause in what arrives: intake and projection share one interpreter, and a phone is waiting."""
        latest = time.monotonic() + PATIENCE_SECONDS
        while not self._closing.is_set() and time.monotonic() < latest:
            self._woken.clear()
            if not self._woken.wait(PAUSE_SECONDS):
                return
        self._woken.clear()

    def _project_all(self) -> bool:
        """Project until the log's end is reached; False when the store has closed."""
        try:
            while not self._closing.is_set() and _project_batch(self._database):
                if self._woken.is_set():
                    self._let_pushes_pass()
        except StoreClosed:
            return False
        except StoreError as error:
            log.warning("Projecting is put off for %s seconds: %s", RETRY_SECONDS, error)
            self._closing.wait(RETRY_SECONDS)
            self._woken.set()
        except Exception:
            log.exception("Projecting failed; it goes on with the next push")
        return True


def catch_up(database: Database) -> None:
    """Project everything that the log holds beyond what is projected, and return when that is written."""
    while _project_batch(database):
        pass


def rebuild(database: Database) -> None:
    """Drop all rows that are computed, and compute them again from the record."""
    database.write(lambda connection: recreate_tables(connection, TABLES))
    catch_up(database)
    database.write(queries.show_assets_again)


def project_again(connection: sqlite3.Connection, *, response_id: str, for_good: bool = False) -> None:
    """Make the rows of one response anew, inside the writer's transaction, so that nothing of its past is left.

    The progress goes one step back: what the projector has read of the response before this is stale then, and is
    not written; it reads again instead. ``for_good``: what it said before is erased, and is to leave the disk
    (``forget_for_good``).
    """
    if for_good:
        word_queries.ask_to_merge(connection)
    if queries.heads(connection, response_id=response_id):
        _write_one(connection, _Batch(connection=connection, forms={}).project(response_id))
    queries.set_progress(connection, seq=queries.progress(connection) - 1)


def forget_for_good(database: Database, *, most_bytes: int | None = None) -> None:
    """Take the words of what was erased out of the index, in steps, then out of every gap of the database file.

    Until then they are not found, but stand in pages of the database. A file of more than ``most_bytes`` is not written
    anew now: others would wait. That is asked for again, at the latest by the next start.
    """
    with database.read() as connection:
        if not word_queries.to_merge(connection):
            return
    begin = True
    while database.write(partial(word_queries.merge_some, begin=begin)):
        begin = False
    if most_bytes is not None and database.path.stat().st_size > most_bytes:
        return
    try:
        database.write_anew()
    except sqlite3.Error as error:
        log.warning("The database could not be written anew, so erased words may stand in gaps of its file: %s", error)
    else:
        database.write(word_queries.merged)


def _project_batch(database: Database) -> bool:
    """Project the next revisions of the log; False when there are none."""
    with database.read() as connection:
        done = queries.progress(connection)
        waiting = queries.responses_after(connection, seq=done, limit=BATCH_REVISIONS)
        batch = _Batch(connection=connection, forms={})
        projections = [batch.project(response_id) for response_id in dict.fromkeys(one for _, one in waiting)]
    if not waiting:
        return False
    reached, _ = waiting[-1]
    database.write(lambda connection: _write(connection, projections, done=done, reached=reached))
    return True


@dataclass(frozen=True, kw_only=True)
class _Batch:
    """Projects what it reads from one moment of the record; each logic is loaded once."""

    connection: sqlite3.Connection
    forms: dict[str, tuple[Definition, Lists]]

    def project(self, response_id: str) -> Projection:
        """Project one response; whatever goes wrong with it becomes its problem."""
        heads = queries.heads(self.connection, response_id=response_id)
        head = displayed_head(heads)
        try:
            definition, lists = self._form(head.header.form.logic)
            parts = join_parts(queries.parts(self.connection, rev=head.rev))
            return project(heads, parts=parts, definition=definition, lists=lists)
        except Exception:
            log.exception("Response %s, revision %s, could not be projected", response_id, head.rev)
            return project_unreadable(heads)

    def _form(self, logic_sha: str) -> tuple[Definition, Lists]:
        if logic_sha not in self.forms:
            definition = load(json.loads(queries.logic(self.connection, sha256=logic_sha)))
            self.forms[logic_sha] = definition, lists_of_logic(self.connection, logic_sha=logic_sha)
        return self.forms[logic_sha]


def _write(connection: sqlite3.Connection, projections: list[Projection], *, done: int, reached: int) -> None:
    """Write a batch, unless somebody else has moved the progress since it was read: then it is stale."""
    if queries.progress(connection) != done:
        return
    for projection in projections:
        _write_one(connection, projection)
    queries.set_progress(connection, seq=reached)


def _write_one(connection: sqlite3.Connection, projection: Projection) -> None:
    """Write the rows of one response; should the database refuse them, list it all the same and delay no other."""
    try:
        with savepoint(connection):
            _replace_rows(connection, projection)
    except (sqlite3.IntegrityError, sqlite3.DataError):
        log.exception("The rows of response %s could not be written", projection.response.response_id)
        _replace_rows(connection, without_observations(projection))


def _replace_rows(connection: sqlite3.Connection, projection: Projection) -> None:
    response = queries.as_answered(connection, projection.response)
    word_queries.forget(connection, response_id=response.response_id)
    # What counts observations asks their asset and their response, so these go last.
    for table in ("barrier_observations", "asset_observations", "problems", "responses"):
        queries.delete_rows(connection, table=table, response_id=response.response_id)
    queries.insert_response(connection, response)
    for asset in projection.assets:
        queries.insert_asset(connection, asset)
    for barrier in projection.barriers:
        queries.insert_barrier(connection, barrier)
    for problem in projection.problems:
        queries.insert_problem(connection, problem)
    word_queries.keep_words(connection, seq=response.seq, response_id=response.response_id, texts=projection.texts)
    word_queries.keep_marks(connection, seq=response.seq, marks=projection.marks)
