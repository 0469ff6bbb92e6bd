"""What publishing a draft would change. Pure."""

from dataclasses import dataclass

from server.forms import differences
from server.forms.compile import Compiled
from server.forms.differences import Difference

__all__ = ["Comparison", "compare", "differences_between"]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A draft beside the published version ``against``, None for a form that is new here.

    ``taken``: that version holds another logic under the same name, so the draft needs a new one.
    """

    against: str | None
    taken: bool
    differences: tuple[Difference, ...]


def compare(compiled: Compiled, *, against: str | None, published: str | None, taken: bool) -> Comparison:
    """Compare a draft with the text of a published logic; ``taken``: both have the same version."""
    found = differences_between(published, compiled.logic_text) if published is not None else ()
    return Comparison(against=against, taken=taken and bool(found), differences=found)


def differences_between(published: str, offered: str) -> tuple[Difference, ...]:
    """List what differs between two logics; nothing when they are the same text."""
    return () if published == offered else differences.between(published, offered)
