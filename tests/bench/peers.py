"""Install a peer by name from npm into a folder that git does not see, at the versions its package.json pins."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from hatch_build import find_node

__all__ = ["HERE", "PeerUnavailable", "copy_with", "install", "node", "npm", "run"]

HERE = Path(__file__).parent
CACHE = HERE / ".peers"
COMMAND_SECONDS = 300.0


class PeerUnavailable(Exception):
    """A peer could not be installed, built or run; the text holds the last words of what failed."""


def install(name: str, *, options: Sequence[str] = (), rebuild: Sequence[str] = ()) -> Path:
    """Copy our files for `name` to the cache, install what they pin, return the folder.

    Nothing is fetched when package.json has not changed since. Install scripts do not run, but for the packages named
    in `rebuild`, which hold native code. Raise PeerUnavailable.
    """
    folder = CACHE / name
    shutil.copytree(HERE / name, folder, dirs_exist_ok=True)
    wanted = hashlib.sha256((folder / "package.json").read_bytes()).hexdigest()
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return folder
    npm(["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", *options], folder)
    if rebuild:
        npm(["rebuild", *rebuild], folder)
    stamp.write_text(wanted, encoding="utf-8")
    return folder


@contextmanager
def copy_with(built: Path, name: str, content: str) -> Iterator[Path]:
    """Give a copy of a built page with one more file, the form it shows: two forms can be served side by side."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        page = Path(place) / "page"
        shutil.copytree(built, page)
        (page / name).write_text(content, encoding="utf-8")
        yield page


def npm(arguments: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """Run npm, of the Node that the field app is built with, and return what it printed. Raise PeerUnavailable."""
    return run([*find_node().npm, *arguments], folder, environment)


def node() -> str:
    """Give the program of that Node. Raise PeerUnavailable."""
    found = shutil.which("node", path=_search_path())
    if found is None:
        raise PeerUnavailable("Node is not there. Build the field app first: make build")
    return found


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """Run a command to its end and return what it printed. Raise PeerUnavailable."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {}), "PATH": _search_path()},
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise PeerUnavailable(f"'{' '.join(command)}' failed:\n{done.stderr[-2_000:]}")
    return done.stdout


def _search_path() -> str:
    return os.pathsep.join([*map(str, find_node().folders), os.environ.get("PATH", "")])
