"""What the documents promise is there: commands, links, words, and a reason for each dependency."""

import re
import tomllib
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final

import pytest

from server.cli import main
from tests.project import ROOT, project_files, read

DOCUMENTS: Final = project_files(".md")
LINK: Final = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE: Final = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)

FIELDWELL_COMMAND: Final = re.compile(
    r"(?:`|^\s*)fieldwell ((?:form|neighbourhood|person) [a-z]+|[a-z][a-z-]*)", re.MULTILINE
)


def prose(path: str) -> str:
    return FENCE.sub("", read(path))


@pytest.mark.parametrize("path", DOCUMENTS)
def test_links_lead_somewhere(path: str) -> None:
    broken = [link for link in LINK.findall(prose(path)) if not leads_somewhere(path, link)]
    assert broken == []


def leads_somewhere(path: str, link: str) -> bool:
    """Follow a link within the project; addresses elsewhere are not fetched by a test."""
    if re.match(r"(https|mailto):", link):
        return True
    target, _, anchor = link.partition("#")
    file = normpath(f"{PurePosixPath(path).parent}/{target}") if target else path
    return (ROOT / file).exists() and (not anchor or anchor in anchors(file))


def anchors(path: str) -> set[str]:
    """Return the anchors that the headings of a Markdown file get."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_make_commands_exist(path: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^\s*)make ([a-z-]+)\b", read(path), re.MULTILINE))
    assert named <= targets


def test_fieldwell_commands_exist(capsys: pytest.CaptureFixture[str]) -> None:
    named = {found for path in DOCUMENTS for found in FIELDWELL_COMMAND.findall(read(path))}
    assert named >= {"demo", "serve"}
    for command in sorted(named):
        with pytest.raises(SystemExit) as ended:
            main([*command.split(), "--help"])
        assert ended.value.code == 0, f"fieldwell {command}\n{capsys.readouterr().err}"


def test_makefile_explains_every_target_that_people_call() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    assert phony is not None
    explained = set(re.findall(r"^([a-z-]+):.*## \w", read("Makefile"), re.MULTILINE))
    assert set(phony[1].split()) - explained == {"browsers", "office", "proxies"}, "they are steps of test and bench"


def glossary() -> list[tuple[str, str, str]]:
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", read("GLOSSARY.md"), re.MULTILINE)
    return [row for row in rows if row[0] != "term"]


def test_glossary_is_in_alphabetical_order_and_has_each_term_once() -> None:
    terms = [term.lower() for term, _meaning, _place in glossary()]
    assert len(terms) > 40
    assert terms == sorted(set(terms))


def test_glossary_names_places_that_exist() -> None:
    missing = [
        (term, path)
        for term, _meaning, places in glossary()
        for path in re.findall(r"`([^`]+)`", places)
        if not (ROOT / path).exists()
    ]
    assert missing == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    packages = [re.split(r"[<>=\[ ]", name)[0] for name in project["dependencies"]]
    app = re.search(r'"dependencies": \{(.*?)\}', read("pwa/package.json"), re.DOTALL)
    assert app is not None
    packages += re.findall(r'"([^"]+)": "', app[1])
    text = read("ARCHITECTURE.md")
    assert [name for name in packages if f"| {name} |" not in text] == []


def test_every_dependency_of_python_is_pinned() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    pins = re.findall(r"^([\w.-]+)==", read("deploy/constraints.txt"), re.MULTILINE)
    unpinned = {plain(re.split(r"[<>=\[ ]", name)[0]) for name in wanted} - {plain(name) for name in pins}
    assert unpinned == set()


def plain(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
