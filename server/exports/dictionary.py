"""Explains the columns of an export: what each question is called, asks, allows and depends on, in every language.

One row for each question over all versions of the form, in the order of the columns. Conditions stand as the form says
them, in XPath.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from defusedxml.ElementTree import fromstring

from server.exports import queries
from server.exports.cells import text_cell
from server.exports.columns import Place, Steps, items_of, tables
from server.exports.headings import Words, full_steps, words_of
from server.exports.packing import lines_of, table_names
from server.exports.reading import definitions
from server.formlogic.definition import ROOT, Definition, Node
from server.formlogic.texts import Pack, load_pack
from server.forms import queries as form_queries
from server.forms.queries import FormVersion

__all__ = ["as_dictionary", "dictionary_rows"]

CONDITIONS: Final = ("required", "relevant", "constraint", "calculate")
HEADINGS: Final = ("table", "name", "type", "control", *CONDITIONS, "versions", "choices")
BETWEEN: Final = "; "

Conditions = Mapping[str, Mapping[str, str]]
"""What binds say, by the path of the node, then by the name of the condition."""


@dataclass(frozen=True)
class _Version:
    """One version of the form: what it asks, its conditions, and its words by language."""

    version: FormVersion
    definition: Definition
    conditions: Conditions
    packs: Mapping[str, Pack]


def as_dictionary(rows: Sequence[Sequence[str]]) -> bytes:
    """Write the dictionary as CSV."""
    return lines_of([[text_cell(cell) for cell in row] for row in rows], first=True)


def dictionary_rows(connection: sqlite3.Connection, form_id: str) -> list[list[str]]:
    """Give the rows of the dictionary, the headings first; texts are as they are."""
    versions = _versions(connection, form_id)
    spoken = sorted({lang for one in versions for lang in one.packs})
    words = {
        lang: words_of([(one.definition, one.packs[lang]) for one in versions if lang in one.packs]) for lang in spoken
    }
    heads = [*HEADINGS]
    for lang in spoken:
        heads += [f"label::{lang}", f"choices::{lang}"]
    return [heads, *(_row(question, versions, words) for question in _questions(versions))]


def _versions(connection: sqlite3.Connection, form_id: str) -> list[_Version]:
    forms = queries.xforms(connection, form_id=form_id)
    found: list[_Version] = []
    for version, definition in definitions(connection, form_id):
        offered = form_queries.current_texts(connection, form_id=form_id, version=version.version)
        bodies = {one.lang: form_queries.text_pack_body(connection, sha256=one.sha256) for one in offered}
        packs = {lang: load_pack(body) for lang, body in bodies.items() if body}
        found.append(_Version(version, definition, _conditions(forms[version.version]), packs))
    return found


def _conditions(xform: str) -> Conditions:
    """Read what the binds of a form say; what is no XML says nothing."""
    try:
        root = fromstring(xform)
    except (ValueError, SyntaxError):
        return {}
    binds = (element for element in root.iter() if element.tag.rpartition("}")[2] == "bind")
    return {bind.get("nodeset", ""): {name: bind.get(name, "") for name in CONDITIONS} for bind in binds}


@dataclass(frozen=True)
class _Question:
    """A question, wherever it stands in the tables."""

    table: str
    place: Place
    steps: Steps


def _questions(versions: Sequence[_Version]) -> list[_Question]:
    """List the questions in the order of their columns."""
    if not versions:
        return []
    names = table_names(tables([one.definition for one in versions]))
    found = (_Question(name, table.place, column.steps) for table, name in names.items() for column in table.columns)
    return list(dict.fromkeys(found))


def _row(question: _Question, versions: Sequence[_Version], words: Mapping[str, Words]) -> list[str]:
    asked = full_steps(question.place, question.steps)
    holders = [(one, node) for one in versions if (node := _node(one.definition, asked))]
    newest, node = holders[0]
    conditions = newest.conditions.get(newest.definition.path(node.number), {})
    values = list(dict.fromkeys(value for one, held in holders for value in items_of(held, one.definition)))
    row = [question.table, "/".join(question.steps), node.type, node.control or ""]
    row += [conditions.get(name, "") for name in CONDITIONS]
    row += [BETWEEN.join(one.version.version for one, _ in holders), BETWEEN.join(values)]
    for spoken in words.values():
        labels = [f"{value} = {spoken.choices[asked, value]}" for value in values if (asked, value) in spoken.choices]
        row += [spoken.questions.get(asked, ""), BETWEEN.join(labels)]
    return row


def _node(definition: Definition, steps: Steps) -> Node | None:
    found = definition.nodes[ROOT]
    for name in steps:
        children = (definition.nodes[child] for child in definition.children[found.number])
        inner = next((child for child in children if child.name == name), None)
        if inner is None:
            return None
        found = inner
    return found
