"""The languages of a server: found, not listed; joined from package and data folder; served to phones."""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from gettext import c2py
from pathlib import Path
from typing import Final

import pytest
from babel import Locale
from flask.testing import FlaskClient

from server import i18n, services
from server.app import create_app
from server.config import Config
from server.i18n import MOST_WISHES
from server.intake.forms_hash import FormsHash
from server.places.queries import Neighbourhood, add_neighbourhood, all_neighbourhoods
from server.services import Services
from server.store.order_of_names import compare_names, sort_key
from server.words.app_words import STATE
from server.words.catalogues import Header
from server.words.closest import best, closest
from server.words.joined import Words
from server.words.lists import in_a_list
from server.words.names import sentence_name
from server.words.plurals import PLURAL_SAMPLES, categories_in_use, plural_forms_header
from server.words.tongues import added_file, find_tongues, tongue_of
from server.words.writing import head_of
from tests.project import ROOT, read
from tests.server.records import Phone, SteppedClock, chance

FOURTEEN: Final = {
    "en": ("English", "ltr", 2),
    "bn": ("বাংলা", "ltr", 2),
    "so": ("Soomaali", "ltr", 2),
    "ro": ("română", "ltr", 3),
    "pl": ("polski", "ltr", 3),
    "lt": ("lietuvių", "ltr", 3),
    "ru": ("русский", "ltr", 3),
    "ar": ("العربية", "rtl", 6),
    "ur": ("اردو", "rtl", 2),
    "pt": ("português", "ltr", 3),
    "it": ("italiano", "ltr", 3),
    "es": ("español", "ltr", 3),
    "fr": ("français", "ltr", 3),
    "zh_Hans": ("中文 (简体)", "ltr", 1),
}
SOMALI: Final = 'msgid "Sign in"\nmsgstr "Gal"\n\nmsgid "Settings"\nmsgstr "Dejinta"\n'


def add(data: Path, locale: str, sentences: str, header: Header | None = None) -> None:
    """Put a catalogue into a data folder, as an import does."""
    path = added_file(data, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head_of(locale, header or Header())}\n{sentences}", encoding="utf-8", errors="surrogateescape")


@pytest.mark.parametrize("case", json.loads(read("tests/vectors/codes/languages.json"))["closest"], ids=str)
def test_the_language_that_serves_best_is_found_as_the_app_finds_it(case: dict[str, object]) -> None:
    available = case["available"]
    assert isinstance(available, list)
    assert closest(str(case["wanted"]), available) == case["found"], case["because"]


def test_wishes_are_tried_in_turn_and_english_is_the_last() -> None:
    assert best(["so", "bn-BD"], ["en", "bn"]) == "bn"
    assert best(["so", "fr"], ["en", "bn"]) == "en"


def test_what_is_longer_than_any_tag_is_not_looked_up() -> None:
    assert closest("en" + "-a" * 8_000, ["en", "bn"]) is None


