"""Empties tables that can be computed again by dropping and making them anew, exactly as the migrations left them."""

import sqlite3
from collections.abc import Sequence

__all__ = ["recreate_tables"]


def recreate_tables(connection: sqlite3.Connection, names: Sequence[str]) -> None:
    """Drop the tables and their indexes and make them again, empty, inside the caller's transaction.

    ``names`` are names of our own tables. A row that does not fit its table's rules, however
    it came there, is gone after this.
    """
    statements = [statement for name in names for statement in _statements_of(connection, name)]
    for name in names:
        connection.execute(f"DROP TABLE {name}")
    for statement in statements:
        connection.execute(statement)


def _statements_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """Give the SQL that makes a table, then its indexes and triggers; an index that SQLite makes by itself has none."""
    rows = connection.execute(
        """
        SELECT sql FROM sqlite_schema
        WHERE tbl_name = :table AND sql IS NOT NULL ORDER BY type <> 'table', type, name
        """,
        {"table": table},
    )
    return [row["sql"] for row in rows]
