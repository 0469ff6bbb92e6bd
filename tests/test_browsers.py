"""No test drives a browser that nobody watches: a stranger asked, a broken policy or an error fails whoever made it."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import Final

from tests.project import project_files, read

DOORS: Final = {
    "tests/journeys/watched.py": "gives everything that it opens to a watch",
    "tests/journeys/webkit_phone.py": "its screen listens to the page's complaints",
    "tests/journeys/firefox_phone.py": "its driver reports requests and complaints of every page",
    "tests/server/test_posters_in_print.py": "answers every request itself, and refuses those to anybody else",
    "tests/bench/browser.py": "measures Fieldwell beside peers, whose pages are no business of ours",
}
OPENS: Final = frozenset({"launch_persistent_context", "new_context", "connect_over_cdp", "launch_server"})
ENGINES: Final = frozenset({"chromium", "firefox", "webkit"})
SEES_TO_IT: Final = frozenset({"Phone", "watched_chromium", "chromium_at_a_desk", "webkit_phone", "firefox_phone"})
"""What looks at its watch when it ends, so it must stand in a `with`."""


def test_browsers_are_opened_through_a_door_that_watches() -> None:
    opened = {path for path in project_files(".py", under="tests") if any(map(opens_browser, calls(tree(path))))}
    assert opened <= set(DOORS)


def test_whoever_opens_a_browser_hears_what_its_watch_saw() -> None:
    careless = [
        f"{path}:{call.lineno}"
        for path in project_files(".py", under="tests")
        for call in watching(tree(path))
        if call not in entered(tree(path))
    ]
    assert careless == []


def tree(path: str) -> ast.Module:
    return parsed(read(path))


@cache
def parsed(text: str) -> ast.Module:
    return ast.parse(text)


def calls(module: ast.Module) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(module) if isinstance(node, ast.Call))


def opens_browser(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(attr="launch", value=ast.Attribute(attr=engine)):
            return engine in ENGINES
        case ast.Attribute(attr=name):
            return name in OPENS
        case ast.Name(id=name):
            return name == "Remote"
    return False


def watching(module: ast.Module) -> Iterator[ast.Call]:
    """Give the calls of what must be entered; there are phones without a browser too, of the same name."""
    imported = {
        name.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests.journeys")
        for name in node.names
    }
    wanted = SEES_TO_IT & imported
    yield from (call for call in calls(module) if isinstance(call.func, ast.Name) and call.func.id in wanted)


def entered(module: ast.Module) -> list[ast.expr]:
    items = (item for node in ast.walk(module) if isinstance(node, ast.With) for item in node.items)
    return [item.context_expr for item in items]
