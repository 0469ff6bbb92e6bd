"""Say where a form does not fit itself: defaults that are no answers, lists without a column that a rule reads. Pure.

What is found here would be ignored in silence on the phone: a filter that never fits, an answer that nobody gave.
"""

from collections.abc import Iterator

from server.formlogic.datatypes import fits_type
from server.formlogic.definition import ROOT, Definition, Item, Node
from server.formlogic.functions_choice import chosen
from server.formlogic.trees import Call, Path, Step, String
from server.forms.problems import FormProblem
from server.forms.uses_of_lists import ListUse, uses_of_lists

__all__ = ["misfits", "part_readings"]

PARTS = frozenset({"equality", "contact"})  # groups that travel apart and may be erased alone
_NOT_LOOKS = {"search(": "select_one_from_file, with the file beside the form"}


def misfits(definition: Definition) -> Iterator[FormProblem]:
    """Give every reason why the form can't do what it says."""
    for name, use in uses_of_lists(definition, definition.lists).items():
        yield from _missing_columns(name, use, definition.lists[name])
    for node in definition.nodes:
        yield from _wrong_default(node, definition)
        yield from _more_than_a_look(node, definition)


def part_readings(definition: Definition) -> Iterator[FormProblem]:
    """Warn of rules that read, from outside, answers of a part that may be erased alone."""
    for node in definition.nodes:
        for aspect, uses in node.uses.items():
            for use in uses:
                part = _part(use.node, definition) if use.node >= ROOT else ""
                if part and part != _part(node.number, definition):
                    message = f"This reads an answer of the part “{part}”, which may be erased while this one stays."
                    path = definition.path(node.number)
                    yield FormProblem("part-read", message, "Ask for it outside that part.", path=path, aspect=aspect)
                    break


def _missing_columns(name: str, use: ListUse, items: tuple[Item, ...]) -> Iterator[FormProblem]:
    columns = dict.fromkeys(column for item in items for column in item)
    for column, (path, aspect) in use.columns.items():
        if items and column not in columns:
            shown = ", ".join(one for one in columns if one != "itextId")
            message = f"The list “{name}” has no column “{column}”; it has {shown}."
            remedy = "Correct the name in this cell, or the heading in the sheet of choices."
            yield FormProblem("list-column-missing", message, remedy, path=path, aspect=aspect)


def _wrong_default(node: Node, definition: Definition) -> Iterator[FormProblem]:
    if node.kind != "leaf" or not node.value or not node.control or node.control in ("note", "upload"):
        return
    path = definition.path(node.number)
    if not fits_type(node.type, node.value):
        message = f"The default “{node.value}” is no answer to a question of the type {node.type}."
        remedy = "Write it as an answer is stored, such as 2026-11-20 for a date; or empty this cell."
        yield FormProblem("default-unfit", message, remedy, path=path, aspect="default")
        return
    offered = _plainly_offered(node, definition)
    strangers = [one for one in _given(node) if offered and one not in offered]
    if strangers:
        message = f"The default “{strangers[0]}” is none of the choices."
        remedy = "Write the name of a choice, as the column name of the choices has it."
        yield FormProblem("default-unfit", message, remedy, path=path, aspect="default")


def _given(node: Node) -> list[str]:
    return chosen(node.value) if node.control in ("select", "rank") else [node.value]


def _plainly_offered(node: Node, definition: Definition) -> set[str]:
    """Give the values that a question always offers; none where a filter decides, or the list is a file."""
    match node.choices and node.choices.nodes:
        case Path(Call("instance", (String(name),)), (Step(predicates=()), Step(predicates=()))):
            column = node.choices.value if node.choices else ""
            return {item[column] for item in definition.lists.get(name, ()) if column in item}
    return set()


def _more_than_a_look(node: Node, definition: Definition) -> Iterator[FormProblem]:
    for beginning, instead in _NOT_LOOKS.items():
        if node.appearance.startswith(beginning):
            message = f"“{node.appearance}” changes what is asked, and a browser can't do it."
            path = definition.path(node.number)
            yield FormProblem("appearance-unsupported", message, f"Use {instead}.", path=path, aspect="appearance")


def _part(number: int, definition: Definition) -> str:
    """Name the part that a node travels in, ``""`` for the main one."""
    at: int | None = number
    while at is not None:
        node = definition.nodes[at]
        if node.parent == ROOT and node.kind == "group" and node.name in PARTS:
            return node.name
        at = node.parent
    return ""
