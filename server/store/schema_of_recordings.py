"""The tables of recordings: the questions of forms as people speak them.

Used by the migration that made them, so these statements never change; a later change is a new step.
"""

__all__ = ["RECORDINGS"]

RECORDINGS = (
    # A language that a form is spoken in, but not written in. `beside` is the written language it is read from.
    """
    CREATE TABLE spoken_languages (
        form_id TEXT NOT NULL,
        lang TEXT NOT NULL CHECK (length(lang) BETWEEN 2 AND 35),
        name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
        beside TEXT NOT NULL,
        added_at TEXT NOT NULL,
        PRIMARY KEY (form_id, lang)
    ) STRICT, WITHOUT ROWID
    """,
    # One sound of one text; `words` are those that it was spoken for. One with `ended_at` may be put back for a while.
    """
    CREATE TABLE recordings (
        recording_id INTEGER PRIMARY KEY AUTOINCREMENT,
        form_id TEXT NOT NULL,
        lang TEXT NOT NULL,
        text_key TEXT NOT NULL,
        sha256 TEXT NOT NULL REFERENCES media_files,
        bytes INTEGER NOT NULL CHECK (bytes > 0),
        milliseconds INTEGER NOT NULL CHECK (milliseconds > 0),
        words TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        ended_at TEXT
    ) STRICT
    """,
    "CREATE UNIQUE INDEX recordings_in_use ON recordings (form_id, lang, text_key) WHERE ended_at IS NULL",
    "CREATE INDEX recordings_by_file ON recordings (sha256)",
    # What phones fetch: all sounds of a form in a language, in one small text that is named by its hash.
    """
    CREATE TABLE sound_packs (
        sha256 TEXT PRIMARY KEY,
        body TEXT NOT NULL,
        sounds INTEGER NOT NULL CHECK (sounds > 0),
        bytes INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE form_sounds (
        form_id TEXT NOT NULL,
        lang TEXT NOT NULL,
        sha256 TEXT NOT NULL REFERENCES sound_packs,
        PRIMARY KEY (form_id, lang)
    ) STRICT, WITHOUT ROWID
    """,
)
