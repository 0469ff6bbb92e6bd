"""Reads the planted faults, which stand in files of their own: code inside code is easiest to read as plain text."""

import tomllib
from pathlib import Path
from typing import Any, Final

from tests.mutants.checks import Check, Node, Pytest, Seeds
from tests.mutants.mutant import Edit, Mutant

__all__ = ["read_mutants"]

HERE: Final = Path(__file__).parent
MEMBERS: Final = {"name", "does", "edit"}
CHECKS: Final = {"pytest", "node", "seeds"}

Entry = dict[str, Any]


def read_mutants() -> tuple[Mutant, ...]:
    """Read all of them, file by file."""
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml"))]
    return tuple(_mutant(entry) for table in tables for entry in table["mutant"])


def _mutant(entry: Entry) -> Mutant:
    assert MEMBERS < entry.keys() <= MEMBERS | CHECKS, f"{entry['name']} has a member too many or too few."
    return Mutant(
        name=entry["name"], does=entry["does"], edits=tuple(Edit(**edit) for edit in entry["edit"]), check=_check(entry)
    )


def _check(entry: Entry) -> Check:
    match entry:
        case {"pytest": names}:
            return Pytest(tuple(names))
        case {"node": files}:
            return Node(tuple(files))
        case {"seeds": [first, last]}:
            return Seeds(tuple(range(first, last + 1)))
    raise AssertionError(f"{entry['name']} does not say which check must catch it.")
