"""Read the lists of a form and what each question offers: secondary instances, itemsets, items in the body."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from server.formlogic.definition import ChoiceSource, Item, Lists
from server.formlogic.trees import Call, Expression, Path, Step, String, inner
from server.forms.problems import FormProblem, FormRefused
from server.forms.texts import ReadExpression, Words, parts_of
from server.forms.xform import Control, XForm, local

__all__ = ["ITEM_LIMIT", "LAST_SAVED", "TEXT_COLUMN", "choice_source", "itext_id", "list_files", "read_lists"]

ITEM_LIMIT = 100_000  # choices in one list
TEXT_COLUMN = "itextId"
LAST_SAVED = "__last-saved"  # the instance of the response before this one (ODK); phones hold none
_LABEL = "label"


def read_lists(form: XForm, words: Words, read: ReadExpression) -> dict[str, tuple[Item, ...]]:
    """Read every list; labels that stand in a list itself go to ``words`` and leave a text id behind."""
    own = {name: instance for name, instance in form.instances.items() if "src" not in instance.attrib}
    lists = {name: tuple(_items(name, instance, words)) for name, instance in own.items()}
    if LAST_SAVED in form.instances:
        lists[LAST_SAVED] = ()
    for control in form.controls:
        items = [child for child in control.element if local(child) == "item"]
        if items:
            lists[control.path] = tuple(_body_items(control.path, items, words, read))
    for name, found in lists.items():
        if len(found) > ITEM_LIMIT:
            message = f"The list “{name}” has {len(found)} choices; the limit is {ITEM_LIMIT}."
            raise FormRefused([FormProblem("list-too-long", message, "Split the list.", path=name, aspect="list")])
    return lists


def list_files(form: XForm) -> dict[str, str]:
    """Give the lists that come from files beside the form: list id → file name, such as ``places.csv``."""
    outside = {name: one for name, one in form.instances.items() if "src" in one.attrib and name != LAST_SAVED}
    return {name: _file_name(name, instance) for name, instance in outside.items()}


def _file_name(name: str, instance: Element) -> str:
    source = instance.get("src", "")
    file = source.rpartition("/")[2]
    if not source.startswith(("jr://file-csv/", "jr://file/")) or not file.endswith(".csv"):
        message = f"The list “{name}” comes from “{source}”, which phones can't read yet."
        raise FormRefused([FormProblem("list-file-type", message, "Save the list as .csv.", path=name, aspect="list")])
    return file


def _items(name: str, instance: Element, words: Words) -> Iterator[Item]:
    for number, item in enumerate(instance[0] if len(instance) else ()):
        columns = {local(column): column.text or "" for column in item}
        yield _labelled(columns, f"{name}-{number}:{_LABEL}", words)


def _labelled(columns: dict[str, str], text_id: str, words: Words) -> Item:
    if TEXT_COLUMN not in columns and _LABEL in columns:
        words.add(text_id, words.default, (columns.pop(_LABEL).strip(),))
        columns[TEXT_COLUMN] = text_id
    return columns


def _body_items(path: str, items: list[Element], words: Words, read: ReadExpression) -> Iterator[Item]:
    for number, item in enumerate(items):
        parts = {local(child): child for child in item}
        label, value = parts.get(_LABEL), parts.get("value")
        text_id = f"{path}-{number}:{_LABEL}"
        if label is not None and "ref" in label.attrib:
            text_id = itext_id(label.get("ref", "")) or text_id
        elif label is not None:
            words.add(text_id, words.default, parts_of(label, text_id, read))
        yield {"name": (value.text or "").strip() if value is not None else "", TEXT_COLUMN: text_id}


def itext_id(reference: str) -> str | None:
    """Give the text id of ``jr:itext('…')``, ``None`` for any other reference."""
    inside = reference.strip().removeprefix("jr:itext(").removesuffix(")").strip()
    quoted = len(inside) > 1 and inside[0] == inside[-1] and inside[0] in "'\""
    return inside[1:-1] if quoted and reference.strip().startswith("jr:itext(") else None


def _is_from_file(nodes: Expression, form: XForm) -> bool:
    names = [part.arguments[0] for part in inner(nodes) if isinstance(part, Call) and part.name == "instance"]
    files = list_files(form)
    return any(isinstance(name, String) and name.text in files for name in names)


def choice_source(control: Control, form: XForm, external: Lists, read: ReadExpression) -> ChoiceSource | None:
    """Give where a question's choices come from, ``None`` where it offers none; ``external``: select_one_external."""
    query = control.element.get("query")
    if query is not None:
        translated = any(TEXT_COLUMN in item for items in external.values() for item in items)
        text = TEXT_COLUMN if translated else _LABEL
        return ChoiceSource(read(query, control.path), "name", text, literal=not translated)
    itemset = next((child for child in control.element if local(child) == "itemset"), None)
    if itemset is not None:
        parts = {local(child): child.get("ref", "") for child in itemset}
        nodes = read(itemset.get("nodeset", ""), control.path)
        label = parts.get("label", "")
        literal = not label.startswith("jr:itext(") and _is_from_file(nodes, form)
        return ChoiceSource(nodes, parts.get("value", "name"), label if literal else TEXT_COLUMN, literal=literal)
    if any(local(child) == "item" for child in control.element):
        steps = (Step("child", "root"), Step("child", "item"))
        return ChoiceSource(Path(Call("instance", (String(control.path),)), steps), "name", TEXT_COLUMN)
    return None
