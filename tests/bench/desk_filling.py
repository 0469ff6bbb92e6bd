"""Writes generated responses straight into the tables: the same every time, and quick. For measuring only.

Nobody said any of this. The rows are those that intake and projection would have left; no rule of theirs is asked.
"""

import json
import random
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from server import services
from server.clock import SystemClock, as_text
from server.forms.compile import Compiled
from server.forms.publish import publish
from server.forms.xlsform import compile_file
from server.people import accounts
from server.people.accounts import SignIn
from server.places.queries import Neighbourhood, add_neighbourhood
from server.reviews.words import as_words
from server.services import Services
from sync.hashes import sha256_hex
from tests.bench.desk_words import TEXTS

__all__ = ["FORMS", "VENUES", "Made", "make_desk"]

BATCH: Final = 5_000
DAYS: Final = 1_000
ASSETS_PER_PLACE: Final = 250
LAST: Final = datetime(2026, 11, 20, 18, tzinfo=UTC)
PLACES: Final = tuple(f"place-{number}" for number in range(8))
VENUES: Final = tuple(f"venue-{number}" for number in range(60))
WORKERS: Final = tuple(f"Worker {number}" for number in range(1, 41))
LANGUAGES: Final = ("en", "bn", "so", "ro", "pl", "lt", "ru", "ar", "ur", "pt", "it", "es", "fr", "zh-Hans")
FORMS: Final = ("assets_and_barriers", "tell_us_about_this_place", "no_interview")
STATES: Final = ("approved", "received", "returned", "rejected")
OUTCOMES: Final = ("nobody_in", "refused", "later", "language_barrier")
KINDS: Final = tuple(f"kind_{number}" for number in range(15))
BARRIERS: Final = tuple(f"barrier_{number}" for number in range(18))
"""Codes differ in how often they come: the first half of the time is the first one's, and so on."""

Row = Mapping[str, str | float | None]


@dataclass(frozen=True, kw_only=True)
class Made:
    """A data folder full of generated responses, open, with somebody who may sign in and sees all."""

    running: Services
    sign_in: SignIn
    rows: int


@dataclass(frozen=True, kw_only=True)
class _Pen:
    chance: random.Random
    logic: str
    version: str
    rows: int

    def one_of(self, things: tuple[str, ...]) -> str:
        """Choose, the first ones oftener."""
        return things[min(int(self.chance.expovariate(5 / len(things))), len(things) - 1)]


def make_desk(folder: Path, *, rows: int, instruments: Path) -> Made:
    """Fill a new data folder; the form of interviews is a real one, so that a response can be opened."""
    clock = SystemClock()
    chance = random.Random(rows)
    running = services.start(folder, clock=clock, random_bytes=chance.randbytes)
    compiled: Compiled = compile_file(instruments / "assets_and_barriers.md")
    publish(running.database, compiled, source_name="assets_and_barriers.md", clock=clock)
    for place in PLACES:
        there = Neighbourhood(neighbourhood_id=place, name=place.title(), system="Generated")
        running.database.write(partial(add_neighbourhood, neighbourhood=there))
    running.database.write(_put_venues)
    with running.database.read() as connection:
        logic = str(connection.execute("SELECT sha256 FROM logics ORDER BY sha256 LIMIT 1").fetchone()["sha256"])
    pen = _Pen(chance=chance, logic=logic, version=compiled.version, rows=rows)
    for first in range(0, rows, BATCH):
        running.database.write(partial(_put_batch, pen=pen, numbers=range(first, min(first + BATCH, rows))))
    running.database.write(_settle)
    sign_in = accounts.add_or_reset(
        running.database,
        sign_in_name="bench",
        name="Bench",
        role="administrator",
        clock=clock,
        random_bytes=chance.randbytes,
    )
    return Made(running=running, sign_in=sign_in, rows=rows)


def _put_venues(connection: sqlite3.Connection) -> None:
    connection.executemany(
        """
        INSERT INTO venues (venue_id, neighbourhood_id, name, place_words, created_at)
        VALUES (:venue_id, :neighbourhood_id, :name, '', '2024-01-01T00:00:00.000Z')
        """,
        [
            {"venue_id": venue, "neighbourhood_id": PLACES[number % len(PLACES)], "name": venue.title()}
            for number, venue in enumerate(VENUES)
        ],
    )


