"""What stands above the columns: names that never change, or the words of the form in one language. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from server.exports.columns import Column, Place, Steps, items_of
from server.formlogic.definition import ROOT, Definition, Item, Node
from server.formlogic.texts import Pack, Text

__all__ = ["Words", "column_name", "place_name", "words_of"]

SHOWN_VALUE: Final = "…"  # stands for what a label would show of the answers


@dataclass(frozen=True)
class Words:
    """The labels of questions by their names from the top, and of choices by those and the value."""

    questions: Mapping[Steps, str] = field(default_factory=dict)
    choices: Mapping[tuple[Steps, str], str] = field(default_factory=dict)

    def heading(self, column: Column, place: Place) -> str:
        """Give the words above a column, its name where the form has none."""
        asked = full_steps(place, column.steps)
        label = self.questions.get(asked)
        if label is None:
            return column_name(column)
        if column.shape == "chosen":
            return f"{label}: {self.choice(asked, column.value)}"
        return f"{label} ({column.shape})" if column.shape in {"latitude", "longitude", "accuracy"} else label

    def choice(self, asked: Steps, value: str) -> str:
        """Give the words of a choice, its value where the form has none."""
        return self.choices.get((asked, value), value)


def column_name(column: Column) -> str:
    """Give the name of a column: that of its question with the groups around it, then what it tells of the answer."""
    name = "/".join(column.steps)
    if column.shape == "chosen":
        return f"{name}/{column.value}"
    return f"{name}/{column.shape}" if column.shape in {"latitude", "longitude", "accuracy"} else name


def place_name(place: Place) -> str:
    """Name a table: a repeat with what is around it."""
    return "/".join(full_steps(place, ()))


def full_steps(place: Place, steps: Steps) -> Steps:
    """Give the names from the top of the form."""
    return (*(name for part in place for name in part), *steps)


def words_of(versions: Sequence[tuple[Definition, Pack]]) -> Words:
    """Gather the words of one language from versions, the newest first: what it says stands."""
    questions: dict[Steps, str] = {}
    choices: dict[tuple[Steps, str], str] = {}
    for definition, pack in versions:
        for steps, node in _questions(definition, ROOT, ()):
            if node.label and (label := _plain(pack.texts.get(node.label))):
                questions.setdefault(steps, label)
            for value, item in items_of(node, definition).items():
                if label := _choice_label(node, item, pack):
                    choices.setdefault((steps, value), label)
    return Words(questions, choices)


def _questions(definition: Definition, number: int, steps: Steps) -> Iterator[tuple[Steps, Node]]:
    for node in (definition.nodes[child] for child in definition.children[number]):
        here = (*steps, node.name)
        if node.kind == "leaf":
            yield here, node
        else:
            yield from _questions(definition, node.number, here)


def _choice_label(node: Node, item: Item, pack: Pack) -> str:
    words = item.get(node.choices.text, "") if node.choices else ""
    return words if node.choices and node.choices.literal else _plain(pack.texts.get(words))


def _plain(text: Text | None) -> str:
    return "".join(part if isinstance(part, str) else SHOWN_VALUE for part in text.parts).strip() if text else ""
