"""Boundaries of neighbourhoods: what is read from GeoJSON and from typed corners, and what is refused and why."""

import json
import math
import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from server.places.boundaries import CORNERS, Boundary, BoundaryProblem, Why, as_geojson
from server.places.corners import read_corners, read_drawn
from server.places.geojson import GEOJSON_BYTES, read_geojson
from server.places.sketch import sketch
from tests.server.console_pages import forgery_token, text_of
from tests.server.setting_up import Fresh, empty_folder, fill_in, set_up_administrator

PLACE = "/console/neighbourhoods/old-ford"
SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
HOLE = [[0.2, 0.2], [0.2, 0.4], [0.4, 0.4], [0.2, 0.2]]
BAY = [[0, 0], [1, 0], [1, 1], [0.6, 1], [0.6, 0.2], [0.4, 0.2], [0.4, 1], [0, 1], [0, 0]]
FAR = [[5, 5], [6, 5], [6, 6], [5, 5]]

Positions = list[list[float]]


def polygon(*rings: object) -> bytes:
    return json.dumps({"type": "Polygon", "coordinates": rings}).encode()


def feature(geometry: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"name": "x"}, "geometry": geometry}


def circle(corners: int) -> Positions:
    turns = [2 * math.pi * number / corners for number in range(corners)]
    ring = [[math.cos(turn), math.sin(turn)] for turn in turns]
    return [*ring, ring[0]]


GEOMETRY = {"type": "Polygon", "coordinates": [SQUARE]}
TAKEN = {
    "a polygon": polygon(SQUARE),
    "with a hole": polygon(SQUARE, HOLE),
    "with a hole that touches the edge": polygon(SQUARE, [[0, 0.5], [0.5, 0.6], [0.5, 0.4], [0, 0.5]]),
    "the wrong way round": polygon(SQUARE[::-1]),
    "with heights": polygon([[*corner, 12.5] for corner in SQUARE]),
    "two parts that share a border": json.dumps(
        {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]]}
    ).encode(),
    "a feature": json.dumps(feature(GEOMETRY)).encode(),
    "a collection of one": json.dumps({"type": "FeatureCollection", "features": [feature(GEOMETRY)]}).encode(),
    "with a byte order mark": b"\xef\xbb\xbf" + polygon(SQUARE),
    "a corner twice running": polygon([[0, 0], [1, 0], [1, 0], [1, 1], [0, 0]]),
    "as many corners as may be": polygon(circle(CORNERS)),
}


@pytest.mark.parametrize("body", TAKEN.values(), ids=TAKEN)
def test_a_sound_boundary_is_taken_and_comes_back_the_same(body: bytes) -> None:
    boundary = read_geojson(body)
    assert isinstance(boundary, Boundary), boundary
    again = read_geojson(as_geojson(boundary).encode())
    assert isinstance(again, Boundary)
    assert as_geojson(again) == as_geojson(boundary)


