"""Functions on choices (ODK XForms, select functions). A select_multiple answer is its values with spaces between."""

from collections.abc import Mapping

from server.formlogic.arguments import each_number, number_of, takes, text_of, value_of
from server.formlogic.expressions import Context, Function
from server.formlogic.trees import Expression
from server.formlogic.values import Value, to_string, trim

__all__ = ["FUNCTIONS", "chosen"]

Arguments = tuple[Expression, ...]


def chosen(answer: str) -> list[str]:
    """Split the answer to a select_multiple into the values chosen."""
    return [value for value in answer.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ") if value]


def _selected(context: Context, arguments: Arguments) -> Value:
    """``selected(answer, value)``; with a blank value, whether the answer is blank, as JavaRosa and Enketo have it."""
    answer, value = (trim(text_of(context, argument)) for argument in arguments)
    return value in (chosen(answer) or [""])


def _selected_at(context: Context, arguments: Arguments) -> Value:
    """``selected-at(answer, index)``: counted from 0; nothing beyond the end (ODK)."""
    values = chosen(text_of(context, arguments[0]))
    index = number_of(context, arguments[1])
    return values[int(index)] if 0 <= index < len(values) else ""


def _count_selected(context: Context, arguments: Arguments) -> Value:
    return float(len(chosen(text_of(context, arguments[0]))))


def _choice_name(context: Context, arguments: Arguments) -> Value:
    """``jr:choice-name(value, question)``: the question as a path in quotes, or itself (ODK)."""
    named = value_of(context, arguments[1])
    question = named[0] if isinstance(named, list) and named else to_string(named)
    return context.choice_name(text_of(context, arguments[0]), question, context.current or context.node)


def _checklist(context: Context, arguments: Arguments) -> Value:
    """``checklist(least, most, answer, …)``: whether so many answers are numbers above 0 (ODK); -1 is no bound."""
    return _between(context, arguments, sum(number > 0 for number in each_number(context, arguments[2:])))


def _weighted_checklist(context: Context, arguments: Arguments) -> Value:
    """``weighted-checklist(least, most, answer, weight, …)``: as checklist, each such answer counting its weight."""
    total = 0.0
    for answer, weight in zip(arguments[2::2], arguments[3::2], strict=False):
        pairs = zip(each_number(context, [answer]), each_number(context, [weight]), strict=False)
        total += sum((worth for number, worth in pairs if number > 0), 0.0)
    return _between(context, arguments, total)


def _between(context: Context, arguments: Arguments, total: float) -> bool:
    least, most = number_of(context, arguments[0]), number_of(context, arguments[1])
    return (least == -1 or total >= least) and (most == -1 or total <= most)


FUNCTIONS: Mapping[str, Function] = {
    "selected": takes(2, 2, _selected),
    "selected-at": takes(2, 2, _selected_at),
    "count-selected": takes(1, 1, _count_selected),
    "jr:choice-name": takes(2, 2, _choice_name),
    "checklist": takes(2, None, _checklist),
    "weighted-checklist": takes(2, None, _weighted_checklist),
}
