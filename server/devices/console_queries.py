"""SQL of the console's pages about phones. Each takes the reader: what is out of their reach is not there for them.

A poster's own device, under which the server files, is nobody's phone: it is never listed, and nobody can sign it off.
"""

import sqlite3

from server.devices.rules import OpenInvitation, OpenSheet, Phone, ResidentsPhones

__all__ = [
    "count_phones",
    "count_phones_of_residents",
    "insert_invitation",
    "open_invitation",
    "open_invitations",
    "open_sheet",
    "open_sheets",
    "page_of_phones",
    "phone",
    "rename",
    "sign_off",
    "withdraw_invitation",
    "withdraw_sheet",
]


def count_phones(connection: sqlite3.Connection, *, reader: str) -> int:
    """Count the workers' phones in reach."""
    row = connection.execute(
        """
        SELECT COUNT(*)
          FROM devices
         WHERE devices.role = 'worker'
           AND NOT EXISTS (SELECT 1 FROM posters WHERE posters.device_id = devices.device_id)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', devices.neighbourhood_id))
        """,
        {"reader": reader},
    ).fetchone()
    return int(row[0])


def page_of_phones(connection: sqlite3.Connection, *, reader: str, skip: int, limit: int) -> list[Phone]:
    """List workers' phones in reach by name, those that were signed off last."""
    rows = connection.execute(
        """
        SELECT devices.device_id, devices.name, devices.neighbourhood_id, neighbourhoods.name AS neighbourhood,
               devices.enrolled_at, devices.last_seen_at, devices.revoked_at, devices.app_version, devices.unsent
          FROM devices JOIN neighbourhoods USING (neighbourhood_id)
         WHERE devices.role = 'worker'
           AND NOT EXISTS (SELECT 1 FROM posters WHERE posters.device_id = devices.device_id)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', devices.neighbourhood_id))
         ORDER BY devices.revoked_at IS NOT NULL, devices.name COLLATE names, devices.enrolled_at, devices.device_id
         LIMIT :limit OFFSET :skip
        """,
        {"reader": reader, "skip": skip, "limit": limit},
    )
    return [Phone(**row) for row in rows]


def phone(connection: sqlite3.Connection, *, reader: str, device_id: str) -> Phone | None:
    """Find one worker's phone in reach."""
    row = connection.execute(
        """
        SELECT devices.device_id, devices.name, devices.neighbourhood_id, neighbourhoods.name AS neighbourhood,
               devices.enrolled_at, devices.last_seen_at, devices.revoked_at, devices.app_version, devices.unsent
          FROM devices JOIN neighbourhoods USING (neighbourhood_id)
         WHERE devices.device_id = :device_id AND devices.role = 'worker'
           AND NOT EXISTS (SELECT 1 FROM posters WHERE posters.device_id = devices.device_id)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', devices.neighbourhood_id))
        """,
        {"reader": reader, "device_id": device_id},
    ).fetchone()
    return None if row is None else Phone(**row)


def count_phones_of_residents(connection: sqlite3.Connection, *, reader: str) -> list[ResidentsPhones]:
    """Count residents' phones by neighbourhood in reach; what the server files for browsers without script is none."""
    rows = connection.execute(
        """
        SELECT neighbourhoods.name AS neighbourhood, COUNT(*) AS phones
          FROM devices JOIN neighbourhoods USING (neighbourhood_id)
         WHERE devices.role = 'resident'
           AND NOT EXISTS (SELECT 1 FROM posters WHERE posters.device_id = devices.device_id)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', devices.neighbourhood_id))
         GROUP BY neighbourhoods.neighbourhood_id
         ORDER BY neighbourhoods.name COLLATE names, neighbourhoods.neighbourhood_id
        """,
        {"reader": reader},
    )
    return [ResidentsPhones(**row) for row in rows]


def rename(connection: sqlite3.Connection, *, reader: str, device_id: str, name: str) -> bool:
    """Give a phone in reach another name; False when there is none."""
    done = connection.execute(
        """
        UPDATE devices SET name = :name
         WHERE device_id = :device_id AND role = 'worker'
           AND NOT EXISTS (SELECT 1 FROM posters WHERE posters.device_id = devices.device_id)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', devices.neighbourhood_id))
        """,
        {"reader": reader, "device_id": device_id, "name": name},
    )
    return done.rowcount == 1


def sign_off(connection: sqlite3.Connection, *, reader: str, device_id: str, now: str) -> bool:
    """Revoke a phone in reach; False when there is none, or it was revoked before."""
    done = connection.execute(
        """
        UPDATE devices SET revoked_at = :now
         WHERE device_id = :device_id AND role = 'worker' AND revoked_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM posters WHERE posters.device_id = devices.device_id)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', devices.neighbourhood_id))
        """,
        {"reader": reader, "device_id": device_id, "now": now},
    )
    return done.rowcount == 1