REFUSED = {
    "nothing": (b"", Why.EMPTY),
    "spaces": (b" \n", Why.EMPTY),
    "too many bytes": (b" " * (GEOJSON_BYTES + 1), Why.TOO_BIG),
    "no text": (b"\xff\xfe\x00", Why.NOT_TEXT),
    "no JSON": (b'{"type": "Polygon",}', Why.NOT_JSON),
    "half of a file": (polygon(SQUARE)[:-9], Why.NOT_JSON),
    "brackets without end": (b"[" * 100_000, Why.NOT_GEOJSON),
    "a number of 5,000 digits": (polygon(SQUARE).replace(b"1,", b"1" * 5000 + b",", 1), Why.NOT_GEOJSON),
    "a list": (b"[]", Why.NOT_GEOJSON),
    "no type": (b"{}", Why.NOT_GEOJSON),
    "a type that is a number": (b'{"type": 1}', Why.NOT_GEOJSON),
    "half a surrogate pair": (rb'{"type": "\ud800"}', Why.NOT_GEOJSON),
    "half a surrogate pair within": (rb'{"type":"Feature","geometry":{"type":"\udfff"}}', Why.NOT_GEOJSON),
    "a line": (b'{"type": "LineString", "coordinates": [[0, 0], [1, 1]]}', Why.OTHER_KIND),
    "features within features": (
        (b'{"type":"Feature","geometry":' * 400) + b"{}" + b"}" * 400,
        Why.OTHER_KIND,
    ),
    "a kind with a long name": (json.dumps({"type": "<b>" * 5000}).encode(), Why.OTHER_KIND),
    "no geometry": (json.dumps(feature(None)).encode(), Why.NO_AREA),
    "no features": (b'{"type": "FeatureCollection", "features": []}', Why.NO_AREA),
    "no coordinates": (b'{"type": "Polygon", "coordinates": []}', Why.NO_AREA),
    "no polygons": (b'{"type": "MultiPolygon"}', Why.NO_AREA),
    "two features": (
        json.dumps({"type": "FeatureCollection", "features": [feature(GEOMETRY)] * 2}).encode(),
        Why.SEVERAL_AREAS,
    ),
    "the National Grid": (
        polygon([[536000, 183000], [536100, 183000], [536100, 183100], [536000, 183000]]),
        Why.OTHER_GRID,
    ),
    "longitude 181": (polygon([[181, 0], [1, 0], [1, 1], [181, 0]]), Why.OUT_OF_RANGE),
    "latitude 91": (polygon([[0, 91], [1, 0], [1, 1], [0, 91]]), Why.OUT_OF_RANGE),
    "words": (polygon([["a", "b"], [1, 0], [1, 1], ["a", "b"]]), Why.BAD_SHAPE),
    "true": (polygon([[True, 0], [1, 0], [1, 1], [True, 0]]), Why.BAD_SHAPE),
    "NaN": (polygon(SQUARE).replace(b"1,", b"NaN,", 1), Why.BAD_SHAPE),
    "1e999": (polygon(SQUARE).replace(b"1,", b"1e999,", 1), Why.BAD_SHAPE),
    "one number": (polygon([[0], [1], [2], [0]]), Why.BAD_SHAPE),
    "four numbers": (polygon([[0, 0, 0, 0]] * 4), Why.BAD_SHAPE),
    "a ring that is a word": (polygon("ring"), Why.BAD_SHAPE),
    "a ring within a ring": (polygon([SQUARE]), Why.BAD_SHAPE),
    "an open ring": (polygon(SQUARE[:-1]), Why.OPEN_RING),
    "two corners": (polygon([[0, 0], [1, 0], [0, 0]]), Why.TOO_FEW_CORNERS),
    "one corner": (polygon([[0, 0]]), Why.TOO_FEW_CORNERS),
    "one corner too many": (polygon(circle(CORNERS + 1)), Why.TOO_MANY_CORNERS),
    "a bow tie": (polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]), Why.CROSSES),
    "a bow tie with a corner in the middle": (
        polygon([[0, 0], [1, 1], [2, 2], [2, 0], [1, 1], [0, 2], [0, 0]]),
        Why.CROSSES,
    ),
    "out and back on one line": (polygon([[0, 0], [2, 0], [1, 0], [1, 1], [0, 0]]), Why.CROSSES),
    "a flat one": (polygon([[0, 0], [2, 0], [1, 0], [0, 0]]), Why.CROSSES),
    "a hole across the edge": (polygon(SQUARE, [[0.5, 0.5], [0.5, 1.5], [0.8, 0.5], [0.5, 0.5]]), Why.CROSSES),
    "parts over one another": (
        json.dumps(
            {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[0.5, 0.5], [2, 0.5], [2, 2], [0.5, 0.5]]]]}
        ).encode(),
        Why.CROSSES,
    ),
    "a hole elsewhere": (polygon(SQUARE, FAR), Why.HOLE_OUTSIDE),
    "a hole in a bay": (polygon(BAY, [[0.45, 0.5], [0.55, 0.5], [0.5, 0.6], [0.45, 0.5]]), Why.HOLE_OUTSIDE),
    "a hole in a bay that touches": (polygon(BAY, [[0.4, 0.5], [0.6, 0.5], [0.5, 0.6], [0.4, 0.5]]), Why.HOLE_OUTSIDE),
}


