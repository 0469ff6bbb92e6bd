"""The built-in forms: their words in three languages, every way through them, and the equality block."""

import json
from collections.abc import Mapping

import pytest

from server.formlogic import check
from server.formlogic.definition import Node
from server.formlogic.response import AnswerTree
from server.formlogic.trees import Json
from server.reviews.observations import asset_around, find_observations
from tests.server.instrument_walks import ALL_INSTRUMENTS, INSTRUMENTS, Walker, compiled, definition, screens

LANGUAGES = ["ar", "bn", "en"]
SAME_AS_ENGLISH: frozenset[str] = frozenset()
"""Ids of texts that are rightly the same in another language; none is."""

OPEN = {"agree": "yes", "any_asset": "yes", "equality_willing": "yes"}
WALKS_FOR_EVERY_CHOICE = 36
SCREENS_OF_RESIDENT = 10
SCREENS_OF_EQUALITY = 13
RESIDENT = "tell_us_about_this_place"
WORKER = "assets_and_barriers"


def texts(instrument: str, lang: str) -> Mapping[str, Json]:
    pack = json.loads(compiled(instrument).packs[lang])
    return {**pack["texts"], "title": pack["title"]}


def finalised(instrument: str, **pinned: str | None) -> AnswerTree:
    """Walk through with these answers, see that nothing is wrong with any, and give what is sent."""
    answers = Walker(instrument).walk(pinned).answers()
    assert check(compiled(instrument).logic_text, answers) == []
    return answers


def within(answers: AnswerTree, path: str) -> str | AnswerTree | list[AnswerTree] | None:
    """Give what stands at a path of names; of a repeat, its first instance."""
    found: str | AnswerTree | list[AnswerTree] | None = answers
    for name in path.split("/"):
        found = found[0] if isinstance(found, list) else found
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


@pytest.mark.parametrize("instrument", ALL_INSTRUMENTS)
def test_instruments_compile_without_a_warning(instrument: str) -> None:
    assert (compiled(instrument).form_id, compiled(instrument).warnings) == (instrument, ())
    assert sorted(compiled(instrument).packs) == LANGUAGES


@pytest.mark.parametrize("instrument", ALL_INSTRUMENTS)
@pytest.mark.parametrize("lang", ["bn", "ar"])
def test_every_text_and_the_title_are_translated(instrument: str, lang: str) -> None:
    english, translated = texts(instrument, "en"), texts(instrument, lang)
    fallen_back = [one for one, text in translated.items() if isinstance(text, dict) and "lang" in text]
    same = [one for one, text in translated.items() if text == english[one]]
    assert (fallen_back, sorted(same)) == ([], sorted(SAME_AS_ENGLISH))


@pytest.mark.parametrize("instrument", ALL_INSTRUMENTS)
def test_a_translation_shows_the_answers_that_the_english_shows(instrument: str) -> None:
    for one, text in texts(instrument, "en").items():
        for lang in ("bn", "ar"):
            assert shown_answers(texts(instrument, lang)[one]) == shown_answers(text), f"{one} in {lang}"


def shown_answers(text: Json) -> list[Json]:
    parts = text.get("parts") if isinstance(text, dict) else None
    return [part for part in parts if not isinstance(part, str)] if isinstance(parts, list) else []


@pytest.mark.parametrize("instrument", ALL_INSTRUMENTS)
def test_every_question_comes_up_and_every_choice_can_be_given_without_a_problem(instrument: str) -> None:
    walker = Walker(instrument)
    for number in range(WALKS_FOR_EVERY_CHOICE):
        way = ("position", "words", "skip")[number % 3]
        answers = walker.walk({**OPEN, "place_way": way}).answers()
        assert check(compiled(instrument).logic_text, answers) == []
    asked = {node.name for node in definition(instrument).nodes if node.kind == "leaf" and node.control}
    notes = {node.name for node in definition(instrument).nodes if node.control == "note"}
    assert {name for name, _ in walker.taken} == asked - notes
    assert {one for one in walker.offered - set(walker.taken) if one[0] not in OPEN} == set()


