"""What can be wrong with a form, and where in its sheet.

A problem says what, which and what now. ``path`` and ``aspect`` are how the compiler names the place; sheet, row,
column and cell are how a coordinator finds it, filled in where the source is a sheet (``server.forms.sheets``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["FormProblem", "FormRefused"]


@dataclass(frozen=True)
class FormProblem:
    """One reason to refuse a form; ``remedy`` says what to do about it."""

    code: str
    message: str
    remedy: str
    path: str = ""
    aspect: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    chain: tuple[tuple[str, str], ...] = ()  # of a circle: path and aspect of each link; ``message`` ends with it

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.cell} ({self.column})" if self.cell else self.path
        if not self.cell and self.sheet:
            place = self.sheet + (f", row {self.row}" if self.row else "")
        return f"{place + ': ' if place else ''}{self.message} {self.remedy}".strip()


class FormRefused(Exception):
    """A form can't be published; ``problems`` is never empty."""

    def __init__(self, problems: Sequence[FormProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
