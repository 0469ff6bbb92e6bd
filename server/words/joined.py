"""All that is said in each language: the package's catalogues, and over them what the data folder adds or changes."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations

from server.words.app_words import app_sentences, as_text, used_by_app
from server.words.catalogues import CatalogueUnreadable, english_of, forms_of, is_whole, read_catalogue, text_of
from server.words.checks import problems_of
from server.words.names import packed
from server.words.plurals import plural_forms_hold, samples_of
from server.words.tongues import ENGLISH, PACKAGE_FILE, Tongue, added_file, catalogue_folder, find_tongues
from sync.hashes import sha256_hex

__all__ = ["AppWords", "Words"]

CATALOGUES_KEPT = 64

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class AppWords:
    """What a data folder adds to the app's words in one language: JSON, named by its hash."""

    tongue: Tongue
    sha256: str
    body: str


class Words:
    """The languages of one server, and what is said in each. Read when it is first needed, and kept until a restart."""

    def __init__(self, data: Path | None, *, package: Path | None = None) -> None:
        self._data = data
        self._package = package or catalogue_folder()
        self._translations: dict[str, NullTranslations] = {}
        self._as_added: dict[str, Catalog | None] = {}

    @cached_property
    def tongues(self) -> tuple[Tongue, ...]:
        """The languages: English, then the others by the names that their speakers use; only what can be read."""
        found = find_tongues(self._package, self._data)
        return tuple(one for one in found if one == ENGLISH or self._can_be_read(one))

    @cached_property
    def by_tag(self) -> dict[str, Tongue]:
        """The languages by their tags, in the same order."""
        return {one.lang: one for one in self.tongues}

    @cached_property
    def autonyms(self) -> dict[str, str]:
        """What the speakers of each language call it, by tag."""
        return {one.lang: one.autonym for one in self.tongues}

    def translations(self, lang: str) -> NullTranslations:
        """Give what gettext needs to speak a language: what the data folder says, behind it what the package says."""
        known = self._translations.get(lang)
        if known is None:
            known = self._translations[lang] = self._joined(self.by_tag.get(lang))
        return known

    @cached_property
    def for_app(self) -> tuple[AppWords, ...]:
        """What the app gets beyond the words that it was built with."""
        found = [(one, self._added(one)) for one in self.tongues]
        return tuple(self._app_words(one, added) for one, added in found if added is not None)

    def app_words(self, sha256: str) -> str | None:
        """Give the words of this hash, if they are on offer now."""
        return next((one.body for one in self.for_app if one.sha256 == sha256), None)

    def _can_be_read(self, tongue: Tongue) -> bool:
        return self._added(tongue) is not None or self._packaged(tongue) is not None

    def _joined(self, tongue: Tongue | None) -> NullTranslations:
        layers = [] if tongue is None else [self._added(tongue), self._packaged(tongue)]
        compiled = [compile_whole(one) for one in layers if one is not None]
        for above, below in pairwise(compiled):
            above.add_fallback(below)
        return compiled[0] if compiled else NullTranslations()

    def _packaged(self, tongue: Tongue) -> Catalog | None:
        return catalogue_at(self._package / tongue.locale / PACKAGE_FILE, tongue.locale)

    def _added(self, tongue: Tongue) -> Catalog | None:
        """What the data folder adds, as it was when it was first asked for: page and phones speak the same words."""
        if self._data is not None and tongue.locale not in self._as_added:
            added = catalogue_at(added_file(self._data, tongue.locale), tongue.locale)
            self._as_added[tongue.locale] = added
        return self._as_added.get(tongue.locale)

    def _app_words(self, tongue: Tongue, added: Catalog) -> AppWords:
        """Ours say which sentences the app needs: a translator's file may have lost the names of source files."""
        template = catalogue_at(self._package / "messages.pot", None)
        wanted = {english_of(one) for one in template or () if used_by_app(one)}
        said = app_sentences(
            added, state=tongue.state, like=tongue.formats_like, used=lambda one: english_of(one) in wanted
        )
        body = as_text(packed(said))
        return AppWords(tongue=tongue, sha256=sha256_hex(body), body=body)


def catalogue_at(path: Path, locale: str | None) -> Catalog | None:
    """Read a catalogue that may be missing; one that cannot be read is told of, and left out."""
    try:
        state = path.stat()
        return read_once(path, locale, (state.st_mtime_ns, state.st_size))
    except FileNotFoundError:
        return None
    except (CatalogueUnreadable, OSError) as error:
        log.warning("The catalogue %s is left out: %s", path, error)
        return None


@lru_cache(maxsize=CATALOGUES_KEPT)
def read_once(path: Path, locale: str | None, _state: tuple[int, int]) -> Catalog:
    """Read a catalogue again only when its file has changed. What is wrong in it, nobody is shown.

    Anybody may copy a file into the data folder, and a backup of another version brings one: no import has checked it.
    """
    catalogue = read_catalogue(text_of(path), locale=locale)
    if not plural_forms_hold(catalogue):
        raise CatalogueUnreadable("Its plural forms are not understood.")
    samples = samples_of(catalogue)
    for message in [one for one in catalogue if is_whole(one) and is_wrong(one, samples)]:
        log.warning("A sentence of the catalogue %s is left out, since it is not as it should be: %s", path, message.id)
        catalogue.delete(message.id, context=message.context)
    return catalogue


def is_wrong(message: Message, samples: Sequence[Sequence[int]]) -> bool:
    """Tell whether an import would refuse a translation."""
    english = (message.id,) if isinstance(message.id, str) else message.id
    return any(problems_of(english, forms_of(message), samples))


def compile_whole(catalogue: Catalog) -> Translations:
    """Make what gettext looks sentences up in; what cannot be shown is left out."""
    whole = Catalog(catalogue.locale_identifier)
    whole.mime_headers = catalogue.mime_headers
    for message in catalogue:
        if is_whole(message):
            whole.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return Translations(compiled)
