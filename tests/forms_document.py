"""Write docs/forms.md: prose from a template, tables from the code and from what the vectors prove.

`python -m tests.forms_document` writes it; a test says when it is out of date.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from server.formlogic.check import ANSWER_CHARACTERS
from server.formlogic.functions import FUNCTIONS
from server.forms import support
from server.forms.assembly import QUESTION_LIMIT
from server.forms.choices import ITEM_LIMIT
from server.forms.conversion import CONVERSION_SECONDS
from server.forms.list_files import LIST_BYTES, ROW_LIMIT
from server.forms.media_files import MEDIA_BYTES, MEDIA_TYPES
from server.forms.problems import FormRefused
from server.forms.sheets import COLUMNS
from server.forms.wordings import TEXT_CHARACTERS
from server.forms.workbooks import FILE_BYTES, UNPACKED_BYTES
from server.forms.xlsform import compile_file
from server.forms.xpath import MAXIMUM_DEPTH, MAXIMUM_HEIGHT, MAXIMUM_LENGTH
from tests.forms_document_words import FUNCTION_LINES, TYPES
from tests.project import ROOT

__all__ = ["DOCUMENT", "document"]

DOCUMENT: Final = ROOT / "docs" / "forms.md"
TEMPLATE: Final = ROOT / "tests" / "forms_document.template.md"
VECTORS: Final = ROOT / "tests" / "vectors"
MEGABYTE: Final = 1024 * 1024
CASES_NAMED: Final = 12
"""Cases named for one function; the rest are counted."""


def document() -> str:
    """Write the whole document: the template, with each mark replaced by what the code says."""
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, made in {
        "types": table(("type", "what people see", "taken"), type_rows()),
        "columns": table(("what", "headings that are read"), column_rows()),
        "appearances": ", ".join(f"`{one}`" for one in sorted(support.APPEARANCES)),
        "functions": table(("function", "arguments", "gives", "cases"), function_rows()),
        "proofs": "\n".join(proofs()),
        "media": ", ".join(f"`{one}`" for one in MEDIA_TYPES),
        "limits": table(("of what", "limit"), limits()),
    }.items():
        assert text.count(f"<!-- {name} -->") == 1, f"The template marks the place of {name} once."
        text = text.replace(f"<!-- {name} -->", made.rstrip())
    return text


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def type_rows() -> list[tuple[str, str, str]]:
    """Compile one question of each type, and tell what came of it."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "list.csv").write_text("name,label\na,A\n", encoding="utf-8")
        return [(f"`{kind}`", words, outcome(Path(folder) / "form.md", kind)) for kind, words in TYPES.items()]


def outcome(path: Path, kind: str) -> str:
    """Say whether a type is taken."""
    path.write_text(sheet(kind), encoding="utf-8")
    try:
        warnings = [problem for problem in compile_file(path).warnings if problem.sheet == "survey"]
    except FormRefused as refused:
        return "**refused**: " + refused.problems[0].message
    return "; ".join(problem.message for problem in warnings) or "yes"


def sheet(kind: str) -> str:
    """Write a form with one question of a type."""
    name = {"audit": "", "csv-external": "list", "xml-external": "list"}.get(kind, "q")
    choice_filter = "far = 1" if "external " in kind else ""
    ending = f"| | {kind.replace('begin', 'end')} | | | | |\n" if kind.startswith("begin_") else ""
    return (
        "| survey |\n| | type | name | label | calculation | choice_filter |\n"
        f"| | {kind} | {name} | Q | {'1' if kind == 'calculate' else ''} | {choice_filter} |\n"
        f"| | text | z | Z | | |\n{ending}"
        "| choices |\n| | list_name | name | label |\n| | yn | y | Y |\n| | yn | n | N |\n"
        "| external_choices |\n| | list_name | name | label | far |\n| | far | y | Y | 1 |\n"
        "| settings |\n| | form_id | version |\n| | f | 1 |\n"
    )


def column_rows() -> list[tuple[str, str]]:
    """List the columns and all their names."""
    return [(f"`{name}`", ", ".join(f"`{one}`" for one in names)) for name, names in COLUMNS.items()]


def function_rows() -> list[tuple[str, str, str, str]]:
    """List every function with its arguments, and how many cases try it."""
    known = {name: counts(one.least, one.most) for name, one in FUNCTIONS.items()} | {"pulldata": "4"}
    return [(f"`{name}`", known[name], FUNCTION_LINES[name], str(len(cases_of(name)))) for name in sorted(known)]


def counts(least: int, most: int | None) -> str:
    """Say how many arguments a function takes."""
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least} to {most}"


def proofs() -> Iterator[str]:
    """Name, for each function, the cases of the vectors that call it."""
    for name in sorted(FUNCTIONS):
        cases = cases_of(name)
        more = f"; and {len(cases) - CASES_NAMED} more" if len(cases) > CASES_NAMED else ""
        yield f"- `{name}`: {'; '.join(cases[:CASES_NAMED]) or 'none yet'}{more}"


def cases_of(function: str) -> list[str]:
    """Give the names of the cases that call a function."""
    called = re.compile(rf"(?<![\w:.-]){re.escape(function)}\s*\(")
    return [name for name, text in cases() if called.search(text)]


@cache
def cases() -> tuple[tuple[str, str], ...]:
    """Read the name and the expressions of every case."""
    found: list[Mapping[str, object]] = []
    for path in sorted(VECTORS.glob("*.json")):
        found += json.loads(path.read_text(encoding="utf-8"))["cases"]
    return tuple((str(case["name"]), f"{case.get('expression', '')} {case.get('form', '')}") for case in found)


def limits() -> list[tuple[str, str]]:
    """List every limit with its unit."""
    return [
        ("nodes of a form: questions, groups, calculations, metadata", f"{QUESTION_LIMIT:,}"),
        ("choices in a list", f"{ITEM_LIMIT:,}"),
        ("rows of a list file", f"{ROW_LIMIT:,}"),
        ("a list file", f"{LIST_BYTES // MEGABYTE} MiB"),
        *((f"one file for {kind}", f"{most // MEGABYTE} MiB") for kind, most in MEDIA_BYTES.items()),
        ("a form file", f"{FILE_BYTES // MEGABYTE} MiB"),
        ("an .xlsx file, unpacked", f"{UNPACKED_BYTES // MEGABYTE} MiB"),
        ("a label, hint or message", f"{TEXT_CHARACTERS:,} characters"),
        (
            "an expression",
            f"{MAXIMUM_LENGTH:,} characters, {MAXIMUM_DEPTH} brackets deep, {MAXIMUM_HEIGHT} operators high",
        ),
        ("converting a form", f"{CONVERSION_SECONDS:.0f} seconds"),
        ("an answer", f"{ANSWER_CHARACTERS:,} characters"),
    ]


def main() -> None:
    """Write the file."""
    DOCUMENT.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