@pytest.mark.parametrize(("body", "why"), REFUSED.values(), ids=REFUSED)
def test_a_boundary_that_is_wrong_is_refused_for_its_reason(body: bytes, why: Why) -> None:
    found = read_geojson(body)
    assert isinstance(found, BoundaryProblem), found
    assert found.why is why


def test_lines_that_run_all_over_one_another_are_given_up_soon() -> None:
    ring = [[0.0, number * 1e-6] if number % 2 else [1.0, number * 1e-6] for number in range(CORNERS - 1)]
    found = read_geojson(polygon([*ring, [-1.0, 1.0], ring[0]]))
    assert isinstance(found, BoundaryProblem)
    assert found.why in {Why.TANGLED, Why.CROSSES}


def test_holes_are_looked_at_within_a_budget() -> None:
    around = circle(3000)
    specks = [[[x, y], [x + 1e-4, y], [x, y + 1e-4], [x, y]] for x, y in ((n * 1e-3 - 0.5, 0.0) for n in range(1001))]
    within = read_geojson(polygon(around, *specks[:-1]))
    assert isinstance(within, Boundary), within
    past = read_geojson(polygon(around, *specks))
    assert isinstance(past, BoundaryProblem)
    assert past.why is Why.TANGLED


def test_random_files_are_answered_with_a_value_never_with_an_exception() -> None:
    seed = 20261120
    chance = random.Random(seed)
    sound = polygon(SQUARE, HOLE)
    for _ in range(2000):
        spoilt = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            spoilt[chance.randrange(len(spoilt))] = chance.choice(b'[]{},:"0123456789.-eN ')
        assert isinstance(read_geojson(bytes(spoilt)), Boundary | BoundaryProblem), f"seed {seed}: {spoilt!r}"


@pytest.mark.parametrize(
    "typed",
    [
        "51.5345, -0.0345\n51.54, -0.03\n51.53, -0.02",
        "51.5345 -0.0345\n\n  51.54\t-0.03\n51.53;-0.02\n51.5345, -0.0345\n",
        "51.5345° N, 0.0345° W\n51.54 N 0.03 W\n(51.53 n, 0.02 w)",
        "৫১.৫৩৪৫, −০.০৩৪৫\n৫১.৫৪, −০.০৩\n৫১.৫৩, −০.০২",
        "٥١٫٥٣٤٥، -٠٫٠٣٤٥\n٥١٫٥٤، -٠٫٠٣\n٥١٫٥٣، -٠٫٠٢",
    ],
)
def test_corners_are_read_in_every_way_that_people_write_them(typed: str) -> None:
    drawn = read_drawn(typed)
    assert isinstance(drawn, Boundary), drawn
    assert drawn.polygons == ((((-345000, 515345000), (-300000, 515400000), (-200000, 515300000)),),)


@pytest.mark.parametrize(
    "line", ["51.5", "north", "51,5345, -0,0345", "91, 0", "0, 181", "1e5, 1", "-51 S, 0", "NaN, 0", "<b>"]
)
def test_a_line_that_is_no_corner_is_named(line: str) -> None:
    found = read_corners(f"51.5, -0.03\n{line}\n")
    assert found == BoundaryProblem(Why.NOT_A_POINT, {"line": 2, "words": line})


@pytest.mark.parametrize(
    ("corners", "metres"),
    [([(0, 0)], 100), ([(0, 0), (10**7, 0)], 20_000), ([(0, 5 * 10**8), (0, 5 * 10**8 + 9)], 100)],
)
def test_a_picture_shows_every_corner_and_a_scale_of_round_metres(corners: list[tuple[int, int]], metres: int) -> None:
    drawn = sketch((tuple(corners),))
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in drawn.corners)
    assert drawn.bar.metres >= metres
    assert str(drawn.bar.metres).rstrip("0") in {"1", "2", "5"}
    assert drawn.meridians or drawn.parallels


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Fresh]:
    with empty_folder(tmp_path / "data") as started:
        browser = set_up_administrator(started)
        fill_in(browser, "/console/neighbourhoods/new", {"system": "North East London", "name": "Old Ford"})
        yield started


@pytest.fixture
def administrator(fresh: Fresh) -> FlaskClient:
    return fresh.browser