def insert_invitation(
    connection: sqlite3.Connection,
    *,
    reader: str,
    secret_hash: str,
    neighbourhood_id: str,
    name: str,
    now: str,
    expires_at: str,
    sheet: str,
) -> bool:
    """Keep an unused enrolment for a worker's phone; False for a neighbourhood out of reach."""
    done = connection.execute(
        """
        INSERT INTO enrolments (secret_hash, neighbourhood_id, role, name, created_at, expires_at, sheet)
        SELECT :secret_hash, neighbourhoods.neighbourhood_id, 'worker', :name, :now, :expires_at, :sheet
          FROM neighbourhoods
         WHERE neighbourhoods.neighbourhood_id = :neighbourhood_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
        """,
        {
            "reader": reader,
            "secret_hash": secret_hash,
            "neighbourhood_id": neighbourhood_id,
            "name": name,
            "now": now,
            "expires_at": expires_at,
            "sheet": sheet,
        },
    )
    return done.rowcount == 1


def open_invitations(connection: sqlite3.Connection, *, reader: str, now: str) -> list[OpenInvitation]:
    """List single links in reach that can still be used, the newest first."""
    rows = connection.execute(
        """
        SELECT enrolments.secret_hash AS enrolment_id, enrolments.name, enrolments.neighbourhood_id,
               neighbourhoods.name AS neighbourhood, enrolments.created_at, enrolments.expires_at
          FROM enrolments JOIN neighbourhoods USING (neighbourhood_id)
         WHERE enrolments.used_at IS NULL AND enrolments.expires_at > :now AND enrolments.sheet = ''
           AND enrolments.role = 'worker'
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', enrolments.neighbourhood_id))
         ORDER BY enrolments.created_at DESC, enrolments.secret_hash
        """,
        {"reader": reader, "now": now},
    )
    return [OpenInvitation(**row) for row in rows]


def open_invitation(
    connection: sqlite3.Connection, *, reader: str, enrolment_id: str, now: str
) -> OpenInvitation | None:
    """Find one link in reach that can still be used."""
    row = connection.execute(
        """
        SELECT enrolments.secret_hash AS enrolment_id, enrolments.name, enrolments.neighbourhood_id,
               neighbourhoods.name AS neighbourhood, enrolments.created_at, enrolments.expires_at
          FROM enrolments JOIN neighbourhoods USING (neighbourhood_id)
         WHERE enrolments.secret_hash = :enrolment_id
           AND enrolments.used_at IS NULL AND enrolments.expires_at > :now AND enrolments.sheet = ''
           AND enrolments.role = 'worker'
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', enrolments.neighbourhood_id))
        """,
        {"reader": reader, "enrolment_id": enrolment_id, "now": now},
    ).fetchone()
    return None if row is None else OpenInvitation(**row)


def open_sheets(connection: sqlite3.Connection, *, reader: str, now: str) -> list[OpenSheet]:
    """List sheets in reach of which a code can still be used, the newest first."""
    rows = connection.execute(
        """
        SELECT enrolments.sheet, enrolments.neighbourhood_id, neighbourhoods.name AS neighbourhood,
               MIN(enrolments.created_at) AS created_at, MAX(enrolments.expires_at) AS expires_at,
               COUNT(*) AS codes, COUNT(*) - COUNT(enrolments.used_at) AS unused
          FROM enrolments JOIN neighbourhoods USING (neighbourhood_id)
         WHERE enrolments.sheet <> '' AND enrolments.expires_at > :now
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', enrolments.neighbourhood_id))
         GROUP BY enrolments.sheet, enrolments.neighbourhood_id
        HAVING COUNT(*) > COUNT(enrolments.used_at)
         ORDER BY created_at DESC, enrolments.sheet
        """,
        {"reader": reader, "now": now},
    )
    return [OpenSheet(**row) for row in rows]


def has_sheet(connection: sqlite3.Connection, *, sheet: str) -> bool:
    """Tell whether codes were made under the id of a sheet."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM enrolments WHERE sheet = :sheet) AS there", {"sheet": sheet}
    ).fetchone()
    return bool(row["there"])


def open_sheet(connection: sqlite3.Connection, *, reader: str, sheet: str, now: str) -> OpenSheet | None:
    """Find one sheet in reach of which a code can still be used."""
    return next((one for one in open_sheets(connection, reader=reader, now=now) if one.sheet == sheet), None)


def withdraw_invitation(connection: sqlite3.Connection, *, reader: str, enrolment_id: str, now: str) -> bool:
    """End a link in reach that nobody has used; False when there is none."""
    done = connection.execute(
        """
        UPDATE enrolments SET expires_at = :now
         WHERE secret_hash = :enrolment_id AND used_at IS NULL AND expires_at > :now AND sheet = '' AND role = 'worker'
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', enrolments.neighbourhood_id))
        """,
        {"reader": reader, "enrolment_id": enrolment_id, "now": now},
    )
    return done.rowcount == 1


def withdraw_sheet(connection: sqlite3.Connection, *, reader: str, sheet: str, now: str) -> int:
    """End every code of a sheet in reach that nobody has used; give how many those were."""
    done = connection.execute(
        """
        UPDATE enrolments SET expires_at = :now
         WHERE sheet = :sheet AND sheet <> '' AND used_at IS NULL AND expires_at > :now
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', enrolments.neighbourhood_id))
        """,
        {"reader": reader, "sheet": sheet, "now": now},
    )
    return done.rowcount
