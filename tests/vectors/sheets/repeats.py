"""Repeats: how many instances there are, which is which, and reading across them.

Sources: ODK XForms specification, "Repeats", jr:count, indexed-repeat(), position(); XLSForm, "repeat_count".
Our own: a count is capped at 1,000; shrinking takes the last instances out, with their answers.
"""

from tests.vectors.sheets.writing import Case, add, answer, answers, case, check, language, problems, remove

__all__ = ["CASES"]


def counted(count: str, *, before: str = "") -> str:
    """Give a form that asks ``n``, then repeats ``r`` as often as ``count`` says."""
    return (
        "| survey |\n| | type | name | label | repeat_count | calculation | relevant |\n"
        f"| | text | n | N | | | |\n{before}"
        f"| | begin repeat | r | R | {count} | | |\n| | text | t | T | | | |\n| | end repeat | | | | | |\n"
        "| | calculate | there | | | count(${r}) | |\n| | calculate | words | | | concat(${t}) | |\n"
    )


NESTED = """
| survey |
| | type | name | label | repeat_count | calculation |
| | begin repeat | home | Home | | |
| | integer | people | People | | |
| | begin repeat | person | Person | ${people} | |
| | text | name | Name | | |
| | calculate | place | | | concat(position(../..), '.', position(..)) |
| | end repeat | | | | |
| | calculate | here | | | count(${person}) |
| | end repeat | | | | |
| | calculate | all | | | count(${person}) |
| | calculate | middle | | | indexed-repeat(${name}, ${home}, 2, ${person}, 1) |
"""
SHOPS = """
| survey |
| | type | name | label | relevant | calculation |
| | begin repeat | shop | Shop | | |
| | integer | price | Price | | |
| | text | open | Open? | | |
| | integer | staff | Staff | ${open} = 'yes' | |
| | calculate | number | | | position(..) |
| | calculate | before | | | indexed-repeat(${price}, ${shop}, position(..) - 1) |
| | calculate | running | | | ${price} + coalesce(indexed-repeat(${running}, ${shop}, position(..) - 1), 0) |
| | end repeat | | | | |
| | calculate | total | | | sum(${price}) |
| | calculate | dearest | | | max(${price}) |
| | calculate | crew | | | sum(${staff}) |
| | calculate | last | | | indexed-repeat(${price}, ${shop}, count(${shop})) |
| | calculate | named | | | join(', ', ${price}) |
"""
FIRST_VALUES = """
| survey |
| | type | name | label | repeat_count | default | calculation |
| | integer | n | N | | 1 | |
| | begin repeat | r | R | ${n} | | |
| | text | id | Id | | uuid() | |
| | text | kind | Kind | | shop | |
| | end repeat | | | | | |
"""
HIDDEN = """
| survey |
| | type | name | label | relevant | calculation |
| | begin repeat | r | R | | |
| | text | t | T | | |
| | begin group | g | G | ${t} != '' | |
| | integer | v | V | | |
| | end group | | | | |
| | end repeat | | | | |
| | calculate | seen | | | count(${v}) |
| | calculate | second | | | /data/r[2]/g/v |
| | calculate | total | | | sum(${v}) |
"""
WHOLE_HIDDEN = """
| survey |
| | type | name | label | relevant | calculation |
| | select_one yn | any | Any? | | |
| | begin repeat | r | R | ${any} = 'yes' | |
| | text | t | T | | |
| | end repeat | | | | |
| | calculate | seen | | | count(${r}) |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""
FIVE = [answer("n", "5"), check("r", count=5)]

CASES: list[Case] = [
    case("a count that is a number: so many instances from the beginning", counted("3"), check("r", count=3)),
    case(
        "a count from an answer: growing adds blank instances behind, shrinking takes the last ones out",
        counted("${n}"),
        check("r", count=0),
        answer("n", "2"),
        check("r", count=2),
        answer("r[1]/t", "one"),
        answer("r[2]/t", "two"),
        answer("n", "3"),
        check("words", value="onetwo"),
        answer("r[3]/t", "three"),
        check("there", value="3"),
        check("words", value="onetwothree"),
        answer("n", "1"),
        check("r", count=1),
        check("there", value="1"),
        check("words", value="one"),
        answer("n", "2"),
        check("r[2]/t", value=""),
        check("words", value="one"),
        answers(n="2", r=[{"t": "one"}, {}], there="2", words="one"),
    ),
    case(
        "a count that is blank, negative or no number is none; a fraction is cut off",
        counted("${n}"),
        *FIVE,
        answer("n", ""),
        check("r", count=0),
        *FIVE,
        answer("n", "-1"),
        check("r", count=0),
        *FIVE,
        answer("n", "many"),
        check("r", count=0),
        *FIVE,
        answer("n", "২"),
        check("r", count=0),
        answer("n", "2.9"),
        check("r", count=2),
        answer("n", "0.9"),
        check("r", count=0),
        answer("n", " 2 "),
        check("r", count=2),
    ),
    case(
        "our limit: a count gives at most 1,000 instances",
        counted("${n}"),
        answer("n", "1000"),
        check("r", count=1000),
        check("there", value="1000"),
        answer("n", "1001"),
        check("r", count=1000),
        answer("n", "99999999999999999999"),
        check("r", count=1000),
        answer("n", "999"),
        check("r", count=999),
    ),
    case(
        "a count from a calculation follows what that reads",
        counted("${double}", before="| | calculate | double | | | ${n} * 2 | |\n"),
        check("r", count=0),
        answer("n", "2"),
        check("r", count=4),
        answer("n", "1.5"),
        check("r", count=3),
        answer("n", ""),
        check("r", count=0),
    ),
    case(
        "a count inside a repeat reads its own instance",
        NESTED,
        check("home", count=1),
        answer("home[1]/people", "1"),
        add("home"),
        answer("home[2]/people", "2"),
        check("home[1]/person", count=1),
        check("home[2]/person", count=2),
        check("home[1]/here", value="1"),
        check("home[2]/here", value="2"),
        check("all", value="3"),
        check("home[2]/person[2]/place", value="2.2"),
        answer("home[2]/person[1]/name", "আনা"),
        check("middle", value="আনা"),
        remove("home[1]"),
        check("home[1]/person[2]/place", value="1.2"),
        check("all", value="2"),
        check("middle", value=""),
        answer("home[1]/people", "0"),
        check("all", value="0"),
        check("home[1]/person", count=0),
    ),
    case(
        "what a count adds gets the values of a new repeat, once, and shrinking forgets them",
        FIRST_VALUES,
        check("r[1]/id", value="00000000-0000-4000-8000-000000000001"),
        check("r[1]/kind", value="shop"),
        answer("n", "2"),
        check("r[1]/id", value="00000000-0000-4000-8000-000000000001"),
        check("r[2]/id", value="00000000-0000-4000-8000-000000000002"),
        answer("n", "1"),
        answer("n", "2"),
        check("r[2]/id", value="00000000-0000-4000-8000-000000000003"),
    ),
    case(
        "positions, earlier instances and running totals follow what is added, answered and taken away",
        SHOPS,
        answer("shop[1]/price", "5"),
        add("shop"),
        answer("shop[2]/price", "7"),
        add("shop"),
        answer("shop[3]/price", "1"),
        check("shop[3]/number", value="3"),
        check("shop[1]/before", value=""),
        check("shop[3]/before", value="7"),
        check("shop[3]/running", value="13"),
        check("last", value="1"),
        answer("shop[1]/price", "6"),
        check("shop[3]/running", value="14"),
        remove("shop[2]"),
        check("shop[2]/number", value="2"),
        check("shop[2]/before", value="6"),
        check("shop[2]/running", value="7"),
        check("named", value="6, 1"),
    ),
    case(
        "sums and greatest numbers over instances: blank answers count as nothing in a sum",
        SHOPS,
        check("total", value="0"),
        answer("shop[1]/price", "5"),
        add("shop"),
        check("total", value="5"),
        answer("shop[2]/price", "2"),
        check("total", value="7"),
        check("dearest", value="5"),
        answer("shop[2]/price", "10"),
        check("dearest", value="10"),
        remove("shop[1]"),
        check("total", value="10"),
        remove("shop[1]"),
        check("total", value="0"),
        check("dearest", value=""),
        check("named", value=""),
    ),
    case(
        "what is hidden in one instance is left out of the sum of all",
        SHOPS,
        answer("shop[1]/open", "yes"),
        answer("shop[1]/staff", "3"),
        add("shop"),
        answer("shop[2]/staff", "4"),
        check("crew", value="3"),
        answer("shop[2]/open", "yes"),
        check("crew", value="7"),
        answer("shop[1]/open", ""),
        check("crew", value="4"),
    ),
    case(
        "a position counts instances with something hidden too: it names a place",
        HIDDEN,
        add("r"),
        answer("r[2]/t", "x"),
        answer("r[2]/g/v", "5"),
        check("seen", value="1"),
        check("second", value="5"),
        check("total", value="5"),
        answer("r[2]/t", ""),
        check("seen", value="0"),
        check("second", value=""),
    ),
    case(
        "a hidden repeat counts as none, keeps its answers, and is left out at the end",
        WHOLE_HIDDEN,
        check("seen", value="0"),
        answer("any", "yes"),
        check("seen", value="1"),
        answer("r[1]/t", "kept"),
        add("r"),
        check("seen", value="2"),
        answer("any", "no"),
        check("seen", value="0"),
        check("r", count=2),
        answers(any="no", seen="0"),
        answer("any", "yes"),
        answers(any="yes", r=[{"t": "kept"}, {}], seen="2"),
        language("en"),
        problems(),
    ),
]
