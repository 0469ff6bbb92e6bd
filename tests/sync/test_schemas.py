"""Reading what arrives: frozen messages, or what is wrong."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from marshmallow import Schema

from sync import quick
from sync.codes import Origin, ReceiptStatus, RefusalCode, RevisionKind
from sync.limits import HAVE_NAMES, NAME_CHARACTERS, PART_TEXTS
from sync.messages import Receipt, as_json
from sync.schemas import (
    HEADER as HEADER_SCHEMA,
)
from sync.schemas import (
    PART,
    PUSH_ITEM,
    ValidationError,
    read_have,
    read_header,
    read_json,
    read_part,
    read_push,
    read_push_item,
)

HASH: Final = "a" * 64
ID: Final = "0192f000-0000-7000-8000-000000000001"
FILE: Final = {"name": "p.jpg", "sha256": HASH, "bytes": 3, "type": "image/jpeg"}
HEADER: Final[dict[str, object]] = {
    "v": 1,
    "id": ID,
    "parents": [HASH],
    "kind": "edit",
    "origin": "device",
    "form": {"id": "walk", "version": "", "logic": HASH, "texts": {"__proto__": HASH}},
    "lang": "bn",
    "neighbourhood": "old-ford",
    "author": "",
    "device": ID,
    "made_at": "1970-01-01T00:00:00.000Z",
    "parts": [{"name": "main", "sha256": HASH}],
    "attachments": [FILE],
}


def test_a_header_becomes_a_frozen_message_and_what_is_unknown_passes() -> None:
    header = read_header(json.dumps(HEADER | {"weather": "rain"}))
    assert (header.kind, header.origin, header.parents) == (RevisionKind.EDIT, Origin.DEVICE, (HASH,))
    assert header.form.texts == {"__proto__": HASH}
    assert header.attachments[0].bytes == 3
    assert hash(header.parts) == hash(header.parts)


def test_a_header_may_say_at_which_venue_it_was_and_the_quick_way_reads_the_same() -> None:
    said = HEADER | {"venue": "anything that a worker's phone was told"}
    assert read_header(json.dumps(said)).venue == said["venue"]
    assert HEADER_SCHEMA.load(said) == quick.header(said)
    assert read_header(json.dumps(HEADER)).venue is None
    with pytest.raises(ValidationError):
        read_header(json.dumps(HEADER | {"venue": ""}))


@pytest.mark.parametrize("missing", sorted(HEADER))
def test_every_member_of_a_header_is_needed(missing: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read_header(json.dumps({name: value for name, value in HEADER.items() if name != missing}))
    assert caught.value.messages == {missing: ["Missing data for required field."]}


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("v", 0),
        ("v", "1"),
        ("id", ID.upper()),
        ("parents", HASH),
        ("parents", [HASH, HASH]),
        ("parents", {HASH: 1}),
        ("kind", "delete"),
        ("origin", "CONSOLE"),
        ("form", []),
        ("form", {"id": "walk"}),
        ("lang", "x" * (NAME_CHARACTERS + 1)),
        ("neighbourhood", ""),
        ("author", None),
        ("made_at", "2026-11-20T10:00:00Z"),
        ("made_at", "2026-11-20 10:00:00.000"),
        ("made_at", "٢٠٢٦-11-20T10:00:00.000Z"),
        ("parts", [{"name": "main", "sha256": HASH}] * 2),
        ("attachments", [FILE | {"bytes": -1}]),
        ("attachments", [FILE | {"bytes": 2**53}]),
    ],
)
def test_a_member_of_another_kind_is_named(member: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        read_header(json.dumps(HEADER | {member: value}))
    assert set(caught.value.messages_dict) == {member}


def test_a_name_may_be_200_code_points() -> None:
    assert read_header(json.dumps(HEADER | {"author": "👍" * NAME_CHARACTERS})).author == "👍" * NAME_CHARACTERS


@pytest.mark.parametrize("text", ["", "{", "NaN", "[Infinity]", "[" * 100_000, "1" * 5000, b"\xff", b"\xef\xbb\xbf{}x"])
def test_what_is_not_json_is_said_so(text: str | bytes) -> None:
    with pytest.raises(ValidationError, match="not-json"):
        read_json(text)


@pytest.mark.parametrize(
    "text", ["[]", '{"answers":{}}', '{"salt":"0","answers":{}}', '{"salt":"%s","answers":[]}' % ("0" * 32)]
)
def test_a_part_has_a_salt_and_answers(text: str) -> None:
    with pytest.raises(ValidationError):
        read_part(text)


def test_a_batch_is_read_without_its_items() -> None:
    assert read_push({"device": ID, "items": [None, 7, {}]}).items == (None, 7, {})
    without: tuple[object, ...] = (None, [], {"device": ID}, {"device": "x", "items": []}, {"device": ID, "items": {}})
    for bad in without:
        with pytest.raises(ValidationError):
            read_push(bad)
    with pytest.raises(ValidationError):
        read_push_item({"rev": HASH, "header": 7, "parts": []})
    with pytest.raises(ValidationError):
        read_have({"revs": [HASH, 7]})


def test_a_receipt_leaves_out_what_it_has_not() -> None:
    refused = Receipt(index=0, rev=HASH, status=ReceiptStatus.REFUSED, code=RefusalCode.OVERSIZE)
    assert json.loads(json.dumps(as_json(refused))) == {
        "index": 0,
        "rev": HASH,
        "status": "refused",
        "code": "oversize",
        "missing": [],
    }


ODD: Final[tuple[object, ...]] = (
    None, True, 0, 1, -1, 2, 1.0, 2**53, "", "x", "é" * NAME_CHARACTERS, "é" * (NAME_CHARACTERS + 1), "\ud800",
    HASH, HASH.upper(), HASH + "\n", ID, ID.replace("-", ""), ID + " ", "erase", "console", [], {}, [HASH, HASH],
    [None],
    "2026-02-30T10:00:00.000Z", "2026-11-20T24:00:00.000Z", "٢٠٢٦-11-20T10:00:00.000Z", "0" * 32,
    {"parts": [HASH], "attachments": []}, {"parts": HASH},
)  # fmt: skip
WHOLE_PART: Final = {"salt": "0" * 32, "answers": {"who": "Asha", "walk": [{"name": "é"}]}}
ITEM: Final = {"rev": HASH, "header": "{}", "parts": ["{}", None]}


def places(value: object) -> Iterator[tuple[dict[str, object] | list[object], str | int]]:
    """Yield every place inside a JSON value where something stands."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield value, key  # type: ignore[misc]  # the key is of the kind that its container takes
        yield from places(inner)


