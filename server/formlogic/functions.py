"""All functions that expressions may call, by name. What is not here is refused at publication."""

from collections.abc import Mapping

from server.formlogic import functions_choice, functions_node, functions_number, functions_text, functions_time
from server.formlogic.expressions import Function

__all__ = ["FUNCTIONS"]

FUNCTIONS: Mapping[str, Function] = {
    **functions_node.FUNCTIONS,
    **functions_text.FUNCTIONS,
    **functions_number.FUNCTIONS,
    **functions_choice.FUNCTIONS,
    **functions_time.FUNCTIONS,
}
