"""Keeps the map files of neighbourhoods: streamed to the disk, named by their hash, noted in the database.

Contract: the row is written when the file is on the disk, whole; a file that no row names is removed. Backups do not
hold these files: they come from outside and can be brought again.
"""

import hashlib
import os
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.maps import map_queries
from server.maps.map_queries import MapFile
from server.maps.pmtiles import HEADER_BYTES, MapProblem, read_header
from server.people.rights import must_change
from server.people.rules import Person
from server.programme.lines import one_line
from server.store.database import Database
from server.store.disk import sync_folder

__all__ = ["FOLDER", "MAP_BYTES", "MapFiles", "forget_unfinished", "path_of"]

FOLDER: Final = "maps"
MAP_BYTES: Final = 100 * 1024 * 1024
"""Of one map; phones keep it whole, and people pay for what they fetch."""
PIECE_BYTES: Final = 1024 * 1024
FILE_NAME_CHARACTERS: Final = 100
UNFINISHED: Final = ".new"


def path_of(data: Path, sha256: str) -> Path:
    """Say where a map file lies."""
    return data / FOLDER / f"{sha256}.pmtiles"


def forget_unfinished(data: Path) -> None:
    """Remove what a stop left of uploads; nobody may be uploading."""
    for draft in (data / FOLDER).glob(f"*{UNFINISHED}"):
        draft.unlink(missing_ok=True)


@dataclass(frozen=True, kw_only=True)
class MapFiles:
    """What one person does with the maps of neighbourhoods within their reach."""

    database: Database
    clock: Clock
    person: Person

    def keep(self, neighbourhood_id: str, stream: IO[bytes], *, name: str) -> MapProblem | None:
        """Take in a map; give what is wrong with it, and then nothing is kept."""
        stored = self._store(stream)
        if isinstance(stored, MapProblem):
            return stored
        sha256, size = stored
        file = MapFile(
            neighbourhood_id=neighbourhood_id,
            sha256=sha256,
            bytes=size,
            name=one_line(name)[:FILE_NAME_CHARACTERS],
            kept_at=as_text(self.clock.now()),
        )
        before: str | None = None
        try:
            before = self.database.write(lambda connection: self._put(connection, file))
        finally:  # who may no longer change anything leaves no file behind
            self._remove_unless_used(before, sha256)
        return None

    def remove(self, neighbourhood_id: str) -> None:
        """Take the map of a neighbourhood away."""
        before = self.database.write(lambda connection: self._forget(connection, neighbourhood_id))
        self._remove_unless_used(before)

    def _store(self, stream: IO[bytes]) -> tuple[str, int] | MapProblem:
        """Write a file under its hash, never holding it whole in memory."""
        folder = self.database.folder / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        start = stream.read(HEADER_BYTES)
        if not start:
            return MapProblem.MISSING
        digest, size = hashlib.sha256(start), len(start)
        handle, name = tempfile.mkstemp(dir=folder, suffix=UNFINISHED)
        draft = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(start)
                while (piece := stream.read(PIECE_BYTES)) and size <= MAP_BYTES:
                    digest.update(piece)
                    size += len(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            header = MapProblem.TOO_LARGE if size > MAP_BYTES else read_header(start, size=size)
            if isinstance(header, MapProblem):
                return header
            draft.replace(path_of(self.database.folder, digest.hexdigest()))
            sync_folder(folder)
        finally:
            draft.unlink(missing_ok=True)
        return digest.hexdigest(), size

    def _put(self, connection: sqlite3.Connection, file: MapFile) -> str | None:
        """Note a map; give the hash of the one that it takes the place of."""
        must_change(connection, self._actor)
        before = map_queries.map_file(connection, file.neighbourhood_id, reader=self.person.person_id)
        if map_queries.put_map_file(connection, file, reader=self.person.person_id):
            self._note(connection, "map-file-kept", file.neighbourhood_id)
        return before.sha256 if before else None

    def _forget(self, connection: sqlite3.Connection, neighbourhood_id: str) -> str | None:
        must_change(connection, self._actor)
        before = map_queries.map_file(connection, neighbourhood_id, reader=self.person.person_id)
        if map_queries.forget_map_file(connection, neighbourhood_id, reader=self.person.person_id):
            self._note(connection, "map-file-removed", neighbourhood_id)
        return before.sha256 if before else None

    def _note(self, connection: sqlite3.Connection, action: str, neighbourhood_id: str) -> None:
        note(
            connection,
            at=as_text(self.clock.now()),
            actor=self._actor,
            action=action,
            subject=neighbourhood_id,
            neighbourhood_id=neighbourhood_id,
        )

    def _remove_unless_used(self, *names: str | None) -> None:
        for sha256 in filter(None, names):
            with self.database.read() as connection:
                used = map_queries.is_used(connection, sha256=sha256)
            if not used:
                path_of(self.database.folder, sha256).unlink(missing_ok=True)

    @property
    def _actor(self) -> Actor:
        return Actor(person_id=self.person.person_id, name=self.person.name)
