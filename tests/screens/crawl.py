"""Look at every screen in every language at every size; write what is wrong, with a picture of each, into a folder.

    python -m tests.screens.crawl FOLDER      ONLY=words goes on with the screens whose names contain them

Whoever runs it reads FOLDER/report.md; it ends with 1 when there was anything to report.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final, NamedTuple

from playwright.sync_api import Error, Page, sync_playwright

from tests.screens.families import FAMILIES, family
from tests.screens.judging import ON_PAPER
from tests.screens.looking import language_faults, layout_findings
from tests.screens.showing import Shown, Wanted
from tests.screens.views import ALL_VIEWS, View, seen_through
from tests.screens.world import LANGUAGES, world

__all__ = ["main"]

MOST_MINUTES: Final = 90
MOST_PICTURES: Final = 400
AROUND: Final = 24
SMALLEST: Final = 40
NO_BOX: Final = {"x": 0, "y": 0, "width": 320, "height": 740}


class Finding(NamedTuple):
    """A fault, where it was first seen, and its picture."""

    words: str
    screen: str
    view: str
    picture: str


def main(folder: Path, only: str) -> int:
    """Crawl, report, and give the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    began = monotonic()
    findings: dict[tuple[str, str], Finding] = {}
    with sync_playwright() as playwright, world() as made, TemporaryDirectory() as scratch:
        for name in FAMILIES:
            wanted = Wanted(tuple(LANGUAGES), only)
            with family(playwright, made, name, wanted, Path(scratch) / name) as shown:
                for screen in shown:
                    for finding in look_at(screen, made.names, folder, len(findings)):
                        findings.setdefault((finding.words, screen.name.split(" ")[0]), finding)
                    if monotonic() - began > MOST_MINUTES * 60:
                        sys.stderr.write(f'More than {MOST_MINUTES} minutes: go on with ONLY="{screen.name}".\n')
                        return report(folder, list(findings.values()), ended=False)
            sys.stdout.write(f"{name}: {monotonic() - began:.0f} s so far, {len(findings)} different faults\n")
            sys.stdout.flush()
    return report(folder, list(findings.values()), ended=True)


def look_at(screen: Shown, names: list[str], folder: Path, so_far: int) -> Iterator[Finding]:
    """Look at one screen at all sizes."""
    title = f"{screen.name} ({screen.lang})"
    if ON_PAPER not in screen.name:
        for words in language_faults(screen.page, screen.lang, LANGUAGES[screen.lang], names):
            yield Finding(words, title, "320 px", "")
    for view in ALL_VIEWS:
        with seen_through(screen.page, view):
            found = layout_findings(screen.page, width=view.width)
            for number, one in enumerate(found[:5]):
                picture = f"{so_far + number:04d}-{view.width}-{view.letters}.png"
                yield Finding(
                    one["words"], title, view.title, pictured(screen.page, view, one["box"], folder / picture)
                )


def pictured(page: Page, view: View, box: dict[str, Any], path: Path) -> str:
    """Keep a picture of the fault and a little around it; give its name, nothing when there are too many."""
    if path.exists() or len(list(path.parent.glob("*.png"))) >= MOST_PICTURES:
        return path.name if path.exists() else ""
    left, top = max(0, box["x"] - AROUND), max(0, box["y"] - AROUND)
    wide = max(SMALLEST, min(view.width - left, box["width"] + 2 * AROUND))
    high = max(SMALLEST, min(740, box["height"] + 2 * AROUND))
    try:
        page.screenshot(path=path, full_page=True, clip={"x": left, "y": top, "width": wide, "height": high})
    except Error:
        page.screenshot(path=path)  # It lies where no picture reaches.
    return path.name


def report(folder: Path, findings: list[Finding], *, ended: bool) -> int:
    """Write the report, and give the exit code."""
    lines = [
        "# What is wrong on the screens",
        "",
        f"{len(findings)} different faults{'' if ended else ', not to the end'}.",
        "",
    ]
    for one in findings:
        picture = f" ![picture]({one.picture})" if one.picture else ""
        lines.append(f"- {one.words}\n  {one.screen}, {one.view}{picture}")
    (folder / "report.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(findings)} different faults: {folder / 'report.md'}\n")
    return 1 if findings or not ended else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".crawl"), os.environ.get("ONLY", "")))
