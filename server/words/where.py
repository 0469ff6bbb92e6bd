"""Says where people meet a sentence, in words of people, from the source files that hold it. Pure."""

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["appears_in", "part_of"]

APP: Final = "pwa/"
KINDS: Final = (
    (re.compile(r"pwa/src/ui/questions/"), "App: question"),
    (re.compile(r"pwa/src/ui/interview/"), "App: interview"),
    (re.compile(r"pwa/src/ui/responses/"), "App: list of interviews"),
    (re.compile(r"pwa/src/ui/(?:visit|resident)/"), "App: a resident’s visit"),
    (re.compile(r"pwa/src/ui/home/(?:settings|look|size)"), "App: settings"),
    (re.compile(r"pwa/src/ui/home/"), "App: start"),
    (re.compile(r"pwa/"), "App"),
    (re.compile(r"server/templates/resident/|server/residents/"), "Poster page"),
    (re.compile(r"server/templates/poster_sheet|server/venues/sheet"), "Printed poster"),
)
CONSOLE_PARTS: Final = {
    "people": "people",
    "devices": "phones",
    "venues": "venues and posters",
    "programme": "programme",
    "places": "neighbourhoods",
    "reviews": "responses",
    "exports": "downloads",
    "audit": "audit log",
    "pictures": "photos",
    "setup": "set-up",
    "intake": "what phones send",
    "forms": "forms",
    "upkeep": "upkeep",
}
ENDINGS: Final = re.compile(r"\.(?:tsx?|py|html)$")


def appears_in(paths: Iterable[str]) -> str:
    """List the screens, each once, such as “App: settings; Console: phones”."""
    return "; ".join(dict.fromkeys(screen_of(path) for path in paths))


def part_of(paths: Iterable[str]) -> str:
    """Tell whether the app says a sentence, or the console and the pages of posters, or both."""
    found = {"app" if path.startswith(APP) else "console" for path in paths}
    return "both" if len(found) != 1 else found.pop()


def screen_of(path: str) -> str:
    """Name the screen that a source file belongs to; the name of the file stands behind it to tell screens apart."""
    page = ENDINGS.sub("", path.rsplit("/", 1)[-1]).replace("_", " ").replace("-", " ")
    for pattern, screen in KINDS:
        if pattern.match(path):
            return screen if screen in {"App: settings", "Printed poster"} else f"{screen} ({page})"
    if path.startswith("server/templates/"):
        return f"Console: {page}"
    part = path.split("/")[1] if path.count("/") > 1 else ""
    return f"Console: {CONSOLE_PARTS.get(part, part or page)}"
