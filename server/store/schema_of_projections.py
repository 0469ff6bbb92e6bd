"""The tables that are computed from the log and may be dropped at any time.

They hold no foreign keys: ``fieldwell rebuild`` makes them again from the record. An
observation's id is the phone's word, so it is unique within its response only: what one
response says must never keep another one out.
"""

__all__ = ["NEWEST_FIRST", "PROJECTIONS", "TABLES"]

TABLES = ("responses", "asset_observations", "barrier_observations", "problems", "projection_progress")

PROJECTIONS = (
    """
    CREATE TABLE responses (
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
        state TEXT NOT NULL CHECK (state IN ('received')),
        asset_count INTEGER NOT NULL,
        barrier_count INTEGER NOT NULL,
        problem_count INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX responses_by_neighbourhood ON responses (neighbourhood_id, seq)",
    """
    CREATE TABLE asset_observations (
        observation_id TEXT NOT NULL,
        response_id TEXT NOT NULL,
        path TEXT NOT NULL,
        position INTEGER NOT NULL,
        label TEXT NOT NULL,
        kind TEXT NOT NULL,
        place_words TEXT NOT NULL,
        latitude REAL,
        longitude REAL,
        accuracy REAL,
        properties TEXT NOT NULL,
        PRIMARY KEY (response_id, observation_id)
    ) STRICT
    """,
    """
    CREATE TABLE barrier_observations (
        observation_id TEXT NOT NULL,
        response_id TEXT NOT NULL,
        asset_observation_id TEXT,
        path TEXT NOT NULL,
        position INTEGER NOT NULL,
        code TEXT NOT NULL,
        words TEXT NOT NULL,
        properties TEXT NOT NULL,
        PRIMARY KEY (response_id, observation_id)
    ) STRICT
    """,
    """
    CREATE TABLE problems (
        response_id TEXT NOT NULL,
        path TEXT NOT NULL,
        code TEXT NOT NULL,
        PRIMARY KEY (response_id, path, code)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE projection_progress (
        name TEXT PRIMARY KEY,
        seq INTEGER NOT NULL
    ) STRICT
    """,
)

NEWEST_FIRST = ("CREATE INDEX responses_by_seq ON responses (seq)",)
