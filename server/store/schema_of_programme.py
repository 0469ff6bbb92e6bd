"""The tables of a programme that people run from the console: who may see what, where people are met, what was done.

Used by the migration that made them, so these statements never change; a later change is a new step.
"""

__all__ = ["PROGRAMME", "QUOTAS"]

PROGRAMME = (
    # The programme itself; no row until somebody has set it up. `languages` is a JSON array of BCP 47 tags in order.
    """
    CREATE TABLE programme (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        contact TEXT NOT NULL,
        privacy_contact TEXT NOT NULL,
        languages TEXT NOT NULL CHECK (json_valid(languages)),
        set_up_at TEXT NOT NULL
    ) STRICT
    """,
    # The one-time link that the first start prints.
    """
    CREATE TABLE set_up_links (
        secret_hash TEXT PRIMARY KEY,
        created_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        used_at TEXT
    ) STRICT
    """,
    # `boundary` is a GeoJSON Polygon or MultiPolygon (WGS 84); `languages` as above, '[]': those of the programme.
    "ALTER TABLE neighbourhoods ADD COLUMN boundary TEXT CHECK (boundary IS NULL OR json_valid(boundary))",
    "ALTER TABLE neighbourhoods ADD COLUMN languages TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(languages))",
    """
    CREATE TABLE small_areas (
        neighbourhood_id TEXT NOT NULL REFERENCES neighbourhoods,
        code TEXT NOT NULL,
        PRIMARY KEY (neighbourhood_id, code)
    ) STRICT, WITHOUT ROWID
    """,
    # Forms that are published, but not offered to phones; answers to them are still taken in.
    """
    CREATE TABLE forms_not_offered (
        form_id TEXT PRIMARY KEY,
        since TEXT NOT NULL
    ) STRICT
    """,
    # Who sees what. Administrators see everything; so does everybody who was there before there were scopes.
    "ALTER TABLE people ADD COLUMN everywhere INTEGER NOT NULL DEFAULT 1 CHECK (everywhere IN (0, 1))",
    "ALTER TABLE people ADD COLUMN ended_at TEXT",
    """
    CREATE TABLE person_neighbourhoods (
        person_id TEXT NOT NULL REFERENCES people,
        neighbourhood_id TEXT NOT NULL REFERENCES neighbourhoods,
        PRIMARY KEY (person_id, neighbourhood_id)
    ) STRICT, WITHOUT ROWID
    """,
    # What every query about people's answers asks: '*' stands for everywhere.
    """
    CREATE VIEW reach (person_id, neighbourhood_id) AS
        SELECT person_id, '*' FROM people
         WHERE ended_at IS NULL AND (everywhere = 1 OR role = 'administrator')
        UNION ALL
        SELECT person_neighbourhoods.person_id, person_neighbourhoods.neighbourhood_id
          FROM person_neighbourhoods JOIN people USING (person_id)
         WHERE people.ended_at IS NULL AND people.everywhere = 0 AND people.role <> 'administrator'
    """,
    # Links by which a person comes in ('invitation') or gets a new password ('reset'); only the hash is kept.
    """
    CREATE TABLE invitations (
        secret_hash TEXT PRIMARY KEY,
        purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
        person_id TEXT REFERENCES people,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('administrator', 'coordinator', 'viewer')),
        everywhere INTEGER NOT NULL CHECK (everywhere IN (0, 1)),
        neighbourhoods TEXT NOT NULL CHECK (json_valid(neighbourhoods)),
        created_by TEXT NOT NULL REFERENCES people,
        created_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        used_at TEXT,
        withdrawn_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE sessions (
        session_hash TEXT PRIMARY KEY,
        session_id TEXT NOT NULL UNIQUE,
        person_id TEXT NOT NULL REFERENCES people,
        browser TEXT NOT NULL,
        begun_at TEXT NOT NULL,
        last_seen_at TEXT NOT NULL,
        ended_at TEXT
    ) STRICT
    """,
    "CREATE INDEX sessions_by_person ON sessions (person_id, begun_at)",
    # What people did, for ever. `actor_id` is NULL where nobody was signed in (a set-up, a resident's withdrawal).
    """
    CREATE TABLE audit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        actor_id TEXT,
        actor_name TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action <> ''),
        subject TEXT NOT NULL,
        neighbourhood_id TEXT,
        details TEXT NOT NULL CHECK (json_valid(details))
    ) STRICT
    """,
    "CREATE INDEX audit_by_neighbourhood ON audit (neighbourhood_id, seq)",
    """
    CREATE TABLE venues (
        venue_id TEXT PRIMARY KEY,
        neighbourhood_id TEXT NOT NULL REFERENCES neighbourhoods,
        name TEXT NOT NULL,
        place_words TEXT NOT NULL,
        latitude REAL,
        longitude REAL,
        created_at TEXT NOT NULL,
        closed_at TEXT,
        CHECK ((latitude IS NULL) = (longitude IS NULL))
    ) STRICT
    """,
    "CREATE INDEX venues_by_neighbourhood ON venues (neighbourhood_id, name)",
    # `languages` is a JSON array in the order of print; responses past the `quota` are set aside.
    """
    CREATE TABLE posters (
        poster_id TEXT PRIMARY KEY,
        venue_id TEXT NOT NULL REFERENCES venues,
        code TEXT NOT NULL UNIQUE,
        form_id TEXT NOT NULL,
        languages TEXT NOT NULL CHECK (json_valid(languages)),
        quota INTEGER NOT NULL CHECK (quota > 0),
        device_id TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        closed_at TEXT,
        replaced_by TEXT REFERENCES posters
    ) STRICT
    """,
    "CREATE INDEX posters_by_venue ON posters (venue_id, created_at)",
    """
    CREATE TABLE poster_visits (
        poster_id TEXT NOT NULL REFERENCES posters,
        day TEXT NOT NULL,
        visits INTEGER NOT NULL,
        PRIMARY KEY (poster_id, day)
    ) STRICT, WITHOUT ROWID
    """,
    # Devices of residents; and what a phone tells of itself. A CHECK can only be changed by making the table anew.
    """
    CREATE TABLE devices_of_any_role (
        device_id TEXT PRIMARY KEY,
        neighbourhood_id TEXT NOT NULL REFERENCES neighbourhoods,
        role TEXT NOT NULL CHECK (role IN ('worker', 'resident')),
        name TEXT NOT NULL,
        enrolled_at TEXT NOT NULL,
        last_seen_at TEXT,
        revoked_at TEXT,
        acknowledged_seq INTEGER NOT NULL DEFAULT 0,
        app_version TEXT,
        unsent INTEGER,
        told_at TEXT
    ) STRICT
    """,
    """
    INSERT INTO devices_of_any_role (device_id, neighbourhood_id, role, name, enrolled_at, last_seen_at, revoked_at,
                                     acknowledged_seq)
    SELECT device_id, neighbourhood_id, role, name, enrolled_at, last_seen_at, revoked_at, acknowledged_seq
      FROM devices ORDER BY device_id
    """,
    "DROP TABLE devices",
    "ALTER TABLE devices_of_any_role RENAME TO devices",
    "CREATE INDEX devices_by_neighbourhood ON devices (neighbourhood_id)",
    """
    CREATE TABLE device_posters (
        device_id TEXT NOT NULL REFERENCES devices,
        poster_id TEXT NOT NULL REFERENCES posters,
        first_at TEXT NOT NULL,
        PRIMARY KEY (device_id, poster_id)
    ) STRICT, WITHOUT ROWID
    """,
    # One sheet of enrolment codes for a training day; '' for a link that was made alone.
    "ALTER TABLE enrolments ADD COLUMN sheet TEXT NOT NULL DEFAULT ''",
    # What a resident answered says which poster it came from, and the hash of its reference code (sync/README.md).
    "ALTER TABLE revisions ADD COLUMN poster_id TEXT",
    "ALTER TABLE revisions ADD COLUMN reference_hash TEXT",
    "CREATE INDEX revisions_by_poster ON revisions (poster_id) WHERE poster_id IS NOT NULL",
    "CREATE INDEX revisions_by_reference ON revisions (reference_hash) WHERE reference_hash IS NOT NULL",
)

# A poster's quota is counted on each of its pages: by the index alone, without reading one revision.
QUOTAS = (
    """
    CREATE INDEX revisions_at_poster ON revisions (poster_id, quarantined_why, response_id, received_at)
     WHERE poster_id IS NOT NULL
    """,
    "DROP INDEX revisions_by_poster",
)