def spoilt(value: dict[str, object], chance: random.Random) -> dict[str, object]:
    """Change a few places of a copy: something odd there, nothing there, or something beside it."""
    changed = copy.deepcopy(value)
    for _ in range(chance.randrange(3)):
        container, key = chance.choice(list(places(changed)))
        match chance.randrange(4), container:
            case 0, _:
                del container[key]  # type: ignore[arg-type]
            case 1, dict():
                container[chance.choice(["weather", "erases", "x"])] = chance.choice(ODD)
            case 1, list():
                container.append(copy.deepcopy(container[key]))  # type: ignore[index]
            case _:
                container[key] = chance.choice(ODD)  # type: ignore[index]
    return changed


@pytest.mark.parametrize(
    ("whole", "read", "schema"),
    [(HEADER, quick.header, HEADER_SCHEMA), (WHOLE_PART, quick.part, PART), (ITEM, quick.push_item, PUSH_ITEM)],
)
@pytest.mark.parametrize("seed", range(4))
def test_what_is_read_quickly_is_what_the_schema_reads(
    whole: dict[str, object], read: Callable[[object], object], schema: Schema, seed: int
) -> None:
    chance = random.Random(seed)
    taken = 0
    assert read(whole) == schema.load(whole)
    for _ in range(500):
        value = spoilt(whole, chance)
        found = read(value)
        if found is not None:
            taken += 1
            assert found == schema.load(value), value
    assert taken > 50


@pytest.mark.parametrize("read", [quick.header, quick.part, quick.push_item])
def test_what_is_no_object_is_left_to_the_schema(read: Callable[[object], object]) -> None:
    others: tuple[object, ...] = (None, 7, "", [], True)
    assert [read(value) for value in others] == [None] * 5


def test_what_an_erasing_revision_takes_away_is_read() -> None:
    erasing = read_header(json.dumps(HEADER | {"kind": "erase", "erases": {"parts": [HASH], "attachments": []}}))
    assert erasing.erases is not None
    assert (erasing.erases.parts, erasing.erases.attachments) == ((HASH,), ())
    with pytest.raises(ValidationError):
        read_header(json.dumps(HEADER | {"erases": {"parts": [7], "attachments": []}}))


def problems_of(read: Callable[[Any], object], value: object) -> object:
    with pytest.raises(ValidationError) as caught:
        read(value)
    return caught.value.messages


@pytest.mark.parametrize("wrong", [0, "", None, [], {}])
def test_a_list_longer_than_any_is_counted_and_not_read(wrong: object) -> None:
    item = {"rev": HASH, "header": "", "parts": [wrong] * (PART_TEXTS + 1)}
    assert problems_of(read_push_item, item) == {"parts": ["too-many"]}
    assert problems_of(read_have, {"revs": [wrong] * (HAVE_NAMES + 1)}) == {"revs": ["too-many"]}


def test_an_item_may_bring_as_many_texts_as_a_header_could_name() -> None:
    assert len(read_push_item({"rev": HASH, "header": "", "parts": [""] * PART_TEXTS}).parts) == PART_TEXTS


def test_the_first_wrong_element_ends_the_reading_of_a_list() -> None:
    assert problems_of(read_push_item, {"rev": HASH, "header": "", "parts": ["", 0, 0]}) == {
        "parts": {1: ["Not a valid string."]}
    }
    assert problems_of(read_have, {"revs": ["x"] * HAVE_NAMES}) == {"revs": {0: ["not-a-hash"]}}
    form = {"id": "walk", "version": "", "logic": HASH, "texts": {str(number): 1 for number in range(100)}}
    assert problems_of(read_header, json.dumps(HEADER | {"form": form})) == {"form": {"texts": ["Not a valid string."]}}
