"""What the views of assets do alike: whose changes, which asset, what an empty one is."""

from server import services
from server.assets import row_queries
from server.assets.changing import Changing
from server.assets.rules import AssetRow
from server.clock import as_text
from server.errors import NotFound
from server.people.rules import Person

__all__ = ["asset_here", "changing", "empty_row", "found"]


def changing(person: Person) -> Changing:
    """Let a person change assets."""
    running = services.current()
    return Changing(database=running.database, clock=running.clock, random_bytes=running.random_bytes, person=person)


def found(person: Person, asset_id: str) -> AssetRow | None:
    """Find what the desk said of an asset within a person's reach."""
    with services.current().database.read() as connection:
        return row_queries.asset_row(connection, asset_id, reader=person.person_id)


def asset_here(person: Person, asset_id: str) -> AssetRow:
    """Find what the desk said of an asset within a person's reach; raises NotFound for any other."""
    row = found(person, asset_id)
    if row is None:
        raise NotFound("asset-unknown", f"No asset is kept here under the id {asset_id[:40]}.")
    return row


def empty_row(asset_id: str, neighbourhood_id: str, *, import_id: str | None = None) -> AssetRow:
    """Give an asset of which the desk has said nothing yet."""
    return AssetRow(
        asset_id=asset_id,
        neighbourhood_id=neighbourhood_id,
        name="",
        names=(),
        kind="",
        place_words="",
        latitude=None,
        longitude=None,
        accuracy=None,
        state="open",
        since="",
        venue_id=None,
        merged_into=None,
        import_id=import_id,
        created_at=as_text(services.current().clock.now()),
    )
