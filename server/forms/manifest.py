"""The manifest: which forms a device should have, and under which hashes to fetch them."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from server.forms import file_queries, queries
from server.forms.file_queries import PublishedList
from server.forms.queries import FormVersion, TextPack
from server.programme.form_queries import forms_not_offered
from server.programme.queries import programme
from sync.hashes import sha256_hex

__all__ = ["ManifestEntry", "as_json", "body", "manifest", "manifest_hash"]


@dataclass(frozen=True, kw_only=True)
class ManifestEntry:
    """The version of a form that new responses are begun with, its languages, and its lists from files."""

    form: FormVersion
    texts: tuple[TextPack, ...]
    lists: tuple[PublishedList, ...]


def manifest(connection: sqlite3.Connection) -> tuple[ManifestEntry, ...]:
    """List the newest open version of each form that is offered."""
    left_out = forms_not_offered(connection)
    team = programme(connection)
    first = team.languages if team else ()
    return tuple(
        ManifestEntry(
            form=form,
            texts=_in_order(queries.current_texts(connection, form_id=form.form_id, version=form.version), first),
            lists=tuple(file_queries.current_lists(connection, form_id=form.form_id, version=form.version)),
        )
        for form in queries.latest_open_versions(connection)
        if form.form_id not in left_out
    )


def body(entries: Sequence[ManifestEntry]) -> str:
    """Write the manifest as the text that is served and hashed."""
    return json.dumps(as_json(entries), ensure_ascii=False)


def manifest_hash(entries: Sequence[ManifestEntry]) -> str:
    """Name the manifest by its text: it changes when a device has something to fetch."""
    return sha256_hex(body(entries))


def as_json(entries: Sequence[ManifestEntry]) -> dict[str, object]:
    """Turn the manifest into JSON values."""
    return {"forms": [_entry(entry) for entry in entries]}


def _in_order(texts: Sequence[TextPack], first: Sequence[str]) -> tuple[TextPack, ...]:
    """Order languages as the programme does; those that it does not name stand behind."""
    return tuple(sorted(texts, key=lambda text: first.index(text.lang) if text.lang in first else len(first)))


def _entry(entry: ManifestEntry) -> dict[str, object]:
    return {
        "id": entry.form.form_id,
        "version": entry.form.version,
        "logic": entry.form.logic_sha,
        "default_lang": entry.form.default_lang,
        "langs": [
            {
                "lang": text.lang,
                "autonym": text.autonym,
                "texts": text.sha256,
                "draft": text.draft,
                "title": text.title,
            }
            for text in entry.texts
        ],
        "lists": [{"id": one.list_id, "file": one.file, "sha256": one.sha256, "rows": one.rows} for one in entry.lists],
    }
