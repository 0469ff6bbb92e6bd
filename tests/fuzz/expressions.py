"""Random expressions, as XPath text: every function, every operator, over the places that a form lets them read.

What it all comes to is anybody's guess; only that both engines come to the same is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from tests.fuzz.odd_words import LITERALS
from tests.fuzz.patterns import any_patterns, fair_patterns
from tests.fuzz.signatures import SIGNATURES

__all__ = ["Place", "Reach", "calls", "expressions"]


Item = TypeVar("Item")


@dataclass(frozen=True)
class Place:
    """A node of a form: its path, and the names of the leaves right inside it where it is a repeat."""

    path: str
    inside: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()  # the paths of the repeats around it, outermost first


@dataclass(frozen=True)
class Reach:
    """What an expression may read: places in the form, lists; ``free`` where no order of evaluation binds it."""

    places: Sequence[Place]
    lists: Sequence[str] = ()
    free: bool = False
    standing: bool = True  # may ask what stands (once): not so in what decides whether it is there
    fresh: bool = True  # may ask for a fresh id: not so where nothing says how often it is asked
    at: str = "/data"


# Two machines differ in the last digit of these; rounded they are the same.
_ROUNDED = frozenset("pow sqrt exp exp10 log log10 sin cos tan asin acos atan atan2".split())
_BY_KIND = {kind: [name for name, (result, _) in SIGNATURES.items() if result in (kind, "a")] for kind in "nbt"}
_BY_KIND["s"] = ["current", "instance"]
_OF_THEIR_CONTEXT = frozenset("string normalize-space name local-name number string-length".split())
_PATTERNS = ("[a-z]+", r"\d{1,3}", r"\w*", r"[^\s]+", ".*", "(yes|no)?", r"\-?1", "[ক-হ]+.*", r"[\w.-]+", r"[\w-.]+")
_FORMATS = ("%Y-%m-%d", "%d/%n/%y %H:%M:%S.%3", "%e %b %a", "%%%", "%q%h", "দিন %d", "")
_FREE_AXES = (
    "ancestor::*",
    "ancestor-or-self::node()",
    "preceding::*",
    "following::*",
    "preceding-sibling::*",
    "following-sibling::*",
    "descendant::*",
    "parent::node()",
    "..",
    ".",
    "*",
    "@*",
)


@st.composite
def expressions(draw: st.DrawFn, reach: Reach, kind: str, depth: int = 2) -> str:
    """Write an expression of a kind, with calls up to ``depth`` levels deep."""
    writer = _Writer(draw, reach)
    return writer.write(kind, depth)


@st.composite
def calls(draw: st.DrawFn, reach: Reach, name: str) -> str:
    """Write a call of one function, with arguments up to two levels deep."""
    return _Writer(draw, reach).call(name, 2)


class _Writer:
    """Writes one expression; one method for each kind."""

    def __init__(self, draw: st.DrawFn, reach: Reach) -> None:
        self._draw = draw
        self._reach = reach

    def write(self, kind: str, depth: int) -> str:
        if kind == "a":
            kind = self._one("ntbs")
        if depth <= 0 or self._often(3):
            return self._leaf(kind)
        if kind != "t" and self._often(2):
            return self._operation(kind, depth - 1)
        return self.call(self._one(_BY_KIND[kind]), depth - 1)

    def _leaf(self, kind: str) -> str:
        if kind == "s" or (self._reach.places and self._often(2)):
            return self._nodes()
        match kind:
            case "n":
                if self._draw(_below(1000)) == 999:  # no number: publication refuses it
                    return "১২"
                return self._one(("0", "1", "2", "3.5", "-1", "0.5", "-2.5", "10", ".1", "7.", "0.49999999999999994"))
            case "b":
                return self._one(("true()", "false()", "1 = 1"))
            case _:
                return _quoted(self._one(LITERALS))

    def _operation(self, kind: str, depth: int) -> str:
        if kind == "s":
            return f"({self.write('s', depth)} | {self.write('s', depth)})"
        operators = ("+", "-", "*", "div", "mod") if kind == "n" else ("and", "or", "=", "!=", "<", "<=", ">", ">=")
        operator = self._one(operators)
        side = "n" if kind == "n" else "b" if operator in ("and", "or") else "a"
        return f"({self.write(side, depth)} {operator} {self.write(side, depth)})"

    def call(self, name: str, depth: int) -> str:
        """Call a function; what needs a repeat, or words, is a leaf where there is none."""
        if name == "indexed-repeat":
            return self._indexed_repeat(depth)
        allowed = {"once": self._reach.standing, "uuid": self._reach.fresh}
        if not allowed.get(name, True):
            return self._leaf("t")
        arguments: list[str] = []
        for one in SIGNATURES[name][1]:
            wanted = one[0] != "[" or (name in _OF_THEIR_CONTEXT and not self._reach.free)
            if wanted or self._often(2):
                many = 1 + self._draw(_below(3)) if one.endswith("*") else 1
                arguments += [self._argument(one.strip("[]*"), depth) for _ in range(many)]
        call = f"{name}({', '.join(arguments)})"
        if name == "instance":
            return f"{call}/root/item{self._predicate(('name',), depth)}/{self._one(('name', 'g'))}"
        return f"round({call}, 6)" if name in _ROUNDED else call

    def _argument(self, kind: str, depth: int) -> str:
        match kind:
            case "r":
                return self._pattern()
            case "f":
                return _quoted(self._one(_FORMATS))
            case "l":
                return _quoted(self._one(self._reach.lists))
            case "w":
                return self._one(("0", "1", "2", "3", "-1", "6"))
            case "q":
                return _quoted(self._one(self._reach.places).path if self._reach.places else ".")
            case _:
                return self.write(kind, depth)

    def _pattern(self) -> str:
        """Write a pattern, now and then a computed one that nobody can read: publication sees those written out."""
        if self._often(4):
            return f"concat({_quoted(self._draw(any_patterns()))}, '')"
        return _quoted(self._draw(fair_patterns()) if self._often(2) else self._one(_PATTERNS))

    def _indexed_repeat(self, depth: int) -> str:
        within = [place for place in self._reach.places if place.repeats]
        if not within:
            return self._leaf("t")
        place = self._one(within)
        repeats = place.repeats if not self._often(20) else (self._one(place.repeats),)  # some are misnamed
        pairs = ", ".join(f"{repeat}, {self._index(depth)}" for repeat in repeats)
        return f"indexed-repeat({place.path}, {pairs})"

    def _index(self, depth: int) -> str:
        return self._one(("1", "2", "3")) if self._often(2) else self.write("n", depth)

    def _nodes(self) -> str:
        if self._reach.free and self._often(4):
            return self._one(_FREE_AXES)
        if not self._reach.places:
            return "." if self._reach.free else "/.."
        place = self._one(self._reach.places)
        if self._often(8):
            axes = (
                ("following", "preceding") if self._reach.free else ("preceding", "preceding", "preceding", "following")
            )
            axis = self._one(axes)
            return f"{axis}::{place.path.rpartition('/')[2]}"
        above, _, name = place.path.rpartition("/")
        if above == self._reach.at.rpartition("/")[0] and self._often(2):
            return f"../{name}"
        if place.inside and self._often(2):
            return f"{place.path}{self._predicate(place.inside, 0)}/{self._one(place.inside)}"
        return place.path

    def _predicate(self, inside: Sequence[str], depth: int) -> str:
        within = _Writer(self._draw, replace(self._reach, fresh=False))
        match self._one(range(6)):
            case 0:
                return f"[{within.write('n', depth)}]"
            case 1:
                return f"[position() {self._one(('=', '<', '>='))} {within.write('n', depth)}]"
            case 2:
                return "[last()]"
            case 3:
                return f"[{self._one(inside)} = {within.write('t', depth)}]"
            case _:
                return ""

    def _one(self, among: Sequence[Item]) -> Item:
        return among[self._draw(_below(len(among)))]

    def _often(self, one_in: int) -> bool:
        return self._draw(_below(one_in)) == one_in - 1


@cache
def _below(limit: int) -> st.SearchStrategy[int]:
    """Whole numbers below a limit; made once, since making a strategy takes longer than drawing from it."""
    return st.integers(0, limit - 1)


def _quoted(text: str) -> str:
    return f"'{text}'" if "'" not in text else f'"{text}"'
