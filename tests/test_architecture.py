"""Who may import whom, as ARCHITECTURE.md says it. Each rule is a test; what differs by folder is a table."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final

from tests.project import project_files, read

PURE: Final = (
    "server.formlogic",
    "sync.answers",
    "sync.backoff",
    "sync.batch",
    "sync.codes",
    "sync.hashes",
    "sync.ids",
    "sync.messages",
    "sync.moves",
    "sync.pace",
    "sync.references",
    "sync.replies",
    "sync.schemas",
    "sync.session",
    "sync.session_effects",
    "sync.session_events",
    "sync.session_types",
    "sync.shape",
    "sync.visits",
    "sync.waking",
)
# The runner of vector files is a command: it reads files, and needs the compiler to make trees from text.
EDGES_OF_PURE: Final = frozenset({"server.formlogic.conformance", "server.formlogic.__main__"})
OUTER_WORLD: Final = frozenset(
    "asyncio flask http io logging os pathlib random requests secrets shutil socket sqlite3 subprocess sys tempfile "
    "threading time urllib.request werkzeug".split()
)
CLOCKS_AND_CHANCE: Final = frozenset(
    "datetime.now datetime.utcnow datetime.today date.today uuid.uuid1 uuid.uuid4 uuid1 uuid4".split()
)

# Modules of a domain that may know HTTP, and why.
HTTP_MODULES: Final = {
    "views": "requests come in and answers go out here",
    "attachment_views": "requests come in and answers go out here",
    "console_views": "requests come in and answers go out here",
    "change_views": "requests come in and answers go out here",
    "placing_views": "requests come in and answers go out here",
    "import_views": "requests come in and answers go out here",
    "import_wording": "filters of the templates",
    "map_file_views": "requests come in and answers go out here",
    "barrier_views": "requests come in and answers go out here",
    "decision_views": "requests come in and answers go out here",
    "decision_page": "two views show it: it reads what their addresses ask, and makes the addresses that lead on",
    "decision_wording": "sentences go through the catalogue of the request's language",
    "phone_views": "requests come in and answers go out here",
    "code_views": "the answer of two views: codes on the screen, or slips to print",
    "invitation_views": "requests come in and answers go out here",
    "poster_change_views": "requests come in and answers go out here",
    "poster_views": "requests come in and answers go out here",
    "history_views": "requests come in and answers go out here",
    "merge_views": "requests come in and answers go out here",
    "redact_views": "requests come in and answers go out here",
    "erase_views": "requests come in and answers go out here",
    "coming_back": "views of changes share it: it reads what came along, and makes the address that leads back",
    "release_views": "requests come in and answers go out here",
    "duplicate_views": "requests come in and answers go out here",
    "set_aside_views": "requests come in and answers go out here",
    "draft_views": "requests come in and answers go out here",
    "form_views": "requests come in and answers go out here",
    "neighbourhood_views": "requests come in and answers go out here",
    "boundary_views": "requests come in and answers go out here",
    "onward": "after a step of the set-up it leads to the page of the next",
    "answers_views": "requests come in and answers go out here",
    "refused_views": "requests come in and answers go out here",
    "ending_views": "requests come in and answers go out here",
    "visit_views": "requests come in and answers go out here",
    "help_views": "requests come in and answers go out here",
    "word_views": "requests come in and answers go out here",
    "language": "a resident's page speaks the language that its request asks for",
    "replies": "pages of residents get their headers here",
    "arriving": "the body of a request is read off its connection here",
    "account_views": "requests come in and answers go out here",
    "person_views": "requests come in and answers go out here",
    "team_views": "requests come in and answers go out here",
    "welcome_views": "requests come in and answers go out here",
    "sessions": "the signed-in person lives in Flask's session",
    "known_browsers": "the mark of a browser is a cookie",
    "figures": "templates ask it for counts and times in the digits of the page",
    "filter_wording": "templates ask it for words in the language of the page",
    "wording": "templates ask it for words in the language of the page",
}
DOMAINS: Final = frozenset(
    PurePosixPath(path).parts[1]
    for path in project_files(".py", under="server")
    if len(PurePosixPath(path).parts) > 2 and PurePosixPath(path).parts[1] not in {"store", "formlogic"}
)

# Folder of pwa/src → folders that it may import. `main` may import everything.
TYPESCRIPT_LAYERS: Final[dict[str, frozenset[str]]] = {
    "i18n": frozenset(),
    "formlogic": frozenset(),
    "environment": frozenset({"sync", "i18n"}),
    "sync": frozenset({"environment"}),
    "store": frozenset({"environment", "formlogic", "i18n", "sync"}),
    "app": frozenset({"environment", "formlogic", "i18n", "store", "sync"}),
    "ui": frozenset({"app", "formlogic", "i18n"}),
    "platform": frozenset({"environment", "i18n"}),
    "sw": frozenset(),
    "islands": frozenset(),
}
IMPORT_OF_TYPESCRIPT: Final = re.compile(r"""^(import type|import|export)\b[^;'"]*?['"](\.[^'"]+)['"]""", re.MULTILINE)
BROWSER_OR_CHANCE: Final = re.compile(
    r"\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bfetch\(|\bindexedDB\b|\bwindow\.|\bnavigator\.|\blocalStorage\b"
    r"|\bcrypto\.|\bsetTimeout\b|\bdocument\.(querySelector|createElement|documentElement|body)|['\"]node:"
)


def test_pure_modules_know_no_outer_world() -> None:
    found = [
        f"{module} → {name}"
        for module in pure_modules()
        for name in imports(module)
        if any(within(name, outer) for outer in OUTER_WORLD)
    ]
    assert found == []


def test_pure_modules_ask_no_clock_and_no_chance() -> None:
    asked = [
        f"{module}: {call}"
        for module in pure_modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and (call := ast.unparse(node.func)) in CLOCKS_AND_CHANCE
    ]
    assert asked == []


def test_form_logic_stands_alone() -> None:
    inner = [module for module in MODULES if within(module, "server.formlogic") and module not in EDGES_OF_PURE]
    assert breaches(inner, lambda name: within(name, "server") and not within(name, "server.formlogic")) == []


def test_sync_imports_nothing_of_the_server() -> None:
    assert breaches([m for m in MODULES if within(m, "sync")], lambda name: within(name, "server")) == []


def test_only_the_command_line_imports_the_sync_client() -> None:
    others = [m for m in MODULES if m != "server.cli" and not within(m, "sync.client")]
    assert breaches(others, lambda name: within(name, "sync.client")) == []


def test_only_the_application_imports_views() -> None:
    others = [m for m in MODULES if m != "server.app"]
    assert breaches(others, lambda name: within(name, "server") and "views" in name.split(".")) == []


def test_only_views_know_http() -> None:
    deciding = [m for m in domain_modules() if m.rsplit(".", 1)[-1] not in HTTP_MODULES]
    assert breaches(deciding, lambda name: re.match(r"(flask|werkzeug)", name) is not None) == []


def test_sql_is_written_in_queries_and_the_store_only() -> None:
    # A probe that names no table (`SELECT 1`) is no query.
    statement = re.compile(
        r"\s*(SELECT\b[\s\S]*\bFROM|INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|PRAGMA|BEGIN|WITH \w+ AS)\b\s"
    )
    stores = ("server.store", "sync.client.schema")
    elsewhere = [
        m
        for m in MODULES
        if not any(within(m, store) for store in stores) and not m.rsplit(".", 1)[-1].endswith("queries")
    ]
    found = [
        f"{module}:{node.lineno}"
        for module in elsewhere
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and statement.match(node.value)
    ]
    assert found == []


def test_the_store_knows_no_domain() -> None:
    store = [m for m in MODULES if within(m, "server.store")]
    assert breaches(store, lambda name: len(name.split(".")) > 1 and name.split(".")[1] in DOMAINS) == []


def test_typescript_layers_point_one_way() -> None:
    found = [
        f"{path} → {target}"
        for path in typescript_files()
        if (layer := layer_of(path)) != "main"
        for target in typescript_imports(path)
        if (wanted := layer_of(target)) != layer and wanted not in TYPESCRIPT_LAYERS[layer] | {"generated"}
    ]
    assert found == []


def test_screens_take_types_only_from_the_form_engine() -> None:
    found = [
        path
        for path in typescript_files()
        if layer_of(path) == "ui"
        for kind, target in IMPORT_OF_TYPESCRIPT.findall(read(path))
        if "/formlogic/" in target and kind != "import type"
    ]
    assert found == []


def test_pure_typescript_asks_no_browser_no_clock_and_no_chance() -> None:
    found = [
        f"{path}: {match.group()}"
        for path in typescript_files()
        if layer_of(path) in {"formlogic", "sync"} and "conformance" not in path
        if (match := BROWSER_OR_CHANCE.search(without_comments(read(path))))
    ]
    assert found == []


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES: Final = {
    module_name(path): path for path in (*project_files(".py", under="server"), *project_files(".py", under="sync"))
}


def tree(module: str) -> ast.Module:
    return ast.parse(read(MODULES[module]))


def imports(module: str) -> Iterator[str]:
    """Yield the full names that a module imports, those under TYPE_CHECKING too: a type is knowledge as well."""
    for node in ast.walk(tree(module)):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(origin), names=names):
                yield from (f"{origin}.{name.name}" for name in names)


def breaches(modules: list[str], forbidden: Callable[[str], bool]) -> list[str]:
    return [f"{module} → {name}" for module in modules for name in imports(module) if forbidden(name)]


def pure_modules() -> list[str]:
    return [m for m in MODULES if any(within(m, package) for package in PURE) and m not in EDGES_OF_PURE]


def domain_modules() -> list[str]:
    return [m for m in MODULES if m.startswith("server.") and m.split(".")[1] in DOMAINS]


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def typescript_files() -> list[str]:
    return [path for path in project_files(".ts", ".tsx", under="pwa/src") if ".test." not in path]


def typescript_imports(path: str) -> Iterator[str]:
    """Yield what a file imports by a relative path, as paths from the root."""
    for _kind, target in IMPORT_OF_TYPESCRIPT.findall(read(path)):
        yield normpath(f"{PurePosixPath(path).parent}/{target}")


def layer_of(path: str) -> str:
    """Return the folder under pwa/src that a file lies in, or the stem of a file that lies there itself."""
    return PurePosixPath(path).relative_to("pwa/src").parts[0].split(".")[0]


def without_comments(text: str) -> str:
    return re.sub(r"/\*[\s\S]*?\*/|//.*", "", text)
