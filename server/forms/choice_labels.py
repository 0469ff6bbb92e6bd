"""Which expressions the labels of a question's choices show."""

from collections.abc import Iterator, Mapping, Sequence

from server.formlogic.definition import Lists, Node
from server.formlogic.trees import Call, Expression, String, inner
from server.forms.choices import TEXT_COLUMN
from server.forms.reads import Shown
from server.forms.texts import Words

__all__ = ["shown_by_choices"]


def shown_by_choices(nodes: Sequence[Node], lists: Lists, words: Words) -> Shown:
    """Give a look-up from a question to the expressions in the labels of its choices, in all languages."""
    by_text = {text_id: tuple(_expressions(found)) for text_id, found in words.texts.items()}
    by_text = {text_id: found for text_id, found in by_text.items() if found}
    by_list = {name: _of_list(name, lists, by_text) for name in lists} if by_text else {}

    def shown(number: int) -> Sequence[Expression]:
        choices = nodes[number].choices
        names = _lists_in(choices.nodes) if choices and by_list else ()
        return tuple(one for name in names for one in by_list.get(name, ()))

    return shown


def _expressions(found: Mapping[str, tuple[str | Expression, ...]]) -> Iterator[Expression]:
    for parts in found.values():
        yield from (part for part in parts if not isinstance(part, str))


def _of_list(name: str, lists: Lists, by_text: Mapping[str, tuple[Expression, ...]]) -> tuple[Expression, ...]:
    return tuple(one for item in lists[name] for one in by_text.get(item.get(TEXT_COLUMN, ""), ()))


def _lists_in(expression: Expression) -> Iterator[str]:
    for part in inner(expression):
        match part:
            case Call("instance", (String(name),)):
                yield name
