"""The table of what coordinators say to each other about a response, and what was decided together.

Used by the migration that made them, so these statements never change; a later change is a new step.
"""

__all__ = ["COMMENTS"]

COMMENTS = (
    # A comment is for the team only: it reaches no phone and no download. One that was taken back has no text any more.
    """
    CREATE TABLE comments (
        comment_id TEXT PRIMARY KEY,
        response_id TEXT NOT NULL,
        person_id TEXT NOT NULL REFERENCES people,
        text TEXT NOT NULL CHECK (length(text) <= 2000),
        at TEXT NOT NULL,
        withdrawn_at TEXT,
        CHECK (withdrawn_at IS NULL OR text = '')
    ) STRICT
    """,
    "CREATE INDEX comments_by_response ON comments (response_id, at)",
    # Decisions that were made by one press of a button: all of them name the first, and can be taken back together.
    "ALTER TABLE reviews ADD COLUMN batch_id TEXT",
    "CREATE INDEX reviews_by_batch ON reviews (batch_id, seq)",
)
