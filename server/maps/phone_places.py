"""What a worker's phone is told of its neighbourhood, as one JSON text. Pure.

{"neighbourhood": {"id", "name", "outline": GeoJSON | null}, "venues": [{"id", "name"}],
 "assets": [{"id", "name", "names": […], "kind", "lat", "lon", "words"}], "map": {"sha256", "bytes", "name"} | null,
 "contacts": [{"name", "text"}]}
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final

__all__ = ["MOST_BYTES", "places_as_json"]

MOST_BYTES: Final = 2 * 1024 * 1024
"""More is not told at once: what does not fit of the list of assets stays away, from its end."""


def places_as_json(
    *,
    neighbourhood_id: str,
    name: str,
    boundary: str | None,
    venues: Sequence[Mapping[str, str]],
    assets: Sequence[Mapping[str, object]],
    map_file: Mapping[str, object] | None,
    contacts: Sequence[Mapping[str, str]],
) -> str:
    """Put together what one neighbourhood's phones are told."""
    told = {
        "neighbourhood": {"id": neighbourhood_id, "name": name, "outline": json.loads(boundary) if boundary else None},
        "venues": list(venues),
        "map": map_file,
        "contacts": list(contacts),
    }
    room = MOST_BYTES - len(_text({**told, "assets": []}).encode())
    return _text({**told, "assets": _that_fit(assets, room=room)})


def _that_fit(assets: Sequence[Mapping[str, object]], *, room: int) -> list[Mapping[str, object]]:
    """Give the assets from the beginning for as long as there is room, in bytes."""
    fitting: list[Mapping[str, object]] = []
    for asset in assets:
        room -= len(_text(asset).encode()) + 1
        if room < 0:
            break
        fitting.append(asset)
    return fitting


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
