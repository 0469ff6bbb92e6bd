"""Words are found in every script, whatever is typed, and not after they were erased."""

import struct
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.reviews.projector import rebuild
from server.reviews.snippets import snippet
from server.reviews.words import as_match, as_words
from server.services import Services
from server.store.database import FILE_NAME
from tests.server.erasures import erase
from tests.server.found import answers, found, send
from tests.server.keeping import in_parts, traces
from tests.server.people_at_work import person_with, signed_in
from tests.server.pushing import push, statuses
from tests.server.records import Phone

ANN = "person-ann"
LEAF_OF_A_TABLE: Final = 0x0D
HOSTILE: Final = (
    '"',
    "'",
    '""" OR 1',
    "* * *",
    "NEAR(a b)",
    "who:x",
    "^cafe",
    "a AND",
    "NOT",
    "-",
    "(",
    "{words}: x",
    "\\",
    "%",
    ";--",
    "x" * 10_000,
    "社" * 10_000,
    "a " * 5_000,
    "\ud800",
    "a\0b",
    "\u202e",
    "ﷺ",
)
SAID: Final = (
    ("The Café by St. Mary’s", "cafe marys"),
    ("The Café by St. Mary’s", "CAFÉ MARY'S"),
    ("The cafe", "café"),
    ("Świetlica na Łodzi", "swietlica lodzi"),
    ("খালের ধারের পার্ক", "পার্ক"),
    ("খালের ধারের পার্ক", "ধারে"),
    ("বাড়ির পাশে", "বাড়ির"),
    ("مُكْتَبَةُ الحَيّ", "مكتبه"),
    ("مكتبة الحي", "مَكْتَبَةُ"),
    ("إلى الحديقة", "الى الحديقة"),
    ("الجوقة المسائية", "جوقة"),
    ("جوقة الحي", "الجوقة"),
    ("نذهب بالحافلة وللمكتبة", "الحافلة مكتبة"),
    ("مـــكـــان", "مكان"),
    ("محلے کی کتاب", "كتاب"),
    ("社区公园很好", "公园"),
    ("社区公园很好", "公园 社区"),
    ("Парк у канала", "парк КАНАЛ"),
    ("Number 12 bridge", "١٢"),
    ("canalside walk", "canal"),
    ("walk canalside", "canalside wal"),
)
"""What somebody said, and what somebody else types to find it."""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("St. Mary’s Café, Łódź", "st marys cafe lodz"),
        ("Grădina ŞI Straße", "gradina si strasse"),
        ("বাংলা কাজী য়", "বাংলা কাজী য"),
        ("مُحَمَّد مـحـمـد أحمد إلى على مكتبة", "محمد محمد احمد الي علي مكتبه"),
        ("کتاب کی", "كتاب كي"),
        ("الجوقة والحديقة بالباص للنساء الله الحي ولد", "جوقه حديقه باص نساء الله الحي ولد"),
        ("社区公园 park", "社 区 公 园 park"),
        ("١٢ ১২ 12 ۱۲", "12 12 12 12"),
        ("good\u200bbye zero\u200dwidth", "good bye zerowidth"),
        ("👍 -- !?", ""),
        ("a\ud800b", "a b"),
    ],
)
def test_words_are_folded_as_the_index_was_made(text: str, words: str) -> None:
    """These stand for the folding that every index was made with: a change here takes a migration that rebuilds it."""
    assert as_words(text) == words


def test_what_was_said_is_found_by_what_is_typed(running: Services, client: FlaskClient, device: Phone) -> None:
    person_with(running, "ann", "coordinator")
    send(running, client, device, answers("Something else"))
    ids = {said: send(running, client, device, answers(said)) for said in dict.fromkeys(said for said, _ in SAID)}
    assert [(said, typed) for said, typed in SAID if ids[said] not in found(running, ANN, {"text": typed})] == []


def test_letters_in_another_order_or_the_middle_of_a_word_are_not_found(
    running: Services, client: FlaskClient, device: Phone
) -> None:
    person_with(running, "ann", "coordinator")
    send(running, client, device, answers("cafe canal 社区公园"))
    for typed in ("园公", "afe", "canal bridge", "c", "社园"):
        assert found(running, ANN, {"text": typed}) == [], typed


def test_no_search_is_taken_for_an_instruction(
    running: Services, client: FlaskClient, device: Phone, app: Flask
) -> None:
    person_with(running, "ann", "coordinator")
    send(running, client, device, answers("cafe"))
    browser = signed_in(app, "ann")
    for typed in HOSTILE:
        assert found(running, ANN, {"text": f"{typed[:100]} zzz"}) == [], typed
        reply = browser.get("/console/responses", query_string={"text": typed.encode("utf-8", "replace")})
        assert reply.status_code == 200, typed


def test_operators_of_the_index_are_words_like_others() -> None:
    assert as_match('cafe OR "park"*') == '"cafe" AND "or" AND "park"*'
    assert as_match("???") == '""'


