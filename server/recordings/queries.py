"""SQL about recordings: what is spoken, what was spoken before, and what phones are told of it."""

import sqlite3
from dataclasses import dataclass

__all__ = [
    "FormSounds",
    "Recording",
    "SpokenLanguage",
    "delete_form_sounds",
    "delete_recordings_before",
    "delete_spoken_language",
    "end_recording",
    "erase_file",
    "form_sounds",
    "insert_recording",
    "may_record",
    "pack_body",
    "put_back_recording",
    "put_form_sounds",
    "put_pack",
    "put_spoken_language",
    "recording",
    "recordings_ended",
    "recordings_in_use",
    "spoken_languages",
]


@dataclass(frozen=True, kw_only=True)
class Recording:
    """One sound of one text of a form; ``words`` are those that it was spoken for, times ISO 8601 UTC with a Z."""

    recording_id: int
    form_id: str
    lang: str
    text_key: str
    sha256: str
    bytes: int
    milliseconds: int
    words: str
    recorded_at: str
    ended_at: str | None


@dataclass(frozen=True, kw_only=True)
class SpokenLanguage:
    """A language that a form is spoken in but not written in; ``beside`` is the written one it is read from."""

    form_id: str
    lang: str
    name: str
    beside: str


@dataclass(frozen=True, kw_only=True)
class FormSounds:
    """What phones are told: the pack of a form in a spoken language, how many sounds it names and their bytes."""

    lang: str
    name: str | None
    beside: str | None
    sha256: str
    sounds: int
    bytes: int


def insert_recording(connection: sqlite3.Connection, new: Recording) -> int:
    """Keep a recording as the one in use, and give its id; ``new.recording_id`` is not looked at."""
    inserted = connection.execute(
        """
        INSERT INTO recordings (form_id, lang, text_key, sha256, bytes, milliseconds, words, recorded_at, ended_at)
        VALUES (:form_id, :lang, :text_key, :sha256, :bytes, :milliseconds, :words, :recorded_at, NULL)
        RETURNING recording_id
        """,
        vars(new),
    ).fetchone()
    return int(inserted["recording_id"])


def recording(connection: sqlite3.Connection, *, recording_id: int) -> Recording | None:
    """Find one recording."""
    row = connection.execute(
        """
        SELECT recording_id, form_id, lang, text_key, sha256, bytes, milliseconds, words, recorded_at, ended_at
        FROM recordings WHERE recording_id = :recording_id
        """,
        {"recording_id": recording_id},
    ).fetchone()
    return None if row is None else Recording(**row)


def recordings_in_use(connection: sqlite3.Connection, *, form_id: str, lang: str) -> list[Recording]:
    """List what is spoken of a form in a language now."""
    rows = connection.execute(
        """
        SELECT recording_id, form_id, lang, text_key, sha256, bytes, milliseconds, words, recorded_at, ended_at
        FROM recordings WHERE form_id = :form_id AND lang = :lang AND ended_at IS NULL ORDER BY text_key
        """,
        {"form_id": form_id, "lang": lang},
    )
    return [Recording(**row) for row in rows]


def recordings_ended(connection: sqlite3.Connection, *, form_id: str, lang: str) -> list[Recording]:
    """List what was replaced or deleted and can be put back, the last of each text first."""
    rows = connection.execute(
        """
        SELECT recording_id, form_id, lang, text_key, sha256, bytes, milliseconds, words, recorded_at, ended_at
        FROM recordings WHERE form_id = :form_id AND lang = :lang AND ended_at IS NOT NULL
        ORDER BY text_key, ended_at DESC, recording_id DESC
        """,
        {"form_id": form_id, "lang": lang},
    )
    return [Recording(**row) for row in rows]


def end_recording(connection: sqlite3.Connection, *, form_id: str, lang: str, text_key: str, now: str) -> bool:
    """Let what is spoken of a text be spoken no longer; False when nothing was."""
    ended = connection.execute(
        """
        UPDATE recordings SET ended_at = :now
        WHERE form_id = :form_id AND lang = :lang AND text_key = :text_key AND ended_at IS NULL
        """,
        {"form_id": form_id, "lang": lang, "text_key": text_key, "now": now},
    )
    return ended.rowcount > 0


def put_back_recording(connection: sqlite3.Connection, *, recording_id: int) -> None:
    """Speak a text as before; no other recording of it may be in use."""
    connection.execute(
        "UPDATE recordings SET ended_at = NULL WHERE recording_id = :recording_id", {"recording_id": recording_id}
    )


def put_spoken_language(connection: sqlite3.Connection, language: SpokenLanguage, *, now: str) -> None:
    """Keep a language that a form is spoken in, or its new name."""
    connection.execute(
        """
        INSERT INTO spoken_languages (form_id, lang, name, beside, added_at)
        VALUES (:form_id, :lang, :name, :beside, :now)
        ON CONFLICT (form_id, lang) DO UPDATE SET name = excluded.name, beside = excluded.beside
        """,
        {**vars(language), "now": now},
    )


