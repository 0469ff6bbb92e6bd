"""SQL of the audit log: lines are added, never changed."""

import sqlite3

__all__ = ["insert_line"]


def insert_line(
    connection: sqlite3.Connection,
    *,
    at: str,
    actor_id: str | None,
    actor_name: str,
    action: str,
    subject: str,
    neighbourhood_id: str | None,
    details: str,
) -> None:
    """Keep one line; `details` is a JSON object."""
    connection.execute(
        """
        INSERT INTO audit (at, actor_id, actor_name, action, subject, neighbourhood_id, details)
        VALUES (:at, :actor_id, :actor_name, :action, :subject, :neighbourhood_id, :details)
        """,
        {
            "at": at,
            "actor_id": actor_id,
            "actor_name": actor_name,
            "action": action,
            "subject": subject,
            "neighbourhood_id": neighbourhood_id,
            "details": details,
        },
    )
