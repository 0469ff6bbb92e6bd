"""The tables of what the team decides about what came in oddly: set aside for good, and no duplicate after all.

Used by the migration that made them, so these statements never change; a later change is a new step.
"""

__all__ = ["DESK"]

DESK = (
    # A revision that is set aside and is to stay so: it is kept, and out of the way. `reason` is the person's own.
    """
    CREATE TABLE set_aside_rejections (
        rev TEXT PRIMARY KEY REFERENCES revisions,
        reason TEXT NOT NULL CHECK (length(reason) <= 500),
        person_id TEXT NOT NULL REFERENCES people,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # Two responses that look like one and are not, as somebody decided; the lesser id stands first.
    """
    CREATE TABLE not_duplicates (
        first_id TEXT NOT NULL,
        second_id TEXT NOT NULL,
        person_id TEXT NOT NULL REFERENCES people,
        at TEXT NOT NULL,
        PRIMARY KEY (first_id, second_id),
        CHECK (first_id < second_id)
    ) STRICT, WITHOUT ROWID
    """,
)
