"""Reference codes: the same in both languages, readable however they are typed, and a slip is noticed."""

import json
import random

import pytest

from sync.references import (
    POSTER_SYMBOLS,
    REFERENCE_BYTES,
    REFERENCE_SYMBOLS,
    SYMBOLS,
    make_reference,
    read_poster_code,
    read_reference,
    shown_reference,
)
from tests.sync.make_references import FILE, written

CODE = make_reference(bytes([17, 250, 3, 99, 64, 31, 32, 8, 129, 77, 201]))


def test_the_vectors_are_what_this_language_makes() -> None:
    assert FILE.read_text(encoding="utf-8") == written()
    assert len(json.loads(written())["references"]) == 5


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        shown_reference(CODE),
        f"  {' '.join(CODE)} ",
        shown_reference(CODE).replace("-", "\u2013"),
        f"\u2068{shown_reference(CODE)}\u2069",
        CODE.replace("1", "I").replace("0", "o"),
        CODE.translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")),
        CODE.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_reference(typed) == CODE


def test_one_wrong_symbol_is_always_noticed() -> None:
    for place in range(REFERENCE_SYMBOLS):
        for symbol in SYMBOLS.replace(CODE[place], ""):
            assert read_reference(CODE[:place] + symbol + CODE[place + 1 :]) is None


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "0", "*" * REFERENCE_SYMBOLS, "é" * 12, CODE * 1000])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_reference(typed) is None


def test_codes_differ_and_use_all_symbols() -> None:
    chance = random.Random(5)
    codes = {make_reference(chance.randbytes(REFERENCE_BYTES)) for _ in range(500)}
    assert len(codes) == 500
    assert set("".join(codes)) == set(SYMBOLS)


def test_making_one_takes_all_its_chance() -> None:
    with pytest.raises(ValueError, match="11 random bytes; 3 were given"):
        make_reference(b"abc")


def test_a_posters_code_is_read_however_it_is_typed() -> None:
    assert read_poster_code(" k7p-x3m ") == "K7PX3M"
    assert len("K7PX3M") == POSTER_SYMBOLS
    assert read_poster_code("K7PX3") is None
    assert read_poster_code("../etc") is None
