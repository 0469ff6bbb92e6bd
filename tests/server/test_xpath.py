"""The parser: what it reads, what it refuses and where it points."""

import pytest

from server.formlogic.trees import from_json, to_json
from server.forms.xpath import MAXIMUM_DEPTH, MAXIMUM_HEIGHT, MAXIMUM_LENGTH, XPathError, parse

READ = [
    ("1+2*3", ["+", ["num", "1"], ["*", ["num", "2"], ["num", "3"]]]),
    ("- -4", ["neg", ["neg", ["num", "4"]]]),
    ("-a|b", ["neg", ["|", ["path", ".", ["child", "a"]], ["path", ".", ["child", "b"]]]]),
    ("* * *", ["*", ["path", ".", ["child", "*"]], ["path", ".", ["child", "*"]]]),
    ("div div div", ["div", ["path", ".", ["child", "div"]], ["path", ".", ["child", "div"]]]),
    ("a-b", ["path", ".", ["child", "a-b"]]),
    ("a -b", ["-", ["path", ".", ["child", "a"]], ["path", ".", ["child", "b"]]]),
    ("/", ["path", "/"]),
    ("//x", ["path", "/", ["descendant-or-self", "node()"], ["child", "x"]]),
    ("../@id", ["path", ".", ["parent", "node()"], ["attribute", "id"]]),
    ("(a)[1]", ["filter", ["path", ".", ["child", "a"]], ["num", "1"]]),
    ("f()/a", ["path", ["call", "f"], ["child", "a"]]),
    ("jr:choice-name(., 'x')", ["call", "jr:choice-name", ["path", ".", ["self", "node()"]], ["str", "x"]]),
    ("নাম + __proto__", ["+", ["path", ".", ["child", "নাম"]], ["path", ".", ["child", "__proto__"]]]),
]


# A path may lead to a name that is made of digits of another script; elsewhere such a word is meant as a number.
READ += [("/data/১", ["path", "/", ["child", "data"], ["child", "১"]]), ("২য়", ["path", ".", ["child", "২য়"]])]


@pytest.mark.parametrize(("text", "tree"), READ)
def test_expression_is_read_as_the_grammar_says(text: str, tree: object) -> None:
    assert to_json(parse(text)) == tree


@pytest.mark.parametrize(("text", "tree"), READ)
def test_tree_survives_its_json_form(text: str, tree: object) -> None:
    assert from_json(tree) == parse(text)


@pytest.mark.parametrize(
    ("text", "position"),
    [("1 +", 4), ("a b", 3), ("'x", 1), ("foo(", 5), ("a[1", 4), ("a::b", 1), ("1 $ 2", 3), ("", 1), ("()", 2)],
)
def test_error_points_at_the_character(text: str, position: int) -> None:
    with pytest.raises(XPathError) as caught:
        parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize(("text", "position"), [("১ + ২", 1), ("a > ১২.৫", 5), ("1২", 2), ("f(٣)", 3), ("a[१]", 3)])
def test_number_in_digits_of_another_script_is_refused_in_words(text: str, position: int) -> None:
    with pytest.raises(XPathError, match="write numbers with the digits 0 to 9") as caught:
        parse(text)
    assert caught.value.position == position


def test_longest_expression_is_read_and_one_more_character_is_not() -> None:
    longest = "1" * MAXIMUM_LENGTH
    assert to_json(parse(longest)) == ["num", longest]
    with pytest.raises(XPathError, match=f"the limit is {MAXIMUM_LENGTH}"):
        parse(longest + "1")


def test_deepest_brackets_are_read_and_one_more_level_is_not() -> None:
    inside = MAXIMUM_DEPTH - 1
    assert to_json(parse("(" * inside + "1" + ")" * inside)) == ["num", "1"]
    with pytest.raises(XPathError, match="levels of brackets"):
        parse("(" * (inside + 1) + "1" + ")" * (inside + 1))


def test_longest_sum_is_read_and_one_more_term_is_not() -> None:
    longest = "+".join("1" * MAXIMUM_HEIGHT)
    assert from_json(to_json(parse(longest))) == parse(longest)
    with pytest.raises(XPathError, match="split it into several calculations"):
        parse(longest + "+1")
