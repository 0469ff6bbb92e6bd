"""Which values only the phone can know: they depend on the moment, on chance or on the language shown."""

from server.formlogic.trees import Call, Expression, inner

__all__ = ["VOLATILE", "known_to_phone_alone", "names_choices"]

# The server does not recompute what these gave: it was true on the phone at that moment.
VOLATILE = frozenset({"now", "today", "random", "uuid", "once"})
_NAMES_CHOICES = frozenset({"jr:choice-name"})


def known_to_phone_alone(expression: Expression) -> bool:
    """Tell whether a value depends on the moment, on chance or on the language shown."""
    return _calls(expression, VOLATILE | _NAMES_CHOICES)


def names_choices(expression: Expression) -> bool:
    """Tell whether a value depends on the language shown."""
    return _calls(expression, _NAMES_CHOICES)


def _calls(expression: Expression, names: frozenset[str]) -> bool:
    return any(isinstance(part, Call) and part.name in names for part in inner(expression))
