"""What became of each answer: who changed it when, from what to what, and why. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from server.editing.fields import Field, Key, differing
from server.editing.queries import Version
from server.editing.words import is_apart
from server.reviews.apart import APART
from sync.codes import Origin, RevisionKind

__all__ = ["Content", "Event", "Fact", "Telling", "events_of", "facts_of", "is_comparable", "newest_of", "told_apart"]

Telling = Literal["sent", "corrected", "edited", "undone", "merged", "erased"]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One version as the list of versions tells of it; ``reason`` may be blank. ``at`` is the server's time.

    ``apart`` names the text of what is kept apart in it; '' where it has none.
    """

    rev: str
    telling: Telling
    author: str
    at: str
    reason: str
    parents: tuple[str, ...]
    apart: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """A change of one field; ``path`` is where it stands in the version that made it, or stood in the one before."""

    key: Key
    path: str
    before: str
    after: str
    fact: Fact


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a version says, as far as it is kept: ``erased`` names parts of which the text is gone."""

    fields: Mapping[Key, Field]
    erased: frozenset[str]


def facts_of(versions: Sequence[Version]) -> list[Fact]:
    """Tell of each version, oldest first."""
    return [_fact(one) for one in versions]


def events_of(facts: Sequence[Fact], contents: Mapping[str, Content]) -> list[Event]:
    """Find what each version changed against the one that it followed first, oldest first."""
    return [event for fact in facts for event in _events(fact, contents)]


def newest_of(events: Sequence[Event]) -> dict[Key, Event]:
    """Give the last change of each field."""
    return {event.key: event for event in events}


def told_apart(facts: Sequence[Fact], events: Sequence[Event]) -> frozenset[str]:
    """Name the versions that changed an answer that is kept apart: the reason may tell it. An erasing one tells none.

    This holds on when the answer itself is erased.
    """
    texts = {fact.rev: fact.apart for fact in facts}
    changed = {one.rev for one in facts if one.parents and one.apart != texts.get(one.parents[0], one.apart)}
    changed |= {event.fact.rev for event in events if is_apart(event.key)}
    return frozenset(changed - {one.rev for one in facts if one.telling == "erased"})


def is_comparable(fact: Fact, contents: Mapping[str, Content]) -> bool:
    """Tell whether it can still be seen what a version changed; not once the main part of one of the two is erased."""
    both = [contents.get(fact.rev), contents.get(fact.parents[0]) if fact.parents else None]
    return all(one is not None and "main" not in one.erased for one in both)


def _events(fact: Fact, contents: Mapping[str, Content]) -> list[Event]:
    if fact.telling == "erased" or not is_comparable(fact, contents):
        return []
    before, after = contents[fact.parents[0]], contents[fact.rev]
    gone = before.erased | after.erased
    keys = [key for key in differing(before.fields, after.fields) if key[0] not in gone]
    return [_event(key, before.fields.get(key), after.fields.get(key), fact) for key in keys]


def _event(key: Key, before: Field | None, after: Field | None, fact: Fact) -> Event:
    stands = after or before
    assert stands is not None, "A field that differs stands on one side at least."
    return Event(
        key=key,
        path=stands.path,
        before=before.text if before else "",
        after=after.text if after else "",
        fact=fact,
    )


def _fact(version: Version) -> Fact:
    header = json.loads(version.header)
    reason = header.get("reason", "")
    return Fact(
        rev=version.rev,
        telling=_telling(version, undoes="undoes" in header),
        author=str(header["author"]),
        at=version.received_at,
        reason=reason if isinstance(reason, str) else "",
        parents=tuple(header["parents"]),
        apart=next((str(part["sha256"]) for part in header["parts"] if part["name"] == APART), ""),
    )


def _telling(version: Version, *, undoes: bool) -> Telling:
    if version.kind == RevisionKind.ERASE:
        return "erased"
    if version.kind == RevisionKind.MERGE:
        return "merged"
    if version.origin == Origin.CONSOLE:
        return "undone" if undoes else "edited"
    return "sent" if version.kind == RevisionKind.CREATE else "corrected"
