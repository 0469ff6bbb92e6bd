"""Publishing a compiled form: its logic for ever, its texts and lists until they are corrected.

Publishing the same again changes nothing; another logic under a version that is taken is
refused with what differs, because responses already name that version.
"""

import json
import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from server.clock import Clock, as_text
from server.forms import differences, queries
from server.forms.compile import Compiled
from server.forms.differences import Difference
from server.forms.languages import autonym
from server.forms.publish_files import put_lists, put_media
from server.forms.queries import FormVersion, TextPack
from server.store.database import Database
from sync.hashes import sha256_hex

__all__ = ["Outcome", "Published", "VersionTaken", "close", "publish"]


class Outcome(StrEnum):
    """What publishing did."""

    NEW_VERSION = "new-version"
    TEXTS_CORRECTED = "texts-corrected"
    LISTS_REPLACED = "lists-replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Published:
    """The form version is published, by this call or before."""

    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class VersionTaken:
    """Nothing was published: the version holds another logic. ``differences`` are against the published one."""

    form_id: str
    version: str
    differences: tuple[Difference, ...]

    def __str__(self) -> str:
        """Say it to whoever publishes."""
        return (
            f"Version “{self.version}” of form “{self.form_id}” is published with another logic: "
            f"{'; '.join(map(str, self.differences))}. Give the form a new version and publish that."
        )


def publish(
    database: Database,
    compiled: Compiled,
    *,
    source_name: str,
    clock: Clock,
    reviewed: Collection[str] = (),
    beside: Callable[[sqlite3.Connection, Outcome], None] = lambda connection, outcome: None,
) -> Published | VersionTaken:
    """Publish ``compiled``, read from ``source_name``.

    Languages in ``reviewed`` have been read by a person; the others, but for the form's own
    language, are shown as drafts. ``beside`` is done in the same transaction, if it is published.
    """
    packs = {lang: _describe(compiled, lang, reviewed=reviewed) for lang in compiled.packs}
    now = as_text(clock.now())

    def do(connection: sqlite3.Connection) -> Published | VersionTaken:
        outcome = _publish(connection, compiled, packs, source_name=source_name, now=now)
        if isinstance(outcome, Published):
            beside(connection, outcome.outcome)
        return outcome

    return database.write(do)


def close(database: Database, *, form_id: str, version: str, clock: Clock) -> bool:
    """Take no more responses to a version without setting them aside; False when no such version is open."""
    now = as_text(clock.now())
    return database.write(lambda connection: _close(connection, form_id=form_id, version=version, now=now))


def _publish(
    connection: sqlite3.Connection,
    compiled: Compiled,
    packs: dict[str, TextPack],
    *,
    source_name: str,
    now: str,
) -> Published | VersionTaken:
    form_id, version = compiled.form_id, compiled.version
    logic_sha = sha256_hex(compiled.logic_text)
    there = queries.form_version(connection, form_id=form_id, version=version)
    if there is not None and there.logic_sha != logic_sha:
        return _taken(connection, there, compiled)
    if there is None:
        _insert_version(connection, compiled, logic_sha=logic_sha, source_name=source_name, now=now)
    corrected = _put_texts(connection, compiled, packs, now=now)
    replaced = put_lists(connection, compiled, now=now)
    put_media(connection, compiled)
    if there is not None and not (corrected or replaced):
        return Published(outcome=Outcome.UNCHANGED)
    queries.log_forms_change(connection, subject=f"{form_id} {version}", now=now)
    if there is None:
        return Published(outcome=Outcome.NEW_VERSION)
    return Published(outcome=Outcome.TEXTS_CORRECTED if corrected else Outcome.LISTS_REPLACED)


def _taken(connection: sqlite3.Connection, there: FormVersion, compiled: Compiled) -> VersionTaken:
    published = queries.logic(connection, sha256=there.logic_sha)
    assert published is not None, "A foreign key keeps the logic of every version."
    return VersionTaken(
        form_id=there.form_id,
        version=there.version,
        differences=differences.between(published, compiled.logic_text),
    )


def _insert_version(
    connection: sqlite3.Connection, compiled: Compiled, *, logic_sha: str, source_name: str, now: str
) -> None:
    queries.insert_logic(connection, sha256=logic_sha, body=compiled.logic_text)
    version = FormVersion(
        form_id=compiled.form_id,
        version=compiled.version,
        logic_sha=logic_sha,
        default_lang=compiled.default_lang,
        source_name=source_name,
        published_at=now,
        closed_at=None,
    )
    queries.insert_version(connection, version, xform=compiled.xform)


def _put_texts(connection: sqlite3.Connection, compiled: Compiled, packs: dict[str, TextPack], *, now: str) -> bool:
    """Make ``packs`` the current texts; True when anything was different before."""
    form = {"form_id": compiled.form_id, "version": compiled.version}
    before = queries.current_texts(connection, **form)
    for lang, pack in packs.items():
        queries.put_text_pack(connection, pack, **form, body=compiled.packs[lang])
        queries.put_text(connection, **form, lang=lang, sha256=pack.sha256, now=now)
    for gone in {pack.lang for pack in before} - set(packs):
        queries.delete_text(connection, **form, lang=gone)
    return before != queries.current_texts(connection, **form)


def _close(connection: sqlite3.Connection, *, form_id: str, version: str, now: str) -> bool:
    closed = queries.close_version(connection, form_id=form_id, version=version, now=now)
    if closed:
        queries.log_forms_change(connection, subject=f"{form_id} {version}", now=now)
    return closed


def _describe(compiled: Compiled, lang: str, *, reviewed: Collection[str]) -> TextPack:
    body = compiled.packs[lang]
    return TextPack(
        lang=lang,
        autonym=autonym(lang),
        sha256=sha256_hex(body),
        draft=lang not in reviewed and lang != compiled.default_lang,
        title=_title(body),
    )


def _title(pack_text: str) -> str:
    """Give the title of a text pack, which may be marked as fallen back to another language."""
    title = json.loads(pack_text)["title"]
    return title if isinstance(title, str) else str(title["text"])
