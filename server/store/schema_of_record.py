"""The tables that cannot be computed again: who, where, forms, and the log of revisions.

Used by the migrations that made them. A published migration never changes, so neither do
these statements; a later change is a new step.
"""

__all__ = ["ATTACHMENTS", "FILES_OF_FORMS", "FORMS", "REVISIONS", "WHO_AND_WHERE"]

WHO_AND_WHERE = (
    """
    CREATE TABLE server_identity (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        server_id TEXT NOT NULL,
        epoch TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE programme_keys (
        key_id TEXT PRIMARY KEY,
        public_key BLOB NOT NULL,
        private_key BLOB,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE neighbourhoods (
        neighbourhood_id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        system TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE people (
        person_id TEXT PRIMARY KEY,
        sign_in_name TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('administrator', 'coordinator', 'viewer')),
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE devices (
        device_id TEXT PRIMARY KEY,
        neighbourhood_id TEXT NOT NULL REFERENCES neighbourhoods,
        role TEXT NOT NULL CHECK (role IN ('worker')),
        name TEXT NOT NULL,
        enrolled_at TEXT NOT NULL,
        last_seen_at TEXT,
        revoked_at TEXT
    ) STRICT
    """,
    "CREATE INDEX devices_by_neighbourhood ON devices (neighbourhood_id)",
    """
    CREATE TABLE enrolments (
        secret_hash TEXT PRIMARY KEY,
        neighbourhood_id TEXT NOT NULL REFERENCES neighbourhoods,
        role TEXT NOT NULL CHECK (role IN ('worker')),
        name TEXT NOT NULL,
        created_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        used_at TEXT,
        device_id TEXT REFERENCES devices,
        CHECK ((used_at IS NULL) = (device_id IS NULL))
    ) STRICT
    """,
    "CREATE INDEX enrolments_by_device ON enrolments (device_id)",
)

FORMS = (
    """
    CREATE TABLE logics (
        sha256 TEXT PRIMARY KEY,
        body TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE form_versions (
        form_id TEXT NOT NULL,
        version TEXT NOT NULL,
        logic_sha TEXT NOT NULL REFERENCES logics,
        default_lang TEXT NOT NULL,
        xform TEXT NOT NULL,
        source_name TEXT NOT NULL,
        published_at TEXT NOT NULL,
        closed_at TEXT,
        PRIMARY KEY (form_id, version)
    ) STRICT
    """,
    "CREATE INDEX form_versions_by_logic ON form_versions (logic_sha)",
    """
    CREATE TABLE text_packs (
        sha256 TEXT PRIMARY KEY,
        form_id TEXT NOT NULL,
        version TEXT NOT NULL,
        lang TEXT NOT NULL,
        autonym TEXT NOT NULL,
        title TEXT NOT NULL,
        draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
        body TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE form_texts (
        form_id TEXT NOT NULL,
        version TEXT NOT NULL,
        lang TEXT NOT NULL,
        sha256 TEXT NOT NULL REFERENCES text_packs,
        published_at TEXT NOT NULL,
        PRIMARY KEY (form_id, version, lang),
        FOREIGN KEY (form_id, version) REFERENCES form_versions
    ) STRICT
    """,
)

REVISIONS = (
    """
    CREATE TABLE log (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('revision', 'forms')),
        subject TEXT NOT NULL,
        logged_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE revisions (
        rev TEXT PRIMARY KEY,
        seq INTEGER NOT NULL UNIQUE REFERENCES log,
        response_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        origin TEXT NOT NULL,
        header TEXT NOT NULL,
        device_id TEXT NOT NULL,
        neighbourhood_id TEXT NOT NULL,
        received_at TEXT NOT NULL,
        quarantined_why TEXT
    ) STRICT
    """,
    "CREATE INDEX revisions_by_response ON revisions (response_id)",
    "CREATE INDEX revisions_by_device ON revisions (device_id, seq)",
    "CREATE INDEX revisions_in_quarantine ON revisions (device_id) WHERE quarantined_why IS NOT NULL",
    """
    CREATE TABLE revision_parents (
        rev TEXT NOT NULL REFERENCES revisions,
        parent TEXT NOT NULL,
        PRIMARY KEY (rev, parent)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX revision_parents_by_parent ON revision_parents (parent)",
    """
    CREATE TABLE parts (
        sha256 TEXT PRIMARY KEY,
        body TEXT,
        erased_at TEXT,
        CHECK ((body IS NULL) = (erased_at IS NOT NULL))
    ) STRICT
    """,
    """
    CREATE TABLE revision_parts (
        rev TEXT NOT NULL REFERENCES revisions,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL REFERENCES parts,
        PRIMARY KEY (rev, name)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX revision_parts_by_part ON revision_parts (sha256)",
    """
    CREATE TABLE revision_attachments (
        rev TEXT NOT NULL REFERENCES revisions,
        sha256 TEXT NOT NULL,
        name TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        type TEXT NOT NULL,
        PRIMARY KEY (rev, name)
    ) STRICT, WITHOUT ROWID
    """,
)

FILES_OF_FORMS = (
    """
    CREATE TABLE list_blobs (
        sha256 TEXT PRIMARY KEY,
        rows INTEGER NOT NULL,
        body TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE form_lists (
        form_id TEXT NOT NULL,
        version TEXT NOT NULL,
        list_id TEXT NOT NULL,
        sha256 TEXT NOT NULL REFERENCES list_blobs,
        file TEXT NOT NULL,
        published_at TEXT NOT NULL,
        replaced_at TEXT,
        PRIMARY KEY (form_id, version, list_id, sha256),
        FOREIGN KEY (form_id, version) REFERENCES form_versions
    ) STRICT
    """,
    "CREATE UNIQUE INDEX form_lists_current ON form_lists (form_id, version, list_id) WHERE replaced_at IS NULL",
    """
    CREATE TABLE media_files (
        sha256 TEXT PRIMARY KEY,
        type TEXT NOT NULL,
        body BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE text_pack_media (
        pack TEXT NOT NULL REFERENCES text_packs,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL REFERENCES media_files,
        PRIMARY KEY (pack, name)
    ) STRICT, WITHOUT ROWID
    """,
)

ATTACHMENTS = (
    # The log takes any kind from here on: the code owns the list. A CHECK can only be changed by making the table anew.
    """
    CREATE TABLE log_of_any_kind (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind <> ''),
        subject TEXT NOT NULL,
        logged_at TEXT NOT NULL
    ) STRICT
    """,
    """
    INSERT INTO log_of_any_kind (seq, kind, subject, logged_at)
    SELECT seq, kind, subject, logged_at FROM log ORDER BY seq
    """,
    "DROP TABLE log",
    "ALTER TABLE log_of_any_kind RENAME TO log",
    """
    CREATE TABLE attachments (
        sha256 TEXT PRIMARY KEY,
        seq INTEGER NOT NULL UNIQUE REFERENCES log,
        bytes INTEGER NOT NULL,
        stored_at TEXT,
        erased_at TEXT,
        CHECK ((stored_at IS NULL) = (erased_at IS NOT NULL))
    ) STRICT
    """,
    "CREATE INDEX revision_attachments_by_content ON revision_attachments (sha256)",
    "CREATE INDEX log_beside_revisions ON log (kind) WHERE kind <> 'revision'",
    "ALTER TABLE devices ADD COLUMN acknowledged_seq INTEGER NOT NULL DEFAULT 0",
)
