"""SQL about residents: their devices, what came of a visit, and what a reference code stands for. No reader asks."""

import sqlite3
from dataclasses import dataclass

__all__ = [
    "KnownRevision",
    "add_device_poster",
    "forget_unused_devices",
    "form_ids_of_device",
    "has_device_poster",
    "insert_resident_device",
    "neighbourhoods_of_device",
    "response_of_reference",
    "revisions_of_visit",
    "text_pack_fits",
]


@dataclass(frozen=True, kw_only=True)
class KnownRevision:
    """A revision of a response, as far as its holder needs to know."""

    rev: str
    seq: int
    response_id: str
    kind: str
    header: str
    neighbourhood_id: str
    received_at: str
    quarantined_why: str | None
    reference_hash: str


def text_pack_fits(connection: sqlite3.Connection, *, form_id: str, version: str, lang: str, sha256: str) -> bool:
    """Tell whether a text pack was ever the words of a form version in a language."""
    row = connection.execute(
        """
        SELECT 1 FROM text_packs
         WHERE sha256 = :sha256 AND form_id = :form_id AND version = :version AND lang = :lang
        """,
        {"sha256": sha256, "form_id": form_id, "version": version, "lang": lang},
    ).fetchone()
    return row is not None


def insert_resident_device(connection: sqlite3.Connection, *, device_id: str, neighbourhood_id: str, now: str) -> bool:
    """Keep a new device of a resident; False when there is one of that id, which stays as it is."""
    inserted = connection.execute(
        """
        INSERT INTO devices (device_id, neighbourhood_id, role, name, enrolled_at)
        VALUES (:device_id, :neighbourhood_id, 'resident', '', :now)
        ON CONFLICT (device_id) DO NOTHING
        """,
        {"device_id": device_id, "neighbourhood_id": neighbourhood_id, "now": now},
    )
    return inserted.rowcount == 1


def forget_unused_devices(connection: sqlite3.Connection, *, before: str, limit: int) -> bool:
    """Forget residents' devices of which nothing is kept, unheard of since `before`; True: more may be left."""
    rows = connection.execute(
        """
        SELECT devices.device_id
          FROM devices
         WHERE devices.role = 'resident'
           AND devices.enrolled_at < :before AND COALESCE(devices.last_seen_at, '') < :before
           AND NOT EXISTS (SELECT 1 FROM revisions WHERE revisions.device_id = devices.device_id)
           AND NOT EXISTS (SELECT 1 FROM enrolments WHERE enrolments.device_id = devices.device_id)
           AND NOT EXISTS (SELECT 1 FROM posters WHERE posters.device_id = devices.device_id)
         ORDER BY devices.device_id LIMIT :limit
        """,
        {"before": before, "limit": limit},
    )
    unused = [{"device_id": row["device_id"]} for row in rows]
    connection.executemany("DELETE FROM device_posters WHERE device_id = :device_id", unused)
    connection.executemany("DELETE FROM devices WHERE device_id = :device_id", unused)
    return len(unused) == limit


def add_device_poster(connection: sqlite3.Connection, *, device_id: str, poster_id: str, now: str) -> None:
    """Keep that a device visited a poster; a second visit changes nothing."""
    connection.execute(
        """
        INSERT INTO device_posters (device_id, poster_id, first_at) VALUES (:device_id, :poster_id, :now)
        ON CONFLICT (device_id, poster_id) DO NOTHING
        """,
        {"device_id": device_id, "poster_id": poster_id, "now": now},
    )


def has_device_poster(connection: sqlite3.Connection, *, device_id: str, poster_id: str) -> bool:
    """Tell whether a device visited a poster."""
    row = connection.execute(
        "SELECT 1 FROM device_posters WHERE device_id = :device_id AND poster_id = :poster_id",
        {"device_id": device_id, "poster_id": poster_id},
    ).fetchone()
    return row is not None


def form_ids_of_device(connection: sqlite3.Connection, *, device_id: str) -> frozenset[str]:
    """List the forms of the posters that a device visited."""
    rows = connection.execute(
        """
        SELECT DISTINCT posters.form_id FROM device_posters JOIN posters USING (poster_id)
         WHERE device_posters.device_id = :device_id ORDER BY posters.form_id
        """,
        {"device_id": device_id},
    )
    return frozenset(row["form_id"] for row in rows)


def neighbourhoods_of_device(connection: sqlite3.Connection, *, device_id: str) -> tuple[str, ...]:
    """List the neighbourhoods of the posters that a device visited."""
    rows = connection.execute(
        """
        SELECT DISTINCT venues.neighbourhood_id
          FROM device_posters JOIN posters USING (poster_id) JOIN venues USING (venue_id)
         WHERE device_posters.device_id = :device_id ORDER BY venues.neighbourhood_id
        """,
        {"device_id": device_id},
    )
    return tuple(row["neighbourhood_id"] for row in rows)


def revisions_of_visit(connection: sqlite3.Connection, *, response_id: str, reference_hash: str) -> list[KnownRevision]:
    """List what came of one visit without script, and what was erased of it, oldest first."""
    rows = connection.execute(
        """
        SELECT rev, seq, response_id, kind, header, neighbourhood_id, received_at, quarantined_why, reference_hash
          FROM revisions
         WHERE response_id = :response_id AND reference_hash = :reference_hash
         ORDER BY seq
        """,
        {"response_id": response_id, "reference_hash": reference_hash},
    )
    return [KnownRevision(**row) for row in rows]


def response_of_reference(connection: sqlite3.Connection, *, reference_hash: str) -> list[KnownRevision]:
    """List what was made of a response under a reference code, oldest first; [] for a code that did not begin it.

    Whose code a response began with may read it; nobody else can, by adding something of their own to it.
    """
    rows = connection.execute(
        """
        SELECT rev, seq, response_id, kind, header, neighbourhood_id, received_at, quarantined_why, reference_hash
          FROM revisions
         WHERE reference_hash = :reference_hash AND response_id = (
               SELECT mine.response_id FROM revisions AS mine
                WHERE mine.reference_hash = :reference_hash AND NOT EXISTS (
                      SELECT 1 FROM revisions AS before
                       WHERE before.response_id = mine.response_id AND before.seq < mine.seq
                         AND before.kind <> 'erase' AND before.reference_hash IS NOT mine.reference_hash)
                ORDER BY mine.seq LIMIT 1)
         ORDER BY seq
        """,
        {"reference_hash": reference_hash},
    )
    return [KnownRevision(**row) for row in rows]
