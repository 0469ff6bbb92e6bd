"""What is the same in all random forms: the XML around, and the lists of choices with their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from tests.fuzz.odd_words import CHOICES

__all__ = ["ALL_LISTS", "FILE_LIST", "RandomForm", "xform"]

LISTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "near": tuple((name, "12"[place % 2]) for place, name in enumerate(CHOICES[:5])),
    "odd": tuple((name, name) for name in CHOICES[3:]),
}  # list → name and group of each choice
FILE_LIST = "places"
ALL_LISTS = (*LISTS, FILE_LIST)
FILE_ROWS = 'name,label,g\nyes,হ্যাঁ,1\nno,No,2\nb-1,"B, 1",1\n'
_NAMESPACES = (
    'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"'
)


@dataclass(frozen=True)
class RandomForm:
    """XForm XML, and the lists from files that are given beside it: list id → CSV."""

    xml: str
    lists: Mapping[str, str]


def xform(instance: str, rules: str, body: str, *, with_file: bool, shown: str = "") -> RandomForm:
    """Put the XML of an instance, of binds and actions, and of controls together; perhaps with the list's file.

    ``shown`` is an expression whose value some labels of choices show.
    """
    words = "".join(_words(lang, shown) for lang in ("en", "bn"))
    model = f"<model><itext>{words}</itext><instance>{instance}</instance>{_lists()}{rules}</model>"
    xml = f"<h:html {_NAMESPACES}><h:head><h:title>T</h:title>{model}</h:head><h:body>{body}</h:body></h:html>"
    return RandomForm(xml, {FILE_LIST: FILE_ROWS} if with_file else {})


def _lists() -> str:
    own = "".join(
        f'<instance id="{name}"><root>'
        + "".join(f"<item><name>{value}</name><itextId>{name}-{value}</itextId><g>{g}</g></item>" for value, g in items)
        + "</root></instance>"
        for name, items in LISTS.items()
    )
    return f'{own}<instance id="{FILE_LIST}" src="jr://file-csv/places.csv"/>'


def _words(lang: str, shown: str) -> str:
    """Labels of all choices; the second language lacks half of them."""
    output = f" <output value={quoteattr(shown)}/>" if shown else ""
    texts = [(f"{name}-{value}", f"{lang} {value}") for name, items in LISTS.items() for value, _ in items]
    there = texts if lang == "en" else texts[::2]
    lines = "".join(
        f'<text id="{text_id}"><value>{words}{output if text_id.endswith("s") else ""}</value></text>'
        for text_id, words in there
    )
    return f'<translation lang="{lang}">{lines}</translation>'
