"""Two forms for the comparison of form clients, as XLSForm tables in Markdown.

*Small*: 42 rows in 5 languages, with relevance, constraints, calculations, a repeat and a list of 500 choices.
*Big*: 2,000 rows, 200 sections of 9 questions and a calculation. In each section three questions hang one on the other,
and each calculation adds to the one before, so that one digit in the first section goes through 200 calculations. The
end of that chain stands on the screen of the first question, where clients that show one screen at a time show it too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Final

__all__ = ["HEAD", "LEAF", "TOTAL", "big_form", "small_form"]

HEAD: Final = "q0_0"
LEAF: Final = "q199_8"
TOTAL: Final = "TOTAL="
SECTIONS: Final = 200
QUESTIONS_A_SECTION: Final = 9
NUMBERS_A_SECTION: Final = 4
VILLAGES: Final = 500
LANGUAGES: Final[Mapping[str, tuple[str, str, str]]] = {
    "English (en)": ("How many people in this household use the nearest water point every day", "Choice", "?"),
    "French (fr)": (
        "Combien de personnes de ce ménage utilisent chaque jour le point d'eau le plus proche",
        "Choix",
        "?",
    ),
    "Spanish (es)": (
        "Cuántas personas de este hogar utilizan cada día el punto de agua más cercano",
        "Opción",
        "?",
    ),
    "Arabic (ar)": ("كم عدد أفراد هذه الأسرة الذين يستخدمون أقرب نقطة مياه كل يوم", "خيار", "؟"),
    "Hindi (hi)": ("इस घर के कितने लोग हर दिन निकटतम जल बिंदु का उपयोग करते हैं", "विकल्प", "?"),
}
ENGLISH: Final = ("English (en)",)
COLUMNS: Final = ("relevant", "constraint", "calculation", "required", "appearance")

Row = dict[str, str]


def small_form(folder: Path) -> Path:
    """Write the small form, and give its file."""
    return _written(folder / "small.md", _labelled(_small_rows(), list(LANGUAGES)), _choices(), list(LANGUAGES))


def big_form(folder: Path) -> Path:
    """Write the big form, and give its file."""
    return _written(folder / "big.md", _labelled(_big_rows(), ENGLISH), [], ENGLISH)


def _small_rows() -> Iterator[Row]:
    yield _row("text", "respondent", required="yes")
    yield _row("integer", "age", constraint=_between(0, 120), required="yes")
    yield _row("date", "visit_date")
    yield _row("select_one villages", "village", appearance="minimal")
    for number in range(10):
        yield _row("select_one five", f"s1_{number}", relevant=f"${{s1_{number - 1}}} = 'c1'" * (number % 3 == 1))
    yield from (_row("select_multiple five", f"sm_{number}") for number in range(4))
    for number in range(10):
        yield _row("integer", f"n_{number}", constraint=_between(0, 1_000), relevant="${age} > 17" * (number % 2))
    yield from (_row("decimal", f"d_{number}", constraint=_between(0, 10_000)) for number in range(3))
    yield from (_row("text", f"t_{number}", relevant=f"${{n_{number}}} > 5") for number in range(3))
    yield _sum("total_n", [f"n_{number}" for number in range(10)])
    yield _sum("total_d", [f"d_{number}" for number in range(3)])
    yield _sum("score", ["total_n", "total_d"])
    yield _row("begin repeat", "member")
    yield _row("text", "m_name")
    yield _row("integer", "m_age", constraint=_between(0, 120))
    yield _row("select_one five", "m_sex")
    yield _row("text", "m_job", relevant="${m_age} > 14")
    yield _row("end repeat", "")
    yield _row("text", "remarks")


def _big_rows() -> Iterator[Row]:
    for section in range(SECTIONS):
        yield _row("begin group", f"g{section}", appearance="field-list" * (section == 0))
        if section == 0:
            yield _row("note", "total", label=f"{TOTAL}${{c{SECTIONS - 1}}}")
        yield from (_section_row(section, number) for number in range(QUESTIONS_A_SECTION))
        numbers = [f"q{section}_{number}" for number in range(NUMBERS_A_SECTION)]
        yield _sum(f"c{section}", [*numbers, *([f"c{section - 1}"] if section else [])])
        yield _row("end group", "")


def _section_row(section: int, number: int) -> Row:
    if number >= NUMBERS_A_SECTION:
        return _row("text", f"q{section}_{number}")
    relevant = f"${{q{section}_{number - 1}}} > 0" if number else ""
    return _row("integer", f"q{section}_{number}", constraint=_between(0, 100_000), relevant=relevant)


def _row(kind: str, name: str, **cells: str) -> Row:
    return {"type": kind, "name": name, **cells}


def _sum(name: str, parts: Iterable[str]) -> Row:
    return _row("calculate", name, calculation=" + ".join(f"coalesce(${{{part}}}, 0)" for part in parts))


def _between(low: int, high: int) -> str:
    return f". >= {low} and . <= {high}"


def _labelled(rows: Iterable[Row], languages: Sequence[str]) -> Iterator[Row]:
    """Number the questions, with the same words in each language."""
    numbers = count(1)
    for row in rows:
        if row["type"] == "calculate" or row["type"].startswith("end"):
            yield row
        elif "label" in row:
            yield row | {f"label::{language}": row["label"] for language in languages}
        else:
            number = next(numbers)
            yield row | {f"label::{one}": f"{number}. {LANGUAGES[one][0]}{LANGUAGES[one][2]}" for one in languages}


def _choices() -> list[Row]:
    return [
        {"list_name": name, "name": f"c{number}"}
        | {f"label::{language}": f"{words[1]} {name} {number}" for language, words in LANGUAGES.items()}
        for name, size in (("five", 5), ("villages", VILLAGES))
        for number in range(size)
    ]


def _written(path: Path, rows: Iterable[Row], choices: Sequence[Row], languages: Sequence[str]) -> Path:
    labels = [f"label::{language}" for language in languages]
    sheets = _sheet("survey", ["type", "name", *labels, *COLUMNS], rows)
    if choices:
        sheets += _sheet("choices", ["list_name", "name", *labels], choices)
    settings = {
        "form_id": path.stem,
        "form_title": f"Bench {path.stem}",
        "version": "1",
        "default_language": languages[0],
    }
    path.write_text(sheets + _sheet("settings", list(settings), [settings]), encoding="utf-8")
    return path


def _sheet(name: str, columns: Sequence[str], rows: Iterable[Row]) -> str:
    lines = [f"| {name} |", _line(columns), *(_line([row.get(column, "") for column in columns]) for row in rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| | {' | '.join(cells)} |"
