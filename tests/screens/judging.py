"""What a screen has to be, put together: one list of faults, each with the screen and the language it was seen in."""

from collections.abc import Iterable, Mapping
from typing import Final

from tests.screens.browsing import NARROW
from tests.screens.looking import Look, axe_faults, language_faults, layout_faults, structure_faults
from tests.screens.showing import Shown
from tests.screens.world import LANGUAGES

__all__ = ["faults_of", "told"]

ON_PAPER: Final = "posters.print_poster"
"""A sheet to be printed: it speaks the languages of its poster, and has no skip link or landmarks."""
LOOKS: Final[Mapping[str, Look]] = {"en": "light", "ar": "dark"}
"""In which language a screen meets axe in which look: each screen in both, and not in all combinations."""


def faults_of(shown: Iterable[Shown], names: Iterable[str]) -> tuple[int, dict[str, list[str]]]:
    """Look at all of them; give how many there were, and where each fault was seen."""
    known, seen = list(names), 0
    found: dict[str, list[str]] = {}
    for one in shown:
        seen += 1
        for fault in _faults(one, known):
            found.setdefault(fault, []).append(f"{one.name} ({one.lang})")
    return seen, found


def _faults(shown: Shown, names: list[str]) -> list[str]:
    page, lang = shown.page, shown.lang
    faults = layout_faults(page, width=NARROW)
    if ON_PAPER in shown.name:
        return faults
    faults += language_faults(page, lang, LANGUAGES[lang], names)
    faults += structure_faults(page)
    look = LOOKS.get(lang)
    if look is not None:
        page.emulate_media(color_scheme=look)
        faults += axe_faults(page, look, shown.asleep)
        page.emulate_media(color_scheme="light")
    return faults


def told(found: Mapping[str, list[str]]) -> str:
    """Say what is wrong, the most frequent first."""
    ordered = sorted(found.items(), key=lambda one: -len(one[1]))
    return "\n".join(f"{fault}\n    {len(where)} ×, first on {where[0]}" for fault, where in ordered)
