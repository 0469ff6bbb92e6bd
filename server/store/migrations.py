"""The schema, as steps that are only ever added.

Each step runs once, whole or not at all. Tables are STRICT; times are ISO 8601 text in
UTC with a Z; hashes are lower-case hexadecimal SHA-256.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from server.store import (
    schema_of_api,
    schema_of_assets,
    schema_of_audit,
    schema_of_comments,
    schema_of_desk,
    schema_of_map_counts,
    schema_of_programme,
    schema_of_projections,
    schema_of_record,
    schema_of_recordings,
    schema_of_reviews,
    schema_of_search,
    schema_of_words,
)
from server.store.errors import SchemaTooNew

__all__ = ["apply", "is_current", "migrations"]

migrations = Migrations("fieldwell")


@migrations()
def m001_who_and_where(db: Database) -> None:
    """Make the tables of this server's identity, neighbourhoods, people and devices."""
    _execute(db, schema_of_record.WHO_AND_WHERE)


@migrations()
def m002_forms(db: Database) -> None:
    """Make the tables of published form versions, their logics and their texts."""
    _execute(db, schema_of_record.FORMS)


@migrations()
def m003_revisions(db: Database) -> None:
    """Make the log and the tables of revisions and their parts."""
    _execute(db, schema_of_record.REVISIONS)


@migrations()
def m004_projections(db: Database) -> None:
    """Make the tables that are computed from the log."""
    _execute(db, schema_of_projections.PROJECTIONS)


@migrations()
def m005_files_of_forms(db: Database) -> None:
    """Make the tables of the lists and media that lie beside forms."""
    _execute(db, schema_of_record.FILES_OF_FORMS)


@migrations()
def m006_attachments(db: Database) -> None:
    """Make the table of files that have arrived, let the log tell of them, and note how far a device has heard."""
    _execute(db, schema_of_record.ATTACHMENTS)


@migrations()
def m007_programme(db: Database) -> None:
    """Make the tables of the programme: scopes, sessions, the audit log, venues, posters and residents' phones."""
    _execute(db, schema_of_programme.PROGRAMME)


@migrations()
def m008_audit(db: Database) -> None:
    """Keep lines of the audit log as they were written, without network addresses, and find them by what they tell."""
    _execute(db, schema_of_audit.KEPT_AS_WRITTEN)


@migrations()
def m009_indexes(db: Database) -> None:
    """Make the indexes by which the newest responses are listed, and a poster's are counted."""
    _execute(db, (*schema_of_projections.NEWEST_FIRST, *schema_of_programme.QUOTAS))


@migrations()
def m010_words(db: Database) -> None:
    """Make the table of words that people found wrong in a translation."""
    _execute(db, schema_of_words.WORD_REPORTS)


@migrations()
def m011_recordings(db: Database) -> None:
    """Make the tables of the questions of forms as people speak them."""
    _execute(db, schema_of_recordings.RECORDINGS)


@migrations()
def m012_reviews(db: Database) -> None:
    """Make the table of what coordinators decide about responses, and list responses with their state and venue."""
    _execute(db, schema_of_reviews.REVIEWS)


@migrations()
def m013_desk(db: Database) -> None:
    """Make the tables of what stays set aside for good, and of responses that are no duplicates of each other."""
    _execute(db, schema_of_desk.DESK)


@migrations()
def m014_search(db: Database) -> None:
    """Make the tables by which responses are found and counted, and of the views that people keep."""
    _execute(db, (*schema_of_search.FINDING, *schema_of_search.COUNTS, *schema_of_search.FILLED_FROM_ROWS))
    _execute(db, schema_of_search.SAVED_VIEWS)


@migrations()
def m015_assets(db: Database) -> None:
    """Make the tables of canonical assets, and those that maps and barriers are counted by."""
    _execute(db, (*schema_of_assets.ASSETS, *schema_of_map_counts.COUNTED, *schema_of_assets.SHOWN))
    _execute(db, schema_of_map_counts.COUNT_WHAT_IS_THERE)


@migrations()
def m016_api(db: Database) -> None:
    """Make the tables of keys for programs, let keys reach as people do, and make the indexes of exports."""
    _execute(db, schema_of_api.API)


@migrations()
def m018_comments(db: Database) -> None:
    """Make the table of what coordinators say about a response, and let decisions that belong together say so."""
    _execute(db, schema_of_comments.COMMENTS)


def apply(connection: sqlite3.Connection) -> None:
    """Bring the database of the writer's ``connection`` up to date, in one transaction.

    Foreign keys are not enforced meanwhile, so that a table others refer to can be made anew; they are checked
    before the commit. Raises SchemaTooNew, having changed nothing, when a later version has been at work.
    """
    connection.execute("PRAGMA foreign_keys = OFF")
    # sqlite-utils begins with a plain BEGIN; inside an IMMEDIATE one it nests as savepoints.
    connection.execute("BEGIN IMMEDIATE")
    try:
        database = Database(connection, execute_plugins=False)
        _refuse_newer(database)
        if migrations.pending(database):
            migrations.apply(database)
            dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
            assert not dangling, "A migration leaves no row that refers to nothing."
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def is_current(connection: sqlite3.Connection) -> bool:
    """Tell whether every migration has been at work on a database, which stays as it is; raises SchemaTooNew."""
    database = Database(connection, execute_plugins=False)
    _refuse_newer(database)
    done = {migration.name for migration in migrations.applied(database)}
    return done == {migration.name for migration in migrations._migrations}


def _refuse_newer(database: Database) -> None:
    known = {migration.name for migration in migrations._migrations}
    unknown = [migration.name for migration in migrations.applied(database) if migration.name not in known]
    if unknown:
        raise SchemaTooNew(unknown)


def _execute(database: Database, statements: tuple[str, ...]) -> None:
    for statement in statements:
        database.execute(statement)
