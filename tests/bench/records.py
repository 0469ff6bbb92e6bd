"""The records that are pushed: finalised interviews of about 1 kB, the same facts for Fieldwell and for a peer."""

import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass

from sync.hashes import sha256_hex
from sync.ids import RANDOM_BYTES, uuid7

__all__ = ["DOCUMENT_BYTES", "Phone", "Record", "make_records"]

DOCUMENT_BYTES = 1_025  # of JSON in a peer's document, as in the measurements that these continue
WORDS = "the gate is shut after five and there is no bus so we walk along the canal when it is dry and light".split()
BARRIERS = ("cost", "opening_times", "hard_to_reach", "not_safe", "poor_state")
KINDS = ("green_space", "blue_space", "community_centre", "library_learning", "faith")

Json = str | int | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True)
class Phone:
    """An enrolled device and the form it fills in; `texts` names the text pack of each language shown."""

    device: str
    token: str
    neighbourhood: str
    worker: str
    form_id: str
    form_version: str
    logic: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Record:
    """One response: `rev`, `header` and `part` as Fieldwell sends them, `document` as a document database keeps it."""

    rev: str
    header: str
    part: str
    document: str


def make_records(count: int, phone: Phone, *, seed: int) -> list[Record]:
    """Make `count` records of this phone, each a valid answer to *Assets and barriers*; the same answers every time.

    What two seeds give has no id, salt or text in common.
    """
    chance = random.Random(seed)
    now = int(time.time() * 1_000)
    return [_record(phone, str(uuid7(now + index, chance.randbytes(RANDOM_BYTES))), chance) for index in range(count)]


def _record(phone: Phone, response_id: str, chance: random.Random) -> Record:
    facts: dict[str, Json] = {
        "lang": next(iter(phone.texts)),
        "neighbourhood": phone.neighbourhood,
        "author": phone.worker,
        "device": phone.device,
        "made_at": "2026-11-20T10:00:00.000Z",
    }
    form: dict[str, Json] = {"id": phone.form_id, "version": phone.form_version}
    answers, document = _answers_and_document({"_id": response_id, "form": form, **facts}, chance)
    part = _json({"salt": chance.randbytes(16).hex(), "answers": answers})
    pinned: dict[str, Json] = {**form, "logic": phone.logic, "texts": dict(phone.texts)}
    header = _json(
        {"v": 1, "id": response_id, "parents": [], "kind": "create", "origin": "device", "form": pinned, **facts}
        | {"parts": [{"name": "main", "sha256": sha256_hex(part)}], "attachments": []}
    )
    return Record(rev=sha256_hex(header), header=header, part=part, document=document)


def _answers_and_document(facts: dict[str, Json], chance: random.Random) -> tuple[Json, str]:
    """Give answers whose last one is as long as it takes for the document with `facts` to have DOCUMENT_BYTES."""
    asset, barrier = _asset(chance), _barrier(chance)
    shortest = _json({**facts, "answers": _answers(asset, barrier, "")})
    room = DOCUMENT_BYTES - len(shortest.encode())
    answers = _answers(asset, barrier, " ".join(chance.choices(WORDS, k=room))[:room])
    return answers, _json({**facts, "answers": answers})


def _answers(asset: dict[str, Json], barrier: dict[str, Json], one_change: str) -> Json:
    return {
        "before_we_start": {"agree": "yes"},
        "interview": {
            "about_you": {"time_here": "years_1_to_5", "ties": "live work"},
            "any_asset": "yes",
            "assets": [{**asset, "barriers": [{"barrier": barrier}]}],
            "to_finish": {"one_change": one_change},
        },
    }


def _asset(chance: random.Random) -> dict[str, Json]:
    name = " ".join(chance.choices(WORDS, k=3))
    return {
        "asset": {"asset_name": name, "kind": chance.choice(KINDS)},
        "place": {"place_way": "words", "place_words": "beside the canal"},
        "good": {"benefits": "connect be_active", "times_used": str(chance.randrange(20))},
        "meta": {"entity": _entity("asset_observations", name, chance)},
    }


def _barrier(chance: random.Random) -> dict[str, Json]:
    code = chance.choice(BARRIERS)
    words = " ".join(chance.choices(WORDS, k=6))
    entity = _entity("barrier_observations", code, chance)
    return {"barrier_code": code, "barrier_words": words, "meta": {"entity": entity}}


def _entity(entity_list: str, label: str, chance: random.Random) -> dict[str, Json]:
    entity_id = str(uuid7(0, chance.randbytes(RANDOM_BYTES)))
    return {"@dataset": entity_list, "@create": "1", "@id": entity_id, "label": label}


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
