"""House style, as far as a machine can see it. A reason for an exception stands beside the exception."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

import pytest

from tests.project import project_files, read

FILE_LINES: Final = 300
TEST_FILE_LINES: Final = 400
FUNCTION_LINES: Final = 60

# path → why it may be longer. Splitting a story in two to please a number is worse than the number.
LONG_FILES: Final[dict[str, str]] = {}
# "path name" → why it may be longer.
LONG_FUNCTIONS: Final[dict[str, str]] = {}

CODE: Final = (".py", ".ts", ".tsx", ".js", ".cjs", ".mjs")
VAGUE_NAMES: Final = frozenset("util utils helper helpers common misc manager data info handle process stuff".split())
ABBREVIATIONS: Final = frozenset(
    "addr attr attrs btn buf cb cfg cmd cnt conf conn ctx cur desc dest dir dirs doc el elem err evt exc fmt fn func "
    "idx img iter lbl len lst mgr msg msgs num obj opts param params pkg pos prev proc ptr pwd qs req resp ret "
    "sess src srv stmt tbl tmp txt usr val vals var".split()
)
# Names that a library or a standard chose for us.
GIVEN_NAMES: Final = frozenset({"dir", "msg", "src", "tmp_path", "tmp_path_factory"})
UNFINISHED: Final = re.compile(
    r"\bTODO\b|\bFIXME\b|\bXXX\b|NotImplementedError|pytest\.(mark\.)?(skip|xfail|importorskip)|unittest\.skip"
    r"|\b(it|test|describe)\.(skip|only|todo)\b|assert True\b|expect\(true\)|@ts-ignore|\bdebugger;"
)


def test_files_are_short_enough_to_read() -> None:
    too_long = {
        path: length
        for path in project_files(*CODE)
        if (length := read(path).count("\n")) > (TEST_FILE_LINES if is_test(path) else FILE_LINES)
    }
    assert sorted(too_long) == sorted(LONG_FILES), "Split these, or give a reason above; drop reasons no longer needed."


def test_functions_are_short_enough_to_read() -> None:
    too_long = [
        f"{path} {name}" for path in project_files(*CODE) for name, length in functions(path) if length > FUNCTION_LINES
    ]
    assert sorted(too_long) == sorted(LONG_FUNCTIONS), "Split these, or give a reason above; drop old reasons."


def test_every_exception_has_a_reason() -> None:
    for reason in (*LONG_FILES.values(), *LONG_FUNCTIONS.values()):
        assert len(reason.split()) > 4, f"“{reason}” says too little"


def test_names_of_files_and_folders_say_what_is_inside() -> None:
    vague = [
        path
        for path in project_files(*CODE)
        if VAGUE_NAMES
        & {word for part in PurePosixPath(path).with_suffix("").parts for word in re.split(r"[_.-]", part)}
    ]
    assert vague == []


def test_names_in_code_are_words() -> None:
    found = {
        f"{path}: {name}"
        for path in project_files(*CODE)
        for name in defined_names(path)
        if ABBREVIATIONS & set(words_of(name)) and name not in GIVEN_NAMES
    }
    assert sorted(found) == []


def test_nothing_is_left_for_later_or_left_out() -> None:
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in project_files(*CODE, ".html", ".css", ".toml", ".md", "Makefile")
        if path != "tests/test_tidy.py"
        for number, line in enumerate(read(path).splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_no_file_knows_one_machine_or_one_download_address() -> None:
    """Registries are found by their clients' own settings; no checkout lives at a path that others have."""
    local = re.compile(
        r'"resolved": *"https?:|index-url|registry\.npmjs|pypi\.org|pythonhosted|/home/\w+/|/Users/\w+/|/root/'
    )
    # In vectors and random forms, /root/… is a path in a form.
    exempt = ("tests/test_tidy.py", "tests/vectors/", "tests/fuzz/")
    found = [path for path in project_files() if not path.startswith(exempt) and local.search(read(path))]
    assert found == []


def code_folders() -> list[str]:
    return sorted(
        {PurePosixPath(path).parent.as_posix() for path in project_files(".py", ".ts", ".tsx")} - {".", "pwa"}
    )


@pytest.mark.parametrize("folder", code_folders())
def test_folder_has_a_readme_with_a_line_for_each_child(folder: str) -> None:
    text = read(f"{folder}/README.md")
    children = {PurePosixPath(path).relative_to(folder).parts[0] for path in project_files(under=folder)}
    missing = [child for child in sorted(children) if not has_line(text, child)]
    assert missing == [], f"{folder}/README.md has no line for these"


def has_line(text: str, child: str) -> bool:
    """Tell whether a list item, a table row or a line of a code block tells of the file or folder."""
    if child in {"README.md", "__init__.py", "conftest.py"} or ".test." in child:
        return True
    stem = child.split(".")[0] if not child.startswith(".") else child
    return re.search(rf"^.*(?<![\w-])({re.escape(child)}|{re.escape(stem)})(?![\w-])", text, re.MULTILINE) is not None


def is_test(path: str) -> bool:
    return path.startswith("tests/") or ".test." in path


def functions(path: str) -> Iterator[tuple[str, int]]:
    """Yield name and length in lines of each function of a file."""
    if path.endswith(".py"):
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1
    else:
        yield from braced_functions(read(path).splitlines())


BRACED_START: Final = re.compile(
    r"^(?P<indent> *)(?:[\w ]*\bfunction\*? (?P<name>\w+)|(?:async )?(?P<method>\w+)\()[^;]*$"
)


def braced_functions(lines: list[str]) -> Iterator[tuple[str, int]]:
    """Yield functions and methods of TypeScript; Biome's layout puts the closing brace under the first letter."""
    for start, line in enumerate(lines):
        match = BRACED_START.match(line)
        if match is None or match["method"] in {"if", "for", "while", "switch", "return", "catch"}:
            continue
        closing = re.compile(rf"^{match['indent']}\}}")
        end = next((number for number in range(start + 1, len(lines)) if closing.match(lines[number])), start)
        yield match["name"] or match["method"], end - start + 1


def defined_names(path: str) -> Iterator[str]:
    """Yield the names that a file gives to functions, classes, arguments and variables."""
    if not path.endswith(".py"):
        yield from re.findall(r"\b(?:const|let|function|class|interface|type) (\w+)", read(path))
        return
    for node in ast.walk(ast.parse(read(path))):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name


def words_of(name: str) -> list[str]:
    """Return the words of a snake_case or camelCase name."""
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower().split("_")