def _settle(connection: sqlite3.Connection) -> None:
    """Place each tenth mention on an asset, and say that the log is projected."""
    connection.executemany(
        ASSETS,
        [
            {"asset_id": f"{place}-{number}", "neighbourhood_id": place}
            for place in PLACES
            for number in range(ASSETS_PER_PLACE)
        ],
    )
    connection.execute(PLACED, {"assets": ASSETS_PER_PLACE})
    connection.execute("INSERT INTO asset_shown_again (asset_id) SELECT asset_id FROM assets")
    connection.execute("INSERT OR REPLACE INTO projection_progress (name, seq) SELECT 'responses', MAX(seq) FROM log")


def _put_batch(connection: sqlite3.Connection, *, pen: _Pen, numbers: range) -> None:
    first = int(connection.execute("SELECT COALESCE(MAX(seq), 0) AS seq FROM log").fetchone()["seq"]) + 1
    made = [_response(pen, number, seq=first + offset) for offset, number in enumerate(numbers)]
    for statement, rows in _statements(made):
        connection.executemany(statement, rows)


def _response(pen: _Pen, number: int, *, seq: int) -> Row:
    """Make up the row of one response; what was received later has a greater number, spread over DAYS."""
    chance = pen.chance
    received = LAST - timedelta(days=DAYS * (pen.rows - number) / pen.rows)
    form = chance.choices(FORMS, (70, 20, 10))[0]
    header = {"id": f"0192f000-0000-7000-8000-{number:012x}", "seq": seq}
    texts = chance.sample(TEXTS, 3) if form != "no_interview" else []
    return {
        "response_id": str(header["id"]),
        "seq": seq,
        "head_rev": sha256_hex(json.dumps(header)),
        "heads": 2 if chance.random() < 0.005 else 1,
        "form_id": form,
        "version": pen.version,
        "logic_sha": pen.logic,
        "lang": pen.one_of(LANGUAGES),
        "neighbourhood_id": pen.one_of(PLACES),
        "device_id": f"0192f000-0000-7000-9000-{chance.randrange(60):012x}",
        "author": pen.one_of(WORKERS) if form != "tell_us_about_this_place" else "",
        "made_at": as_text(received - timedelta(hours=chance.expovariate(0.2))),
        "received_at": as_text(received),
        "state": chance.choices(STATES, (70, 20, 4, 6))[0],
        "poster_id": "poster" if form == "tell_us_about_this_place" else None,
        "venue_id": pen.one_of(VENUES) if chance.random() < 0.8 else None,
        "asset_count": 1,
        "barrier_count": 1,
        "problem_count": int(chance.random() < 0.05),
        "outcome": chance.choice(OUTCOMES) if form == "no_interview" else "",
        "kind": pen.one_of(KINDS),
        "code": pen.one_of(BARRIERS),
        "texts": "\n".join(texts),
        "label": texts[0] if texts else "",
        "latitude": round(51.5 + (seq % 4001) * 0.00001, 6),
        "longitude": round(-0.1 + (seq % 3989) * 0.00002, 6),
    }


