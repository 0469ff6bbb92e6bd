"""The table of words that people found wrong in a translation.

Used by the migration that made it, so these statements never change; a later change is a new step.
"""

__all__ = ["WORD_REPORTS"]

WORD_REPORTS = (
    # `lang` is a BCP 47 tag, `screen` the path of the page; the reporter's page made `report_id` (a UUID), so that a
    # report which is sent twice is kept once. Nobody is named: at most the device and its neighbourhood are known.
    """
    CREATE TABLE word_reports (
        report_id TEXT PRIMARY KEY CHECK (length(report_id) = 36),
        reported_at TEXT NOT NULL,
        lang TEXT NOT NULL CHECK (length(lang) BETWEEN 2 AND 35),
        screen TEXT NOT NULL CHECK (length(screen) <= 200),
        shown TEXT NOT NULL CHECK (length(shown) BETWEEN 1 AND 500),
        better TEXT NOT NULL CHECK (length(better) <= 500),
        note TEXT NOT NULL CHECK (length(note) <= 500),
        device_id TEXT REFERENCES devices ON DELETE SET NULL,
        neighbourhood_id TEXT REFERENCES neighbourhoods,
        handled_at TEXT,
        handled_by TEXT REFERENCES people,
        CHECK ((handled_at IS NULL) = (handled_by IS NULL))
    ) STRICT
    """,
    "CREATE INDEX word_reports_newest_first ON word_reports (reported_at DESC, report_id DESC)",
    "CREATE INDEX word_reports_by_device ON word_reports (device_id)",
)
