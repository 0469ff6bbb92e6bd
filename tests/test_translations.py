"""Catalogues say everything that the sources say, in every language, and own up to being drafts."""

import re
from collections import Counter
from functools import cache
from gettext import c2py
from typing import Final

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from server.words.given import read_po_file
from server.words.importing import decide
from server.words.plurals import PLURAL_SAMPLES, categories_in_use
from tests.project import ROOT, project_files, read
from translations.extract import extract_messages

CATALOGUES: Final = project_files("LC_MESSAGES/messages.po", under="translations")
WANTED: Final = frozenset({"ar", "bn"})
STATES: Final = frozenset({"draft", "reviewed"})
PLACE: Final = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
COUNTS: Final = frozenset({"{count}", "%(num)s", "%(count)s", "%(num)d"})
# An Arabic form for exactly none, one or two may leave out the count: the word itself says it.
FORMS_THAT_SAY_THEIR_COUNT: Final = {"ar": 3}
SENTENCE_OF_TYPESCRIPT: Final = re.compile(
    r"""(?<![\w.])(?:t|plural)\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")"""
)


@cache
def catalogue(path: str) -> Catalog:
    with (ROOT / path).open("rb") as file:
        return read_po(file, locale=locale_of(path))


def locale_of(path: str) -> str:
    return path.split("/")[1]


def sentences(found: Catalog) -> set[object]:
    return {message.id for message in found if message.id}


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string),)


def test_wanted_languages_are_there() -> None:
    assert {locale_of(path) for path in CATALOGUES} >= WANTED


def test_template_is_up_to_date_with_the_sources() -> None:
    assert sentences(catalogue("translations/messages.pot")) == sentences(extract_messages()), "Run `make messages`."


def test_extraction_finds_what_a_plain_search_finds() -> None:
    """Guard against the extractor losing its way in TypeScript: a plain search knows no grammar at all."""
    known = {
        message.id[0] if isinstance(message.id, tuple) else message.id for message in extract_messages() if message.id
    }
    searched = {
        (single or double).replace("\\'", "'").replace('\\"', '"')
        for path in project_files(".ts", ".tsx", under="pwa/src")
        if ".test." not in path
        for single, double in SENTENCE_OF_TYPESCRIPT.findall(re.sub(r"/\*[\s\S]*?\*/|//.*", "", read(path)))
    }
    assert searched - known == set()


@pytest.mark.parametrize("path", CATALOGUES)
def test_catalogue_is_up_to_date_with_the_template(path: str) -> None:
    assert sentences(catalogue(path)) == sentences(extract_messages()), "Run `make messages`; translate what is new."


@pytest.mark.parametrize("path", CATALOGUES)
def test_every_sentence_is_translated(path: str) -> None:
    missing = [message.id for message in catalogue(path) if message.id and (message.fuzzy or not all(forms(message)))]
    assert missing == []


@pytest.mark.parametrize("path", CATALOGUES)
def test_every_plural_has_as_many_forms_as_the_language(path: str) -> None:
    found = catalogue(path)
    wrong = [m.id for m in found if m.pluralizable and len(forms(m)) != found.num_plurals]
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES)
def test_plural_forms_are_those_of_cldr(path: str) -> None:
    known, form_of = Locale.parse(locale_of(path)), c2py(catalogue(path).plural_expr)
    forms_by_category: dict[str, set[int]] = {}
    for count in PLURAL_SAMPLES:
        forms_by_category.setdefault(known.plural_form(count), set()).add(form_of(count))
    assert [len(used) for used in forms_by_category.values()] == [1] * len(categories_in_use(known))
    assert set.union(*forms_by_category.values()) == set(range(catalogue(path).num_plurals))


@pytest.mark.parametrize("path", CATALOGUES)
def test_an_import_would_find_nothing_wrong(path: str) -> None:
    assert decide(read_po_file(read(path)), catalogue(path)).wrong == ()


@pytest.mark.parametrize("path", CATALOGUES)
def test_places_in_a_sentence_are_kept(path: str) -> None:
    spoken = FORMS_THAT_SAY_THEIR_COUNT.get(locale_of(path), 0)
    wrong = [
        (message.id, form)
        for message in catalogue(path)
        if message.id
        for number, form in enumerate(forms(message))
        if not places_agree(message, form, may_drop_count=message.pluralizable and number < spoken)
    ]
    assert wrong == []


def places_agree(message: Message, form: str, *, may_drop_count: bool) -> bool:
    """Compare with the English plural, which always has the count; a singular sentence has one English form."""
    wanted = Counter(PLACE.findall(message.id if isinstance(message.id, str) else message.id[-1]))
    given = Counter(PLACE.findall(form))
    dropped = set(wanted - given)
    return not given - wanted and (not dropped or (may_drop_count and dropped <= COUNTS))


@pytest.mark.parametrize("path", CATALOGUES)
def test_catalogue_says_how_far_it_can_be_trusted(path: str) -> None:
    header = read(path).split("\n\n", 1)[0]
    state = re.search(r'^"X-Fieldwell-State: (\w+)\\n"$', header, re.MULTILINE)
    assert state is not None, "The header lacks X-Fieldwell-State."
    assert state[1] in STATES
