"""SQL that counts what there is already, within a person's reach."""

import sqlite3

from server.programme.checklist import Facts

__all__ = ["facts", "has_chosen_languages", "has_responses"]


def facts(connection: sqlite3.Connection, *, reader: str, reaches_phones: bool) -> Facts:
    """Count everything that the checklist asks about; what was there once stays done."""
    row = connection.execute(
        """
        WITH reached AS (
            SELECT neighbourhood_id, boundary FROM neighbourhoods
             WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                              AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
        )
        SELECT (SELECT COUNT(*) FROM programme) AS programmes,
               (SELECT COUNT(*) FROM people WHERE role = 'administrator' AND ended_at IS NULL) AS administrators,
               (SELECT COUNT(*) FROM reached) AS neighbourhoods,
               (SELECT COUNT(boundary) FROM reached) AS boundaries,
               (SELECT COUNT(DISTINCT form_id) FROM form_versions
                 WHERE closed_at IS NULL AND form_id NOT IN (SELECT form_id FROM forms_not_offered)) AS forms,
               (SELECT COUNT(*) FROM devices JOIN reached USING (neighbourhood_id)
                 WHERE role = 'worker') AS phones,
               (SELECT COUNT(*) FROM venues JOIN reached USING (neighbourhood_id) WHERE closed_at IS NULL) AS venues,
               (SELECT COUNT(*) FROM posters JOIN venues USING (venue_id) JOIN reached USING (neighbourhood_id)
                 WHERE posters.closed_at IS NULL AND posters.replaced_by IS NULL) AS posters
        """,
        {"reader": reader},
    ).fetchone()
    counted = {name: row[name] for name in row.keys() if name != "programmes"}  # noqa: SIM118  # a Row yields values
    return Facts(
        has_programme=row["programmes"] > 0,
        has_chosen_languages=has_chosen_languages(connection),
        reaches_phones=reaches_phones,
        responses=int(has_responses(connection, reader=reader)),
        **counted,
    )


def has_chosen_languages(connection: sqlite3.Connection) -> bool:
    """Tell whether somebody chose the languages: a new programme has English until then."""
    row = connection.execute(
        """
        SELECT EXISTS (SELECT 1 FROM audit WHERE action = 'languages-changed')
            OR EXISTS (SELECT 1 FROM programme WHERE json_array_length(languages) > 1) AS chosen
        """
    ).fetchone()
    return bool(row["chosen"])


def has_responses(connection: sqlite3.Connection, *, reader: str) -> bool:
    """Tell whether a response is in that the person may see."""
    row = connection.execute(
        """
        SELECT EXISTS (
            SELECT 1 FROM responses
             WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                              AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
        ) AS there
        """,
        {"reader": reader},
    ).fetchone()
    return bool(row["there"])
