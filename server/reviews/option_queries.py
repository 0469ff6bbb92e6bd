"""SQL of what there is to choose from in the filters of the list: what the responses in a reader's reach hold.

Authors, languages and forms come from the counts by month, so that nothing walks the responses themselves.
"""

import sqlite3
from dataclasses import dataclass
from typing import Final

__all__ = ["Option", "counted_values", "names_of_languages", "phones_within", "venues_within"]

MOST_OPTIONS: Final = 500
"""In one list of options; whoever looks for more narrows the neighbourhood down first."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """Something to choose: what stands in the address, and what it is called."""

    value: str
    name: str


def counted_values(connection: sqlite3.Connection, *, reader: str, neighbourhood: str) -> dict[str, list[str]]:
    """List the workers, languages and forms of responses in reach, of one neighbourhood or of all, by what they are.

    It goes from month to month and reads no days: those are most of the counts.
    """
    rows = connection.execute(
        """
        WITH RECURSIVE months (period) AS (
            SELECT MIN(period) FROM response_counts
            UNION ALL
            SELECT (SELECT MIN(period) FROM response_counts WHERE period > months.period || '-99')
              FROM months WHERE months.period IS NOT NULL
        )
        SELECT DISTINCT response_counts.what, response_counts.value
          FROM months
         CROSS JOIN neighbourhoods
         CROSS JOIN (SELECT 'worker' AS what UNION ALL SELECT 'language' UNION ALL SELECT 'form') AS wanted
         CROSS JOIN response_counts
                 ON response_counts.period = months.period
                AND response_counts.neighbourhood_id = neighbourhoods.neighbourhood_id
                AND response_counts.what = wanted.what
         WHERE response_counts.responses > 0 AND response_counts.value <> ''
           AND (:neighbourhood = '' OR neighbourhoods.neighbourhood_id = :neighbourhood)
           AND ('*' IN (SELECT neighbourhood_id FROM reach WHERE person_id = :reader)
                OR neighbourhoods.neighbourhood_id IN (SELECT neighbourhood_id FROM reach WHERE person_id = :reader))
         ORDER BY response_counts.what, response_counts.value COLLATE names
        """,
        {"neighbourhood": neighbourhood, "reader": reader},
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["what"], []).append(row["value"])
    return {what: values[:MOST_OPTIONS] for what, values in found.items()}


def venues_within(connection: sqlite3.Connection, *, reader: str, neighbourhood: str) -> list[Option]:
    """List the venues in reach, of one neighbourhood or of all."""
    rows = connection.execute(
        """
        SELECT venue_id AS value, name FROM venues
         WHERE (:neighbourhood = '' OR neighbourhood_id = :neighbourhood)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
         ORDER BY name COLLATE names, venue_id
         LIMIT :most
        """,
        {"neighbourhood": neighbourhood, "reader": reader, "most": MOST_OPTIONS},
    )
    return [Option(**row) for row in rows]


def phones_within(connection: sqlite3.Connection, *, reader: str, neighbourhood: str) -> list[Option]:
    """List the phones of workers in reach, of one neighbourhood or of all."""
    rows = connection.execute(
        """
        SELECT device_id AS value, name FROM devices
         WHERE role = 'worker' AND name <> '' AND (:neighbourhood = '' OR neighbourhood_id = :neighbourhood)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', devices.neighbourhood_id))
         ORDER BY name COLLATE names, device_id
         LIMIT :most
        """,
        {"neighbourhood": neighbourhood, "reader": reader, "most": MOST_OPTIONS},
    )
    return [Option(**row) for row in rows]


def names_of_languages(connection: sqlite3.Connection) -> dict[str, str]:
    """Give the name that each language of a form has for itself, by its tag."""
    rows = connection.execute("SELECT lang, MIN(autonym) AS autonym FROM text_packs GROUP BY lang ORDER BY lang")
    return {row["lang"]: row["autonym"] for row in rows}
