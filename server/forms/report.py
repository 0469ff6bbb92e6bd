"""What a check of a form file found, as data: for a person's screen, and as JSON for other programs. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from server.formlogic.definition import Definition
from server.formlogic.logic_json import load
from server.forms.compile import Compiled
from server.forms.coverage import Coverage, Gap
from server.forms.languages import UNTOLD
from server.forms.problems import FormProblem

__all__ = ["Report", "as_json", "as_lines"]

CELLS_SHOWN = 12  # of the gaps of a language on a screen; the JSON names all


@dataclass(frozen=True)
class Report:
    """A form file that was checked: ``compiled`` is ``None`` where it is refused, and then there are ``problems``."""

    file: str
    compiled: Compiled | None
    problems: Sequence[FormProblem]
    coverage: Sequence[Coverage]

    @property
    def warnings(self) -> Sequence[FormProblem]:
        """What will be otherwise than the form says."""
        return self.compiled.warnings if self.compiled else ()

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How large the form is: ``questions`` that people see, ``nodes`` in all, ``choices`` with those from files."""
        if self.compiled is None:
            return {}
        definition: Definition = load(json.loads(self.compiled.logic_text))
        shown = [node for node in definition.nodes if node.kind == "leaf" and node.control not in (None, "note")]
        lists = [*definition.lists.values(), *(one.rows for one in self.compiled.lists.values())]
        return {"questions": len(shown), "nodes": len(definition.nodes), "choices": sum(map(len, lists))}


def as_json(report: Report) -> dict[str, object]:
    """Give the report as JSON values; problems and warnings have the members of ``FormProblem``."""
    compiled = report.compiled
    return {
        "file": report.file,
        "accepted": compiled is not None,
        "form": None
        if compiled is None
        else {
            "id": compiled.form_id,
            "version": compiled.version,
            "title": compiled.title,
            "default_lang": compiled.default_lang,
            **report.counts,
        },
        "problems": [asdict(problem) for problem in report.problems],
        "warnings": [asdict(warning) for warning in report.warnings],
        "languages": [_language(one) for one in report.coverage],
        "lists": [{"file": one.file, "rows": len(one.rows)} for one in compiled.lists.values()] if compiled else [],
        "media": [{"file": one.name, "type": one.type, "bytes": len(one.content)} for one in compiled.media]
        if compiled
        else [],
    }


def _language(one: Coverage) -> dict[str, object]:
    return {
        "lang": one.lang,
        "autonym": one.autonym,
        "texts": one.texts,
        "translated": one.translated,
        "falls_back_to": dict(one.falls_back_to),
        "missing": [asdict(gap) for gap in one.gaps],
    }


def as_lines(report: Report) -> Iterator[str]:
    """Say the report to whoever typed the command."""
    compiled = report.compiled
    if compiled is None:
        yield f"{report.file} is refused. Problems: {len(report.problems)}."
        yield from (f"  {problem}" for problem in report.problems)
        return
    counts = report.counts
    yield f"{report.file} can be published: “{compiled.title}” ({compiled.form_id}, version {compiled.version or '-'})."
    yield f"  Questions: {counts['questions']:,}. Choices: {counts['choices']:,}."
    yield from (f"  List {one.file}: {len(one.rows):,} rows." for one in compiled.lists.values())
    yield from (f"  {one.name}: {one.type}, {len(one.content):,} bytes." for one in compiled.media)
    yield from (line for one in report.coverage for line in _lines_of_language(one))
    if report.warnings:
        yield f"Warnings: {len(report.warnings)}."
        yield from (f"  {warning}" for warning in report.warnings)


def _lines_of_language(one: Coverage) -> Iterator[str]:
    share = 100 * one.translated // one.texts if one.texts else 100
    named = "No language named" if one.lang == UNTOLD else f"{one.autonym} ({one.lang})"
    yield f"  {named}: {one.translated} of {one.texts} texts, {share} %."
    for lang, count in one.falls_back_to.items():
        cells = [_where(gap) for gap in one.gaps if gap.shown_in == lang]
        more = f" and {len(cells) - CELLS_SHOWN} more" if len(cells) > CELLS_SHOWN else ""
        yield f"    {count} shown in {lang} instead: {', '.join(cells[:CELLS_SHOWN])}{more}."


def _where(gap: Gap) -> str:
    if gap.cell:
        return f"{gap.sheet}!{gap.cell}"
    return f"{gap.sheet} row {gap.row} (no column)" if gap.sheet else gap.text_id
