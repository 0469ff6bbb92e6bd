"""SQL about devices, their enrolments and the programme's keys."""

import sqlite3

from server.devices.report import Noted, Report
from server.devices.rules import Device, Enrolment

__all__ = [
    "device",
    "devices",
    "enrolment",
    "insert_enrolment",
    "insert_first_key",
    "is_device_of_this_server",
    "keys",
    "mark_seen",
    "note_report",
    "noted_report",
    "put_device",
    "revoke",
    "use_enrolment",
]


def insert_first_key(
    connection: sqlite3.Connection, *, key_id: str, public_key: bytes, private_key: bytes, now: str
) -> None:
    """Keep a signing key, unless there is one already."""
    connection.execute(
        """
        INSERT INTO programme_keys (key_id, public_key, private_key, created_at)
        SELECT :key_id, :public_key, :private_key, :now
        WHERE NOT EXISTS (SELECT 1 FROM programme_keys WHERE private_key IS NOT NULL)
        """,
        {"key_id": key_id, "public_key": public_key, "private_key": private_key, "now": now},
    )


def keys(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """List every key of the programme, newest first."""
    return connection.execute(
        "SELECT key_id, public_key, private_key FROM programme_keys ORDER BY created_at DESC, key_id"
    ).fetchall()


def insert_enrolment(
    connection: sqlite3.Connection,
    *,
    secret_hash: str,
    neighbourhood_id: str,
    role: str,
    name: str,
    now: str,
    expires_at: str,
    sheet: str = "",
) -> None:
    """Keep an unused enrolment; raises sqlite3.IntegrityError for a neighbourhood that is not there."""
    connection.execute(
        """
        INSERT INTO enrolments (secret_hash, neighbourhood_id, role, name, created_at, expires_at, sheet)
        VALUES (:secret_hash, :neighbourhood_id, :role, :name, :now, :expires_at, :sheet)
        """,
        {
            "secret_hash": secret_hash,
            "neighbourhood_id": neighbourhood_id,
            "role": role,
            "name": name,
            "now": now,
            "expires_at": expires_at,
            "sheet": sheet,
        },
    )


def enrolment(connection: sqlite3.Connection, *, secret_hash: str) -> Enrolment | None:
    """Find the enrolment of a hashed secret, with the name of its neighbourhood."""
    row = connection.execute(
        """
        SELECT enrolments.neighbourhood_id, neighbourhoods.name AS neighbourhood_name,
               enrolments.role, enrolments.name, enrolments.expires_at, enrolments.used_at, enrolments.device_id
        FROM enrolments JOIN neighbourhoods USING (neighbourhood_id)
        WHERE enrolments.secret_hash = :secret_hash
        """,
        {"secret_hash": secret_hash},
    ).fetchone()
    return None if row is None else Enrolment(**row)


def use_enrolment(connection: sqlite3.Connection, *, secret_hash: str, device_id: str, now: str) -> None:
    """Bind an unused enrolment to the device."""
    connection.execute(
        """
        UPDATE enrolments SET used_at = :now, device_id = :device_id
        WHERE secret_hash = :secret_hash AND used_at IS NULL
        """,
        {"secret_hash": secret_hash, "device_id": device_id, "now": now},
    )


def put_device(
    connection: sqlite3.Connection, *, device_id: str, neighbourhood_id: str, role: str, name: str, now: str
) -> None:
    """Keep the device as enrolled now; one that was revoked comes back under its new enrolment."""
    connection.execute(
        """
        INSERT INTO devices (device_id, neighbourhood_id, role, name, enrolled_at)
        VALUES (:device_id, :neighbourhood_id, :role, :name, :now)
        ON CONFLICT (device_id) DO UPDATE SET
            neighbourhood_id = excluded.neighbourhood_id, role = excluded.role, name = excluded.name,
            enrolled_at = excluded.enrolled_at, revoked_at = NULL
        """,
        {
            "device_id": device_id,
            "neighbourhood_id": neighbourhood_id,
            "role": role,
            "name": name,
            "now": now,
        },
    )


def device(connection: sqlite3.Connection, *, device_id: str) -> Device | None:
    """Find one device."""
    row = connection.execute(
        """
        SELECT device_id, neighbourhood_id, role, name, enrolled_at, last_seen_at, revoked_at
        FROM devices WHERE device_id = :device_id
        """,
        {"device_id": device_id},
    ).fetchone()
    return None if row is None else Device(**row)


def is_device_of_this_server(connection: sqlite3.Connection, *, device_id: str) -> bool:
    """Tell whether the server itself files under this device: a poster's answers, or what the team changes."""
    row = connection.execute(
        """
        SELECT 1 FROM posters WHERE device_id = :device_id
        UNION ALL
        SELECT 1 FROM server_identity WHERE server_id = :device_id
        """,
        {"device_id": device_id},
    ).fetchone()
    return row is not None


def devices(connection: sqlite3.Connection) -> list[Device]:
    """List every device by its worker's name."""
    rows = connection.execute(
        """
        SELECT device_id, neighbourhood_id, role, name, enrolled_at, last_seen_at, revoked_at
        FROM devices ORDER BY name, device_id
        """
    )
    return [Device(**row) for row in rows]


def mark_seen(connection: sqlite3.Connection, *, device_id: str, now: str) -> None:
    """Keep when the device last spoke to this server."""
    connection.execute(
        "UPDATE devices SET last_seen_at = :now WHERE device_id = :device_id", {"device_id": device_id, "now": now}
    )


def noted_report(connection: sqlite3.Connection, *, device_id: str) -> Noted | None:
    """Give what a device said of itself last, or None for a device that is not here."""
    row = connection.execute(
        "SELECT app_version, unsent, told_at FROM devices WHERE device_id = :device_id", {"device_id": device_id}
    ).fetchone()
    if row is None:
        return None
    return Noted(report=Report(app_version=row["app_version"], unsent=row["unsent"]), told_at=row["told_at"])


def note_report(connection: sqlite3.Connection, *, device_id: str, report: Report, now: str) -> None:
    """Keep what a device says of itself, and that it was seen."""
    connection.execute(
        """
        UPDATE devices SET app_version = :app_version, unsent = :unsent, told_at = :now, last_seen_at = :now
        WHERE device_id = :device_id
        """,
        {"device_id": device_id, "app_version": report.app_version, "unsent": report.unsent, "now": now},
    )


def revoke(connection: sqlite3.Connection, *, device_id: str, now: str) -> None:
    """End the device's credentials from now on; a second call keeps the first moment."""
    connection.execute(
        "UPDATE devices SET revoked_at = :now WHERE device_id = :device_id AND revoked_at IS NULL",
        {"device_id": device_id, "now": now},
    )
