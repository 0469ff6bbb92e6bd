"""How far a form is translated: for each language, how many texts it has of its own, and what the others fall back to.

Pure. The packs hold the fallbacks already, resolved and named; here they are counted, and found in the sheet.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.formlogic.texts import Pack, Text, load_pack
from server.forms.compile import Compiled
from server.forms.languages import autonym
from server.forms.locating import place_of_text
from server.forms.sheets import Workbook

__all__ = ["Coverage", "Gap", "coverage_of"]


@dataclass(frozen=True)
class Gap:
    """A text that is missing in a language, and the language that is shown; sheet and row are ``""`` in an XForm.

    ``cell`` is ``""`` where the sheet has no column for the language.
    """

    text_id: str
    shown_in: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Coverage:
    """One language of a form: its tag, its own name, all texts of the form, and the ``gaps``."""

    lang: str
    autonym: str
    texts: int
    gaps: Sequence[Gap]

    @property
    def translated(self) -> int:
        """How many texts are in this language."""
        return self.texts - len(self.gaps)

    @property
    def falls_back_to(self) -> Mapping[str, int]:
        """How many texts are shown in which other language."""
        return Counter(gap.shown_in for gap in self.gaps)


def coverage_of(compiled: Compiled, workbook: Workbook | None) -> list[Coverage]:
    """Give the coverage of each language, in the order of the form."""
    return [_coverage(load_pack(body), workbook) for body in compiled.packs.values()]


def _coverage(pack: Pack, workbook: Workbook | None) -> Coverage:
    said = {text_id: text for text_id, text in pack.texts.items() if text.parts}
    gaps = [_gap(text_id, text, pack.lang, workbook) for text_id, text in said.items() if text.lang != pack.lang]
    return Coverage(pack.lang, autonym(pack.lang), len(said), sorted(gaps, key=_order))


def _order(gap: Gap) -> tuple[bool, int]:
    """Put the survey before the choices, each from the top."""
    return gap.sheet == "choices", gap.row or 0


def _gap(text_id: str, text: Text, lang: str, workbook: Workbook | None) -> Gap:
    place = place_of_text(text_id, workbook, tag=lang) if workbook else None
    if place is None:
        return Gap(text_id, text.lang)
    return Gap(text_id, text.lang, place.sheet, place.row, place.column, place.cell)
