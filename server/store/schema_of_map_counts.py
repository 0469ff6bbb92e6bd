"""What maps and barriers are counted by, kept by triggers in the transaction that writes the projection's rows.

Used by the migration that made them, so these statements never change; a later change is a new step.
"""

__all__ = ["COMPUTED", "COUNTED", "COUNT_WHAT_IS_THERE"]

COMPUTED = ("unplaced_observations", "place_cells", "barrier_counts")
"""Computed from the projection's rows, and made anew with them."""


def _counted(row: str, step: int) -> str:
    """Give what adds ``step`` to each cell that an observation lies in: by key, however many cells there are."""
    return f"""
        INSERT INTO place_cells (level, x, y, neighbourhood_id, kind, state, points, latitudes, longitudes)
        SELECT cut.level, COALESCE({row}.x, 0) >> (20 - cut.level), COALESCE({row}.y, 0) >> (20 - cut.level),
               {row}.neighbourhood_id, {row}.kind, {row}.state, {step},
               {step} * CAST(COALESCE({row}.latitude, 0.0) * 1000000 AS INTEGER),
               {step} * CAST(COALESCE({row}.longitude, 0.0) * 1000000 AS INTEGER)
          FROM (SELECT 0 AS level UNION ALL SELECT 8 UNION ALL SELECT 10 UNION ALL SELECT 12 UNION ALL SELECT 14
                UNION ALL SELECT 16 UNION ALL SELECT 18) AS cut
         WHERE cut.level = 0 OR {row}.x IS NOT NULL
            ON CONFLICT DO UPDATE SET points = points + excluded.points, latitudes = latitudes + excluded.latitudes,
                                      longitudes = longitudes + excluded.longitudes
    """  # noqa: S608  # constants of this module


COUNTED = (
    # Observations that stand on no asset yet. `x` and `y` count cells of 1/2^20 of the world's width and height.
    """
    CREATE TABLE unplaced_observations (
        response_id TEXT NOT NULL,
        observation_id TEXT NOT NULL,
        neighbourhood_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        seq INTEGER NOT NULL,
        latitude REAL,
        longitude REAL,
        accuracy REAL,
        x INTEGER,
        y INTEGER,
        PRIMARY KEY (response_id, observation_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX unplaced_by_neighbourhood ON unplaced_observations (neighbourhood_id, state, seq)",
    "CREATE INDEX unplaced_by_place ON unplaced_observations (x, y) WHERE x IS NOT NULL",
    # How many of them lie in a cell of the world cut into 2^level by 2^level, and the sums of their positions in
    # millionths of a degree; level 0: all of them, those without a position too.
    """
    CREATE TABLE place_cells (
        level INTEGER NOT NULL,
        x INTEGER NOT NULL,
        y INTEGER NOT NULL,
        neighbourhood_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        points INTEGER NOT NULL,
        latitudes INTEGER NOT NULL,
        longitudes INTEGER NOT NULL,
        PRIMARY KEY (level, x, y, neighbourhood_id, kind, state)
    ) STRICT, WITHOUT ROWID
    """,
    # How often each barrier is named.
    """
    CREATE TABLE barrier_counts (
        neighbourhood_id TEXT NOT NULL,
        venue_id TEXT NOT NULL,
        code TEXT NOT NULL,
        asset_kind TEXT NOT NULL,
        state TEXT NOT NULL,
        barriers INTEGER NOT NULL,
        PRIMARY KEY (neighbourhood_id, venue_id, code, asset_kind, state)
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE TRIGGER unplaced_counted AFTER INSERT ON unplaced_observations
    BEGIN
        {_counted("NEW", 1)};
    END
    """,
    f"""
    CREATE TRIGGER unplaced_uncounted AFTER DELETE ON unplaced_observations
    BEGIN
        {_counted("OLD", -1)};
    END
    """,
    f"""
    CREATE TRIGGER unplaced_judged AFTER UPDATE OF state ON unplaced_observations
    BEGIN
        {_counted("OLD", -1)};
        {_counted("NEW", 1)};
    END
    """,
    """
    CREATE TRIGGER barrier_counted AFTER INSERT ON barrier_observations
    BEGIN
        INSERT INTO barrier_counts (neighbourhood_id, venue_id, code, asset_kind, state, barriers)
        SELECT responses.neighbourhood_id, COALESCE(responses.venue_id, ''), NEW.code,
               COALESCE((SELECT kind FROM asset_observations WHERE asset_observations.response_id = NEW.response_id
                            AND asset_observations.observation_id = NEW.asset_observation_id), ''),
               responses.state, 1
          FROM responses
         WHERE responses.response_id = NEW.response_id
            ON CONFLICT DO UPDATE SET barriers = barriers + 1;
    END
    """,
    """
    CREATE TRIGGER barrier_uncounted AFTER DELETE ON barrier_observations
    BEGIN
        UPDATE barrier_counts SET barriers = barriers - 1
         WHERE (neighbourhood_id, venue_id, state) = (
                   SELECT neighbourhood_id, COALESCE(venue_id, ''), state
                     FROM responses WHERE response_id = OLD.response_id)
           AND code = OLD.code
           AND asset_kind = COALESCE(
                   (SELECT kind FROM asset_observations WHERE asset_observations.response_id = OLD.response_id
                       AND asset_observations.observation_id = OLD.asset_observation_id), '');
    END
    """,
)

COUNT_WHAT_IS_THERE = (
    """
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
     ORDER BY responses.seq, said.position
    """,
    """
    INSERT INTO barrier_counts (neighbourhood_id, venue_id, code, asset_kind, state, barriers)
    SELECT responses.neighbourhood_id, COALESCE(responses.venue_id, ''), barrier_observations.code,
           COALESCE(asset_observations.kind, ''), responses.state, COUNT(*)
      FROM barrier_observations
      JOIN responses USING (response_id)
      LEFT JOIN asset_observations ON asset_observations.response_id = barrier_observations.response_id
           AND asset_observations.observation_id = barrier_observations.asset_observation_id
     GROUP BY 1, 2, 3, 4, 5
    """,
)
