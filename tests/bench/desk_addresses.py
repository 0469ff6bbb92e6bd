"""The addresses that are measured at the desk, by what they are called in the table. One line each; add yours here."""

from typing import Final

__all__ = ["ADDRESSES", "DOWNLOADS", "PROGRAMS"]

A_STREET: Final = "west=-0.1&south=51.5&east=-0.098&north=51.501"
DOWNLOAD: Final = "/console/download?form=assets_and_barriers"
ALL_STATES: Final = "&state=received&state=approved&state=returned&state=rejected"
ADDRESSES: Final[tuple[tuple[str, str], ...]] = (
    ("list, first page", "/console/responses?all=yes"),
    ("list, one neighbourhood", "/console/responses?neighbourhood=place-0"),
    ("list, one venue", "/console/responses?venue=venue-3"),
    ("list, one worker", "/console/responses?worker=Worker+2"),
    ("list, one phone", "/console/responses?phone=0192f000-0000-7000-9000-000000000007"),
    ("list, one form", "/console/responses?form=tell_us_about_this_place"),
    ("list, no interview", "/console/responses?form=no_interview"),
    ("list, one language", "/console/responses?language=bn"),
    ("list, two states", "/console/responses?state=received&state=returned"),
    ("list, kind of asset", "/console/responses?kind=kind_3"),
    ("list, barrier", "/console/responses?barrier=barrier_4"),
    ("list, an old month", "/console/responses?from=2024-06-01&to=2024-06-30"),
    ("list, problems", "/console/responses?with=problems"),
    ("list, conflicts", "/console/responses?with=conflicts"),
    ("list, from posters", "/console/responses?by=poster"),
    ("list, four filters", "/console/responses?neighbourhood=place-0&language=bn&kind=kind_1&state=received"),
    ("list, filters that exclude each other", "/console/responses?by=poster&worker=Worker+2&language=en"),
    ("list, sorted by worker", "/console/responses?sort=worker"),
    ("list, sorted by problems, one language", "/console/responses?sort=-problems&language=bn"),
    ("search, a common word", "/console/responses?text=zebra"),
    ("search, two words, the last one begun", "/console/responses?text=canal+fri"),
    ("search, Arabic", "/console/responses?text=%D9%85%D9%83%D8%AA%D8%A8%D8%A9"),
    ("search, Chinese", "/console/responses?text=%E5%85%AC%E5%9B%AD"),
    ("search, no such word", "/console/responses?text=xylophone"),
    ("search, sorted by language", "/console/responses?text=zebra&sort=language"),
    ("search in one neighbourhood", "/console/responses?text=zebra&neighbourhood=place-7"),
    ("progress", "/console/progress"),
    ("progress, one neighbourhood, one year", "/console/progress?neighbourhood=place-1&from=2025-01-01&to=2025-12-31"),
    ("assets", "/console/assets"),
    ("assets, by a word of a name", "/console/assets?search=choir"),
    ("mentions without an asset", "/console/assets/mentions"),
    ("barriers", "/console/barriers"),
    ("barriers, one kind", "/console/barriers?barrier=barrier_2"),
    ("map, page", "/console/map"),
    ("map, the whole earth", "/console/map/points?west=-180&south=-90&east=180&north=90&zoom=3"),
    ("map, a town", "/console/map/points?west=-0.11&south=51.49&east=0&north=51.55&zoom=12"),
    ("map, a street, with what is not approved", f"/console/map/points?{A_STREET}&zoom=18&also=yes"),
    ("what a download holds", f"{DOWNLOAD}&format=csv"),
)
"""What comes back is a page: p50 and p95 are aimed at."""
PROGRAMS: Final[tuple[tuple[str, str], ...]] = (
    ("API, responses", "/api/v1/responses"),
    ("API, things that help", "/api/v1/asset-observations"),
    ("API, barriers of one neighbourhood", "/api/v1/barrier-observations?neighbourhood=place-3"),
    ("API, what has changed since yesterday", "/api/v1/responses?updated_since=2026-11-19T18:00:00Z"),
    ("API, assets", "/api/v1/assets"),
)
"""What a program asks for with a key: p50 and p95 are aimed at too."""
DOWNLOADS: Final[tuple[tuple[str, str, int], ...]] = (
    ("all interviews as CSV", f"{DOWNLOAD}&format=csv{ALL_STATES}", 3),
    ("all interviews as GeoJSON", f"{DOWNLOAD}&format=geojson{ALL_STATES}", 1),
    ("all interviews as JSON lines", f"{DOWNLOAD}&format=lines{ALL_STATES}", 1),
)
"""What comes back is a file, in one stream: measured once. The number: how many rows a generated response has in it –
in the tables one of its own, one of its asset and one of its barrier."""
