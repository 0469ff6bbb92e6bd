"""The hash of the manifest of forms, which every answer carries: worked out once per change of forms."""

import sqlite3
from collections.abc import Sequence

from server.forms import manifest
from server.intake import feed_queries as queries
from server.words.joined import AppWords

__all__ = ["FormsHash"]


class FormsHash:
    """Remembers the hash for as long as the log's newest entry about forms is the same one."""

    def __init__(self, words: Sequence[AppWords] = ()) -> None:
        self._words = words
        self._known: tuple[queries.FormsEntry | None, str] | None = None

    def of(self, connection: sqlite3.Connection) -> str:
        """Give the hash as of the moment that ``connection`` reads."""
        newest, known = queries.newest_forms_entry(connection), self._known
        if known is not None and known[0] == newest:
            return known[1]
        found = manifest.manifest_hash(manifest.manifest(connection), self._words)
        self._known = (newest, found)  # one assignment: a thread that reads meanwhile sees the old pair or the new
        return found
