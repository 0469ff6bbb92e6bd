"""The assets that the made-up coordinator has made so far, each of what people called by many names.

The first thing of each story is left: its names are still to be brought together.
"""

from server.assets.changing import Changing
from server.assets.rules import NEVER_ON_A_MAP, AssetRow
from server.clock import as_text
from server.demo import queries
from server.demo.answering import LABEL, Place
from server.demo.story import STORIES, Thing
from server.people.rules import Person
from server.services import Services

__all__ = ["place_samples"]


def place_samples(running: Services, place: Place, person: Person) -> int:
    """Make the assets of a neighbourhood of what was approved; give how many."""
    changing = Changing(
        database=running.database, clock=running.clock, random_bytes=running.random_bytes, person=person
    )
    with running.database.read() as connection:
        named = queries.named_assets(connection, label=LABEL, neighbourhood_id=place.neighbourhood_id)
    made = 0
    for thing in STORIES[place.neighbourhood_id][1:]:
        of = [one for one in named if one.label in set().union(*thing.names.values())]
        if of:
            changing.make(asset_of(thing, place, changing), of=[(one.response_id, one.observation_id) for one in of])
            made += 1
    return made


def asset_of(thing: Thing, place: Place, changing: Changing) -> AssetRow:
    """Describe a thing as a coordinator would; what people call it comes with what they said."""
    has_place = thing.kind != NEVER_ON_A_MAP
    now = as_text(changing.clock.now())
    return AssetRow(
        asset_id=changing.new_id(),
        neighbourhood_id=place.neighbourhood_id,
        name=thing.names["en"][0],
        names=(),
        kind=thing.kind,
        place_words=thing.where.get("en", ""),
        latitude=place.latitude + thing.north if has_place else None,
        longitude=place.longitude + thing.east if has_place else None,
        accuracy=None,
        state="open",
        since=now,
        venue_id=None,
        merged_into=None,
        import_id=None,
        created_at=now,
    )
