"""What tests about assets are made with: responses that speak of assets, approved or not, and what is shown of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from sqlite3 import Connection, Row

from flask.testing import FlaskClient

from server.assets import list_queries, mention_queries
from server.assets.changing import Changing, Observed
from server.assets.list_queries import AssetFilter, ListedAsset
from server.assets.rules import AssetRow
from server.people.rules import Person
from server.reviews.deciding import decide
from server.reviews.decisions import Seen
from server.services import Services
from tests.server.console_pages import received
from tests.server.records import Item, Phone

__all__ = ["Desk", "said"]


def said(*assets: tuple[str, str] | tuple[str, str, str], barriers: Sequence[str] = ()) -> dict[str, object]:
    """Give answers that name assets: each a name, a kind, and a position if there is one; barriers are of the first."""
    named = []
    for number, (name, kind, *position) in enumerate(assets):
        entity = {"@create": "1", "@id": f"a{number}", "label": name}
        about = {"asset_name": name, "kind": kind, "meta": {"entity": entity}}
        one: dict[str, object] = {"about": {**about, **({"position": position[0]} if position else {})}}
        if number == 0 and barriers:
            one["barriers"] = [
                {"code": code, "meta": {"entity": {"@create": "1", "@id": f"b{at}", "label": code}}}
                for at, code in enumerate(barriers)
            ]
        named.append(one)
    return {"who": "Asha", "assets": named}


@dataclass
class Desk:
    """Somebody who changes assets, and a phone that brings responses about them."""

    running: Services
    client: FlaskClient
    phone: Phone
    person: Person
    items: dict[str, Item] = field(default_factory=dict)

    @property
    def work(self) -> Changing:
        """What the person does."""
        return Changing(
            database=self.running.database,
            clock=self.running.clock,
            random_bytes=self.running.random_bytes,
            person=self.person,
        )

    def bring(self, answers: dict[str, object], *, approved: bool = True) -> str:
        """Have a response come in, and approve it; give its id."""
        item = self.phone.item(answers)
        response_id = received(self.client, self.running, self.phone, item)
        self.items[response_id] = item
        if approved:
            self.decide(response_id, "approve")
        return response_id

    def decide(self, response_id: str, action: str) -> None:
        """Decide about a response as it stands."""
        row = self.row("SELECT head_rev, state FROM responses WHERE response_id = ?", response_id)
        seen = Seen(response_id=response_id, rev=row["head_rev"], state=row["state"])
        self.running.database.write(
            partial(
                decide,
                seen=[seen],
                action=action,  # type: ignore[arg-type]  # tests name actions
                reason="" if action == "approve" else "Because",
                person=self.person,
                now=self.running.clock.now(),
            )
        )

    def make(self, *observations: Observed, name: str = "", kind: str = "", **facts: object) -> str:
        """Make an asset of observations; give its id."""
        asset_id = self.work.new_id()
        row = AssetRow(
            asset_id=asset_id,
            neighbourhood_id="old-ford",
            name=name,
            names=(),
            kind=kind,
            place_words="",
            latitude=None,
            longitude=None,
            accuracy=None,
            state="open",
            since="",
            venue_id=None,
            merged_into=None,
            import_id=None,
            created_at="2026-11-20T12:00:00.000Z",
        )
        self.work.make(AssetRow(**{**vars(row), **facts}), of=observations)
        return asset_id

    def shown(self, search: str = "") -> list[ListedAsset]:
        """List the assets as the console does."""
        with self.running.database.read() as connection:
            return list_queries.page_of_assets(
                connection,
                AssetFilter(search=search),
                reader=self.person.person_id,
                states=("approved",),
                skip=0,
                limit=100,
            )

    def asset(self, asset_id: str) -> ListedAsset:
        """Give one asset as it is shown."""
        with self.running.database.read() as connection:
            one = list_queries.asset_by_id(connection, asset_id, reader=self.person.person_id, states=("approved",))
        assert one is not None
        return one

    def names(self, asset_id: str) -> list[str]:
        """List what people call an asset."""
        with self.running.database.read() as connection:
            counted = mention_queries.names_of_asset(
                connection, asset_id, reader=self.person.person_id, states=("approved",)
            )
        return [name for name, _times in counted]

    def waiting(self, *states: str) -> int:
        """Count the observations that wait for a place."""
        with self.running.database.read() as connection:
            return mention_queries.count_unplaced(
                connection,
                reader=self.person.person_id,
                neighbourhood_id=None,
                kind="",
                states=states or ("approved",),
            )

    def rows(self, table: str) -> list[tuple[object, ...]]:
        """Give all rows of a table, to compare."""

        def read(connection: Connection) -> list[tuple[object, ...]]:
            return sorted((tuple(row) for row in connection.execute(f"SELECT * FROM {table}")), key=str)  # noqa: S608  # a name of ours

        with self.running.database.read() as connection:
            return read(connection)

    def row(self, statement: str, *values: str) -> Row:
        """Read one row."""
        with self.running.database.read() as connection:
            row: Row = connection.execute(statement, values).fetchone()
        return row
