"""What a planted fault is: a change to the code that somebody could really make, and the test that must notice it."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from tests.mutants.checks import Check

__all__ = ["Edit", "Mutant", "Stale", "change"]


class Stale(AssertionError):
    """The code that a mutant changes is not what it was: the mutant must be written anew."""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One place in one file; ``old`` stands there exactly once."""

    file: str
    old: str
    new: str

    def applied(self, text: str) -> str:
        """Give the file's text with the fault in it; raises Stale when there is no such place, or more than one."""
        found = text.count(self.old)
        if found != 1:
            raise Stale(f"{self.file} holds this {found} times instead of once:\n{self.old}")
        return text.replace(self.old, self.new)


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A fault by its name, what it does in a sentence, where, and the cheapest check that must fail with it."""

    name: str
    does: str
    edits: tuple[Edit, ...]
    check: Check


def change(text: str, file: str, edits: Sequence[Edit]) -> str:
    """Apply those edits that are about ``file``; Python must still parse, or any test would notice."""
    for edit in edits:
        if edit.file == file:
            text = edit.applied(text)
    if file.endswith(".py"):
        ast.parse(text)
    return text
