"""Responses that differ in everything they can be found by, and a way to ask for them as an address does."""

from collections.abc import Mapping, Sequence

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from server.reviews.filters import read_filters
from server.reviews.finding_queries import count_found, find_page
from server.reviews.order import read_order, read_place
from server.reviews.projector import catch_up
from server.services import Services
from tests.server.pushing import push, statuses
from tests.server.records import Phone

__all__ = ["answers", "counted", "found", "send"]


def answers(who: str, *, kind: str = "", barrier: str = "", name: str = "") -> dict[str, object]:
    """Answer the form with a text, and an asset with a barrier where they are given."""
    asset = {
        "about": {
            "asset_name": name,
            "kind": kind,
            "meta": {"entity": {"@dataset": "asset_observations", "@create": "1", "@id": "a1", "label": name}},
        },
        "barriers": [
            {
                "code": barrier,
                "meta": {"entity": {"@dataset": "barrier_observations", "@create": "1", "@id": "b1", "label": barrier}},
            }
        ],
    }
    return {"who": who, "assets": [asset] if kind else []}


def send(running: Services, client: FlaskClient, phone: Phone, given: Mapping[str, object], **header: object) -> str:
    """Push one response and project it; give its id."""
    item = phone.item(given, header=header)
    assert statuses(push(client, phone, item)) == ["stored"]
    catch_up(running.database)
    with running.database.read() as connection:
        row = connection.execute("SELECT response_id FROM revisions WHERE rev = :rev", {"rev": item["rev"]}).fetchone()
    return str(row["response_id"])


def found(
    running: Services, reader: str, query: Mapping[str, str | Sequence[str]] | None = None, *, limit: int = 100
) -> list[str]:
    """List what an address finds, in its order."""
    args: MultiDict[str, str] = MultiDict(query or {})
    with running.database.read() as connection:
        page = find_page(
            connection,
            reader=reader,
            filters=read_filters(args),
            order=read_order(args),
            limit=limit,
            place=read_place(args.get("previous") or args.get("next")),
            direction="before" if "previous" in args else "after",
        )
    return list(page.response_ids)


def counted(running: Services, reader: str, query: Mapping[str, str | Sequence[str]] | None = None) -> int:
    """Count what an address finds."""
    with running.database.read() as connection:
        return count_found(connection, reader=reader, filters=read_filters(MultiDict(query or {})))
