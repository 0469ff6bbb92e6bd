"""Translations are whole, in their own script and punctuation, and nothing in them is English by mistake."""

import re
from collections import defaultdict
from typing import Final

import pytest

from tests.sentences import CATALOGUES, Translated, english, translated

HOLE: Final = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
HOLE_AT_THE_END: Final = re.compile(r"(%\(\w+\)s|\{\w+\})$")

# Languages of other scripts than Latin, whose words cannot look English by chance.
OWN_SCRIPT: Final = frozenset({"ar", "bn", "ru", "ur", "zh_Hans"})
DANDA_LANGUAGES: Final = frozenset({"bn"})
ARABIC_MARKS: Final = frozenset({"ar", "ur"})

# Sentence → why every language says it with the same signs.
SAME_AS_ENGLISH: Final = {
    "%(name)s: %(value)s": "two places and a colon: there is no word in it",
    "%(column)s, %(direction)s": "two places and a comma: there is no word in it",
}

# Latin words in any script, and why.
LATIN: Final = {
    "Fieldwell": "the name of the product",
    "Chrome Firefox Safari Excel LibreOffice": "names of programs, as people find them",
    "QR": "what everybody calls that code",
    "A4 A5 L7165": "names of sizes of paper",
    "GeoJSON Polygon MultiPolygon CSV zip WGS MP3 M4A WAV": "names of formats, as programs show them",
    "HEIC JPEG JSON FeatureCollection PMTiles UTF XForm XLSForm XLSX": "names of formats, as programs show them",
    "csv md pmtiles xls xlsx xml": "how the names of files end",
    "vector tiles": "what programs that make maps call them, to search for",
    "settings": "the name of a sheet in a form that people write in a table",
    "Kobo ODK QGIS": "names of programs, as people find them",
    "Add to Home Screen": "names of buttons on an iPhone, as it shows them",
    "MB": "a unit, as phones show it",
    "HTTPS https": "how a secure address begins",
    "E01 W01 E01000001 LSOA": "codes of small areas",
    "North East London Northamptonshire Old Ford Well Communities": "names of places and programmes",
    "National Grid Office for Statistics": "names of British offices and systems, to search for",
    "WCAG AA axe TalkBack VoiceOver NVDA JAWS Chromium Noto": "names of standards and programs, to search for",
    "Tab Enter Shift": "what stands on the keys",
    "syl": "a code of a language",
}

ENDINGS: Final = {".": "stop", "।": "stop", "۔": "stop", "。": "stop", "?": "question", "؟": "question", ":": "colon"}


def language_of(path: str) -> str:
    return path.split("/")[1]


def bare(text: str) -> str:
    return HOLE.sub("", text)


@pytest.mark.parametrize("path", CATALOGUES)
def test_nothing_is_left_in_english(path: str) -> None:
    same = {entry.english.text for entry in translated(path) if entry.english.text in entry.forms}
    if language_of(path) in OWN_SCRIPT:
        assert same - set(SAME_AS_ENGLISH) == set()


def test_what_may_stay_english_is_still_said() -> None:
    said = {entry.english.text for path in CATALOGUES for entry in translated(path)}
    assert set(SAME_AS_ENGLISH) <= said
    latin = " ".join(sentence.text for sentence in english())
    unused = [word for words in LATIN for word in words.split() if not re.search(rf"(?<![A-Za-z]){word}", latin)]
    assert unused == [], "Drop what no sentence says any more."


@pytest.mark.parametrize("path", [path for path in CATALOGUES if language_of(path) in OWN_SCRIPT])
def test_no_latin_letters_are_left_but_in_names(path: str) -> None:
    known = {word for words in LATIN for word in words.split()}
    found: defaultdict[str, str] = defaultdict(str)
    for entry in translated(path):
        for form in entry.forms:
            for word in re.findall(r"[A-Za-z][A-Za-z0-9]*", bare(form)):
                if word not in known:
                    found[word] = form
    assert found == {}


@pytest.mark.parametrize("path", CATALOGUES)
def test_spaces_are_single_and_not_at_the_ends(path: str) -> None:
    odd = [form for entry in translated(path) for form in entry.forms if form != form.strip() or "  " in form]
    assert odd == []


@pytest.mark.parametrize("path", CATALOGUES)
def test_a_translation_ends_as_the_english_does(path: str) -> None:
    """A heading stays a heading, a question a question. In Chinese, Bengali and Urdu the stop has another shape."""
    odd = {
        form: entry.english.text
        for entry in translated(path)
        for form in entry.forms
        if ending(form) != ending(entry.english.text) and not gone_to_the_end(entry, form)
    }
    assert odd == {}


def ending(text: str) -> str:
    """Name the class of the last sign; brackets and quotation marks are looked through."""
    last = re.sub(r"[)”»’\"]+$", "", text.strip())[-1:]
    return ENDINGS.get(last, "none" if last != "…" else "under way")


def gone_to_the_end(entry: Translated, form: str) -> bool:
    """Tell whether the place that is filled in ends one of the two: what is filled in brings its own end."""
    return bool(HOLE_AT_THE_END.search(form)) != bool(HOLE_AT_THE_END.search(entry.english.text))


@pytest.mark.parametrize("path", [path for path in CATALOGUES if language_of(path) in DANDA_LANGUAGES])
def test_bengali_ends_sentences_with_a_danda(path: str) -> None:
    odd = [form for entry in translated(path) for form in entry.forms if re.search(r"[\u0980-\u09ff]\.(\s|$)", form)]
    assert odd == []


@pytest.mark.parametrize("path", [path for path in CATALOGUES if language_of(path) in ARABIC_MARKS])
def test_arabic_has_its_own_comma_semicolon_and_question_mark(path: str) -> None:
    odd = [
        form
        for entry in translated(path)
        for form in entry.forms
        if re.search(r"(?<=[\u0600-\u06ff])[,;?]|[,;?](?=\s[\u0600-\u06ff])", form)
    ]
    assert odd == []


@pytest.mark.parametrize("path", [path for path in CATALOGUES if language_of(path) in OWN_SCRIPT])
def test_figures_of_one_language_are_in_one_script(path: str) -> None:
    """Arabic as we write it has 0 to 9, and so have the counts that are filled in; no sentence mixes two scripts."""
    own = r"[\u0660-\u0669\u06f0-\u06f9]" if language_of(path) == "ar" else r"[\u0660-\u0669]"
    assert [form for entry in translated(path) for form in entry.forms if re.search(own, bare(form))] == []


@pytest.mark.parametrize("path", CATALOGUES)
def test_quotation_marks_come_in_pairs(path: str) -> None:
    odd = [
        form
        for entry in translated(path)
        for form in entry.forms
        if form.count("“") != form.count("”") or form.count("«") != form.count("»") or '"' in form
    ]
    assert odd == []


@pytest.mark.parametrize("path", CATALOGUES)
def test_the_same_sentence_of_app_and_server_is_translated_alike(path: str) -> None:
    """`{name}` in the app is `%(name)s` on the server: two entries for translators, but one sentence for readers."""
    alike: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for entry in translated(path):
        alike[plain_holes(entry.english.text)].add(tuple(plain_holes(form) for form in entry.forms))
    assert {text: forms for text, forms in alike.items() if len(forms) > 1} == {}


def plain_holes(text: str) -> str:
    return HOLE.sub("{}", text)