def _statements(made: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    answered = [row for row in made if row["texts"]]
    yield LOG, made
    yield REVISION, [{**row, "header": _header(row)} for row in made]
    yield PART, [{**row, "sha256": sha256_hex(_part(row)), "body": _part(row)} for row in made]
    yield NAMED, [{**row, "sha256": sha256_hex(_part(row))} for row in made]
    yield RESPONSE, made
    yield ASSET, answered
    yield BARRIER, answered
    yield PROBLEM, [row for row in made if row["problem_count"]]
    yield TEXT, answered
    yield WORDS, [{"seq": row["seq"], "words": as_words(str(row["texts"]))} for row in answered]
    yield MARK, [{"mark": f"kind:{row['kind']}", "seq": row["seq"]} for row in answered]
    yield MARK, [{"mark": f"barrier:{row['code']}", "seq": row["seq"]} for row in answered]


def _part(row: Row) -> str:
    """Write answers to the form of interviews: one asset with its position, one barrier, and a text of its own."""
    asset = {
        "asset": {"asset_name": row["label"], "kind": row["kind"]},
        "place": {"place_way": "position", "position": f"{row['latitude']} {row['longitude']} 0 12"},
        "good": {"benefits": "company health"},
        "barriers": [{"barrier": {"barrier_code": row["code"], "barrier_words": row["label"]}}],
    }
    answers = {
        "before_we_start": {"agree": "yes"},
        "interview": {
            "any_asset": "yes",
            "assets": [asset],
            "to_finish": {"one_change": row["texts"], "anything_else": row["response_id"]},
        },
    }
    return json.dumps({"salt": "", "answers": answers}, ensure_ascii=False)


def _header(row: Row) -> str:
    form: Row = {"id": row["form_id"], "version": row["version"], "logic": row["logic_sha"]}
    return json.dumps(
        {
            "v": 1,
            "id": row["response_id"],
            "parents": [],
            "kind": "create",
            "origin": "device",
            "form": {**form, "texts": {}},
            "lang": row["lang"],
            "neighbourhood": row["neighbourhood_id"],
            "author": row["author"],
            "device": row["device_id"],
            "made_at": row["made_at"],
            "parts": [{"name": "main", "sha256": sha256_hex(_part(row))}],
            "attachments": [],
        }
    )


LOG: Final = "INSERT INTO log (seq, kind, subject, logged_at) VALUES (:seq, 'revision', :head_rev, :received_at)"
REVISION: Final = """
    INSERT INTO revisions (rev, seq, response_id, kind, origin, header, device_id, neighbourhood_id, received_at)
    VALUES (:head_rev, :seq, :response_id, 'create', 'device', :header, :device_id, :neighbourhood_id, :received_at)
"""
PART: Final = "INSERT INTO parts (sha256, body) VALUES (:sha256, :body)"
NAMED: Final = "INSERT INTO revision_parts (rev, position, name, sha256) VALUES (:head_rev, 0, 'main', :sha256)"
RESPONSE: Final = """
    INSERT INTO responses (
        response_id, head_rev, heads, form_id, version, logic_sha, lang, neighbourhood_id, device_id, author, made_at,
        received_at, seq, state, poster_id, venue_id, asset_count, barrier_count, problem_count, outcome
    ) VALUES (
        :response_id, :head_rev, :heads, :form_id, :version, :logic_sha, :lang, :neighbourhood_id, :device_id, :author,
        :made_at, :received_at, :seq, :state, :poster_id, :venue_id, :asset_count, :barrier_count, :problem_count,
        :outcome
    )
"""
ASSET: Final = """
    INSERT INTO asset_observations (
        observation_id, response_id, path, position, label, kind, place_words, latitude, longitude, properties
    ) VALUES (
        'a' || :seq, :response_id, '/data/assets[1]', 1, :label, :kind, '', :latitude, :longitude, '{}'
    )
"""
ASSETS: Final = """
    INSERT INTO assets (asset_id, neighbourhood_id, name, kind, place_words, created_at)
    VALUES (:asset_id, :neighbourhood_id, '', '', '', '2024-01-01T00:00:00.000Z')
"""
PLACED: Final = """
    INSERT INTO placements (response_id, observation_id, asset_id)
    SELECT responses.response_id, said.observation_id,
           responses.neighbourhood_id || '-' || (responses.seq / 10 % :assets)
      FROM responses JOIN asset_observations AS said USING (response_id)
     WHERE responses.seq % 10 = 0 AND responses.state <> 'rejected'
"""
BARRIER: Final = """
    INSERT INTO barrier_observations (
        observation_id, response_id, asset_observation_id, path, position, code, words, properties
    ) VALUES ('b' || :seq, :response_id, 'a' || :seq, '/data/assets[1]/barriers[1]', 1, :code, :label, '{}')
"""
PROBLEM: Final = "INSERT INTO problems (response_id, path, code) VALUES (:response_id, '/data/x', 'required')"
TEXT: Final = "INSERT INTO response_texts (seq, response_id, texts) VALUES (:seq, :response_id, :texts)"
WORDS: Final = "INSERT INTO response_words (rowid, words) VALUES (:seq, :words)"
MARK: Final = "INSERT INTO response_marks (mark, seq) VALUES (:mark, :seq)"
