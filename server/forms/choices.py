"""Read the lists of a form and what each question offers: secondary instances, itemsets, items in the body."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from server.formlogic.definition import ChoiceSource, Item
from server.formlogic.trees import Call, Path, Step, String
from server.forms.problems import FormProblem, FormRefused
from server.forms.texts import ReadExpression, Words, parts_of
from server.forms.xform import Control, XForm, local

__all__ = ["ITEM_LIMIT", "TEXT_COLUMN", "choice_source", "read_lists"]

ITEM_LIMIT = 100_000  # choices in one list
TEXT_COLUMN = "itextId"
_LABEL = "label"


def read_lists(form: XForm, words: Words, read: ReadExpression) -> dict[str, tuple[Item, ...]]:
    """Read every list; labels that stand in a list itself go to ``words`` and leave a text id behind."""
    lists = {name: tuple(_items(name, instance, words)) for name, instance in form.instances.items()}
    for control in form.controls:
        items = [child for child in control.element if local(child) == "item"]
        if items:
            lists[control.path] = tuple(_body_items(control.path, items, words, read))
    for name, found in lists.items():
        if len(found) > ITEM_LIMIT:
            message = f"The list “{name}” has {len(found)} choices; the limit is {ITEM_LIMIT}."
            raise FormRefused([FormProblem("list-too-long", message, "Split the list.", path=name, aspect="list")])
    return lists


def _items(name: str, instance: Element, words: Words) -> Iterator[Item]:
    if "src" in instance.attrib:
        message = f"The list “{name}” comes from a file ({instance.get('src')}), which is not supported yet."
        remedy = "Write its choices on the choices sheet."
        raise FormRefused([FormProblem("external-list", message, remedy, path=name, aspect="list")])
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


def choice_source(control: Control, read: ReadExpression) -> ChoiceSource | None:
    """Give where a question's choices come from, ``None`` where it offers none."""
    itemset = next((child for child in control.element if local(child) == "itemset"), None)
    if itemset is not None:
        parts = {local(child): child.get("ref", "") for child in itemset}
        return ChoiceSource(read(itemset.get("nodeset", ""), control.path), parts.get("value", "name"), TEXT_COLUMN)
    if any(local(child) == "item" for child in control.element):
        steps = (Step("child", "root"), Step("child", "item"))
        return ChoiceSource(Path(Call("instance", (String(control.path),)), steps), "name", TEXT_COLUMN)
    return None
