"""Reading what arrives: frozen messages, or what is wrong."""

import json
from typing import Final

import pytest

from sync.codes import Origin, ReceiptStatus, RefusalCode, RevisionKind
from sync.limits import NAME_CHARACTERS
from sync.messages import Receipt, as_json
from sync.schemas import ValidationError, read_have, read_header, read_json, read_part, read_push, read_push_item

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
