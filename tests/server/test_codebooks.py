"""The code books: what they hold, that a slip is found by row and column, and that the instruments follow them."""

import json
from collections.abc import Mapping

import pytest

from server.coding.codebook import CODE_BOOKS, CodeBookRefused, load, parse
from tests.server.instrument_walks import INSTRUMENTS, compiled

LISTS = {"assets": "asset_kinds", "barriers": "barrier_codes", "benefits": "benefits"}
LANGUAGES = ("en", "bn", "ar")
HEAD = "id,version,role,five_ways,label:en,label:bn\n"
ROW = "connect,2026112001,code,connect,Being with others,\n"


def offered(instrument: str, list_name: str) -> dict[str, Mapping[str, str]]:
    """Give what a list of a built-in form offers: labels by language, by id, in their order."""
    texts = {lang: json.loads(pack)["texts"] for lang, pack in compiled(instrument).packs.items()}
    listed = json.loads(compiled(instrument).logic_text)["lists"][list_name]
    rows = [dict(zip(listed["columns"], row, strict=True)) for row in listed["rows"]]
    return {row["name"]: {lang: texts[lang][row["itextId"]] for lang in LANGUAGES} for row in rows}


@pytest.mark.parametrize("name", CODE_BOOKS)
@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_instruments_offer_the_codes_of_the_books_in_their_words_and_order(instrument: str, name: str) -> None:
    in_form = offered(instrument, LISTS[name])
    in_book = {code.id: {lang: code.labels[lang] for lang in LANGUAGES} for code in load(name).codes}
    assert in_form == in_book
    assert list(in_form) == list(in_book)


@pytest.mark.parametrize(("name", "count"), [("assets", 15), ("barriers", 18), ("benefits", 10)])
def test_books_hold_as_many_codes_as_the_method_has(name: str, count: int) -> None:
    codes = [code for code in load(name).codes if code.role == "code"]
    assert len({code.id for code in codes}) == count


@pytest.mark.parametrize("name", CODE_BOOKS)
def test_every_code_has_a_label_of_its_own_in_each_language(name: str) -> None:
    for lang in LANGUAGES:
        labels = [code.labels[lang] for code in load(name).codes]
        assert len(set(labels)) == len(labels)


def test_the_first_three_barriers_are_the_seeds_of_the_method() -> None:
    seeds = [code.frames.get("seed") for code in load("barriers").codes if code.role == "code"]
    assert seeds == [("ownership",), ("inclusivity",), ("connection",), *[None] * 15]


def test_every_dimension_level_and_way_to_wellbeing_has_a_code() -> None:
    barriers, benefits, assets = load("barriers"), load("benefits"), load("assets")
    for word in ("approachability", "acceptability", "availability", "affordability", "appropriateness"):
        assert barriers.by_frame("access", word)
    for word in ("community", "organisation", "system"):
        assert barriers.by_frame("level", word)
    for word in ("connect", "be-active", "take-notice", "keep-learning", "give"):
        assert len(benefits.by_frame("five_ways", word)) == 1
    for word in ("individual", "association", "institution", "physical", "economic", "cultural", "natural"):
        assert assets.by_frame("asset_kind", word)


def test_only_people_and_skills_have_no_location() -> None:
    assert [code.id for code in load("assets").by_frame("located", "no")] == ["people_skills"]


def test_the_version_of_a_book_is_that_of_its_latest_row_and_languages_can_be_added() -> None:
    later = ROW.replace("connect,2026112001", "give,2027010101").replace("connect", "give").replace(",\n", ",দেওয়া\n")
    book = parse("benefits", HEAD + ROW + later)
    assert book.version == "2027010101"
    assert [dict(code.labels) for code in book.codes] == [
        {"en": "Being with others"},
        {"en": "Being with others", "bn": "দেওয়া"},
    ]


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("", 1, "id"),
        (HEAD, 2, "id"),
        (HEAD.replace(",five_ways", ""), 1, "five_ways"),
        (HEAD + ROW + ROW, 3, "id"),
        (HEAD + ROW.replace("connect,2", "Connect us,2"), 2, "id"),
        (HEAD + ROW.replace("2026112001", "1"), 2, "version"),
        (HEAD + ROW.replace("code", "codes"), 2, "role"),
        (HEAD + ROW.replace("code,connect", "code,conect"), 2, "five_ways"),
        (HEAD + ROW.replace("code,connect", "code,connect give"), 2, "five_ways"),
        (HEAD + ROW.replace("code", "answer"), 2, "five_ways"),
        (HEAD + ROW.replace("Being with others", " "), 2, "label:en"),
        (HEAD + ROW.replace("Being with", "Being, with"), 2, ""),
        (HEAD + ROW.replace("Being with others", '"Being" with others'), 2, ""),
    ],
)
def test_a_slip_is_refused_with_its_row_and_column(text: str, row: int, column: str) -> None:
    with pytest.raises(CodeBookRefused) as refused:
        parse("benefits", text)
    assert (refused.value.problems[0].row, refused.value.problems[0].column) == (row, column)
    assert f"benefits.csv, row {row}, column {column}: " in str(refused.value)


def test_all_slips_are_told_at_once() -> None:
    with pytest.raises(CodeBookRefused) as refused:
        parse("benefits", HEAD + ROW.replace("2026112001", "") + ROW.replace("code,connect", "code,x"))
    assert [problem.row for problem in refused.value.problems] == [2, 3, 3]
