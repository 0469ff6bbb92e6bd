"""Each thing has one word in a language: what translations/glossary.md says holds in every catalogue."""

from typing import Final

import pytest

from server.words.catalogues import english_of, forms_of, is_whole, read_catalogue
from server.words.glossary import Glossary, Term, read_glossary
from tests.project import project_files, read

GLOSSARY: Final = read_glossary(read("translations/glossary.md"))
CATALOGUES: Final = project_files("LC_MESSAGES/messages.po", under="translations")


def test_the_glossary_is_read() -> None:
    assert len([term for term in GLOSSARY.terms if term.english]) > 20
    assert {"bn", "ar"} <= set(GLOSSARY.words)


@pytest.mark.parametrize("path", CATALOGUES)
def test_sentences_use_the_words_of_the_glossary(path: str) -> None:
    locale = path.split("/")[1]
    missed = [
        f"{term.name}: “{english_of(message)}” says “{form}”"
        for message in read_catalogue(read(path), locale=locale)
        if is_whole(message)
        # The last form says the whole sentence; one for none or for two may say less.
        for form in forms_of(message)[-1:]
        for term in GLOSSARY.missed(locale.replace("_", "-"), english_of(message), form)
    ]
    assert missed == [], "Use the word of translations/glossary.md, or say there under “Said otherwise” why not."


@pytest.mark.parametrize("lang", GLOSSARY.words)
def test_every_term_that_is_checked_has_a_word_in_each_language(lang: str) -> None:
    assert [term.name for term in GLOSSARY.terms if term.english and not GLOSSARY.words[lang].get(term.name)] == []


@pytest.mark.parametrize("lang", GLOSSARY.words)
def test_no_language_has_words_for_what_is_no_term(lang: str) -> None:
    assert set(GLOSSARY.words[lang]) - {term.name for term in GLOSSARY.terms} == set()


def test_exceptions_are_about_sentences_that_are_said_and_have_a_reason() -> None:
    said = {english_of(message) for message in read_catalogue(read("translations/messages.pot")) if message.id}
    assert [sentence for _lang, _term, sentence in GLOSSARY.said_otherwise if sentence not in said] == []
    rows = read("translations/glossary.md").partition("## Said otherwise")[2].splitlines()[3:]
    assert [row for row in rows if row and len(row.strip("| ").split("|")[-1].split()) < 3] == []


def test_a_word_is_found_however_it_is_inflected_and_a_place_is_no_word() -> None:
    said = Glossary(
        terms=(Term(name="form", english=("form",)),),
        words={"ar": {"form": ("استمارة",)}, "bn": {"form": ("ফর্ম",)}},
        said_otherwise=frozenset({("ar", "form", "Our form")}),
    )
    assert [term.name for term in said.missed("ar", "Choose forms", "اختر شيئًا")] == ["form"]
    assert list(said.missed("ar", "Its form", "استمارته")) == []
    assert list(said.missed("ar", "Information on {form}", "معلومات")) == []
    assert list(said.missed("ar", "Our form", "لنا")) == []
    assert list(said.missed("so", "Its form", "foomka")) == []
