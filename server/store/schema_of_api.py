"""What programs read answers with: keys that administrators make; and the indexes by which answers are taken away.

Used by the migration that made them, so these statements never change; a later change is a new step.
"""

__all__ = ["API"]

API = (
    # A key for a program. Only the hash of its secret is kept; `sees_apart` grants the answers that are kept apart.
    """
    CREATE TABLE api_keys (
        key_id TEXT PRIMARY KEY,
        secret_hash TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        everywhere INTEGER NOT NULL CHECK (everywhere IN (0, 1)),
        sees_apart INTEGER NOT NULL CHECK (sees_apart IN (0, 1)),
        created_by TEXT NOT NULL REFERENCES people,
        created_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        last_used_at TEXT,
        revoked_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE api_key_neighbourhoods (
        key_id TEXT NOT NULL REFERENCES api_keys,
        neighbourhood_id TEXT NOT NULL REFERENCES neighbourhoods,
        PRIMARY KEY (key_id, neighbourhood_id)
    ) STRICT, WITHOUT ROWID
    """,
    # A key reads as a person does: by the same view, so by the same queries. Ids of keys and of people never meet.
    "DROP VIEW reach",
    """
    CREATE VIEW reach (person_id, neighbourhood_id) AS
        SELECT person_id, '*' FROM people
         WHERE ended_at IS NULL AND (everywhere = 1 OR role = 'administrator')
        UNION ALL
        SELECT person_neighbourhoods.person_id, person_neighbourhoods.neighbourhood_id
          FROM person_neighbourhoods JOIN people USING (person_id)
         WHERE people.ended_at IS NULL AND people.everywhere = 0 AND people.role <> 'administrator'
        UNION ALL
        SELECT key_id, '*' FROM api_keys WHERE revoked_at IS NULL AND everywhere = 1
        UNION ALL
        SELECT api_key_neighbourhoods.key_id, api_key_neighbourhoods.neighbourhood_id
          FROM api_key_neighbourhoods JOIN api_keys USING (key_id)
         WHERE api_keys.revoked_at IS NULL AND api_keys.everywhere = 0
    """,
    # Exports go through the responses of a form by id, and count them first; both by the index alone.
    "CREATE INDEX responses_by_form_and_id ON responses (form_id, response_id)",
    # What was decided since a moment; programs ask for it again and again.
    "CREATE INDEX reviews_by_time ON reviews (at)",
    "CREATE INDEX responses_to_count ON responses (form_id, state, neighbourhood_id, received_at)",
)
