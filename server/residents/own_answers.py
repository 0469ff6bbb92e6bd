"""What a reference code stands for: the answers of one response, to be read by whoever gave them, or that they went."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from server.formlogic.check import take_up
from server.formlogic.logic_json import load
from server.formlogic.texts import load_pack
from server.forms import queries as forms
from server.forms.publish_files import lists_of_logic
from server.forms.queries import TextPack
from server.places.queries import languages_of
from server.residents import queries
from server.residents.checking import CheckedSection, sections_of
from server.residents.paging import EQUALITY, MAIN
from server.residents.queries import KnownRevision
from server.reviews import projection_queries
from server.reviews.languages import best_language, in_order
from server.reviews.parts import join_parts
from server.reviews.projection import displayed_head
from server.venues.queries import poster_by_id
from sync.codes import RevisionKind
from sync.messages import RevisionHeader
from sync.references import read_reference, reference_hash
from sync.schemas import read_header

__all__ = ["OwnAnswers", "Standing", "answers_of", "known_under"]

Standing = Literal["with-the-team", "set-aside", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class OwnAnswers:
    """One's own answers. ``sections`` is None when they cannot be shown here, though they are kept.

    ``languages`` are those of the form; ``language`` is the one that they are shown in.
    """

    response_id: str
    neighbourhood_id: str
    standing: Standing
    received_at: str
    sections: tuple[CheckedSection, ...] | None
    languages: tuple[TextPack, ...]
    language: str


def known_under(connection: sqlite3.Connection, typed: str) -> list[KnownRevision]:
    """List the revisions that a typed code stands for; [] for one with a slip as for one that nobody has.

    Both are looked up, so that the time it takes tells nothing.
    """
    code = read_reference(typed)
    found = queries.response_of_reference(connection, reference_hash=reference_hash(code or ""))
    return found if code is not None else []


def answers_of(connection: sqlite3.Connection, known: Sequence[KnownRevision], *, wishes: Sequence[str]) -> OwnAnswers:
    """Read the answers of a response in the first language of ``wishes`` that its form has."""
    first, newest = known[0], known[-1]
    shown, standing = _shown(connection, known)
    header = read_header(shown.header)
    languages = in_order(
        forms.current_texts(connection, form_id=header.form.id, version=header.form.version),
        first=_order(connection, header),
    )
    tag = best_language([one.lang for one in languages], [*wishes, header.lang]) or header.lang
    gone = newest.kind == RevisionKind.ERASE and not header.parts
    return OwnAnswers(
        response_id=first.response_id,
        neighbourhood_id=first.neighbourhood_id,
        standing="withdrawn" if gone else standing,
        received_at=newest.received_at if gone else shown.received_at,
        sections=() if gone else _sections(connection, shown.rev, header, languages, tag),
        languages=tuple(languages),
        language=tag,
    )


def _order(connection: sqlite3.Connection, header: RevisionHeader) -> Sequence[str]:
    """Give the order of languages that the person saw: the poster's, else the neighbourhood's."""
    poster = poster_by_id(connection, header.poster) if header.poster else None
    return poster.languages if poster else languages_of(connection, header.neighbourhood)


def _shown(connection: sqlite3.Connection, known: Sequence[KnownRevision]) -> tuple[KnownRevision, Standing]:
    """Choose the revision whose answers count, of one's own; where all is set aside, the one that came last."""
    own = {one.rev: one for one in known if one.quarantined_why is None}
    if not own:
        return known[-1], "set-aside"
    heads = [head for head in projection_queries.heads(connection, response_id=known[0].response_id) if head.rev in own]
    return own[displayed_head(heads).rev] if heads else list(own.values())[-1], "with-the-team"


def _sections(
    connection: sqlite3.Connection, rev: str, header: RevisionHeader, languages: Sequence[TextPack], tag: str
) -> tuple[CheckedSection, ...] | None:
    logic = forms.logic(connection, sha256=header.form.logic)
    names = {**{one.lang: one.sha256 for one in languages}, **header.form.texts}
    words = forms.text_pack_body(connection, sha256=names.get(tag, ""))
    if logic is None or words is None:
        return None
    try:
        parts = join_parts(projection_queries.parts(connection, rev=rev))
        lists = lists_of_logic(connection, logic_sha=header.form.logic)
        response = take_up(load(json.loads(logic)), parts.answers, lists=lists)
        sections = sections_of(response, (), load_pack(words), parts=frozenset({MAIN, EQUALITY}))
    except (ValueError, RuntimeError, RecursionError):
        return None
    return tuple(sections)
