"""What our own sentences say on a resident's page, in its language; and the filters that its templates write with."""

import re
from datetime import date, datetime, time
from typing import Final

from babel import Locale
from babel.dates import format_date, format_time, get_month_names
from babel.numbers import format_decimal
from flask import Blueprint
from flask_babel import gettext as _

from server.i18n import words
from server.words.plurals import locale_known

__all__ = ["answer_words", "install_wording", "month_names", "problem_words"]

NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.([0-9]+))?")


def install_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put things into words."""
    blueprint.add_app_template_filter(problem_words, "resident_problem_words")
    blueprint.add_app_template_filter(answer_words, "resident_answer_words")
    blueprint.add_app_template_filter(number_words, "resident_number_words")
    blueprint.add_app_template_filter(month_names, "resident_month_names")


def problem_words(code: str, kind: str = "string") -> str:
    """Say what is wrong with an answer and how to mend it, where the form has no words of its own."""
    match code:
        case "type":
            return _type_words(kind)
        case "choice":
            return str(_("Choose one of the answers shown here."))
        case "required":
            return str(_("Answer this question to go on."))
    return str(_("This answer does not fit the question. Look at it again."))


def answer_words(stored: str, kind: str, appearance: str, language: str) -> str | None:
    """Say a number, a date or a time as people do; None for what is said as it is stored."""
    locale = _locale(language)
    if locale is None:
        return None
    try:
        match kind:
            case "int" | "decimal":
                return number_words(stored, language)
            case "date":
                return _date_words(date.fromisoformat(stored), appearance.split(" "), locale)
            case "time":
                return str(format_time(time.fromisoformat(stored).replace(tzinfo=None), "short", locale=locale))
            case "dateTime":
                moment = datetime.fromisoformat(stored).replace(tzinfo=None)
                day = format_date(moment, "long", locale=locale)
                return f"{day}, {format_time(moment.time(), 'short', locale=locale)}"
    except ValueError:
        pass
    return None


def number_words(stored: str, language: str) -> str:
    """Write a number in the digits and with the decimal sign of a language, and nothing between thousands."""
    found, locale = NUMBER.fullmatch(stored), _locale(language)
    if found is None or locale is None:
        return stored
    decimals = len(found[1] or "")
    return str(
        format_decimal(
            stored, format=f"0.{'0' * decimals}" if decimals else "0", locale=locale, numbering_system="default"
        )
    )


def month_names(language: str) -> list[str]:
    """List the months of a year in a language."""
    names = get_month_names("wide", locale=_locale(language) or "en_GB")
    return [str(names[month]) for month in range(1, 13)]


def _date_words(day: date, looks: list[str], locale: Locale) -> str:
    if "year" in looks:
        return str(format_date(day, "y", locale=locale))
    return str(format_date(day, "MMMM y" if "month-year" in looks else "long", locale=locale))


def _locale(language: str) -> Locale | None:
    own = words().by_tag.get(language)
    return own.formats if own else locale_known(language)


def _type_words(kind: str) -> str:
    match kind:
        case "int":
            return str(_("Write a whole number, such as 12."))
        case "decimal":
            return str(_("Write a number, such as 12.5. Write 1200, not 1,200."))
        case "date":
            return str(_("Give a real date: the day, the month, and a year such as 2026."))
        case "time":
            return str(_("Give a time, such as 14:30."))
        case "dateTime":
            return str(_("Give a real date and a time."))
    return str(_("This answer does not fit the question. Look at it again."))
