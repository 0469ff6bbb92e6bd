"""Draw `docs/gallery.md`: the main screens on a phone and on a desk, in three languages, light and dark.

    python -m tests.screens.gallery

One picture holds a screen's six faces side by side, so that the repository stays small.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image
from playwright.sync_api import Page, Playwright, sync_playwright

from tests.project import ROOT
from tests.screens.app_screens import app_screens
from tests.screens.browsing import HIGH, NARROW, browsing
from tests.screens.console_screens import console_screens, sign_in, to_show
from tests.screens.resident_screens import resident_screens
from tests.screens.showing import Shown, Wanted
from tests.screens.world import LANGUAGES, World, world

__all__ = ["main"]

PICTURES: Final = ROOT / "docs/images/gallery"
PAGE: Final = ROOT / "docs/gallery.md"
SCREENS: Final = {
    "app home": ("home", "The app’s first screen on a worker’s phone"),
    "app assets_and_barriers question 1": ("first-question", "The first question of an interview"),
    "app every_type question 19 wrong": ("choices-wrong", "A choice that was left out, and what is said about it"),
    "app every_type question 20": ("several-choices", "A question with several answers"),
    "app every_type question 36": ("place", "A question about a place"),
    "app every_type question 37": ("photo", "A question that wants a photo"),
    "app assets_and_barriers question 11 filled": ("list", "A list to which a person adds"),
    "app assets_and_barriers check check filled": ("check", "The answers to be checked"),
    "app finished": ("finished", "An interview that is finished and sent"),
    "app interviews": ("interviews", "Your interviews"),
    "app settings": ("settings", "The settings of a phone"),
    "resident app question 1": ("poster", "What a resident sees first who scans a poster"),
    "resident app finished": ("reference", "The code that a resident keeps"),
    "console reviews.list_responses": ("responses", "The console’s list of responses"),
    "console reviews.show_response": ("response", "One response in the console"),
    "console venues.list_venues": ("venues", "Venues"),
    "console phones.list_phones": ("phones", "Phones"),
    "console posters.print_poster": ("poster-print", "A poster to be printed"),
}
WIDTHS: Final = {360: 740, 1280: 860}
LOOKS: Final = ("light", "dark")
GAP: Final = 12
MOST_BYTES: Final = 90_000
ACROSS: Final = {360: 6, 1280: 3}
DRAWN_WIDE: Final = {360: 272, 1280: 560}
QUALITIES: Final = (72, 62, 52, 42, 32)
NAMES_OF_LANGUAGES: Final = "English, Bengali and Arabic"


def main() -> None:
    """Draw all pictures, then write the page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    with sync_playwright() as playwright, world(one_of_everything=False) as made, TemporaryDirectory() as folder:
        shots: dict[tuple[str, int], list[Image.Image]] = {}
        for shown in _screens(playwright, made, Path(folder)):
            for width, high in WIDTHS.items():
                for look in LOOKS:
                    shots.setdefault((shown.name, width), []).append(_shot(shown.page, width, high, look))
            shown.page.set_viewport_size({"width": NARROW, "height": HIGH})
            shown.page.emulate_media(color_scheme="light")
    missing = [name for name in SCREENS if (name, 360) not in shots]
    assert not missing, f"not among the screens: {missing}"
    for (name, width), faces in shots.items():
        (PICTURES / _file(name, width)).write_bytes(_packed(_together(faces, width)))
    PAGE.write_text(_page(), encoding="utf-8")
    sys.stdout.write(f"{len(shots)} pictures\n")


def _screens(playwright: Playwright, made: World, folder: Path) -> Iterator[Shown]:
    """Show those that are drawn, each family in a browser of its own."""
    langs = tuple(LANGUAGES)
    for family in ("console", "app", "resident"):
        with browsing(playwright, folder / family) as started:
            page, chosen = started.page, [name for name in SCREENS if name.startswith(family)]
            if family == "console":
                sign_in(page, made)
                pages = [one for one in to_show(made, folder) if one.name in chosen]
                shown = console_screens(page, made, pages, Wanted(langs))
            elif family == "app":
                shown = app_screens(page, made, Wanted(langs, names=frozenset(chosen)))
            else:
                shown = resident_screens(page, made, Wanted(langs), how="app")
            yield from (one for one in shown if one.name in chosen)


def _shot(page: Page, width: int, high: int, look: str) -> Image.Image:
    page.set_viewport_size({"width": width, "height": high})
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    page.evaluate("() => scrollTo(0, 0)")
    return Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")


def _together(faces: list[Image.Image], width: int) -> Image.Image:
    """Lay the faces side by side, small enough to be read."""
    small = [face.resize((DRAWN_WIDE[width], face.height * DRAWN_WIDE[width] // face.width)) for face in faces]
    if ACROSS[width] == len(LANGUAGES):  # light above, dark below
        small = small[0::2] + small[1::2]
    wide, high = small[0].size
    across = ACROSS[width]
    rows = (len(small) + across - 1) // across
    sheet = Image.new("RGB", (across * (wide + GAP) + GAP, rows * (high + GAP) + GAP), "#8a8f94")
    for number, face in enumerate(small):
        sheet.paste(face, (GAP + number % across * (wide + GAP), GAP + number // across * (high + GAP)))
    return sheet


def _packed(sheet: Image.Image) -> bytes:
    """Write a picture as well as it may be within its bytes."""
    return next(
        (packed for quality in QUALITIES if len(packed := _webp(sheet, quality)) <= MOST_BYTES),
        _webp(sheet, QUALITIES[-1]),
    )


def _webp(sheet: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    sheet.save(written, "WEBP", quality=quality, method=6)
    return written.getvalue()


def _file(name: str, width: int) -> str:
    return f"{SCREENS[name][0]}-{width}.webp"


def _page() -> str:
    """Write the page that shows them."""
    lines = [
        "# Gallery",
        "",
        f"The main screens at 360 and at 1,280 pixels, each in {NAMES_OF_LANGUAGES}, light and dark, made up.",
        "`make gallery` draws all of this again.",
    ]
    for name, (_file_name, title) in SCREENS.items():
        lines += ["", f"## {title}"]
        for width in WIDTHS:
            order = "side by side" if ACROSS[width] > len(LANGUAGES) else "light above, dark below"
            said = f"{title}, {width} pixels wide, in {NAMES_OF_LANGUAGES}, {order}"
            lines += ["", f"![{said}](images/gallery/{_file(name, width)})"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