def test_names_of_assets_are_found_and_answers_of_choice_are_not(
    running: Services, client: FlaskClient, device: Phone
) -> None:
    person_with(running, "ann", "coordinator")
    here = send(running, client, device, answers("Asha", kind="green_space", barrier="cost", name="Victoria Park"))
    assert found(running, ANN, {"text": "victoria"}) == [here]
    assert found(running, ANN, {"text": "walk"}) == [], "the name of the form is no word of a person"


def test_what_is_kept_apart_is_not_found(running: Services, client: FlaskClient, device: Phone) -> None:
    person_with(running, "ann", "administrator")
    item = in_parts(device, {"main": {"who": "Asha"}, "equality": {"equality": {"faith": "Zoroastrian"}}})
    inside = device.item({"who": "Asha", "equality": {"faith": "Zoroastrian"}})
    assert statuses(push(client, device, item, inside)) == ["stored", "stored"]
    rebuild(running.database)
    assert len(found(running, ANN, {"text": "asha"})) == 2
    assert found(running, ANN, {"text": "zoroastrian"}) == []


def test_a_correction_is_found_by_its_own_words_alone(running: Services, client: FlaskClient, device: Phone) -> None:
    person_with(running, "ann", "coordinator")
    first = device.item(answers("Wrongword"))
    push(client, device, first)
    rebuild(running.database)
    [response_id] = found(running, ANN, {"text": "wrongword"})
    push(client, device, device.item(answers("Rightword"), response_id=response_id, parents=[str(first["rev"])]))
    rebuild(running.database)
    assert found(running, ANN, {"text": "wrongword"}) == []
    assert found(running, ANN, {"text": "rightword"}) == [response_id]


def test_rebuilding_gives_the_same_index(running: Services, client: FlaskClient, device: Phone) -> None:
    person_with(running, "ann", "coordinator")
    here = send(running, client, device, answers("Zebra", kind="green_space", barrier="cost", name="Park"))
    for query in ({"text": "zebra"}, {"kind": "green_space"}, {"barrier": "cost"}):
        before = found(running, ANN, query)
        rebuild(running.database)
        assert (before, found(running, ANN, query)) == ([here], [here])


def test_of_erased_words_nothing_is_found_and_nothing_is_left_on_the_disk(
    running: Services, client: FlaskClient, device: Phone, folder: Path
) -> None:
    person_with(running, "ann", "coordinator")
    for number in range(30):
        send(running, client, device, answers(f"Neighbour {number} likes xylophones"))
    item = device.item(answers("Quetzalcoatl æventyr", kind="green_space", barrier="cost", name="Ünterholzweg"))
    assert statuses(push(client, device, item)) == ["stored"]
    for number in range(30):
        send(running, client, device, answers(f"Other {number}"))
    assert traces(folder, "quetzalcoatl", "unterholzweg", "aeventyr"), "What is looked for can be found before."
    erase(running, item)
    assert found(running, ANN, {"text": "quetzalcoatl"}) == []
    assert traces(folder, "quetzalcoatl", "uetzalcoatl", "unterholzweg", "nterholzweg", "eventyr", "Quetzalcoatl") == []
    assert len(found(running, ANN, {"text": "xylophones"})) == 30


def test_an_erasure_writes_every_page_anew_so_that_no_gap_keeps_a_word(
    running: Services, client: FlaskClient, device: Phone, folder: Path
) -> None:
    """SQLite moves rows about in a page and leaves what stood there before; here a word is put into such a gap."""
    item = device.item(answers("To go"))
    push(client, device, item)
    running.database.empty_log()
    put_into_a_gap(folder / FILE_NAME, b"left-in-a-gap")
    assert traces(folder, "left-in-a-gap")
    erase(running, item)
    assert traces(folder, "left-in-a-gap") == []


def put_into_a_gap(file: Path, word: bytes) -> None:
    """Write a word between the pointers and the rows of some page of a database that nobody writes."""
    content = bytearray(file.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    for start in range(size, len(content), size):
        kind, rows, first = content[start], *struct.unpack_from(">HH", content, start + 3)
        gap = start + 8 + 2 * rows
        if kind == LEAF_OF_A_TABLE and rows and start + first - gap > len(word):
            content[gap : gap + len(word)] = word
            with file.open("r+b") as opened:
                opened.seek(gap)
                opened.write(word)
            return
    raise AssertionError("No page has a gap.")


def test_a_hit_is_shown_marked_within_its_line(
    app: Flask, running: Services, client: FlaskClient, device: Phone
) -> None:
    person_with(running, "ann", "coordinator")
    send(running, client, device, answers("<b>Canal</b> ممر القناة"))
    page = signed_in(app, "ann").get("/console/responses?text=canal").text
    assert '<bdi lang="" dir="auto">&lt;b&gt;<mark>Canal</mark>&lt;/b&gt; ممر القناة</bdi>' in page


def test_a_snippet_is_cut_between_words_around_its_hit() -> None:
    long = f"{'before ' * 40}canal {'behind ' * 40}"
    pieces = snippet(f"nothing\n{long}", search="canal")
    assert [piece.text for piece in pieces if piece.hit] == ["canal"]
    assert (pieces[0].text, pieces[-1].text) == ("…", "…")
    assert len("".join(piece.text for piece in pieces)) < 200
    assert snippet("nothing", search="canal") == ()
