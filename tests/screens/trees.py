"""What a screen reader is given on the way through an interview: roles, names and states, written down to be read.

python -m tests.screens.trees      writes tests/screens/trees/<language>.txt anew; read the difference before keeping it
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import Page, sync_playwright

from tests.screens.app_screens import begin, enrol_phone, speak
from tests.screens.browsing import browsing
from tests.screens.walking import answer_and_go_on, go_on, settled
from tests.screens.world import World, world

__all__ = ["FORM", "LANGS", "kept", "steps", "written"]

FORM: Final = "assets_and_barriers"
LANGS: Final = ("en", "ar")
FOLDER: Final = Path(__file__).parent / "trees"
ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOST_PAGES: Final = 60


def steps(page: Page, world: World, lang: str) -> Iterator[tuple[str, str]]:
    """Go through an interview in a language; give the name of each step that is written down, and its tree."""
    begin(page, world, FORM)
    speak(page, world, page.url.removeprefix(world.url), lang)
    yield "first page", tree(page)
    assert not go_on(page), "the first page wants an answer"
    yield "first page, left without an answer", tree(page)
    named = {2: "two questions", 3: "one choice", 4: "a thing that helps", 6: "several choices"}
    for number in range(2, MOST_PAGES):
        answer_and_go_on(page)
        if page.url.endswith("/check-equality"):
            break
        is_list = re.search(r"/interview/[^/]+/\d+$", page.url) and page.locator("main .cards").count()
        name = "a list" if is_list else named.get(number)
        if page.url.endswith("/check"):
            name = "what is to be checked"
        if name is not None:
            yield name, tree(page)
    go_on(page)
    page.wait_for_url("**/finished")
    page.locator("main .chip-good").wait_for()
    yield "finished and sent", tree(page)


def tree(page: Page) -> str:
    """Give what stands in the main part, without what is different each time."""
    settled(page)
    return ID.sub("…", page.locator("main").aria_snapshot())


def written(found: Iterator[tuple[str, str]]) -> str:
    """Write steps down one below the other."""
    return "".join(f"=== {name}\n{lines}\n\n" for name, lines in found)


def kept(lang: str) -> str:
    """Give what was written down."""
    return (FOLDER / f"{lang}.txt").read_text(encoding="utf-8")


def main() -> None:
    """Write all of them down."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright, world() as made, TemporaryDirectory() as folder:
        for lang in LANGS:
            with browsing(playwright, Path(folder) / lang) as started:
                enrol_phone(started.page, made)
                text = written(steps(started.page, made, lang))
            (FOLDER / f"{lang}.txt").write_text(text, encoding="utf-8")
            sys.stdout.write(f"{FOLDER / lang}.txt\n")


if __name__ == "__main__":
    main()