def upload(browser: FlaskClient, page: str, body: bytes) -> TestResponse:
    """Send a file as a form does; the encoder of the test client would leave a large one open on the disk."""
    file = FileStorage(BytesIO(body), filename="x.geojson")
    mark, data = encode_multipart({"csrf_token": forgery_token(browser, page), "file": file})
    return browser.post(page, data=data, content_type=f"multipart/form-data; boundary={mark}")


def kept(fresh: Fresh) -> object:
    return fresh.rows("neighbourhoods")[0]["boundary"]


def test_a_file_or_pasted_text_gives_the_boundary_which_can_be_downloaded(
    fresh: Fresh, administrator: FlaskClient
) -> None:
    uploaded = fill_in(administrator, f"{PLACE}/boundary", {"file": (BytesIO(polygon(SQUARE)), "old-ford.geojson")})
    assert uploaded.location == PLACE
    assert "A boundary with 4 corners." in text_of(administrator.get(PLACE))
    fill_in(administrator, f"{PLACE}/boundary", {"text": polygon(SQUARE, HOLE).decode()})
    downloaded = administrator.get(f"{PLACE}/boundary.geojson").get_json()
    assert (downloaded["properties"], len(downloaded["geometry"]["coordinates"])) == (
        {"id": "old-ford", "name": "Old Ford"},
        2,
    )
    actions = [row["action"] for row in fresh.rows("audit")]
    assert actions.count("boundary-changed") == 2


def test_a_refused_file_is_told_in_words_and_the_old_boundary_stays(fresh: Fresh, administrator: FlaskClient) -> None:
    page = f"{PLACE}/boundary"
    fill_in(administrator, page, {"text": polygon(SQUARE).decode()})
    before = kept(fresh)
    for name, (body, _why) in REFUSED.items():
        refused = upload(administrator, page, body)
        assert refused.status_code == 422, name
        assert "The boundary is not saved yet" in text_of(refused), name
        assert "%(" not in refused.text, name
        assert "<b>" not in refused.text, name
    assert kept(fresh) == before


def test_corners_are_shown_first_and_saved_when_wished(fresh: Fresh, administrator: FlaskClient) -> None:
    typed = {"corners": "51.5345, -0.0345\n51.54, -0.03\n51.53, -0.02"}
    shown = fill_in(administrator, f"{PLACE}/boundary/corners", {**typed, "go": "show"})
    drawing = shown.text.partition("boundary-picture")[2].partition("</svg>")[0]
    assert (shown.status_code, drawing.count("<circle")) == (200, 3)
    assert "200 m" in drawing or "500 m" in drawing
    assert kept(fresh) is None
    assert fill_in(administrator, f"{PLACE}/boundary/corners", {**typed, "go": "save"}).location == PLACE
    assert "51.5345, -0.0345" in administrator.get(f"{PLACE}/boundary/corners").text


@pytest.mark.parametrize(
    ("corners", "told"),
    [
        ("", "Type the first corner"),
        ("51.5, -0.03\n51.6, -0.03", "needs 3 corners or more"),
        ("51.5, -0.03\nhere", "Line 2, “here”, is no corner."),
        ("51.5, 0\n51.6, 0.1\n51.6, 0\n51.5, 0.1", "crosses or touches itself near 51.55000, 0.05000"),
    ],
)
def test_corners_that_make_no_boundary_are_told_and_stay(
    fresh: Fresh, administrator: FlaskClient, corners: str, told: str
) -> None:
    refused = fill_in(administrator, f"{PLACE}/boundary/corners", {"corners": corners, "go": "save"})
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert corners.split("\n")[0] in refused.text
    assert kept(fresh) is None


def test_a_boundary_is_removed_after_being_asked_once(fresh: Fresh, administrator: FlaskClient) -> None:
    fill_in(administrator, f"{PLACE}/boundary", {"text": polygon(SQUARE).decode()})
    assert "Remove the boundary?" in text_of(administrator.get(f"{PLACE}/boundary/remove"))
    assert kept(fresh) is not None
    assert fill_in(administrator, f"{PLACE}/boundary/remove", {}).location == PLACE
    assert kept(fresh) is None
