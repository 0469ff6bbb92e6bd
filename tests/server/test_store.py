"""What the store promises: durable when acknowledged, alone when failed, one process at a time."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.reviews.filters import Filters
from server.reviews.finding_queries import find_page
from server.reviews.order import NEWEST_FIRST
from server.store import migrations
from server.store.connections import open_writer
from server.store.database import FILE_NAME, Database
from server.store.errors import FolderInUse, QueueFull, SchemaTooNew, StoreClosed, WriteLost
from server.store.recreate import recreate_tables
from server.store.schema_of_projections import TABLES
from server.venues.poster_queries import counts_of_posters
from server.venues.queries import count_responses
from tests.server.pushing import hold_writer

OF_SQLITE = "response_words_"
"""Tables that SQLite makes itself, behind its index of words."""
HOLDER = """
import pathlib, sys
from server.store.lock import FolderLock
held = FolderLock(pathlib.Path(sys.argv[1]))
print(1, flush=True)
input()
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "data", queue_limit=4)
    yield opened
    opened.close()


def _add(connection: sqlite3.Connection, place: str) -> str:
    connection.execute(
        "INSERT INTO neighbourhoods (neighbourhood_id, name, system) VALUES (?, ?, ?)", (place, place, "Test")
    )
    return place


def _places(store: Database) -> list[str]:
    with store.read() as connection:
        rows = connection.execute("SELECT neighbourhood_id FROM neighbourhoods ORDER BY 1").fetchall()
    return [row["neighbourhood_id"] for row in rows]


def test_what_write_returned_is_seen_by_every_reader_and_after_opening_again(tmp_path: Path) -> None:
    store = Database(tmp_path)
    assert store.write(lambda connection: _add(connection, "old-ford")) == "old-ford"
    assert _places(store) == ["old-ford"]
    store.close()
    store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fieldwell.lock", FILE_NAME]
    again = Database(tmp_path)
    assert _places(again) == ["old-ford"]
    again.close()


def test_the_writer_syncs_every_commit_and_readers_neither_write_nor_checkpoint(store: Database) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint", "query_only")

    def settings(connection: sqlite3.Connection) -> dict[str, object]:
        return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    kept = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert store.write(settings) == kept | {"wal_autocheckpoint": 1000, "query_only": 0}
    with store.read() as connection:
        assert settings(connection) == kept | {"wal_autocheckpoint": 0, "query_only": 1}
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            _add(connection, "old-ford")


def test_a_reader_sees_one_moment_for_the_whole_block(store: Database) -> None:
    with store.read() as connection:
        before = connection.execute("SELECT COUNT(*) FROM neighbourhoods").fetchone()[0]
        store.write(lambda writing: _add(writing, "old-ford"))
        assert connection.execute("SELECT COUNT(*) FROM neighbourhoods").fetchone()[0] == before


def test_a_failing_job_takes_back_only_its_own_work(store: Database) -> None:
    release = hold_writer(store)

    def fail(connection: sqlite3.Connection) -> None:
        _add(connection, "half-done")
        raise LookupError("on purpose")

    good = [store.submit(lambda connection: _add(connection, "old-ford"))]
    bad = store.submit(fail)
    good.append(store.submit(lambda connection: _add(connection, "kings-heath")))
    release.set()
    assert [future.result() for future in good] == ["old-ford", "kings-heath"]
    with pytest.raises(LookupError, match="on purpose"):
        bad.result()
    assert _places(store) == ["kings-heath", "old-ford"]


def test_a_failed_commit_fails_all_its_jobs_and_keeps_none_of_their_work(store: Database) -> None:
    release = hold_writer(store)

    def break_foreign_key(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("INSERT INTO revision_parents (rev, parent) VALUES ('a', 'b')")

    innocent = store.submit(lambda connection: _add(connection, "old-ford"))
    guilty = store.submit(break_foreign_key)
    release.set()
    for failure in (innocent.exception(), guilty.exception()):
        assert isinstance(failure, WriteLost)
        assert isinstance(failure.__cause__, sqlite3.IntegrityError)
    assert _places(store) == []
    assert store.write(lambda connection: _add(connection, "kings-heath")) == "kings-heath"


def test_a_job_that_loses_the_whole_transaction_is_not_taken_for_a_success(store: Database) -> None:
    def roll_back(connection: sqlite3.Connection) -> None:
        connection.execute(
            "INSERT OR ROLLBACK INTO neighbourhoods (neighbourhood_id, name, system) VALUES (NULL, '', '')"
        )

    with pytest.raises(WriteLost):
        store.write(roll_back)
    assert store.write(lambda connection: _add(connection, "old-ford")) == "old-ford"


def test_writes_from_many_threads_are_all_kept(tmp_path: Path) -> None:
    store = Database(tmp_path)
    names = [f"place-{number:03}" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda name: store.write(lambda connection: _add(connection, name)), names))
    assert kept == names == _places(store)
    store.close()


