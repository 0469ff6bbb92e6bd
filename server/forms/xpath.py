"""Parse XPath 1.0, as XForms use it, to trees (``server.formlogic.trees``).

The trees are what both engines evaluate; phones never see the text.
Grammar: https://www.w3.org/TR/1999/REC-xpath-19991116, sections 2 and 3.
"""

from server.formlogic.trees import AXES, Binary, Call, Expression, Filter, Negate, Number, Path, Step, String, children
from server.forms.xpath_tokens import Token, XPathError, tokens_of

__all__ = ["MAXIMUM_DEPTH", "MAXIMUM_HEIGHT", "MAXIMUM_LENGTH", "XPathError", "parse"]

MAXIMUM_LENGTH = 20_000  # characters of one expression
MAXIMUM_DEPTH = 50  # nested brackets: parentheses, calls and predicates
MAXIMUM_HEIGHT = 250  # levels of the tree; each operator of a long sum is one

_NODE_TYPES = ("node", "text")
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
_SELF_STEP = Step("self", "node()")
_PARENT_STEP = Step("parent", "node()")
_ANYWHERE_STEP = Step("descendant-or-self", "node()")


def parse(expression: str) -> Expression:
    """Parse ``expression`` to a tree; raise ``XPathError`` where it is not XPath 1.0."""
    if len(expression) > MAXIMUM_LENGTH:
        problem = f"The expression has {len(expression)} characters; the limit is {MAXIMUM_LENGTH}"
        raise XPathError(problem, expression=expression[:60] + "…", position=MAXIMUM_LENGTH + 1)
    if not expression.strip():
        raise XPathError("The expression is empty", expression=expression, position=1)
    parser = _Parser(expression, tokens_of(expression))
    tree = parser.expression()
    parser.finish()
    if _height(tree) > MAXIMUM_HEIGHT:
        problem = f"The expression is more than {MAXIMUM_HEIGHT} levels deep: split it into several calculations"
        raise XPathError(problem, expression=expression[:60] + "…", position=1)
    return tree


def _height(tree: Expression) -> int:
    """Count the levels of a tree; with its own stack, since this guards all code that walks by recursion."""
    height, stack = 0, [(tree, 1)]
    while stack:
        node, level = stack.pop()
        height = max(height, level)
        stack.extend((child, level + 1) for child in children(node))
    return height


class _Parser:
    """A recursive descent over the tokens; one method for each level of the grammar."""

    def __init__(self, source: str, tokens: list[Token]) -> None:
        self._source = source
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def expression(self) -> Expression:
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            raise self._error(f"More than {MAXIMUM_DEPTH} levels of brackets")
        tree = self._binary(0)
        self._depth -= 1
        return tree

    def finish(self) -> None:
        if self._peek().kind != "end":
            raise self._error(f"“{self._peek().text}” was not expected here")

    def _binary(self, level: int) -> Expression:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while self._peek().kind == "operator" and self._peek().text in _LEVELS[level]:
            operator = self._take().text
            left = Binary(operator, left, self._binary(level + 1))
        return left

    def _unary(self) -> Expression:
        negations = 0
        while self._at("-"):
            self._take()
            negations += 1
        tree = self._union()
        for _ in range(negations):
            tree = Negate(tree)
        return tree

    def _union(self) -> Expression:
        tree = self._path()
        while self._at("|"):
            self._take()
            tree = Binary("|", tree, self._path())
        return tree

    def _path(self) -> Expression:
        token = self._peek()
        if token.kind == "symbol" and token.text in ("/", "//"):
            return self._absolute_path()
        if self._starts_primary():
            return self._after_primary(self._filter())
        return Path(".", self._steps())

    def _absolute_path(self) -> Expression:
        if self._take().text == "//":
            return Path("/", (_ANYWHERE_STEP, *self._steps()))
        return Path("/", self._steps() if self._starts_step() else ())

    def _after_primary(self, primary: Expression) -> Expression:
        if self._at("/"):
            self._take()
            return Path(primary, self._steps())
        if self._at("//"):
            self._take()
            return Path(primary, (_ANYWHERE_STEP, *self._steps()))
        return primary

    def _starts_primary(self) -> bool:
        token, after = self._peek(), self._peek(1)
        call = token.kind == "name" and after.text == "(" and token.text not in _NODE_TYPES
        return call or token.kind in ("number", "string") or self._at("(")

    def _starts_step(self) -> bool:
        token = self._peek()
        return token.kind in ("name", "axis") or (token.kind == "symbol" and token.text in (".", "..", "@", "*"))

    def _filter(self) -> Expression:
        primary = self._primary()
        predicates = self._predicates()
        return Filter(primary, predicates) if predicates else primary

    def _primary(self) -> Expression:
        token = self._take()
        if token.kind == "number":
            return Number(token.text)
        if token.kind == "string":
            return String(token.text[1:-1])
        if token.kind == "name":
            return self._call(token.text)
        inner = self.expression()
        self._expect(")")
        return inner

    def _call(self, name: str) -> Expression:
        self._expect("(")
        arguments: list[Expression] = []
        if not self._at(")"):
            arguments.append(self.expression())
            while self._at(","):
                self._take()
                arguments.append(self.expression())
        self._expect(")")
        return Call(name, tuple(arguments))

    def _steps(self) -> tuple[Step, ...]:
        steps = [self._step()]
        while self._at("/") or self._at("//"):
            if self._take().text == "//":
                steps.append(_ANYWHERE_STEP)
            steps.append(self._step())
        return tuple(steps)

    def _step(self) -> Step:
        if not self._starts_step():
            raise self._error("A name was expected here")
        token = self._take()
        if token.text == "." and token.kind == "symbol":
            return _SELF_STEP
        if token.text == ".." and token.kind == "symbol":
            return _PARENT_STEP
        axis = "child"
        if token.kind == "axis":
            axis = self._axis(token)
            token = self._take()
        elif token.text == "@":
            axis = "attribute"
            token = self._take()
        return Step(axis, self._node_test(token), self._predicates())

    def _axis(self, token: Token) -> str:
        if token.text not in AXES:
            raise XPathError(f"“{token.text}” is not an axis", expression=self._source, position=token.start)
        return token.text

    def _node_test(self, token: Token) -> str:
        if token.kind == "symbol" and token.text == "*":
            return "*"
        if token.kind != "name":
            raise XPathError("A name was expected here", expression=self._source, position=token.start)
        if token.text in _NODE_TYPES and self._at("("):
            self._take()
            self._expect(")")
            return f"{token.text}()"
        return token.text

    def _predicates(self) -> tuple[Expression, ...]:
        predicates: list[Expression] = []
        while self._at("["):
            self._take()
            predicates.append(self.expression())
            self._expect("]")
        return tuple(predicates)

    def _peek(self, ahead: int = 0) -> Token:
        return self._tokens[min(self._next + ahead, len(self._tokens) - 1)]

    def _take(self) -> Token:
        token = self._peek()
        self._next += 1
        return token

    def _at(self, text: str) -> bool:
        token = self._peek()
        return token.kind in ("symbol", "operator") and token.text == text

    def _expect(self, text: str) -> None:
        if not self._at(text):
            found = self._peek().text
            raise self._error(f"“{text}” was expected here, not “{found}”" if found else f"“{text}” is missing here")
        self._take()

    def _error(self, problem: str) -> XPathError:
        return XPathError(problem, expression=self._source, position=self._peek().start)
