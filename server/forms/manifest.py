"""The manifest: which forms a device should have, and under which hashes to fetch them."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from server.forms import file_queries, queries
from server.forms.file_queries import PublishedList
from server.forms.languages import autonym
from server.forms.queries import FormVersion, TextPack
from server.programme.form_queries import forms_not_offered
from server.programme.queries import programme
from server.recordings.queries import FormSounds, form_sounds
from server.words.joined import AppWords
from sync.hashes import sha256_hex

__all__ = ["ManifestEntry", "as_json", "body", "manifest", "manifest_hash"]


@dataclass(frozen=True, kw_only=True)
class ManifestEntry:
    """The version of a form that new responses are begun with, its languages, its lists, and what it is spoken in."""

    form: FormVersion
    texts: tuple[TextPack, ...]
    lists: tuple[PublishedList, ...]
    sounds: tuple[FormSounds, ...] = ()


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
            sounds=tuple(form_sounds(connection, form_id=form.form_id)),
        )
        for form in queries.latest_open_versions(connection)
        if form.form_id not in left_out
    )


def body(entries: Sequence[ManifestEntry], words: Sequence[AppWords] = ()) -> str:
    """Write the manifest as the text that is served and hashed."""
    return json.dumps(as_json(entries, words), ensure_ascii=False)


def manifest_hash(entries: Sequence[ManifestEntry], words: Sequence[AppWords] = ()) -> str:
    """Name the manifest by its text: it changes when a device has something to fetch."""
    return sha256_hex(body(entries, words))


def as_json(entries: Sequence[ManifestEntry], words: Sequence[AppWords] = ()) -> dict[str, object]:
    """Turn the manifest into JSON values; ``words`` is what this server adds to the app's own sentences."""
    return {"forms": [_entry(entry) for entry in entries], "words": [_added(one) for one in words]}


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
        **({"spoken": [_spoken(one, entry) for one in entry.sounds]} if entry.sounds else {}),
    }


def _spoken(one: FormSounds, entry: ManifestEntry) -> dict[str, object]:
    """Say what there is to hear: of a language that the form is not written in, under the name that people gave it."""
    written = {text.lang: text.autonym for text in entry.texts}
    return {
        "lang": one.lang,
        "name": one.name or written.get(one.lang) or autonym(one.lang),
        "beside": one.beside or one.lang,
        "sounds": one.sha256,
        "count": one.sounds,
        "bytes": one.bytes,
    }


def _added(words: AppWords) -> dict[str, object]:
    tongue = words.tongue
    return {
        "lang": tongue.lang,
        "autonym": tongue.autonym,
        "direction": tongue.direction,
        "state": tongue.state,
        "formats_like": tongue.formats_like and tongue.formats_like.replace("_", "-"),
        "sha256": words.sha256,
    }
