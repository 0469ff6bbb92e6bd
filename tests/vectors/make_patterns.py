"""Write patterns.json: ``python -m tests.vectors.make_patterns``. What fits a pattern of ``regex()``, what does not.

What a pattern may be is defined in ``server/formlogic/patterns.py``: what the documents of Java's
``java.util.regex.Pattern`` (ODK Collect), ECMAScript's ``RegExp`` and Python's ``re`` agree about. Nothing fits
any other.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["FILE", "main", "written"]

FILE = Path(__file__).with_name("patterns.json")


class Row(NamedTuple):
    """A pattern, texts that fit it and texts that don't."""

    pattern: str
    fits: tuple[str, ...]
    misses: tuple[str, ...]
    remark: str = ""


FROM_FORMS = (
    Row("^[0-9]{10}$", ("0123456789",), ("012345678", "01234567890", "0123456789\n", "০১২৩৪৫৬৭৮৯")),
    Row(r"^0\d{9}$", ("0123456789",), ("1123456789",)),
    Row("[A-Za-z ]+", ("Ana Lee",), ("", "Ana-Lee", "Aña")),
    Row("^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}$", ("E2 9QH", "SW1A1AA"), ("e2 9qh", "E2  9QH")),
    Row("^([01][0-9]|2[0-3]):[0-5][0-9]$", ("00:00", "23:59"), ("24:00", "9:30")),
    Row(r"^\S+@\S+\.\S+$", ("ana@example.org",), ("ana@example", "a na@b.c")),
    Row(".{3,}", ("abc", "👍👍👍"), ("ab", "ab\nc")),
    Row(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,4}", ("a.b+c@d-e.org",), ("a@b.c",)),
    Row(r"[\w-.]+@[a-z.]+", ("a.b-c@d.e",), ("a b@c.d",), "a hyphen after a class is itself, as Java reads it"),
    Row("[ঀ-৿ ]+", ("বাংলা লেখা",), ("Bangla",)),
    Row(r"[\u0980-\u09FF]+", ("বাংলা",), ("Bangla",)),
)
PIECES = (
    Row("", ("",), ("a",)),
    Row("a|", ("", "a"), ("aa",)),
    Row("a|b|cd", ("b", "cd"), ("c", "ab", "acd")),
    Row("(a|b)*", ("", "abba"), ("abc",)),
    Row("(?:ab)+?c", ("abc", "ababc"), ("c",)),
    Row("(a*)*b", ("b", "aab"), ("a",)),
    Row("a{0}b{2}c{1,}d{0,2}", ("bbc", "bbccdd"), ("abbc", "bbd", "bbcddd")),
    Row("a??b", ("b", "ab"), ("aab",)),
    Row("[^a-c]", ("d", "\n", "👍"), ("a", "", "dd")),
    Row("[-a]+", ("-a",), ("b",)),
    Row("[a-]+", ("a-",), ("b",)),
    Row("[a^]+", ("a^",), ("b",)),
    Row("[a-c-e]+", ("b-e",), ("d",), "a hyphen after a range is itself"),
    Row(r"[\d\-\]]+", ("1-]",), ("a",)),
    Row(r"[\W]", ("é", " "), ("e", "_")),
    Row(r"[^\D]", ("1",), ("x", "১")),
    Row(r"\d\w\s", ("1a ", "1_\t"), ("1a\u00a0", "১a ")),
    Row(r"\D\W\S", ("x-y", "১é👍"), ("1-y", "x1y", "x- ")),
    Row(r"\t\n\r\f", ("\t\n\r\f",), ("tnrf",)),
    Row(r"\x61\u0985", ("aঅ",), ("x61",)),
    Row(r"\.\+\/\@\-\_\ক", (".+/@-_ক",), ("x+/@-_ক",)),
    Row("a]}", ("a]}",), ("a",), "closing brackets that close nothing are themselves"),
    Row("a^b|a$b", (), ("a^b", "a$b", "ab"), "inside a text is neither its beginning nor its end"),
    Row("(^a$|^b)", ("a", "b"), ("ab",)),
    Row("a$\n", (), ("a\n", "a"), "the end is the very end"),
    Row(r"a\b-\b1\b", ("a-1",), ("a-12",)),
    Row(r"a\bb", (), ("ab",)),
    Row(r"\bé", (), ("é",), "letters of words are ASCII"),
    Row(".", ("👍", "\r"), ("\n", "")),
    Row(r"([a-z]+\s?)*", ("a" * 500,), ("a" * 500 + "!",), "the time grows with the length of the text alone"),
    Row("a{2000}", (), ("a",), "with the counting of its repetitions it has more than 2,000 steps"),
    Row("a{1000}", ("a" * 1000,), ("a" * 999,)),
)
UNREADABLE = (
    *("(?i)a", "(?P<x>a)", "(?=a)a", "(?!b)a", "a++", "a**", r"\Aa\Z", r"(a)\1", r"\p{L}", r"\u{61}", r"\u61", r"\x6"),
    *(
        "a{",
        "{a",
        r"\{a}{",
        "a{,3}",
        "a{2,1}",
        "*a",
        "a|*",
        "^*a",
        "(a",
        "a)",
        "[a",
        "[",
        "[]a]",
        "[^]a]",
        "[[:alpha:]]",
    ),
    *("[a&&b]", "[b-a]", r"[a-\d]", r"[\b]", r"\q", "a\\", r"\0", r"\ud800", "(" * 51 + "a" + ")" * 51, "a{10000}"),
)
TRIED = ("", "a")
TOGETHER = 10


def main() -> None:
    """Write the file."""
    FILE.write_text(written(), encoding="utf-8")


def written() -> str:
    """Give the text of the file, a line a case."""
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in _cases())
    return f'{{"suite": "patterns of regex()", "cases": [\n{lines}\n]}}\n'


def _cases() -> Iterator[dict[str, Any]]:
    """Give a case for each pattern; those that can't be read go together."""
    for pattern, fits, misses, remark in (*FROM_FORMS, *PIECES):
        tried = [_regex(text, pattern) for text in fits] + [f"not({_regex(text, pattern)})" for text in misses]
        fitting = f"fits {', '.join(map(_short, fits))}" if fits else "fits none of these"
        others = f", not {', '.join(map(_short, misses))}" if misses else ""
        yield _case(f"{_short(pattern)} {fitting}{others}{': ' if remark else ''}{remark}", tried)
    for place in range(0, len(UNREADABLE), TOGETHER):
        together = UNREADABLE[place : place + TOGETHER]
        tried = [f"not({_regex(text, pattern)})" for pattern in together for text in (*TRIED, pattern)]
        yield _case(f"nothing fits what nobody can read: {', '.join(map(_short, together))}", tried)


def _case(name: str, tried: Sequence[str]) -> dict[str, Any]:
    expected = {"type": "boolean", "value": True}
    expression = " and ".join(tried)
    return {"name": name, "kind": "expression", "expression": expression, "instance": "<data/>", "expect": expected}


def _regex(text: str, pattern: str) -> str:
    return f"regex({_quoted(text)}, {_quoted(pattern)})"


def _short(text: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return f"“{shown}”".replace("\n", "↵")


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text else f"'{text}'"


if __name__ == "__main__":
    main()
