"""Sentences are plain: no word that would puzzle or hurt who hears it, and one manner of writing everywhere.

The rules for contributors are in CONTRIBUTING.md; the words, with what to say instead, in banned_words.py.
"""

import re
from typing import Final

import pytest

from tests.banned_words import BANNED, BANNED_IN, EXCEPTIONS, NAMES, Banned
from tests.project import project_files, read
from tests.sentences import CATALOGUES, Audience, Sentence, english, translated

HOLE: Final = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
ODD_SIGNS: Final = re.compile(r"!|\"|(?<!\w)'|\w'\w|\.\.\.|  |^\s|\s$")
OTHER_WAYS_OUT: Final = re.compile(r"rather not (say|answer)|I do not know|[Nn]ot stated|[Nn]o answer given")
# What is quoted in a sentence is another's word: a heading, a button, what somebody typed. So are the alphabet's ends.
QUOTED: Final = re.compile(r"“[^”]*”|https?://\S*|\b(?:A to Z|Z to A)\b")


def spoken(text: str) -> str:
    """Return the words of a sentence without the places that are filled in and without quotations."""
    return QUOTED.sub(" ", HOLE.sub(" ", text))


def pattern(stem: str) -> re.Pattern[str]:
    """Return what finds a stem: a dot inside stands for any gap, a dot at the end for the end of the word."""
    inner = r"[\s-]+".join(re.escape(part) for part in stem.removesuffix(".").split("."))
    return re.compile(r"\b" + inner + (r"\b" if stem.endswith(".") else ""), re.IGNORECASE)


def said(banned: Banned, sentence: Sentence) -> list[str]:
    if sentence.audience > banned.nobody_below:
        return []
    words = spoken(sentence.text)
    return [stem for stem in banned.stems.split() if pattern(stem).search(words)]


@pytest.mark.parametrize("banned", BANNED, ids=lambda banned: banned.stems.split()[0])
def test_nobody_hears_a_banned_word(banned: Banned) -> None:
    found = {
        (sentence.text, stem): sentence.places
        for sentence in english()
        for stem in said(banned, sentence)
        if (sentence.text, stem) not in EXCEPTIONS
    }
    assert found == {}, f"{banned.because}; say: {banned.instead}"


def test_every_exception_is_needed_and_has_a_reason() -> None:
    needed = {(sentence.text, stem) for sentence in english() for banned in BANNED for stem in said(banned, sentence)}
    assert sorted(set(EXCEPTIONS) - needed) == []
    assert [reason for reason in EXCEPTIONS.values() if len(reason.split()) < 4] == []


def test_the_search_finds_inflections_and_capitals_but_no_other_words() -> None:
    assert pattern("upload").search("Uploading now")
    assert pattern("device.").search("This Device is new")
    assert not pattern("device.").search("devices")
    assert pattern("log.in").search("Log in here")
    assert not pattern("enrol").search("unenrolled")
    assert spoken("Read “invalid” of %(token)s") == "Read   of  "


@pytest.mark.parametrize("path", CATALOGUES)
def test_translations_borrow_no_banned_word(path: str) -> None:
    lists = BANNED_IN.get(path.split("/")[1], ())
    found = {
        (form, word): instead
        for entry in translated(path)
        for form in entry.forms
        for words, instead in lists
        for word in words.split()
        if word.replace(".", " ") in form
    }
    assert found == {}


def test_sentences_have_no_exclamation_marks_and_real_quotes() -> None:
    odd = [sentence.text for sentence in english() if ODD_SIGNS.search(sentence.text)]
    assert odd == []


def test_dots_stand_only_for_something_under_way() -> None:
    dotted = [sentence.text for sentence in english() if "…" in spoken(sentence.text)]
    assert [text for text in dotted if not re.search(r"ing\b|on its way", text)] == []


def test_sentences_are_in_sentence_case() -> None:
    """A capital stands at the start, after a full stop, in a name and in a quotation; nowhere else."""
    odd = {
        word: sentence.text
        for sentence in english()
        for word in re.findall(r"(?<=[\w,;’]\s)[A-Z][A-Za-z’-]*\b(?!\d)", spoken(sentence.text))
        if word not in NAMES
    }
    assert odd == {}


def test_a_button_to_go_on_says_continue() -> None:
    assert "Next" not in {sentence.text for sentence in english()}
    assert "Continue" in {sentence.text for sentence in english()}


def test_the_ways_out_of_a_question_are_worded_alike() -> None:
    """“I don't know” and “Prefer not to say” are answers, the same in every form and on every screen."""
    texts = [sentence.text for sentence in english()]
    texts += [read(path) for path in project_files(".md", under="server/forms/instruments")]
    assert [text for text in texts if OTHER_WAYS_OUT.search(text)] == []


def test_forms_write_the_apostrophe_that_the_screens_round_them_write() -> None:
    places = [*project_files(".md", under="server/forms/instruments"), *project_files(".csv", under="server/coding")]
    texts = [read(path) for path in places if not path.endswith("README.md")]
    assert [found for text in texts for found in re.findall(r"\w+'\w+", text)] == []


@pytest.mark.parametrize("audience", [Audience.RESIDENTS, Audience.BOTH, Audience.WORKERS])
def test_sentences_for_the_doorstep_are_short(audience: Audience) -> None:
    """Twenty words hold one idea; a sentence ends at a full stop, a question mark or a colon."""
    long = {
        part: count
        for sentence in english()
        if sentence.audience == audience
        for part in re.split(r"(?<=[.?:…])\s+", sentence.text)
        if (count := len(part.split())) > 20
    }
    assert long == {}