@pytest.mark.parametrize("instrument", INSTRUMENTS)
@pytest.mark.parametrize("willing", ["no", None])
def test_the_equality_block_can_be_skipped_as_a_whole(instrument: str, willing: str | None) -> None:
    block = within(finalised(instrument, **{**OPEN, "equality_willing": willing}), "equality")
    assert block == ({"equality_why": {"equality_willing": "no"}} if willing else None)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_each_equality_question_can_be_skipped_and_has_prefer_not_to_say_as_its_last_choice(instrument: str) -> None:
    nodes = equality_nodes(instrument)
    asked = [node for node in nodes if node.control == "select1" and node.name != "equality_willing"]
    assert len(asked) == 16
    assert all(node.required is None and node.constraint is None for node in nodes)
    english = texts(instrument, "en")
    for node in asked:
        last = definition(instrument).lists[node.name][-1]
        assert (last["name"], english[last["itextId"]]) == ("not_say", "Prefer not to say")
    left = finalised(instrument, **OPEN, **{node.name: None for node in asked})
    assert within(left, "equality") == {"equality_why": {"equality_willing": "yes"}}


def equality_nodes(instrument: str) -> list[Node]:
    found = definition(instrument)
    return [node for node in found.nodes if found.path(node.number).startswith("/data/equality/")]


def test_the_equality_block_is_the_last_group_and_the_same_in_both_instruments() -> None:
    blocks = []
    for instrument in INSTRUMENTS:
        nodes = equality_nodes(instrument)
        shown = [node for node in definition(instrument).nodes if node.control and node.control != "group"]
        assert shown[-1] in nodes
        rules = [(node.name, node.control, node.relevant, node.appearance) for node in nodes]
        lists = {node.name: definition(instrument).lists[node.name] for node in nodes if node.choices}
        words = [
            (node.name, lang, texts(instrument, lang).get(f"{definition(instrument).path(node.number)}:{part}"))
            for node in nodes
            for lang in LANGUAGES
            for part in ("label", "hint")
        ]
        labels = [
            texts(instrument, lang)[item["itextId"]] for lang in LANGUAGES for items in lists.values() for item in items
        ]
        blocks.append((rules, lists, words, labels))
    assert blocks[0] == blocks[1]


@pytest.mark.parametrize(
    ("answers", "come_up"),
    [
        ({"ethnic_group": "asian"}, {"ethnic_asian"}),
        ({"ethnic_group": "not_say"}, set()),
        ({"condition": "yes"}, {"condition_effect"}),
        ({"condition": "no"}, set()),
        ({"main_language": "bsl"}, {"english_spoken"}),
        ({"main_language": "english"}, set()),
        ({"work_status": "self_employed"}, {"public_facing"}),
        ({"work_status": "retired"}, set()),
    ],
)
def test_second_steps_come_up_only_after_the_first_step_that_leads_to_them(
    answers: dict[str, str], come_up: set[str]
) -> None:
    blank = {node.name: None for node in equality_nodes(RESIDENT) if node.choices} | OPEN | answers
    response = Walker(RESIDENT).walk(blank)
    second = {"ethnic_white", "ethnic_mixed", "ethnic_asian", "ethnic_black", "ethnic_other", "condition_effect"}
    asked = {name for names in screens(response).values() for name in names}
    assert asked & (second | {"english_spoken", "public_facing"}) == come_up


def test_a_resident_meets_few_screens_with_one_question_each() -> None:
    walker = Walker(RESIDENT)
    for _ in range(WALKS_FOR_EVERY_CHOICE):
        found = screens(walker.walk(OPEN))
        assert all(len(asked) == 1 for asked in found.values())
        equality = [path for path in found if path.startswith("/data/equality/")]
        assert len(equality) <= SCREENS_OF_EQUALITY
        assert len(found) - len(equality) <= SCREENS_OF_RESIDENT


def test_a_resident_must_answer_nothing_but_whether_they_agree() -> None:
    assert [node.name for node in definition(RESIDENT).nodes if node.required is not None] == ["agree"]
    blank = {node.name: None for node in definition(RESIDENT).nodes if node.control} | {"agree": "yes"}
    assert set(finalised(RESIDENT, **blank)) == {"before_we_start", "visit", "meta"}


