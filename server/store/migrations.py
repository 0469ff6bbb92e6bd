"""The schema, as steps that are only ever added.

Each step runs once, whole or not at all. Tables are STRICT; times are ISO 8601 text in
UTC with a Z; hashes are lower-case hexadecimal SHA-256.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from server.store import schema_of_projections, schema_of_record
from server.store.errors import SchemaTooNew

__all__ = ["apply", "migrations"]

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


def apply(connection: sqlite3.Connection) -> None:
    """Bring the database of the writer's ``connection`` up to date, in one transaction.

    Raises SchemaTooNew, having changed nothing, when a later version has been at work.
    """
    # sqlite-utils begins with a plain BEGIN; inside an IMMEDIATE one it nests as savepoints.
    connection.execute("BEGIN IMMEDIATE")
    try:
        database = Database(connection, execute_plugins=False)
        _refuse_newer(database)
        migrations.apply(database)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _refuse_newer(database: Database) -> None:
    known = {migration.name for migration in migrations._migrations}
    unknown = [migration.name for migration in migrations.applied(database) if migration.name not in known]
    if unknown:
        raise SchemaTooNew(unknown)


def _execute(database: Database, statements: tuple[str, ...]) -> None:
    for statement in statements:
        database.execute(statement)
