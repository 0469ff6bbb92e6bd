"""Find the proxies that Fieldwell is tried behind, and fetch them where that needs no password.

    python -m tests.proxies      make nginx and Caddy ready; say what to install where that is not possible

A program on the machine is taken as it is. On Debian and its kin, packages are fetched and unpacked into a folder that
git does not see: nothing is installed, and no service of the machine starts. Only root may ask for fresh package lists.
"""

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.browsers import attempt

__all__ = ["PROXIES", "ProxyMissing", "can_be_tried", "find", "proxy"]

PROXIES: Final = ("nginx", "caddy")
"""Names of programs, and of Debian's packages that hold them."""
UNPACKED: Final = Path(__file__).parent / ".proxies"
SYSTEM_FOLDERS: Final = ("/usr/sbin", "/usr/local/sbin")
"""Where nginx may be while an ordinary account does not look there."""


class ProxyMissing(Exception):
    """A proxy is not here and cannot be fetched; the text says which, and what to install."""


def proxy(name: str) -> Path:
    """Return the program of a proxy, fetching its package if need be. Raise ProxyMissing."""
    found = find(name) or (find(name) if fetch(name) else None)
    if found is None:
        raise ProxyMissing(
            f"{name} was not found, and could not be fetched. Install it (on Debian or Ubuntu: apt-get install {name}; "
            f"on macOS: brew install {name})."
        )
    return found


def find(name: str) -> Path | None:
    """Return the first program of this name that starts, or None."""
    searched = os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM_FOLDERS])
    on_machine = shutil.which(name, path=searched)
    places = [Path(on_machine)] if on_machine else []
    places += [UNPACKED / folder / name for folder in ("usr/sbin", "usr/bin")]
    return next((path for path in places if path.is_file() and attempt([str(path), version_of(name)])), None)


def version_of(name: str) -> str:
    """Return how the program is asked for its version."""
    return "-v" if name == "nginx" else "version"


def fetch(name: str) -> bool:
    """Fetch a package of Debian's and unpack it for us alone; tell whether that worked."""
    if any(shutil.which(tool) is None for tool in ("apt-get", "dpkg-deb")):
        return False
    with TemporaryDirectory() as folder:
        if not download(name, folder) and not (os.geteuid() == 0 and refresh() and download(name, folder)):
            return False
        return all(attempt(["dpkg-deb", "-x", str(file), str(UNPACKED)]) for file in Path(folder).glob("*.deb"))


def download(name: str, folder: str) -> bool:
    """Download a package into a folder; apt-get leaves it where it is told to work."""
    return attempt(["env", "-C", folder, "apt-get", "download", "-q", name])


def refresh() -> bool:
    """Ask for fresh lists of packages."""
    return attempt(["apt-get", "update", "-q"])


def can_be_tried() -> bool:
    """Tell whether both proxies are here, on a system where one machine has many addresses of its own."""
    return sys.platform == "linux" and all(find(name) for name in PROXIES)


def main() -> int:
    """Make the proxies ready; without them only a developer's machine may go on, never continuous integration."""
    missing = False
    for name in PROXIES:
        try:
            sys.stdout.write(f"{name}: {proxy(name)}\n")
        except ProxyMissing as problem:
            sys.stderr.write(f"{problem} The tests behind proxies are left out.\n")
            missing = True
    return 1 if missing and os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
