"""Publishing the files of a form: its lists until they are replaced, its media for ever, as the text packs name them.

Whatever was published stays: a phone that has been away for weeks still answers with an older list.
"""

import json
import sqlite3
from collections.abc import Mapping

from server.formlogic.definition import Item, Lists
from server.formlogic.instance import ItemList
from server.formlogic.logic_json import list_from_json
from server.formlogic.texts import load_pack
from server.forms import file_queries
from server.forms.compile import Compiled
from server.forms.file_queries import Media, PublishedList
from sync.hashes import sha256_hex

__all__ = ["lists_of_logic", "put_lists", "put_media"]


def put_lists(connection: sqlite3.Connection, compiled: Compiled, *, now: str) -> bool:
    """Make the lists of ``compiled`` the current ones; True when anything was different before.

    A list that was not given stays as it was published.
    """
    form = {"form_id": compiled.form_id, "version": compiled.version}
    before = file_queries.current_lists(connection, **form)
    for list_id, found in compiled.lists.items():
        one = PublishedList(list_id=list_id, file=found.file, sha256=found.sha256, rows=len(found.rows))
        file_queries.put_list_body(connection, sha256=one.sha256, rows=one.rows, body=found.body)
        file_queries.end_other_lists(connection, one, **form, now=now)
        file_queries.put_list(connection, one, **form, now=now)
    return before != file_queries.current_lists(connection, **form)


def put_media(connection: sqlite3.Connection, compiled: Compiled) -> None:
    """Keep the media of ``compiled``, and which text pack shows which."""
    for found in compiled.media:
        file_queries.put_media(connection, Media(type=found.type, body=found.content), sha256=found.sha256)
    for body in compiled.packs.values() if compiled.media else ():
        for name, sha256 in load_pack(body).media.items():
            file_queries.pin_media(connection, pack=sha256_hex(body), name=name, sha256=sha256)


def lists_of_logic(connection: sqlite3.Connection, *, logic_sha: str) -> Lists:
    """Give the lists from files that answers under a logic may have chosen from, by list id.

    A response does not say which state of a list its phone had. So the rows of all states are taken together, the
    newest first: what could be chosen once is no problem later.
    """
    found: dict[str, dict[tuple[tuple[str, str], ...], Item]] = {}
    for list_id, body in file_queries.all_lists(connection, logic_sha=logic_sha):
        rows = found.setdefault(list_id, {})
        for item in list_from_json(json.loads(body)):
            rows.setdefault(_row(item), item)
    return {list_id: ItemList(rows.values()) for list_id, rows in found.items()}


def _row(item: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(item.items()))