def test_the_queue_holds_its_limit_and_not_one_more(store: Database) -> None:
    release = hold_writer(store)
    waiting = [store.submit(lambda _connection: 1) for _ in range(4)]
    with pytest.raises(QueueFull) as caught:
        store.submit(lambda _connection: 1)
    release.set()
    assert caught.value.retryable
    assert [future.result() for future in waiting] == [1, 1, 1, 1]


def test_closing_finishes_what_is_queued_and_takes_nothing_more(tmp_path: Path) -> None:
    store = Database(tmp_path)
    release = hold_writer(store)
    waiting = store.submit(lambda connection: _add(connection, "old-ford"))
    closing = threading.Thread(target=store.close)
    closing.start()
    release.set()
    closing.join()
    assert waiting.result() == "old-ford"
    with pytest.raises(StoreClosed):
        store.write(lambda connection: _add(connection, "late"))
    with pytest.raises(StoreClosed), store.read():
        pass


def test_a_second_process_is_told_which_folder_is_in_use_and_may_have_it_after_a_kill(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"1\n"
        with pytest.raises(FolderInUse, match=str(tmp_path)):
            Database(tmp_path)
        holder.kill()
    Database(tmp_path).close()


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    store = Database(tmp_path)
    later = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('fieldwell', 'm999_later', '')"
    store.write(lambda connection: connection.execute(later).rowcount)
    store.close()
    with pytest.raises(SchemaTooNew, match="m999_later"):
        Database(tmp_path)


def test_every_table_is_strict_and_migrating_again_changes_nothing(store: Database, tmp_path: Path) -> None:
    schema = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE '%sqlite_%' ORDER BY name"
    with store.read() as connection:
        before = [tuple(row) for row in connection.execute(schema)]
    assert [
        name
        for name, sql in before
        if sql and sql.lstrip().startswith("CREATE TABLE") and "STRICT" not in sql and not name.startswith(OF_SQLITE)
    ] == []
    store.close()
    connection = open_writer(tmp_path / "data" / FILE_NAME)
    migrations.apply(connection)
    assert [tuple(row) for row in connection.execute(schema)] == before
    connection.close()


def test_recreated_tables_are_empty_and_as_the_migrations_made_them(store: Database) -> None:
    schema = "SELECT name, sql FROM sqlite_schema ORDER BY name"
    store.write(lambda connection: connection.execute("INSERT INTO problems VALUES ('a', 'b', 'c')").rowcount)
    before = store.write(lambda connection: [tuple(row) for row in connection.execute(schema)])
    store.write(lambda connection: recreate_tables(connection, TABLES))
    assert store.write(lambda connection: [tuple(row) for row in connection.execute(schema)]) == before
    with store.read() as connection:
        assert connection.execute("SELECT COUNT(*) FROM problems").fetchone()[0] == 0


def plan(connection: sqlite3.Connection, query: Callable[[sqlite3.Connection], object], *, statement: int = 0) -> str:
    """Give how SQLite finds what a query asks for, in one of its statements."""
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    query(connection)
    connection.set_trace_callback(None)
    steps = connection.execute(f"EXPLAIN QUERY PLAN {asked[statement]}")
    return "\n".join(step["detail"] for step in steps)


def test_the_newest_responses_are_listed_without_sorting_all_of_them(store: Database) -> None:
    store.write(
        lambda connection: (
            connection.execute(
                """
            INSERT INTO people (person_id, sign_in_name, name, password_hash, role, created_at)
            VALUES ('ann', 'ann', 'Ann', '', 'administrator', '2026-11-20T12:00:00.000Z')
            """
            ).rowcount
        )
    )
    with store.read() as connection:
        steps = plan(
            connection,
            lambda there: find_page(there, reader="ann", filters=Filters(), order=NEWEST_FIRST, limit=25),
            statement=-1,
        )
    assert "SCAN responses USING INDEX responses_by_seq" in steps
    assert "ORDER BY" not in steps


def test_a_posters_responses_are_counted_by_an_index_alone(store: Database) -> None:
    with store.read() as connection:
        one = plan(connection, lambda there: count_responses(there, "a poster"))
        every = plan(connection, lambda there: counts_of_posters(there, "a venue", reader="ann"))
    assert one == "SEARCH revisions USING COVERING INDEX revisions_at_poster (poster_id=? AND quarantined_why=?)"
    assert "revisions USING COVERING INDEX revisions_at_poster (poster_id=? AND quarantined_why=?)" in every
