"""Plural forms: which category of CLDR a numbered form stands for, and the header of a new catalogue. Pure."""

import re
from collections.abc import Mapping, Sequence
from gettext import c2py
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.plural import PluralRule, to_gettext

__all__ = [
    "categories_in_use",
    "locale_known",
    "plural_categories",
    "plural_forms_header",
    "plural_forms_hold",
    "samples_of",
]

PLURAL_SAMPLES: Final = (*range(1_000), 1_000_000)
"""Counts enough to meet every plural category that whole numbers have in any language of CLDR."""
SHOWN_SAMPLES: Final = 5
ENGLISH: Final = Locale("en")


def locale_known(locale: str | None) -> Locale | None:
    """Give what CLDR says of a language, such as zh_Hans or zh-Hans; None when it does not know it."""
    try:
        return Locale.parse((locale or "").replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def plural_categories(catalogue: Catalog, *, like: str | None = None) -> Mapping[str, int]:
    """Tell which numbered form stands for which CLDR category of the language, or of ``like`` for one CLDR lacks."""
    locale = locale_known(like) or locale_known(catalogue.locale_identifier) or ENGLISH
    form_of = c2py(catalogue.plural_expr)
    categories = {locale.plural_form(count): form_of(count) for count in PLURAL_SAMPLES}
    # Some languages use "other" for fractions only; nobody counts those here, but Intl.PluralRules may still say it.
    return {"other": catalogue.num_plurals - 1, **categories}


def samples_of(catalogue: Catalog) -> Sequence[tuple[int, ...]]:
    """Give the first counts that each numbered form is used for."""
    form_of = c2py(catalogue.plural_expr)
    found: list[list[int]] = [[] for _form in range(catalogue.num_plurals)]
    for count in PLURAL_SAMPLES:
        form = form_of(count)
        if form < len(found) and len(found[form]) < SHOWN_SAMPLES:
            found[form].append(count)
    return [tuple(counts) for counts in found]


def plural_forms_header(locale: Locale) -> str:
    """Write Plural-Forms as CLDR has the language, without categories that only fractions have."""
    rule = locale.plural_form
    used = categories_in_use(locale)
    whole_numbers = PluralRule({tag: text for tag, text in rule.rules.items() if tag in used[:-1]})
    # "e" is the exponent of a number written in short, as 1M; ours are written out, so it is 0. Gettext knows only n.
    return re.sub(r"\be\b", "0", str(to_gettext(whole_numbers)))


def categories_in_use(locale: Locale) -> list[str]:
    """List the categories that whole numbers have, in the order of CLDR: zero, one, two, few, many, other."""
    met = {locale.plural_form(count) for count in PLURAL_SAMPLES}
    return [tag for tag in ("zero", "one", "two", "few", "many", "other") if tag in met]


def plural_forms_hold(catalogue: Catalog) -> bool:
    """Tell whether every count has one of the numbered forms."""
    try:
        form_of = c2py(catalogue.plural_expr)
        return all(form_of(count) < catalogue.num_plurals for count in PLURAL_SAMPLES)
    except (ValueError, ZeroDivisionError, RecursionError):
        return False
