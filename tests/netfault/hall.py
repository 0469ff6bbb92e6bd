"""A real server with one form and one enrolled device, and what it holds, read from its files."""

import json
import os
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final

from server.clock import SystemClock
from server.devices import enrolment
from server.store.database import Database
from sync.client.programme import Enrolled, enrol, fetch_manifest, names_of_blobs
from sync.client.transport import Transport
from sync.hashes import sha256_hex_of_bytes
from tests.journeys.central import Central
from tests.netfault.records import Form, new_device

__all__ = ["Hall"]

SECRETS: Final = 40


class Hall:
    """The server that a test of the network runs against; ``secrets`` are enrolments that nobody has used."""

    def __init__(self, folder: Path) -> None:
        self.central = Central(folder)
        self.central.prepare()
        self.secrets = self._make_secrets()
        self.central.start()
        self.device = new_device(Random(1))
        direct = Transport(self.central.url, monotonic=monotonic)
        enrolled = enrol(direct, secret=self.secrets.pop(), device=self.device)
        assert isinstance(enrolled, Enrolled), enrolled
        self.token = enrolled.token
        self.server_id = enrolled.server_id
        manifest = fetch_manifest(direct, token=self.token)
        assert isinstance(manifest, str), manifest
        direct.close()
        self.manifest = manifest
        self.blobs = names_of_blobs(manifest)
        listed = json.loads(manifest)["forms"][0]
        self.form = Form(id=listed["id"], version=listed["version"], logic=listed["logic"])

    def close(self) -> None:
        """End the server, and see that it ends well whatever was done to its connections."""
        self.central.stop()

    def revisions(self) -> dict[str, str]:
        """Give the header of each revision that the server holds."""
        return {row["rev"]: row["header"] for row in self.central.rows("SELECT rev, header FROM revisions")}

    def times_filed(self, rev: str) -> int:
        """Count how often the log tells of something."""
        return len([row for row in self.central.rows("SELECT subject FROM log") if row["subject"] == rev])

    def parts(self, rev: str) -> tuple[str | None, ...]:
        """Give the texts of a revision's parts."""
        rows = self.central.rows(
            "SELECT rev, body FROM revision_parts JOIN parts USING (sha256) ORDER BY rev, position"
        )
        return tuple(row["body"] for row in rows if row["rev"] == rev)

    def set_aside(self, rev: str) -> bool:
        """Tell whether a revision waits for a person."""
        rows = self.central.rows("SELECT rev FROM revisions WHERE quarantined_why IS NOT NULL")
        return rev in {row["rev"] for row in rows}

    def holds_file(self, sha256: str) -> bool:
        """Tell whether a file is there, whole, and the database says so."""
        known = {
            row["sha256"] for row in self.central.rows("SELECT sha256 FROM attachments WHERE stored_at IS NOT NULL")
        }
        path = self.central.data / "attachments" / sha256[:2] / sha256
        return sha256 in known and path.is_file() and sha256_hex_of_bytes(path.read_bytes()) == sha256

    def devices(self, device: str) -> int:
        """Count how often a device is enrolled."""
        return len([row for row in self.central.rows("SELECT * FROM devices") if device in row.values()])

    def _make_secrets(self) -> list[str]:
        database = Database(self.central.data)
        try:
            return [
                enrolment.create(
                    database,
                    neighbourhood_id="old-ford",
                    name="Amina",
                    clock=SystemClock(),
                    random_bytes=os.urandom,
                )
                for _ in range(SECRETS)
            ]
        finally:
            database.close()
