"""Keeps, deletes and puts back recordings: sound, row, pack and audit line in one transaction.

The bytes lie in the database like other media of forms, so a recording that a page calls kept is on the disk whole.
All raise NotAllowed unless the actor is a coordinator or an administrator at that moment.
"""

import sqlite3
from dataclasses import replace
from typing import Final

from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.config import RECORDING_PUT_BACK
from server.errors import NotAllowed
from server.forms.file_queries import Media, put_media
from server.forms.queries import log_forms_change
from server.recordings import queries
from server.recordings.packs import sound_pack
from server.recordings.queries import Recording, SpokenLanguage
from server.recordings.sounds import Sound
from server.store.database import Database

__all__ = [
    "add_language",
    "forget_old_recordings",
    "keep_recording",
    "put_back",
    "remove_language",
    "remove_recording",
]

MILLISECONDS: Final = 1000


def keep_recording(
    database: Database,
    sound: Sound,
    *,
    form_id: str,
    lang: str,
    text_key: str,
    words: str,
    actor: Actor,
    clock: Clock,
) -> None:
    """Let ``sound`` say the text from now on; what said it before can be put back. The same again is no change."""
    now = as_text(clock.now())
    new = Recording(
        recording_id=0,
        form_id=form_id,
        lang=lang,
        text_key=text_key,
        sha256=sound.sha256,
        bytes=len(sound.content),
        milliseconds=max(1, round(sound.seconds * MILLISECONDS)),
        words=words,
        recorded_at=now,
        ended_at=None,
    )

    def keep(connection: sqlite3.Connection) -> None:
        must_record(connection, actor)
        if same_in_use(connection, new):
            return
        put_media(connection, Media(type=sound.type, body=sound.content), sha256=sound.sha256)
        queries.end_recording(connection, form_id=form_id, lang=lang, text_key=text_key, now=now)
        queries.insert_recording(connection, new)
        tell_phones(connection, new, action="recording-kept", actor=actor, now=now)

    database.write(keep)


def remove_recording(database: Database, *, recording_id: int, actor: Actor, clock: Clock) -> Recording | None:
    """Let a text be spoken no longer; None when the recording is not in use."""
    now = as_text(clock.now())

    def remove(connection: sqlite3.Connection) -> Recording | None:
        must_record(connection, actor)
        found = queries.recording(connection, recording_id=recording_id)
        if found is None or found.ended_at is not None:
            return None
        queries.end_recording(connection, form_id=found.form_id, lang=found.lang, text_key=found.text_key, now=now)
        tell_phones(connection, found, action="recording-deleted", actor=actor, now=now)
        return found

    return database.write(remove)


def put_back(database: Database, *, recording_id: int, actor: Actor, clock: Clock) -> Recording | None:
    """Speak a text as before; what said it meanwhile can be put back in turn. None when its bytes are gone."""
    now = as_text(clock.now())

    def put(connection: sqlite3.Connection) -> Recording | None:
        must_record(connection, actor)
        found = queries.recording(connection, recording_id=recording_id)
        if found is None or found.ended_at is None:
            return found
        queries.end_recording(connection, form_id=found.form_id, lang=found.lang, text_key=found.text_key, now=now)
        queries.put_back_recording(connection, recording_id=recording_id)
        tell_phones(connection, found, action="recording-put-back", actor=actor, now=now)
        return replace(found, ended_at=None)

    return database.write(put)


def add_language(database: Database, language: SpokenLanguage, *, actor: Actor, clock: Clock) -> None:
    """Let a form be spoken in a language that it is not written in; with one that is there, change its name."""
    now = as_text(clock.now())

    def add(connection: sqlite3.Connection) -> None:
        must_record(connection, actor)
        queries.put_spoken_language(connection, language, now=now)
        log_forms_change(connection, subject=language.form_id, now=now)
        details = {"name": language.name, "code": language.lang}
        note(connection, at=now, actor=actor, action="spoken-language-added", subject=language.form_id, details=details)

    database.write(add)


def remove_language(database: Database, *, form_id: str, lang: str, actor: Actor, clock: Clock) -> bool:
    """Take a language away that nothing was spoken in; False when it stays."""
    now = as_text(clock.now())

    def remove(connection: sqlite3.Connection) -> bool:
        must_record(connection, actor)
        removed = queries.delete_spoken_language(connection, form_id=form_id, lang=lang)
        if removed:
            details = {"code": lang}
            note(connection, at=now, actor=actor, action="spoken-language-removed", subject=form_id, details=details)
        return removed

    return database.write(remove)


def forget_old_recordings(database: Database, *, clock: Clock) -> None:
    """Erase what was replaced or deleted so long ago that nobody wants it back: a voice is a person's own."""
    before = as_text(clock.now() - RECORDING_PUT_BACK)

    def forget(connection: sqlite3.Connection) -> None:
        for sha256 in queries.delete_recordings_before(connection, before=before):
            queries.erase_file(connection, sha256=sha256)

    database.write(forget)


def must_record(connection: sqlite3.Connection, actor: Actor) -> None:
    """Raise NotAllowed, which takes the write back, unless the actor may record at this moment."""
    if actor.person_id is not None and not queries.may_record(connection, actor.person_id):
        raise NotAllowed("viewer", f"{actor.name} may not record questions any more.")


def same_in_use(connection: sqlite3.Connection, new: Recording) -> bool:
    """Tell whether a text is spoken by this very sound, for these very words."""
    in_use = queries.recordings_in_use(connection, form_id=new.form_id, lang=new.lang)
    return any((one.text_key, one.sha256, one.words) == (new.text_key, new.sha256, new.words) for one in in_use)


def tell_phones(connection: sqlite3.Connection, about: Recording, *, action: str, actor: Actor, now: str) -> None:
    """Make the pack of the language anew, and note who did what."""
    form_id, lang = about.form_id, about.lang
    in_use = queries.recordings_in_use(connection, form_id=form_id, lang=lang)
    pack = sound_pack(in_use, form_id=form_id, lang=lang)
    if pack is None:
        queries.delete_form_sounds(connection, form_id=form_id, lang=lang)
    else:
        queries.put_pack(connection, sha256=pack.sha256, body=pack.body, sounds=pack.sounds, bytes_=pack.bytes)
        queries.put_form_sounds(connection, form_id=form_id, lang=lang, sha256=pack.sha256)
    log_forms_change(connection, subject=form_id, now=now)
    details = {"language": lang, "question": about.text_key}
    note(connection, at=now, actor=actor, action=action, subject=form_id, details=details)
