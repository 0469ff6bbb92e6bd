"""Opens a response to change it: its newest version, its form, and the words of its questions in a language."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from server.editing.words import Form
from server.errors import NotFound
from server.formlogic.logic_json import load
from server.formlogic.texts import load_pack
from server.forms import queries as forms
from server.forms.publish_files import lists_of_logic
from server.i18n import autonyms
from server.people.rules import Person
from server.reviews import projection_queries, queries
from server.reviews.languages import best_language, in_order
from server.reviews.opening import texts_shown
from server.reviews.parts import Joined, join_parts
from server.reviews.projection import displayed_head
from server.reviews.queries import ListedResponse, Record

__all__ = ["Opened", "form_of", "open_response", "response_in_reach", "versions_of"]

GONE = frozenset({"withdrawn", "erased"})


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A response that can be changed: all its versions that none follows, the shown one first, and what that says."""

    response: ListedResponse
    heads: tuple[Record, ...]
    joined: Joined
    form: Form
    author: str

    @property
    def shown(self) -> Record:
        """The version that everybody sees."""
        return self.heads[0]


def response_in_reach(connection: sqlite3.Connection, response_id: str, person: Person) -> ListedResponse:
    """Find a response; raises NotFound for one out of reach, as for one that is not there."""
    found = queries.response_by_id(connection, response_id, reader=person.person_id)
    if found is None:
        raise NotFound("response-unknown", f"No response is kept here under the id {response_id[:40]}.")
    return found


def open_response(
    connection: sqlite3.Connection, response_id: str, person: Person, *, wishes: Sequence[str]
) -> Opened | None:
    """Open a response; None where it cannot be changed: erased, not all here, or not to be read with its form."""
    response = response_in_reach(connection, response_id, person)
    heads = versions_of(connection, response_id, person)
    if response.state in GONE or not heads or heads[0].rev != response.head_rev or not _is_whole(heads[0]):
        return None
    form = form_of(connection, response, heads[0], wishes=wishes)
    if form is None:
        return None
    try:
        joined = join_parts((part.name, part.body) for part in heads[0].parts)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    author = str(json.loads(heads[0].header)["author"])
    return Opened(response=response, heads=heads, joined=joined, form=form, author=author)


def versions_of(connection: sqlite3.Connection, response_id: str, person: Person) -> tuple[Record, ...]:
    """Give every version of a response that no other one follows, the one that is shown first."""
    heads = projection_queries.heads(connection, response_id=response_id)
    if not heads:
        return ()
    shown = displayed_head(heads)
    revs = [shown.rev, *(one.rev for one in heads if one is not shown)]
    found = (queries.record_of_revision(connection, rev, reader=person.person_id) for rev in revs)
    return tuple(one for one in found if one is not None)


def form_of(
    connection: sqlite3.Connection, response: ListedResponse, record: Record, *, wishes: Sequence[str]
) -> Form | None:
    """Read the form of a response in the best language for a reader; None where logic or words cannot be read."""
    packs = in_order(
        forms.current_texts(connection, form_id=response.form_id, version=response.version), first=list(autonyms())
    )
    language = best_language([one.lang for one in packs], [*wishes, response.lang])
    names = {**{one.lang: one.sha256 for one in packs}, **texts_shown(record)}
    words = forms.text_pack_body(connection, sha256=names.get(language or "", ""))
    logic = forms.logic(connection, sha256=str(json.loads(record.header)["form"]["logic"]))
    if logic is None or words is None:
        return None
    lists = lists_of_logic(connection, logic_sha=str(json.loads(record.header)["form"]["logic"]))
    return Form(definition=load(json.loads(logic)), lists=lists, pack=load_pack(words))


def _is_whole(record: Record) -> bool:
    """Tell whether every part that a version names is here; what is missing would be lost with the next one."""
    named = {part["name"] for part in json.loads(record.header)["parts"]}
    return named <= {part.name for part in record.parts}
