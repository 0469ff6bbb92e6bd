"""Writes made-up languages that show what a translation may break: `python -m translations.pseudo FOLDER`.

- en_XA.po: English with accents, in brackets, and longer by two fifths, as many languages are;
- ar_XB.po: English that the screens take for a language written from right to left.

Both are ordinary files for `fieldwell translate import`.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from server.words.catalogues import Header
from server.words.entries import Entry
from server.words.shelf import Shelf
from server.words.writing import write_whole

ROOT: Final = Path(__file__).resolve().parent.parent
LONGER_BY: Final = 0.4
ACCENTED: Final = str.maketrans("aceinosuyzACEINOSUYZ", "áçéíñóšúýžÁÇÉÍÑÓŠÚÝŽ")
KEPT: Final = re.compile(r"(%\(\w+\)[sd]|%%|\{\w+\}|https?://\S*)")
FILLING: Final = "one two three four five six seven eight nine ten "
LANGUAGES: Final = {
    "en_XA": Header(language="en_XA", autonym="[Ĺóñg Éñglíšh]", direction="ltr", formats_like="en_GB"),
    "ar_XB": Header(language="ar_XB", autonym="Mirrored English", direction="rtl", formats_like="ar"),
}


def longer(sentence: str) -> str:
    """Put accents on a sentence, make it longer and mark both of its ends, so that what is cut off can be seen."""
    words = "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTED) for part in KEPT.split(sentence))
    wanted = max(1, round(len(sentence) * LONGER_BY))
    filling = (FILLING * (wanted // len(FILLING) + 1))[:wanted].rstrip()
    return f"[{words} {filling}]"


def mirrored(sentence: str) -> str:
    """Leave the words as they are, between Arabic quotation marks: what is not translated stands without."""
    return f"«{sentence}»"


def pseudo(locale: str, say: Callable[[str], str], source: Path = ROOT) -> str:
    """Write the catalogue of a made-up language."""
    shelf = Shelf(locale, source / "translations", None)
    header = LANGUAGES[locale]
    count = shelf.made_of({}, header).num_plurals
    made = {key: spoken(entry, say, forms=count) for key, entry in shelf.entries.items()}
    return shelf.text(made, header)


def spoken(entry: Entry, say: Callable[[str], str], *, forms: int) -> Entry:
    """Say a sentence; of a counted one the plural stands for every form but that of one."""
    if len(entry.english) == 1:
        return Entry(english=entry.english, forms=(say(entry.english[0]),), standing="draft")
    said = tuple(say(entry.english[1]) for _form in range(forms))
    return Entry(english=entry.english, forms=said, standing="draft")


def main() -> None:
    """Write both files into the folder that is named."""
    folder = Path(sys.argv[1])
    for locale, say in (("en_XA", longer), ("ar_XB", mirrored)):
        write_whole(folder / f"{locale}.po", pseudo(locale, say).encode())
        sys.stdout.write(f"Wrote {folder / locale}.po\n")


if __name__ == "__main__":
    main()