def test_consent_says_who_asks_why_how_long_and_whom_to_call() -> None:
    words = texts(RESIDENT, "en")
    said = " ".join(str(words[f"/data/before_we_start/{name}:label"]) for name in ("who_asks", "how_kept", "in_danger"))
    for point in (
        "team on the poster",
        "plan changes",
        "your name",
        "2 years",
        "stop at any time",
        "Nobody reads",
        "999",
    ):
        assert point in said


@pytest.mark.parametrize("code", ["none", "dont_know", None])
def test_a_resident_who_names_no_barrier_makes_no_observation_of_one(code: str | None) -> None:
    answers = finalised(RESIDENT, **OPEN, barrier_code=code, asset_name=None)
    assert find_observations(definition(RESIDENT), answers) == ()


def test_what_a_resident_says_becomes_a_barrier_of_the_venue_and_an_asset_beside_it() -> None:
    answers = finalised(RESIDENT, **OPEN, barrier_code="cost", asset_name="পুকুর", kind="blue_space")
    found = find_observations(definition(RESIDENT), answers)
    assert [(one.entity_list, one.label, dict(one.properties)) for one in found] == [
        ("barrier_observations", "cost", {"code": "cost", "words": "কথা 🎵"}),
        ("asset_observations", "পুকুর", {"asset_name": "পুকুর", "kind": "blue_space"}),
    ]
    assert asset_around(found[0], found[1:]) is None


@pytest.mark.parametrize(
    ("way", "kept"), [("position", {"position", "photo"}), ("words", {"place_words"}), ("skip", set())]
)
def test_a_photo_is_asked_for_only_at_the_place_and_can_be_left_out(way: str, kept: set[str]) -> None:
    answers = finalised(WORKER, **OPEN, kind="green_space", place_way=way)
    place = within(answers, "interview/assets/place")
    assert isinstance(place, Mapping)
    assert set(place) == {"place_way", *kept}
    without = finalised(WORKER, **OPEN, kind="green_space", place_way=way, photo=None)
    assert within(without, "interview/assets/place/photo") is None


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_people_and_skills_never_have_a_location(instrument: str) -> None:
    answers = finalised(instrument, **OPEN, kind="people_skills")
    assert within(answers, "interview/assets/place") is None
    for one in find_observations(definition(instrument), answers):
        assert not {"geometry", "place", "photo"} & set(one.properties)


@pytest.mark.parametrize(
    ("instrument", "question", "answer"),
    [
        (WORKER, "ties", "live not_say"),
        (WORKER, "benefits", "connect dont_know"),
        (RESIDENT, "benefits", "give dont_know"),
        (RESIDENT, "not_for", "older nobody"),
        (RESIDENT, "not_for", "dont_know not_say"),
    ],
)
def test_an_answer_that_says_nothing_cannot_go_with_another(instrument: str, question: str, answer: str) -> None:
    answers = Walker(instrument).walk({**OPEN, question: answer}).answers()
    found = check(compiled(instrument).logic_text, answers)
    assert [(one.path.rpartition("/")[2], one.code) for one in found] == [(question, "constraint")]


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_who_does_not_agree_is_asked_nothing_more_and_nothing_is_kept(instrument: str) -> None:
    assert set(finalised(instrument, agree="no")) == {"before_we_start", "meta"}


@pytest.mark.parametrize("outcome", ["nobody_in", "refused", "later", "language_barrier"])
def test_what_came_of_a_visit_is_whole_by_one_answer_and_makes_no_observation(outcome: str) -> None:
    answers = finalised("no_interview", outcome=outcome, wished_language=None)
    assert within(answers, "outcome") == outcome
    assert find_observations(definition("no_interview"), answers) == ()


def test_a_language_is_wished_only_by_somebody_who_was_met() -> None:
    met = finalised("no_interview", outcome="language_barrier", wished_language="somali")
    assert within(met, "wished_language") == "somali"
    assert within(finalised("no_interview", outcome="nobody_in"), "wished_language") is None


def test_no_interview_asks_for_the_languages_that_the_equality_block_knows() -> None:
    ours = [one["name"] for one in definition("no_interview").lists["wished_language"]]
    assert [*ours, "not_say"] == [one["name"] for one in definition(RESIDENT).lists["main_language"]]
