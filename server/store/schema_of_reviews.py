"""The tables of what coordinators decide about responses, and of responses as they are listed since.

Used by the migration that made them, so these statements never change; a later change is a new step.
"""

__all__ = ["REVIEWS"]

REVIEWS = (
    # A decision about one response as it stood (`rev`). It has its place in the log, so that phones hear of it; the
    # newest one counts, for as long as `rev` is the response's head. `undoes` names the decision that this one takes
    # back.
    """
    CREATE TABLE reviews (
        review_id TEXT PRIMARY KEY,
        seq INTEGER NOT NULL UNIQUE REFERENCES log,
        response_id TEXT NOT NULL,
        rev TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('approve', 'return', 'reject', 'reopen')),
        reason TEXT NOT NULL CHECK (length(reason) <= 1000),
        person_id TEXT NOT NULL REFERENCES people,
        at TEXT NOT NULL,
        undoes TEXT REFERENCES reviews
    ) STRICT
    """,
    "CREATE INDEX reviews_by_response ON reviews (response_id, seq)",
    # Computed: a response as it is listed, now with what was decided about it and the venue it came from.
    """
    CREATE TABLE responses_with_state (
        response_id TEXT PRIMARY KEY,
        head_rev TEXT NOT NULL,
        heads INTEGER NOT NULL,
        form_id TEXT NOT NULL,
        version TEXT NOT NULL,
        logic_sha TEXT NOT NULL,
        lang TEXT NOT NULL,
        neighbourhood_id TEXT NOT NULL,
        device_id TEXT NOT NULL,
        author TEXT NOT NULL,
        made_at TEXT NOT NULL,
        received_at TEXT NOT NULL,
        seq INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('received', 'approved', 'returned', 'rejected')),
        poster_id TEXT,
        venue_id TEXT,
        asset_count INTEGER NOT NULL,
        barrier_count INTEGER NOT NULL,
        problem_count INTEGER NOT NULL
    ) STRICT
    """,
    """
    INSERT INTO responses_with_state (
        response_id, head_rev, heads, form_id, version, logic_sha, lang, neighbourhood_id, device_id, author,
        made_at, received_at, seq, state, poster_id, venue_id, asset_count, barrier_count, problem_count)
    SELECT responses.response_id, head_rev, heads, responses.form_id, version, logic_sha, lang,
           responses.neighbourhood_id, responses.device_id, author, made_at, responses.received_at, responses.seq,
           state, head.poster_id, posters.venue_id, asset_count, barrier_count, problem_count
      FROM responses
      LEFT JOIN revisions AS head ON head.rev = responses.head_rev
      LEFT JOIN posters ON posters.poster_id = head.poster_id
     ORDER BY responses.response_id
    """,
    "DROP TABLE responses",
    "ALTER TABLE responses_with_state RENAME TO responses",
    "CREATE INDEX responses_by_neighbourhood ON responses (neighbourhood_id, seq)",
    "CREATE INDEX responses_by_seq ON responses (seq)",
    "CREATE INDEX responses_by_state ON responses (state, seq)",
)
