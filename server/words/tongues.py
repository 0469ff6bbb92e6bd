"""The languages that our own sentences exist in, found from the catalogues that are there. No list names them."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel import Locale
from babel.core import get_global

from server.store.order_of_names import sort_key
from server.words.catalogues import TAG, CatalogueUnreadable, Direction, Header, State, read_header, text_of
from server.words.plurals import locale_known

__all__ = [
    "ENGLISH",
    "PACKAGE_FILE",
    "Tongue",
    "added_file",
    "catalogue_folder",
    "find_tongues",
    "in_order",
    "locale_of",
    "tongue_of",
]

PACKAGE_FILE: Final = "LC_MESSAGES/messages.po"
ADDED_FOLDER: Final = "translations"
ADDED_FILE: Final = "messages.po"
SCRIPT_LETTERS: Final = 4
FORMATS_OF_ENGLISH: Final = "en_GB"

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """A language: ``lang`` is its BCP 47 tag, ``locale`` the name of its folder, ``autonym`` what its speakers call it.

    ``formats_like`` is the locale whose dates and numbers it uses, where that is not its own.
    """

    lang: str
    locale: str
    autonym: str
    direction: Direction
    state: State
    formats_like: str | None = None

    @property
    def formats(self) -> Locale:
        """How dates and numbers are written."""
        return locale_known(self.formats_like) or locale_known(self.locale) or Locale.parse(FORMATS_OF_ENGLISH)


ENGLISH: Final = Tongue(
    lang="en",
    locale="en",
    autonym="English",
    direction="ltr",
    state="reviewed",
    formats_like=FORMATS_OF_ENGLISH,
)
"""The language of the sentences in the code: it needs no catalogue."""


def catalogue_folder() -> Path:
    """Find the package's catalogues: inside it once it is built, at the top of a working copy before that."""
    package = Path(__file__).parent.parent
    built = package / "translations"
    return built if (built / "messages.pot").is_file() else package.parent / "translations"


def added_file(data: Path, locale: str) -> Path:
    """Name the file in which a data folder keeps what it adds to a language, or changes in it."""
    return data / ADDED_FOLDER / locale / ADDED_FILE


def find_tongues(package: Path, data: Path | None) -> tuple[Tongue, ...]:
    """List English, and then the others by the names that their speakers use.

    What the data folder says of a language goes before what the package says.
    """
    found: dict[str, Header] = {}
    for path in (*sorted(package.glob(f"*/{PACKAGE_FILE}")), *added_files(data)):
        locale = path.relative_to(package if path.is_relative_to(package) else path.parent.parent).parts[0]
        try:
            found[locale] = over(found.get(locale), read_header(text_of(path)))
        except (CatalogueUnreadable, OSError) as error:
            log.warning("The language of %s is left out: %s", path, error)
    others = [tongue_of(locale, header) for locale, header in found.items() if locale != ENGLISH.locale]
    return (ENGLISH, *sorted(others, key=lambda one: (sort_key(one.autonym), one.lang)))


def added_files(data: Path | None) -> Iterator[Path]:
    """Yield the catalogues of a data folder. A folder that is not named for a language is none of ours."""
    if data is not None:
        found = sorted((data / ADDED_FOLDER).glob(f"*/{ADDED_FILE}"))
        yield from (path for path in found if TAG.fullmatch(path.parent.name))


def locale_of(lang: str) -> str:
    """Give the name of a language's folder, one however the tag is written: zh_Hans for zh-hans, bn for ben."""
    language, *rest = lang.replace("-", "_").lower().split("_")
    shortest = str(get_global("language_aliases").get(language, language))
    written = [one.title() if len(one) == SCRIPT_LETTERS else one.upper() if len(one) == 2 else one for one in rest]
    return "_".join([language if "_" in shortest else shortest, *written])


def over(below: Header | None, above: Header) -> Header:
    """Lay the head of an added catalogue over that of the package."""
    if below is None:
        return above
    return Header(
        language=above.language or below.language,
        plural_forms=above.plural_forms or below.plural_forms,
        state=above.state,
        autonym=above.autonym or below.autonym,
        direction=above.direction or below.direction,
        formats_like=above.formats_like or below.formats_like,
    )


def tongue_of(locale: str, header: Header) -> Tongue:
    """Put together what the head of a catalogue says, and what CLDR says where the head is silent."""
    known = locale_known(locale)
    lang = locale.replace("_", "-")
    return Tongue(
        lang=lang,
        locale=locale,
        autonym=header.autonym or (known.display_name if known else None) or lang,
        direction=header.direction or ("rtl" if known and known.text_direction == "rtl" else "ltr"),
        state=header.state,
        formats_like=header.formats_like or (None if known else nearest_known(locale)),
    )


def nearest_known(locale: str) -> str:
    """Give the longest beginning of a locale that CLDR knows, such as ar of ar_XB; English where there is none."""
    beginnings = (locale.rsplit("_", times)[0] for times in range(1, locale.count("_") + 1))
    return next((one for one in beginnings if locale_known(one)), FORMATS_OF_ENGLISH)


def in_order(tongues: Sequence[Tongue], first: Sequence[str]) -> list[Tongue]:
    """Put the languages that a programme names in front, in its order."""
    named = {lang: at for at, lang in enumerate(first)}
    return sorted(tongues, key=lambda one: named.get(one.lang, len(named)))
