"""What a phone is told of its neighbourhood, and a map file: in the place of the server, so that it can be cut off."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from playwright.sync_api import Page, Route

from tests.journeys.map_file import MapFile

__all__ = ["ASSETS", "Told"]

ASSETS: Final[Sequence[Mapping[str, Any]]] = (
    {
        "id": "a1",
        "name": "Roman Road Choir",
        "names": ["রোমান রোড কয়ার"],
        "kind": "arts_culture",
        "lat": 51.5303,
        "lon": -0.0285,
        "words": "The hall behind the church",
    },
    {"id": "a2", "name": "Far Garden", "names": [], "kind": "food_growing", "lat": 51.56, "lon": -0.0285, "words": ""},
    {"id": "a3", "name": "Walking group", "names": [], "kind": "", "lat": None, "lon": None, "words": ""},
)
SQUARE: Final = [[-0.04, 51.52], [-0.02, 51.52], [-0.02, 51.54], [-0.04, 51.54], [-0.04, 51.52]]


class Told:
    """Answers for the server. ``cut_at``: break the line after so many bytes of the map, once.

    ``asked_from`` says where in the map each call for it began.
    """

    def __init__(self, *, map_file: MapFile | None = None, cut_at: int = 0) -> None:
        self.map_file = map_file
        self.cut_at = cut_at
        self.asked_from: list[int] = []

    def before(self, page: Page) -> None:
        """Begin to answer, before the page asks."""
        page.context.route("**/places/v1", self._tell)
        page.context.route("**/places/v1/maps/*", self._give)

    def _tell(self, route: Route) -> None:
        file = self.map_file
        known = file and {"sha256": file.sha256, "bytes": len(file.content), "name": "old-ford.pmtiles"}
        neighbourhood = {
            "id": "old-ford",
            "name": "Old Ford",
            "outline": {"type": "Polygon", "coordinates": [SQUARE]},
        }
        told = {"neighbourhood": neighbourhood, "venues": [], "assets": list(ASSETS), "map": known, "contacts": []}
        route.fulfill(content_type="application/json", body=json.dumps(told), headers={"ETag": 'W/"one"'})

    def _give(self, route: Route) -> None:
        assert self.map_file is not None, "nobody told of a map"
        first = int(route.request.headers.get("range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        self.asked_from.append(first)
        content = self.map_file.content[first:]
        cut, self.cut_at = self.cut_at, 0
        status = 206 if first else 200
        route.fulfill(status=status, content_type="application/octet-stream", body=content[:cut] if cut else content)
