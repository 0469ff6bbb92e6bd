"""The tables by which responses are found and counted: words, marks, indexes, counts; and the views that people keep.

Used by the migration that made them, so these statements never change; a later change is a new step. All but the saved
views is computed. SQLite makes the tables behind `response_words` itself, which is why those are not STRICT.
"""

__all__ = ["COUNTS", "FILLED_FROM_ROWS", "FINDING", "SAVED_VIEWS", "TABLES"]

TABLES = ("response_texts", "response_words", "response_marks", "response_counts")
"""Computed with the tables of the projection. The rows of `response_counts` come from triggers on `responses`."""

FINDING = (
    # What people wrote, as they wrote it; nothing that is kept apart (server/reviews/apart.py).
    """
    CREATE TABLE response_texts (
        seq INTEGER PRIMARY KEY,
        response_id TEXT NOT NULL UNIQUE,
        texts TEXT NOT NULL
    ) STRICT
    """,
    # The words of response_texts as server/reviews/words.py folds them; a row's id is its seq. Without content of its
    # own: a row is taken out by giving its words once more. Words that are in ASCII or beyond it are words already.
    "CREATE VIRTUAL TABLE response_words USING fts5 (words, content='', tokenize='ascii', prefix='2 3')",
    # What a response is found by beside its own columns: kind:… of an asset, barrier:… of a barrier.
    """
    CREATE TABLE response_marks (
        mark TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (mark, seq)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX response_marks_by_response ON response_marks (seq)",
    # Why nobody was interviewed; '' for an ordinary response.
    "ALTER TABLE responses ADD COLUMN outcome TEXT NOT NULL DEFAULT ''",
    # Whether no answer is left, and why: withdrawn by the person who answered, or erased; '' while there are answers.
    "ALTER TABLE responses ADD COLUMN gone TEXT NOT NULL DEFAULT '' CHECK (gone IN ('', 'withdrawn', 'erased'))",
    """
    UPDATE responses SET gone = 'erased'
     WHERE EXISTS (SELECT 1 FROM revisions WHERE rev = head_rev AND kind = 'erase')
       AND NOT EXISTS (SELECT 1 FROM revision_parts WHERE rev = head_rev)
    """,
    "DROP INDEX responses_by_seq",
    "CREATE UNIQUE INDEX responses_by_seq ON responses (seq)",
    "CREATE INDEX responses_by_venue ON responses (venue_id, seq)",
    "CREATE INDEX responses_by_author ON responses (author, seq)",
    "CREATE INDEX responses_by_device ON responses (device_id, seq)",
    "CREATE INDEX responses_by_form ON responses (form_id, seq)",
    "CREATE INDEX responses_by_lang ON responses (lang, seq)",
    "CREATE INDEX responses_by_making ON responses (made_at, seq)",
    "CREATE INDEX responses_by_receipt ON responses (received_at, seq)",
    "CREATE INDEX responses_by_problems ON responses (problem_count, seq)",
    "CREATE INDEX responses_in_conflict ON responses (seq) WHERE heads > 1",
    "CREATE INDEX responses_from_posters ON responses (seq) WHERE poster_id IS NOT NULL",
)

# What is counted of a response, `{row}` being NEW, OLD or responses; NULL is not counted, nor one that is gone. Form
# and outcome count every response, the others interviews only.
_HERE = "CASE WHEN {row}.gone = '' THEN"
_INTERVIEW = "CASE WHEN {row}.gone = '' AND {row}.form_id <> 'no_interview' THEN"
_FACTS = {
    "form": f"{_HERE} {{row}}.form_id END",
    "outcome": f"{_HERE} NULLIF({{row}}.outcome, '') END",
    "state": f"{_INTERVIEW} {{row}}.state END",
    "language": f"{_INTERVIEW} {{row}}.lang END",
    "venue": f"{_INTERVIEW} COALESCE({{row}}.venue_id, '') END",
    "worker": f"{_INTERVIEW} {{row}}.author END",
    "problems": f"{_INTERVIEW} CASE WHEN {{row}}.problem_count > 0 THEN {{row}}.state END END",
    "conflicts": f"{_INTERVIEW} CASE WHEN {{row}}.heads > 1 THEN {{row}}.state END END",
}
_PERIODS = ("substr({row}.received_at, 1, 7)", "substr({row}.received_at, 1, 10)")
_ADD = """
    INSERT INTO response_counts (period, neighbourhood_id, what, value, responses)
    SELECT {period}, NEW.neighbourhood_id, '{what}', {value}, 1 WHERE {value} IS NOT NULL
        ON CONFLICT (period, neighbourhood_id, what, value) DO UPDATE SET responses = responses + 1;
"""
_TAKE = """
    UPDATE response_counts SET responses = responses - 1
     WHERE period = {period} AND neighbourhood_id = OLD.neighbourhood_id AND what = '{what}' AND value = {value};
"""
_FILL = """
    INSERT INTO response_counts (period, neighbourhood_id, what, value, responses)
    SELECT {period}, responses.neighbourhood_id, '{what}', {value}, COUNT(*)
      FROM responses WHERE {value} IS NOT NULL GROUP BY 1, 2, 4 ORDER BY 1, 2, 4
"""


def _for_each(statement: str, *, row: str) -> tuple[str, ...]:
    """Write a statement once for each fact and kind of period."""
    return tuple(
        statement.format(period=period.format(row=row), what=what, value=value.format(row=row))
        for period in _PERIODS
        for what, value in _FACTS.items()
    )


_ADDED = "".join(_for_each(_ADD, row="NEW"))
_TAKEN = "".join(_for_each(_TAKE, row="OLD"))

COUNTS = (
    # How many responses were received, by day (2026-11-20) and by month (2026-11).
    """
    CREATE TABLE response_counts (
        period TEXT NOT NULL,
        neighbourhood_id TEXT NOT NULL,
        what TEXT NOT NULL,
        value TEXT NOT NULL,
        responses INTEGER NOT NULL,
        PRIMARY KEY (period, neighbourhood_id, what, value)
    ) STRICT, WITHOUT ROWID
    """,
    f"CREATE TRIGGER responses_counted AFTER INSERT ON responses BEGIN {_ADDED} END",
    f"CREATE TRIGGER responses_discounted AFTER DELETE ON responses BEGIN {_TAKEN} END",
    f"CREATE TRIGGER responses_recounted AFTER UPDATE ON responses BEGIN {_TAKEN} {_ADDED} END",
)

FILLED_FROM_ROWS = (
    *_for_each(_FILL, row="responses"),
    """
    INSERT INTO response_marks (mark, seq)
    SELECT 'kind:' || asset_observations.kind, responses.seq
      FROM asset_observations JOIN responses USING (response_id) WHERE asset_observations.kind <> ''
     UNION
    SELECT 'barrier:' || barrier_observations.code, responses.seq
      FROM barrier_observations JOIN responses USING (response_id) WHERE barrier_observations.code <> ''
     ORDER BY 1, 2
    """,
    # The words come from the record: the projector goes through it once more, beside the running server.
    "DELETE FROM projection_progress",
)

SAVED_VIEWS = (
    # A name for an address of the list. `query` is its query string; `team` shows it to everybody who signs in and
    # reaches the neighbourhood that it names, if it names one.
    """
    CREATE TABLE saved_views (
        view_id TEXT PRIMARY KEY,
        owner_id TEXT NOT NULL REFERENCES people,
        name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
        query TEXT NOT NULL CHECK (length(query) <= 4000),
        team INTEGER NOT NULL CHECK (team IN (0, 1)),
        neighbourhood_id TEXT REFERENCES neighbourhoods,
        saved_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX saved_views_by_owner ON saved_views (owner_id, name)",
    "CREATE INDEX saved_views_by_neighbourhood ON saved_views (neighbourhood_id)",
    # The view that a person's list begins with.
    """
    CREATE TABLE start_views (
        person_id TEXT PRIMARY KEY REFERENCES people,
        view_id TEXT NOT NULL REFERENCES saved_views ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE INDEX start_views_by_view ON start_views (view_id)",
)
