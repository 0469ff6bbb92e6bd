"""The tables of canonical assets and of what coordinators did with them, and what keeps up to date what is shown.

Used by the migration that made them, so these statements never change; a later change is a new step. A later step that
makes `responses`, `asset_observations` or `barrier_observations` anew has to make their triggers again.
"""

__all__ = ["ASSETS", "SHOWN"]

ASSETS = (
    # What the desk said of an asset; '' and NULL: as the people say whose observations are placed on it. `shown_…` is
    # what comes of both, kept by `asset_shown_again`. `shown_names` holds the names that it is compared by: those of
    # the desk, those of what is merged into it, and the 12 that people use most, approved or not. An asset that is
    # merged into another one is shown there.
    # A person and their skills never get a position. As soon as one of the responses is approved, only approved ones
    # speak; `goes_on` is 0 while none is, and what is shown may be words that nobody has approved.
    """
    CREATE TABLE assets (
        asset_id TEXT PRIMARY KEY,
        neighbourhood_id TEXT NOT NULL REFERENCES neighbourhoods,
        name TEXT NOT NULL,
        names TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(names)),
        kind TEXT NOT NULL,
        place_words TEXT NOT NULL,
        latitude REAL,
        longitude REAL,
        accuracy REAL,
        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'moved')),
        since TEXT NOT NULL DEFAULT '',
        venue_id TEXT REFERENCES venues,
        merged_into TEXT REFERENCES assets,
        import_id TEXT REFERENCES asset_imports,
        created_at TEXT NOT NULL,
        shown_name TEXT NOT NULL DEFAULT '',
        shown_names TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(shown_names)),
        shown_kind TEXT NOT NULL DEFAULT '',
        shown_words TEXT NOT NULL DEFAULT '',
        shown_latitude REAL,
        shown_longitude REAL,
        shown_accuracy REAL,
        goes_on INTEGER NOT NULL DEFAULT 1 CHECK (goes_on IN (0, 1)),
        CHECK ((latitude IS NULL) = (longitude IS NULL)),
        CHECK (merged_into IS NULL OR merged_into <> asset_id)
    ) STRICT
    """,
    "CREATE INDEX assets_by_neighbourhood ON assets (neighbourhood_id, shown_name)",
    "CREATE INDEX assets_by_what_they_are_merged_into ON assets (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX assets_by_position ON assets (shown_longitude) WHERE shown_longitude IS NOT NULL",
    "CREATE INDEX assets_by_import ON assets (import_id) WHERE import_id IS NOT NULL",
    # Where an observation belongs; no asset: somebody said that it is about none.
    """
    CREATE TABLE placements (
        response_id TEXT NOT NULL,
        observation_id TEXT NOT NULL,
        asset_id TEXT REFERENCES assets,
        PRIMARY KEY (response_id, observation_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX placements_by_asset ON placements (asset_id)",
    # What was done, for ever. `changes` holds each row before and after, of what the desk said only: no word of a
    # response stands in it. `undoes` names the step that this one takes back.
    """
    CREATE TABLE asset_steps (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        step_id TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        person_id TEXT NOT NULL REFERENCES people,
        neighbourhood_id TEXT NOT NULL REFERENCES neighbourhoods,
        action TEXT NOT NULL CHECK (action <> ''),
        reason TEXT NOT NULL CHECK (length(reason) <= 1000),
        changes TEXT NOT NULL CHECK (json_valid(changes)),
        undoes TEXT UNIQUE REFERENCES asset_steps (step_id)
    ) STRICT
    """,
    """
    CREATE TABLE asset_step_subjects (
        asset_id TEXT NOT NULL,
        seq INTEGER NOT NULL REFERENCES asset_steps,
        PRIMARY KEY (asset_id, seq)
    ) STRICT, WITHOUT ROWID
    """,
    # A file that somebody brings; its text is here until it is imported or a day has passed.
    """
    CREATE TABLE asset_imports (
        import_id TEXT PRIMARY KEY,
        neighbourhood_id TEXT NOT NULL REFERENCES neighbourhoods,
        person_id TEXT NOT NULL REFERENCES people,
        file_name TEXT NOT NULL,
        body TEXT,
        columns TEXT NOT NULL CHECK (json_valid(columns)),
        begun_at TEXT NOT NULL,
        imported_at TEXT,
        step_id TEXT REFERENCES asset_steps (step_id)
    ) STRICT
    """,
    # The map of a neighbourhood that phones and the console draw: a file in the data folder, by its hash.
    """
    CREATE TABLE map_files (
        neighbourhood_id TEXT PRIMARY KEY REFERENCES neighbourhoods,
        sha256 TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        name TEXT NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT
    """,
)


def _shown_again(which: str) -> str:
    """Give what works out again the assets that some placements are on: merged ones, then what they are merged into."""
    return f"""
        INSERT INTO asset_shown_again (asset_id)
        SELECT one.asset_id
          FROM placements
          JOIN assets AS spoken_of ON spoken_of.asset_id = placements.asset_id
          JOIN assets AS one ON one.asset_id IN (spoken_of.asset_id, spoken_of.merged_into)
         WHERE {which}
         GROUP BY one.asset_id
         ORDER BY one.merged_into IS NULL, one.asset_id
    """  # noqa: S608  # constants of this module


# What is shown of an asset is worked out in one place: by naming it to `asset_shown_again`.
SHOWN = (
    """
    CREATE VIEW asset_as_said (root_id, label, kind, place_words, latitude, longitude, accuracy, approved, seq) AS
        SELECT root.asset_id, said.label, said.kind, said.place_words, said.latitude, said.longitude, said.accuracy,
               responses.state = 'approved', responses.seq
          FROM assets AS root
          JOIN assets AS one ON one.asset_id = root.asset_id OR one.merged_into = root.asset_id
          JOIN placements ON placements.asset_id = one.asset_id
          JOIN asset_observations AS said ON said.response_id = placements.response_id
                                         AND said.observation_id = placements.observation_id
          JOIN responses ON responses.response_id = placements.response_id
         WHERE responses.state NOT IN ('rejected', 'returned')
    """,
    "CREATE VIEW asset_shown_again (asset_id) AS SELECT asset_id FROM assets",
    """
    CREATE TRIGGER show_asset_again INSTEAD OF INSERT ON asset_shown_again
    BEGIN
        UPDATE assets SET goes_on = COALESCE((SELECT MAX(approved) FROM asset_as_said WHERE root_id = NEW.asset_id), 1)
         WHERE asset_id = NEW.asset_id;
        UPDATE assets SET
            shown_name = COALESCE(NULLIF(name, ''),
                (SELECT label FROM asset_as_said WHERE root_id = NEW.asset_id AND approved = assets.goes_on
                    AND TRIM(label) <> '' GROUP BY label ORDER BY COUNT(*) DESC, MIN(seq) LIMIT 1),
                (SELECT one.name FROM assets AS one WHERE one.merged_into = NEW.asset_id AND one.name <> ''
                  ORDER BY one.asset_id LIMIT 1), ''),
            shown_kind = COALESCE(NULLIF(kind, ''),
                (SELECT kind FROM asset_as_said WHERE root_id = NEW.asset_id AND approved = assets.goes_on
                    AND kind NOT IN ('', 'dont_know')
                  GROUP BY kind ORDER BY COUNT(*) DESC, MIN(seq) LIMIT 1), ''),
            shown_words = COALESCE(NULLIF(place_words, ''),
                (SELECT place_words FROM asset_as_said WHERE root_id = NEW.asset_id AND approved = assets.goes_on
                    AND TRIM(place_words) <> '' ORDER BY seq DESC LIMIT 1), '')
         WHERE asset_id = NEW.asset_id;
        UPDATE assets SET shown_names = (
            SELECT json_group_array(name) FROM (
                SELECT one.name FROM assets AS one
                 WHERE one.asset_id = NEW.asset_id OR one.merged_into = NEW.asset_id
                 UNION
                SELECT other.value FROM assets AS one, json_each(one.names) AS other
                 WHERE one.asset_id = NEW.asset_id OR one.merged_into = NEW.asset_id
                 UNION
                SELECT one.shown_name FROM assets AS one WHERE one.merged_into = NEW.asset_id
                 UNION
                SELECT label FROM (
                    SELECT MIN(label) AS label FROM asset_as_said WHERE root_id = NEW.asset_id AND TRIM(label) <> ''
                     GROUP BY LOWER(TRIM(label)) ORDER BY COUNT(*) DESC, MIN(seq) LIMIT 12)
                 ORDER BY 1)
             WHERE TRIM(name) <> '')
         WHERE asset_id = NEW.asset_id;
        UPDATE assets SET (shown_latitude, shown_longitude, shown_accuracy) = (NULL, NULL, NULL)
         WHERE asset_id = NEW.asset_id;
        UPDATE assets SET (shown_latitude, shown_longitude, shown_accuracy) = (latitude, longitude, accuracy)
         WHERE asset_id = NEW.asset_id AND latitude IS NOT NULL AND shown_kind <> 'people_skills';
        UPDATE assets SET (shown_latitude, shown_longitude, shown_accuracy) =
                (SELECT latitude, longitude, accuracy FROM asset_as_said
                  WHERE root_id = NEW.asset_id AND approved = assets.goes_on
                    AND latitude IS NOT NULL AND kind <> 'people_skills'
                  ORDER BY accuracy IS NULL, accuracy, seq DESC LIMIT 1)
         WHERE asset_id = NEW.asset_id AND latitude IS NULL AND shown_kind <> 'people_skills';
    END
    """,
    f"""
    CREATE TRIGGER responses_state_shown AFTER UPDATE OF state ON responses WHEN NEW.state <> OLD.state
    BEGIN
        {_shown_again("placements.response_id = NEW.response_id")};
        UPDATE unplaced_observations SET state = NEW.state WHERE response_id = NEW.response_id;
        INSERT INTO barrier_counts (neighbourhood_id, venue_id, code, asset_kind, state, barriers)
        SELECT OLD.neighbourhood_id, COALESCE(OLD.venue_id, ''), barrier_observations.code,
               COALESCE(asset_observations.kind, ''), changed.state, changed.step
          FROM barrier_observations
          LEFT JOIN asset_observations ON asset_observations.response_id = barrier_observations.response_id
               AND asset_observations.observation_id = barrier_observations.asset_observation_id
          JOIN (SELECT OLD.state AS state, -1 AS step UNION ALL SELECT NEW.state, 1) AS changed
         WHERE barrier_observations.response_id = NEW.response_id
            ON CONFLICT DO UPDATE SET barriers = barriers + excluded.barriers;
    END
    """,  # noqa: S608  # constants of this module
    f"""
    CREATE TRIGGER asset_said AFTER INSERT ON asset_observations
    BEGIN
        INSERT INTO unplaced_observations (response_id, observation_id, neighbourhood_id, kind, state, seq, latitude,
                                           longitude, accuracy, x, y)
        SELECT responses.response_id, NEW.observation_id, responses.neighbourhood_id, NEW.kind, responses.state,
               responses.seq, NEW.latitude, NEW.longitude, NEW.accuracy,
               MIN(1048575, MAX(0, CAST((NEW.longitude + 180.0) / 360.0 * 1048576 AS INTEGER))),
               MIN(1048575, MAX(0, CAST((NEW.latitude + 90.0) / 180.0 * 1048576 AS INTEGER)))
          FROM responses
         WHERE responses.response_id = NEW.response_id AND NEW.kind <> 'people_skills'
           AND NOT EXISTS (SELECT 1 FROM placements WHERE placements.response_id = NEW.response_id
                              AND placements.observation_id = NEW.observation_id);
        INSERT INTO unplaced_observations (response_id, observation_id, neighbourhood_id, kind, state, seq)
        SELECT responses.response_id, NEW.observation_id, responses.neighbourhood_id, NEW.kind, responses.state,
               responses.seq
          FROM responses
         WHERE responses.response_id = NEW.response_id AND NEW.kind = 'people_skills'
           AND NOT EXISTS (SELECT 1 FROM placements WHERE placements.response_id = NEW.response_id
                              AND placements.observation_id = NEW.observation_id);
        {_shown_again("placements.response_id = NEW.response_id AND placements.observation_id = NEW.observation_id")};
    END
    """,  # noqa: S608  # constants of this module
    f"""
    CREATE TRIGGER asset_unsaid AFTER DELETE ON asset_observations
    BEGIN
        DELETE FROM unplaced_observations
         WHERE response_id = OLD.response_id AND observation_id = OLD.observation_id;
        {_shown_again("placements.response_id = OLD.response_id AND placements.observation_id = OLD.observation_id")};
    END
    """,  # noqa: S608  # constants of this module
    """
    CREATE TRIGGER observation_placed AFTER INSERT ON placements
    BEGIN
        DELETE FROM unplaced_observations
         WHERE response_id = NEW.response_id AND observation_id = NEW.observation_id;
    END
    """,
    """
    CREATE TRIGGER observation_taken_back AFTER DELETE ON placements
    BEGIN
        INSERT INTO unplaced_observations (response_id, observation_id, neighbourhood_id, kind, state, seq, latitude,
                                           longitude, accuracy, x, y)
        SELECT said.response_id, said.observation_id, responses.neighbourhood_id, said.kind, responses.state,
               responses.seq, IIF(said.kind = 'people_skills', NULL, said.latitude),
               IIF(said.kind = 'people_skills', NULL, said.longitude), said.accuracy,
               IIF(said.kind = 'people_skills', NULL,
                   MIN(1048575, MAX(0, CAST((said.longitude + 180.0) / 360.0 * 1048576 AS INTEGER)))),
               IIF(said.kind = 'people_skills', NULL,
                   MIN(1048575, MAX(0, CAST((said.latitude + 90.0) / 180.0 * 1048576 AS INTEGER))))
          FROM asset_observations AS said JOIN responses USING (response_id)
         WHERE said.response_id = OLD.response_id AND said.observation_id = OLD.observation_id;
    END
    """,
)
