"""Which asset people mean: names in any script, distance and kind, with reasons; the same for the same."""

import pytest

from server.assets.alike import alike
from server.assets.folding import fold, script_of
from server.assets.import_rows import guessed
from server.assets.matching import SURE, Candidates, Seen, Suggestion, suggestion

PLACE = {"latitude": 51.5310, "longitude": -0.0360}
NEAR = {"latitude": 51.5313, "longitude": -0.0360}
FAR = {"latitude": 51.5490, "longitude": -0.0360}


def compared(
    said: str,
    known: str,
    *,
    said_at: dict[str, float] | None = None,
    known_at: dict[str, float] | None = None,
    kinds: tuple[str, str] = ("faith", "faith"),
) -> Suggestion | None:
    observation = Seen(id="said", names=(said,), kind=kinds[0], **(said_at or {}))  # type: ignore[arg-type]  # positions
    asset = Seen(id="known", names=(known,), kind=kinds[1], **(known_at or {}))  # type: ignore[arg-type]  # positions
    return suggestion(observation, asset)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Old Ford Choir", "old ford  CHOIR"),
        ("St. Mary’s", "ST MARYS"),
        ("Café Élan", "cafe elan"),
        ("مَسْجِد شرق", "مسجد شرق"),
        ("مكتبة", "مكتبه"),
        ("كتاب", "کتاب"),
        ("নজ\u200cরুল সেন্টার", "নজরুল সেন্টার"),
        ("হল ৫", "হল 5"),
        ("Hall ٥", "hall 5"),
    ],
)
def test_names_that_are_written_in_two_ways_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    found = compared(one, other)
    assert found is not None
    assert (found.name, found.score) == ("same", 100)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Old Ford Choir", "Choir of Old Ford"),
        ("কবি নজরুল সেন্টার", "কবি নজরুল কেন্দ্র"),
        ("مسجد شرق لندن", "مسجد شرق لندن الكبير"),
        ("Mile End Park", "Mill End park"),
    ],
)
def test_names_that_are_nearly_the_same_are_suggested_in_any_script(one: str, other: str) -> None:
    found = compared(one, other)
    assert found is not None
    assert found.name == "alike"
    assert found.score >= 70


def test_a_vowel_sign_is_part_of_a_bengali_word() -> None:
    assert fold("কালি") != fold("কলা")


def test_names_that_have_nothing_in_common_are_not_suggested_even_in_one_place() -> None:
    assert compared("Bow library", "Swimming pool", said_at=PLACE, known_at=PLACE) is None


def test_names_in_two_scripts_are_never_compared_by_letters() -> None:
    assert compared("পূর্ব লন্ডন মসজিদ", "East London Mosque") is None
    near = compared("পূর্ব লন্ডন মসজিদ", "East London Mosque", said_at=PLACE, known_at=NEAR)
    assert near is not None
    assert (near.name, near.metres, near.same_kind) == ("other-script", 33, True)
    assert near.score < SURE
    assert compared("পূর্ব লন্ডন মসজিদ", "East London Mosque", said_at=PLACE, known_at=FAR) is None


def test_distance_and_kind_change_a_score_and_are_told() -> None:
    near = compared("Lunch club", "Lunch club", said_at=PLACE, known_at=NEAR)
    far = compared("Lunch club", "Lunch club", said_at=PLACE, known_at=FAR)
    other = compared("Lunch club", "Lunch club", said_at=PLACE, known_at=NEAR, kinds=("faith", "food_growing"))
    assert near is not None
    assert far is not None
    assert other is not None
    assert near.score > other.score > far.score
    assert (far.metres, other.same_kind) == (2002, False)


def test_a_position_that_may_be_out_is_taken_so() -> None:
    found = compared("Lunch club", "Lunch club", said_at={**PLACE, "accuracy": 2500}, known_at=FAR)
    assert found is not None
    assert found.metres == 0


def test_another_name_of_an_asset_counts_as_its_own() -> None:
    asset = Seen(id="a", names=("Old Ford Voices", "পুরনো ফোর্ড গায়কদল"), kind="arts_culture")
    found = suggestion(Seen(id="o", names=("পুরনো ফোর্ড গায়কদল",), kind="arts_culture"), asset)
    assert found is not None
    assert (found.name, found.score) == ("other-name", 100)


def test_suggestions_are_the_best_first_and_the_same_each_time() -> None:
    assets = [Seen(id=str(number), names=(f"Old Ford club {number}",), kind="") for number in range(60)]
    wanted = Seen(id="o", names=("Old Ford club 7",), kind="")
    found = Candidates(assets).suggestions(wanted)
    assert found[0].id == "7"
    assert found == Candidates(list(reversed(assets))).suggestions(wanted)


def test_a_misspelled_row_of_a_file_is_found_again() -> None:
    assets = [Seen(id="a", names=("Bromley-by-Bow Centre",), kind="health_care_advice")]
    assert [one.id for one in Candidates(assets).twins(Seen(id="1", names=("Bromley by Bow Center",), kind=""))] == [
        "a"
    ]


@pytest.mark.parametrize(
    ("name", "script"), [("Old Ford", "LATIN"), ("মসজিদ", "BENGALI"), ("مسجد", "ARABIC"), ("5", "")]
)
def test_the_script_of_a_name_is_that_of_most_letters(name: str, script: str) -> None:
    assert script_of(name) == script


def test_likeness_is_the_same_both_ways_and_never_whole_for_two_names() -> None:
    assert alike("old ford", "old fort") == alike("old fort", "old ford")
    assert 0 < alike("old ford", "old fort") < 1


def test_columns_are_guessed_by_their_headings_once_each() -> None:
    assert guessed(["Name", "Lat", "LONGITUDE", "Type", "Title", "x"]) == (
        "name",
        "latitude",
        "longitude",
        "kind",
        "",
        "",
    )


def test_the_one_of_the_very_same_name_is_found_among_hundreds_that_share_a_word_with_it() -> None:
    parks = [Seen(id=f"a{number:03}", names=(f"Park of {number} trees",), kind="green_space") for number in range(300)]
    same = Seen(id="z", names=("Park",), kind="green_space")
    observation = Seen(id="said", names=("park",), kind="green_space")
    assert Candidates([*parks, same]).suggestions(observation)[0].id == "z"


def test_the_same_place_in_another_script_is_found_behind_many_that_are_nearer() -> None:
    near = [
        Seen(id=f"a{number}", names=(f"Shop {number}",), kind="shops_work", latitude=51.5, longitude=-0.1)
        for number in range(40)
    ]
    mosque = Seen(id="z", names=("মসজিদ",), kind="faith", latitude=51.5002, longitude=-0.1)
    observation = Seen(id="said", names=("Mosque",), kind="faith", latitude=51.5, longitude=-0.1)
    assert [one.id for one in Candidates([*near, mosque]).suggestions(observation)] == ["z"]