def test_a_page_asks_once_what_its_browser_reads_and_looks_at_the_first_wishes(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[list[str]] = []

    def counted(wishes: Iterable[str], available: Sequence[str]) -> str:
        looked_up.append(list(wishes))
        return best(looked_up[-1], available)

    monkeypatch.setattr(i18n, "best", counted)
    page = client.get("/console/sign-in", headers={"Accept-Language": ",".join(["ar", *["xx"] * 4_000])})
    assert '<html lang="ar"' in page.text
    assert [len(wishes) for wishes in looked_up] == [MOST_WISHES]


@pytest.mark.parametrize("case", json.loads(read("tests/vectors/codes/sentence-names.json"))["names"])
def test_a_sentence_has_the_short_name_by_which_the_app_knows_it(case: dict[str, str]) -> None:
    assert sentence_name(case["sentence"]) == case["name"]


@pytest.mark.parametrize("locale", FOURTEEN)
def test_each_of_the_fourteen_languages_is_named_and_runs_as_its_speakers_write(locale: str) -> None:
    autonym, direction, _forms = FOURTEEN[locale]
    found = tongue_of(locale, Header())
    assert (found.autonym, found.direction, found.lang) == (autonym, direction, locale.replace("_", "-"))


@pytest.mark.parametrize("locale", FOURTEEN)
def test_a_new_catalogue_counts_as_cldr_does(locale: str) -> None:
    header, known = plural_forms_header(Locale.parse(locale)), Locale.parse(locale)
    assert header.startswith(f"nplurals={FOURTEEN[locale][2]};")
    form_of = c2py(header.partition("plural=")[2].rstrip(";"))
    categories = categories_in_use(known)
    wrong = [count for count in PLURAL_SAMPLES if categories[form_of(count)] != known.plural_form(count)]
    assert wrong == []


def test_languages_are_found_in_package_and_data_folder_english_first(tmp_path: Path) -> None:
    add(tmp_path, "so", SOMALI)
    add(tmp_path, "qfw", SOMALI, Header(autonym="Fildwele", direction="rtl", formats_like="fr"))
    found = {one.lang: one for one in find_tongues(ROOT / "translations", tmp_path)}
    assert next(iter(found)) == "en"
    assert {"ar", "bn", "so", "qfw"} <= set(found)
    assert (found["qfw"].autonym, found["qfw"].direction, found["qfw"].formats) == ("Fildwele", "rtl", Locale("fr"))


def test_a_folder_that_is_named_for_no_language_is_none(tmp_path: Path) -> None:
    add(tmp_path, "so", SOMALI)
    added_file(tmp_path, "so").parent.rename(tmp_path / "translations" / "so backup")
    assert "so backup" not in Words(tmp_path, package=ROOT / "translations").by_tag


def test_what_is_taken_in_is_said_after_a_restart_by_pages_as_by_phones(tmp_path: Path) -> None:
    add(tmp_path, "so", SOMALI)
    running = Words(tmp_path, package=ROOT / "translations")
    offered = running.for_app
    add(tmp_path, "so", SOMALI.replace("Gal", "Soo gal"))
    assert running.translations("so").gettext("Sign in") == "Gal"
    again = Words(tmp_path, package=ROOT / "translations")
    assert again.translations("so").gettext("Sign in") == "Soo gal"
    assert [one.tongue for one in again.for_app] == [one.tongue for one in offered]


def test_a_language_that_nobody_knows_is_written_like_english(tmp_path: Path) -> None:
    found = tongue_of("qfw", Header())
    assert (found.autonym, found.direction, found.formats) == ("qfw", "ltr", Locale("en", "GB"))


def test_what_the_data_folder_says_goes_before_the_package(tmp_path: Path) -> None:
    before = Words(None, package=ROOT / "translations").translations("bn")
    add(tmp_path, "bn", 'msgid "Sign in"\nmsgstr "ঢুকুন"\n')
    after = Words(tmp_path, package=ROOT / "translations").translations("bn")
    assert after.gettext("Sign in") == "ঢুকুন"
    assert after.gettext("Password") == before.gettext("Password") != "Password"
    assert after.ngettext("%(num)s phone", "%(num)s phones", 3) == before.ngettext("%(num)s phone", "%(num)s phones", 3)


@pytest.mark.parametrize(
    ("sentences", "plural_forms"),
    [
        ("\udcff\udcfe", None),
        (SOMALI, "nplurals=2; plural=(n > 1 ? 5 : 0);"),
        (SOMALI, "nplurals=2; plural=(n != 1"),
        (SOMALI, "nplurals=2; plural=(1 / n);"),
        (SOMALI, "nplurals=2; plural=what;"),
    ],
)
def test_a_catalogue_that_cannot_be_read_stops_no_server(
    tmp_path: Path, sentences: str, plural_forms: str | None
) -> None:
    add(tmp_path, "so", sentences, Header(plural_forms=plural_forms))
    spoken = Words(tmp_path, package=ROOT / "translations")
    assert "so" not in spoken.by_tag
    assert spoken.for_app == ()
    assert spoken.translations("so").gettext("Sign in") == "Sign in"


def test_a_catalogue_that_names_strange_letters_is_read_as_what_it_is(tmp_path: Path) -> None:
    add(tmp_path, "so", SOMALI)
    file = added_file(tmp_path, "so")
    file.write_text(file.read_text(encoding="utf-8").replace("charset=utf-8", "charset=klingon"), encoding="utf-8")
    assert Words(tmp_path, package=ROOT / "translations").translations("so").gettext("Sign in") == "Gal"


@pytest.mark.parametrize("wrong", ["Gal <meta http-equiv=refresh>", "Gal &lt;b", "Gal %(name)s", "Gal 5%"])
def test_a_sentence_that_no_import_would_take_is_not_said_however_it_came(tmp_path: Path, wrong: str) -> None:
    add(tmp_path, "so", SOMALI.replace("Gal", wrong))
    spoken = Words(tmp_path, package=ROOT / "translations").translations("so")
    assert (spoken.gettext("Sign in"), spoken.gettext("Settings")) == ("Sign in", "Dejinta")


def test_phones_are_offered_what_the_data_folder_adds_and_fetch_it_by_its_hash(
    running: Services, folder: Path, clock: SteppedClock, device: Phone
) -> None:
    running.close()
    add(folder, "qfw", SOMALI, Header(autonym="Fildwele", direction="rtl", formats_like="fr_CA"))
    again = services.start(folder, clock=clock, random_bytes=chance(2))
    try:
        client = create_app(Config(data_folder=folder), again).test_client()
        manifest = client.get("/forms/v1/manifest", headers={"Authorization": f"Bearer {device.token}"})
        [offered] = manifest.get_json()["words"]
        fetched = client.get(f"/forms/v1/words/{offered['sha256']}")
        with again.database.read() as connection:
            assert FormsHash(again.words.for_app).of(connection) != FormsHash().of(connection)
    finally:
        again.close()
    assert {name: offered[name] for name in ("lang", "autonym", "direction", "state", "formats_like")} == {
        "lang": "qfw",
        "autonym": "Fildwele",
        "direction": "rtl",
        "state": "draft",
        "formats_like": "fr-CA",
    }
    assert fetched.get_json() == {sentence_name("Settings"): "Dejinta", sentence_name(STATE): "draft"}
    assert "immutable" in fetched.headers["Cache-Control"]


def test_without_anything_added_phones_are_offered_no_words(client: FlaskClient, device: Phone) -> None:
    manifest = client.get("/forms/v1/manifest", headers={"Authorization": f"Bearer {device.token}"}).get_json()
    assert manifest["words"] == []
    assert client.get(f"/forms/v1/words/{'0' * 64}").status_code == 404


@pytest.mark.parametrize(
    ("lang", "sorted_names"),
    [
        ("en", ["a b", "Ab", "Abe", "Élan", "Elm", "Room 2", "Room 10", "zoo"]),
        ("pl", ["lato", "lód", "łódź", "mama"]),
        ("es", ["nube", "ñandú", "oso"]),
        ("lt", ["cukrus", "čia", "dar"]),
        ("ru", ["ёж", "ель", "игла", "йод"]),
        ("ar", ["أحمد", "بيت", "تاج"]),
        ("ur", ["بات", "پانی", "تار"]),
        ("bn", ["আম", "কলা", "কাক", "খাল"]),
    ],
)
def test_names_stand_in_the_order_of_the_alphabet(lang: str, sorted_names: list[str]) -> None:
    assert sorted(set(sorted_names), key=lambda name: sort_key(name, lang)) == sorted_names


def test_several_names_are_joined_as_the_language_does() -> None:
    said = [
        in_a_list(["A", "B", "C"], Locale(lang)).replace("\u2068", "").replace("\u2069", "") for lang in ("en", "bn")
    ]
    assert said == ["A, B, and C", "A, B এবং C"]


def test_lists_of_names_stand_in_the_order_in_which_people_look_names_up(running: Services) -> None:
    for number, name in enumerate(("zoo", "Élan", "elm", "Room 10", "Room 2")):
        place = Neighbourhood(neighbourhood_id=f"place-{number}", name=name, system="Test")
        running.database.write(partial(add_neighbourhood, neighbourhood=place))
    with running.database.read() as connection:
        names = [place.name for place in all_neighbourhoods(connection)]
    assert names == ["Élan", "elm", "Kings-Heath", "Old-Ford", "Room 2", "Room 10", "zoo"]
    assert compare_names("same", "same") == 0