def delete_spoken_language(connection: sqlite3.Connection, *, form_id: str, lang: str) -> bool:
    """Take away a language that nothing was ever spoken in; False when something was, or it is not there."""
    deleted = connection.execute(
        """
        DELETE FROM spoken_languages
        WHERE form_id = :form_id AND lang = :lang
          AND NOT EXISTS (SELECT 1 FROM recordings WHERE recordings.form_id = :form_id AND recordings.lang = :lang)
        """,
        {"form_id": form_id, "lang": lang},
    )
    return deleted.rowcount > 0


def spoken_languages(connection: sqlite3.Connection, *, form_id: str) -> list[SpokenLanguage]:
    """List the languages that a form is spoken but not written in."""
    rows = connection.execute(
        """
        SELECT form_id, lang, name, beside FROM spoken_languages WHERE form_id = :form_id ORDER BY added_at, lang
        """,
        {"form_id": form_id},
    )
    return [SpokenLanguage(**row) for row in rows]


def put_pack(connection: sqlite3.Connection, *, sha256: str, body: str, sounds: int, bytes_: int) -> None:
    """Keep a sound pack; one that is there already is the same by its name."""
    connection.execute(
        """
        INSERT INTO sound_packs (sha256, body, sounds, bytes) VALUES (:sha256, :body, :sounds, :bytes)
        ON CONFLICT DO NOTHING
        """,
        {"sha256": sha256, "body": body, "sounds": sounds, "bytes": bytes_},
    )


def put_form_sounds(connection: sqlite3.Connection, *, form_id: str, lang: str, sha256: str) -> None:
    """Make a sound pack the current one of a form and a language."""
    connection.execute(
        """
        INSERT INTO form_sounds (form_id, lang, sha256) VALUES (:form_id, :lang, :sha256)
        ON CONFLICT (form_id, lang) DO UPDATE SET sha256 = excluded.sha256
        """,
        {"form_id": form_id, "lang": lang, "sha256": sha256},
    )


def delete_form_sounds(connection: sqlite3.Connection, *, form_id: str, lang: str) -> None:
    """Tell phones of nothing spoken in a language."""
    connection.execute(
        "DELETE FROM form_sounds WHERE form_id = :form_id AND lang = :lang", {"form_id": form_id, "lang": lang}
    )


def form_sounds(connection: sqlite3.Connection, *, form_id: str) -> list[FormSounds]:
    """List what a form is spoken in now; name and ``beside`` where that is no written language of it."""
    rows = connection.execute(
        """
        SELECT form_sounds.lang AS lang, name, beside, form_sounds.sha256 AS sha256, sounds, bytes
        FROM form_sounds JOIN sound_packs USING (sha256) LEFT JOIN spoken_languages USING (form_id, lang)
        WHERE form_sounds.form_id = :form_id
        ORDER BY form_sounds.lang
        """,
        {"form_id": form_id},
    )
    return [FormSounds(**row) for row in rows]


def pack_body(connection: sqlite3.Connection, *, sha256: str) -> str | None:
    """Find the text of a sound pack."""
    row = connection.execute("SELECT body FROM sound_packs WHERE sha256 = :sha256", {"sha256": sha256}).fetchone()
    return None if row is None else str(row["body"])


def may_record(connection: sqlite3.Connection, person_id: str) -> bool:
    """Tell whether a person may record at this moment: forms belong to the whole programme, not to a place."""
    row = connection.execute(
        """
        SELECT EXISTS (
            SELECT 1 FROM people
             WHERE person_id = :person_id AND role IN ('administrator', 'coordinator') AND ended_at IS NULL
        ) AS may
        """,
        {"person_id": person_id},
    ).fetchone()
    return bool(row["may"])


def delete_recordings_before(connection: sqlite3.Connection, *, before: str) -> frozenset[str]:
    """Forget what was replaced or deleted so long ago; give the files that it named."""
    rows = connection.execute(
        "DELETE FROM recordings WHERE ended_at IS NOT NULL AND ended_at < :before RETURNING sha256", {"before": before}
    )
    return frozenset(row["sha256"] for row in rows.fetchall())


def erase_file(connection: sqlite3.Connection, *, sha256: str) -> None:
    """Erase the bytes of a recording, unless another recording or a form still plays them."""
    connection.execute(
        """
        DELETE FROM media_files
        WHERE sha256 = :sha256
          AND NOT EXISTS (SELECT 1 FROM recordings WHERE recordings.sha256 = :sha256)
          AND NOT EXISTS (SELECT 1 FROM text_pack_media WHERE text_pack_media.sha256 = :sha256)
        """,
        {"sha256": sha256},
    )
