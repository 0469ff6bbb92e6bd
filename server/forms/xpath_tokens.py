"""Cut an XPath 1.0 expression into tokens, telling operators from names (XPath 1.0, section 3.7)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Token", "XPathError", "tokens_of"]

# NameStartChar and NameChar of XML 1.0, section 2.3, without the colon: Bengali vowel signs are name characters too.
_NAME_START = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NCNAME = rf"[{_NAME_START}][{_NAME_START}\-.0-9\u00B7\u0300-\u036F\u203F-\u2040]*"
_NAME = rf"{_NCNAME}(?::{_NCNAME})?"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<string>"[^"]*"|'[^']*')
    | (?P<axis>[a-z\-]+)\s*::
    | (?P<name>{_NAME})
    | (?P<symbol>//|\.\.|!=|<=|>=|[/.@()\[\],|+\-*=<>])
    )""",
    re.VERBOSE,
)
_WORD_OPERATORS = ("or", "and", "div", "mod")
_SYMBOL_OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "+", "-", "|")
_OPENERS = ("@", "(", "[", ",", "/", "//")


class XPathError(ValueError):
    """Tell that an expression is not XPath 1.0; ``position`` is the offending character, from 1."""

    def __init__(self, problem: str, *, expression: str, position: int) -> None:
        super().__init__(f"{problem} (at character {position} of “{expression}”)")
        self.problem = problem
        self.expression = expression
        self.position = position


@dataclass(frozen=True)
class Token:
    """A piece of an expression; ``start`` counts characters from 1."""

    kind: str  # number, string, axis, name, operator, symbol, end
    text: str
    start: int


def tokens_of(expression: str) -> list[Token]:
    """Give the tokens, with one of the kind ``end`` behind them; raise ``XPathError`` at a character that fits none."""
    tokens: list[Token] = []
    position = 0
    end = len(expression.rstrip())
    while position < end:
        match = _TOKEN.match(expression, position)
        if match is None or match.lastgroup is None:
            start = position + len(expression[position:]) - len(expression[position:].lstrip())
            character = expression[start]
            unclosed = character in "'\""
            problem = "A text that is not closed" if unclosed else f"The character “{character}” means nothing here"
            raise XPathError(problem, expression=expression, position=start + 1)
        kind = match.lastgroup
        text = match[kind]
        if _is_number_of_another_script(kind, text, tokens):
            problem = f"“{text}” is no number here: write numbers with the digits 0 to 9"
            raise XPathError(problem, expression=expression, position=match.start(kind) + 1)
        if _is_operator(kind, text, tokens):
            kind = "operator"
        tokens.append(Token(kind, text, match.start(match.lastgroup) + 1))
        position = match.end()
    tokens.append(Token("end", "", len(expression) + 1))
    return tokens


def _is_operator(kind: str, text: str, before: Sequence[Token]) -> bool:
    """Apply XPath 3.7: after an operand, ``*`` multiplies and ``and or div mod`` are operators."""
    if kind == "symbol" and text in _SYMBOL_OPERATORS:
        return True
    depends = (kind == "symbol" and text == "*") or (kind == "name" and text in _WORD_OPERATORS)
    return depends and bool(before) and not _opens(before[-1])


def _is_number_of_another_script(kind: str, text: str, before: Sequence[Token]) -> bool:
    """Tell whether a name is made of digits alone: XML has such names, but only a path says that one is meant."""
    if kind != "name" or (before and (before[-1].kind == "axis" or before[-1].text in ("/", "//", "@"))):
        return False
    return text.translate({ord(mark): None for mark in ".-"}).isdigit()


def _opens(token: Token) -> bool:
    return token.kind in ("operator", "axis") or (token.kind == "symbol" and token.text in _OPENERS)
