"""Find the browsers that journeys and benchmarks drive, and fetch them where that needs no password.

    python -m tests.browsers      make them ready; say what to install where that is not possible

Chromium: the one named by FIELDWELL_CHROMIUM, else one on the machine, else what Playwright can fetch, else, as root on
Debian, the package. Firefox: the one named by FIELDWELL_FIREFOX, else one on the machine, else the package. WebKitGTK
(Linux only) comes from packages. Nothing here calls sudo, so nobody is asked a password.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import sync_playwright

__all__ = ["BrowserMissing", "WebKit", "chromium", "find_firefox", "find_webkit", "firefox", "webkit"]

CHROMIUM_PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
FIREFOX_PROGRAMS: Final = ("firefox-esr", "firefox")
FIREFOX_PLACES: Final = (
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:/Program Files/Mozilla Firefox/firefox.exe",
)
FIREFOX_PACKAGES: Final = ("firefox-esr",)
MINI_BROWSER_PLACES: Final = ("usr/lib/*/webkit2gtk-4*/MiniBrowser", "usr/libexec/webkit2gtk-4*/MiniBrowser")
WEBKIT_PACKAGES: Final = ("webkit2gtk-driver", "xvfb")
START_SECONDS: Final = 60


class BrowserMissing(Exception):
    """A browser is not here and cannot be fetched; the text says which, and what to install."""


class WebKit(NamedTuple):
    """The programs that a WebKitGTK session needs: its WebDriver, the browser, and a display without a screen."""

    driver: Path
    browser: Path
    display: Path


def chromium() -> Path:
    """Return a Chromium or Chrome that starts, fetching one if need be. Raise BrowserMissing."""
    found = find_chromium()
    if found is None and attempt([sys.executable, "-m", "playwright", "install", "chromium"]):
        found = find_chromium()
    if found is None and install_packages(["chromium"]):
        found = find_chromium()
    if found is None:
        raise BrowserMissing(
            "No Chromium or Chrome that starts was found, and none could be fetched. Install one (on Debian or Ubuntu: "
            "apt-get install chromium), or name yours in FIELDWELL_CHROMIUM."
        )
    return found


def firefox() -> Path:
    """Return a Firefox that starts, installing the package as root on Debian. Raise BrowserMissing."""
    found = find_firefox()
    if found is None and install_packages(FIREFOX_PACKAGES):
        found = find_firefox()
    if found is None:
        raise BrowserMissing(
            "No Firefox that starts was found. Install one (on Debian: "
            f"apt-get install {' '.join(FIREFOX_PACKAGES)}), or name yours in FIELDWELL_FIREFOX."
        )
    return found


def webkit() -> WebKit:
    """Return the programs of WebKitGTK, installing them as root on Debian. Raise BrowserMissing."""
    found = find_webkit()
    if found is None and install_packages(WEBKIT_PACKAGES):
        found = find_webkit()
    if found is None:
        raise BrowserMissing(
            "WebKitGTK was not found. Install its packages (on Debian or Ubuntu: "
            f"apt-get install {' '.join(WEBKIT_PACKAGES)}); other systems have no build that can be driven."
        )
    return found


def find_chromium() -> Path | None:
    """Return the first candidate that starts, or None."""
    return next((path for path in chromium_candidates() if starts(path)), None)


def chromium_candidates() -> Iterable[Path]:
    """Yield places of a Chromium, the most explicit wish first; they need not exist."""
    if named := os.environ.get("FIELDWELL_CHROMIUM"):
        yield Path(named)
    yield from (Path(found) for name in CHROMIUM_PROGRAMS if (found := shutil.which(name)))
    yield from map(Path, CHROMIUM_PLACES)
    with sync_playwright() as playwright:
        fetched = Path(playwright.chromium.executable_path)
    yield fetched


def find_firefox() -> Path | None:
    """Return the first candidate that starts, or None; the most explicit wish comes first."""
    named = os.environ.get("FIELDWELL_FIREFOX")
    installed = [found for name in FIREFOX_PROGRAMS if (found := shutil.which(name))]
    candidates = [*([named] if named else []), *installed, *FIREFOX_PLACES]
    return next((path for path in map(Path, candidates) if starts(path)), None)


def starts(program: Path) -> bool:
    """Tell whether the program can say its version: one that lacks a system library cannot."""
    return program.is_file() and attempt([str(program), "--version"], seconds=START_SECONDS)


def find_webkit() -> WebKit | None:
    """Return the programs of WebKitGTK when all three are here."""
    driver, display = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = [path for pattern in MINI_BROWSER_PLACES for path in sorted(Path("/").glob(pattern))]
    if driver is None or display is None or not browsers:
        return None
    return WebKit(driver=Path(driver), browser=browsers[-1], display=Path(display))


def install_packages(names: Sequence[str]) -> bool:
    """Install packages as root on Debian and its kin; do nothing, and return False, for anybody else."""
    if os.name == "nt" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return attempt(["apt-get", "update", "-q"]) and attempt(
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *names]
    )


def attempt(command: Sequence[str], *, seconds: float | None = None) -> bool:
    """Run a command and tell whether it succeeded; what it said is shown when it did not."""
    try:
        outcome = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=seconds, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        sys.stderr.write(f"{problem}\n")
        return False
    if outcome.returncode:
        sys.stderr.write(f"{' '.join(command)} ended with code {outcome.returncode}:\n{outcome.stdout}{outcome.stderr}")
    return outcome.returncode == 0


def main() -> int:
    """Make the browsers ready; only a developer's machine may go on with Chromium alone, not continuous integration."""
    try:
        sys.stdout.write(f"Chromium: {chromium()}\n")
    except BrowserMissing as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    others = {"Firefox": firefox, "WebKitGTK": lambda: webkit().browser}
    ready = [tell_of(name, find) for name, find in others.items()]
    return 1 if os.environ.get("CI") and not all(ready) else 0


def tell_of(name: str, find: Callable[[], Path]) -> bool:
    """Say where a browser is, or that its journeys are left out."""
    try:
        sys.stdout.write(f"{name}: {find()}\n")
    except BrowserMissing as problem:
        sys.stderr.write(f"{problem} The journeys in {name} are left out.\n")
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
