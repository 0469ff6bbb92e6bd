"""SQL of reports of wrong words. What the console asks takes the reader: what is out of their reach is not there."""

import sqlite3

from server.wrong_words.rules import CONSOLE, Listed, Report

__all__ = [
    "count_open",
    "count_reports",
    "delete_from_nobody",
    "delete_handled_before",
    "home_of",
    "insert_report",
    "is_kept",
    "languages_of_reports",
    "mark_handled",
    "mark_open",
    "page_of_reports",
    "place_of_device",
    "report",
]


def insert_report(
    connection: sqlite3.Connection, report: Report, *, at: str, device_id: str | None, neighbourhood_id: str | None
) -> None:
    """Keep a report; one that is here already stays as it is."""
    connection.execute(
        """
        INSERT INTO word_reports (report_id, reported_at, lang, screen, shown, better, note, device_id,
                                  neighbourhood_id)
        VALUES (:report_id, :at, :lang, :screen, :shown, :better, :note, :device_id, :neighbourhood_id)
        ON CONFLICT (report_id) DO NOTHING
        """,
        {
            "report_id": report.report_id,
            "at": at,
            "lang": report.lang,
            "screen": report.screen,
            "shown": report.shown,
            "better": report.better,
            "note": report.note,
            "device_id": device_id,
            "neighbourhood_id": neighbourhood_id,
        },
    )


def is_kept(connection: sqlite3.Connection, *, report_id: str) -> bool:
    """Tell whether a report is here already."""
    found = connection.execute("SELECT 1 FROM word_reports WHERE report_id = :report_id", {"report_id": report_id})
    return found.fetchone() is not None


def delete_from_nobody(connection: sqlite3.Connection, *, but_newest: int) -> None:
    """Delete the oldest of those that wait and came from nobody whom we know, but for so many."""
    connection.execute(
        """
        DELETE FROM word_reports
         WHERE report_id IN (SELECT report_id FROM word_reports
                              WHERE handled_at IS NULL AND neighbourhood_id IS NULL AND screen <> :console
                              ORDER BY reported_at DESC, report_id DESC
                              LIMIT -1 OFFSET :but_newest)
        """,
        {"but_newest": but_newest, "console": CONSOLE},
    )


def count_open(connection: sqlite3.Connection) -> int:
    """Count all that wait to be looked at."""
    row = connection.execute("SELECT COUNT(*) FROM word_reports WHERE handled_at IS NULL").fetchone()
    return int(row[0])


def place_of_device(connection: sqlite3.Connection, *, device_id: str) -> str | None:
    """Find the neighbourhood of a device that is in use; None for one that is not known, or no more."""
    row = connection.execute(
        "SELECT neighbourhood_id FROM devices WHERE device_id = :device_id AND revoked_at IS NULL",
        {"device_id": device_id},
    ).fetchone()
    return None if row is None else str(row["neighbourhood_id"])


def home_of(connection: sqlite3.Connection, *, reader: str) -> str | None:
    """Give the first neighbourhood of whoever does not see everything; else None."""
    row = connection.execute(
        "SELECT MIN(neighbourhood_id) AS home FROM reach WHERE person_id = :reader AND neighbourhood_id <> '*'",
        {"reader": reader},
    ).fetchone()
    return None if row["home"] is None else str(row["home"])


def count_reports(connection: sqlite3.Connection, *, reader: str, lang: str, handled: bool) -> int:
    """Count the reports in reach; `lang` '' for every language."""
    row = connection.execute(
        """
        SELECT COUNT(*)
          FROM word_reports
         WHERE (word_reports.handled_at IS NOT NULL) = :handled
           AND :lang IN ('', word_reports.lang)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', word_reports.neighbourhood_id))
        """,
        {"reader": reader, "lang": lang, "handled": handled},
    ).fetchone()
    return int(row[0])


def page_of_reports(
    connection: sqlite3.Connection, *, reader: str, lang: str, handled: bool, skip: int, limit: int
) -> list[Listed]:
    """List reports in reach, newest first; `lang` '' for every language."""
    rows = connection.execute(
        """
        SELECT word_reports.report_id, word_reports.reported_at, word_reports.lang, word_reports.screen,
               word_reports.shown, word_reports.better, word_reports.note, word_reports.neighbourhood_id,
               neighbourhoods.name AS neighbourhood, word_reports.handled_at
          FROM word_reports LEFT JOIN neighbourhoods USING (neighbourhood_id)
         WHERE (word_reports.handled_at IS NOT NULL) = :handled
           AND :lang IN ('', word_reports.lang)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', word_reports.neighbourhood_id))
         ORDER BY word_reports.reported_at DESC, word_reports.report_id DESC
         LIMIT :limit OFFSET :skip
        """,
        {"reader": reader, "lang": lang, "handled": handled, "skip": skip, "limit": limit},
    )
    return [Listed(**row) for row in rows]


def report(connection: sqlite3.Connection, *, reader: str, report_id: str) -> Listed | None:
    """Find one report in reach."""
    row = connection.execute(
        """
        SELECT word_reports.report_id, word_reports.reported_at, word_reports.lang, word_reports.screen,
               word_reports.shown, word_reports.better, word_reports.note, word_reports.neighbourhood_id,
               neighbourhoods.name AS neighbourhood, word_reports.handled_at
          FROM word_reports LEFT JOIN neighbourhoods USING (neighbourhood_id)
         WHERE word_reports.report_id = :report_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', word_reports.neighbourhood_id))
        """,
        {"reader": reader, "report_id": report_id},
    ).fetchone()
    return None if row is None else Listed(**row)


def languages_of_reports(connection: sqlite3.Connection, *, reader: str) -> list[str]:
    """List the languages that reports in reach are about."""
    rows = connection.execute(
        """
        SELECT DISTINCT word_reports.lang
          FROM word_reports
         WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', word_reports.neighbourhood_id))
         ORDER BY word_reports.lang
        """,
        {"reader": reader},
    )
    return [str(row["lang"]) for row in rows]


def mark_handled(connection: sqlite3.Connection, *, reader: str, report_id: str, at: str) -> bool:
    """Note that the reader has dealt with a report in reach; False when somebody had before."""
    changed = connection.execute(
        """
        UPDATE word_reports SET handled_at = :at, handled_by = :reader
         WHERE report_id = :report_id AND handled_at IS NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', word_reports.neighbourhood_id))
        """,
        {"reader": reader, "report_id": report_id, "at": at},
    )
    return changed.rowcount > 0


def mark_open(connection: sqlite3.Connection, *, reader: str, report_id: str) -> bool:
    """Put a report in reach back among those that wait; False when it is there."""
    changed = connection.execute(
        """
        UPDATE word_reports SET handled_at = NULL, handled_by = NULL
         WHERE report_id = :report_id AND handled_at IS NOT NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', word_reports.neighbourhood_id))
        """,
        {"reader": reader, "report_id": report_id},
    )
    return changed.rowcount > 0


def delete_handled_before(connection: sqlite3.Connection, *, at: str) -> int:
    """Delete what was dealt with before a moment; how many."""
    return connection.execute("DELETE FROM word_reports WHERE handled_at < :at", {"at": at}).rowcount
