"""Looks at a page as a strict eye would: how it lies on the screen, its languages, how it is built, and axe's rules."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from babel.messages.pofile import read_po
from playwright.sync_api import CDPSession, Page

from tests.project import ROOT

__all__ = [
    "ALLOWED",
    "AXE",
    "Look",
    "axe_faults",
    "language_faults",
    "larger_letters",
    "layout_faults",
    "layout_findings",
    "pseudo_faults",
    "structure_faults",
]

Look = Literal["light", "dark"]

HERE: Final = Path(__file__).parent
AXE: Final = ROOT / "pwa/node_modules/axe-core/axe.min.js"
WCAG: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OF_THE_LOOK: Final = ("color-contrast", "link-in-text-block")
"""Rules whose answer may differ between light and dark."""
NO_LETTERS_AS_ICONS: Final = "CanvasRenderingContext2D.prototype.measureText = (text) => ({ width: 30 * text.length })"
"""axe takes letters that join, as Arabic ones do, for icons out of one letter, and then looks at no contrast in that
font at all. It finds that by the width of words; here no font has icons."""
ALLOWED: Final[Mapping[str, str]] = {
    "Fieldwell": "our name",
    "XLSForm": "the name of a file format",
    "XForm": "the name of a file format",
    "Kobo": "the name of a program",
    "ODK": "the name of a program",
    "QGIS": "the name of a program",
    "GeoJSON": "the name of a file format",
    "JSON": "the name of a file format",
    "CSV": "the name of a file format",
    "ZIP": "the name of a file format",
    "PDF": "the name of a file format",
    "XLSX": "the name of a file format",
    "Excel": "the name of a program",
    "LibreOffice": "the name of a program",
    "Firefox": "the name of a program",
    "Chrome": "the name of a program",
    "Chromium": "the name of a program",
    "Safari": "the name of a program",
    "Linux": "the name of a system",
    "Android": "the name of a system",
    "OpenStreetMap": "the name of a map",
    "LSOA": "the name that the statistics office gives to small areas",
    "GPS": "known by these letters everywhere",
    "QR": "known by these letters everywhere",
    "WCAG": "known by these letters everywhere",
    "axe": "the name of a program",
    "TalkBack": "the name of a program",
    "VoiceOver": "the name of a program",
    "NVDA": "the name of a program",
    "WebKit": "the name of a program",
    "AA": "a level of the guidelines for access",
    "MP": "the letters of MP3, a file format",
    **dict.fromkeys(("zip", "xlsx", "xls", "md", "csv", "xml", "pmtiles"), "the ending of a file's name"),
    "JAWS": "the name of a program",
    "WAV": "the name of a file format",
    "Noto": "the name of a family of letters",
    "BSL": "known by these letters everywhere",
    "LGBT": "known by these letters everywhere",
    "Enter": "stands on the key",
    "Tab": "stands on the key",
    "Shift": "stands on the key",
    "syl": "the tag of a language, as it is typed",
    "HTTPS": "known by these letters everywhere",
    "MB": "the sign of a unit",
    "kB": "the sign of a unit",
    "px": "the sign of a unit",
}
"""Words in Latin letters that every language writes so, and why."""
ALSO_ASKED: Final = frozenset({"Who are you?"})
"""Questions of a form that is in English alone, in the words of a sentence of ours."""


def layout_faults(page: Page, *, width: int, stands_alone: int = 44) -> list[str]:
    """Say what is clipped, overlaps, hangs over the edge or is too small to hit."""
    return [fault["words"] for fault in layout_findings(page, width=width, stands_alone=stands_alone)]


def layout_findings(page: Page, *, width: int, stands_alone: int = 44) -> list[dict[str, Any]]:
    """Give the same faults, each with its ``words`` and its ``box`` on the page."""
    found: list[dict[str, Any]] = page.evaluate(_script("layout.js"), {"width": width, "standsAlone": stands_alone})
    return found


def structure_faults(page: Page) -> list[str]:
    """Say what is wrong with headings, title, landmarks, skip link and the visible focus."""
    found: list[str] = page.evaluate(_script("structure.js"))
    return found


def language_faults(page: Page, lang: str, direction: str, names: Sequence[str]) -> list[str]:
    """Say what is not in the language that it says it is in, and what is in English though it is translated."""
    asked = {"lang": lang, "dir": direction, "names": list(names), "allowed": list(ALLOWED)}
    found: dict[str, list[str]] = page.evaluate(_script("language.js"), asked)
    needless = sorted((set(found["english"]) & _translated(lang)) - ALSO_ASKED)
    return [*found["faults"], *(f"in English though it is translated: “{text}”" for text in needless)]


def pseudo_faults(page: Page, lang: str, names: Sequence[str]) -> list[str]:
    """Say which words the catalogue of a made-up language does not have."""
    asked = {"lang": lang, "names": list(names), "allowed": list(ALLOWED)}
    found: list[str] = page.evaluate(_script("pseudo.js"), asked)
    return found


def axe_faults(page: Page, look: Look, asleep: CDPSession | None = None) -> list[str]:
    """Say what axe finds: by all rules in light, by those about colours alone in dark."""
    rules = {"type": "tag", "values": WCAG} if look == "light" else {"type": "rule", "values": OF_THE_LOOK}
    options = json.dumps({"runOnly": rules, "resultTypes": ["violations"], "elementRef": False})
    with _awake(asleep):
        page.evaluate(f"() => {{ if (!window.axe) {{ {_axe()} }} {NO_LETTERS_AS_ICONS} }}")
        found: list[dict[str, Any]] = page.evaluate(f"async () => (await axe.run(document, {options})).violations")
    return [f"axe {one['id']}: {node['html'][:160]} {_why(node)}" for one in found for node in one["nodes"]]


@contextmanager
def _awake(asleep: CDPSession | None) -> Iterator[None]:
    """Let scripts run for a while in a page that was read without them; axe waits for itself, and could not."""
    if asleep is None:
        yield
        return
    asleep.send("Emulation.setScriptExecutionDisabled", {"value": False})
    try:
        yield
    finally:
        asleep.send("Emulation.setScriptExecutionDisabled", {"value": True})


@contextmanager
def larger_letters(page: Page, percent: int) -> Iterator[None]:
    """Draw the page with letters of this size, as a browser's own setting does."""
    page.evaluate("(percent) => { document.documentElement.style.fontSize = `${percent}%` }", percent)
    try:
        yield
    finally:
        page.evaluate("() => { document.documentElement.style.fontSize = '' }")


@cache
def _script(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def _why(node: Mapping[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return "; ".join(str(check["message"]) for check in checks[:2])


@cache
def _translated(lang: str) -> frozenset[str]:
    """Give the English sentences that have other words in this language."""
    catalogue = ROOT / "translations" / lang / "LC_MESSAGES/messages.po"
    if not catalogue.is_file():
        return frozenset()
    with catalogue.open("rb") as file:
        entries = [entry for entry in read_po(file) if entry.id and isinstance(entry.id, str) and entry.string]
    return frozenset(str(entry.id) for entry in entries if entry.string != entry.id)
