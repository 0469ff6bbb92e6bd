"""Values that are there before anybody answers, and values that are given once and then stand.

Sources: ODK XForms specification, "Default Values", "Events and Actions", once(), "readonly"; XLSForm, "default".
"""

from tests.vectors.sheets.writing import Case, add, answer, answers, case, check, language, problems

__all__ = ["CASES"]

FIXED = """
| survey |
| | type | name | label | default | relevant |
| | text | town | Town | বো | |
| | integer | n | N | 0 | |
| | select_multiple yn | many | Many | yes no | |
| | date | day | Day | 2026-11-20 | |
| | text | hidden | Hidden | kept | ${n} = 1 |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""
DYNAMIC = """
| survey |
| | type | name | label | default | calculation |
| | date | day | Day | today() | |
| | text | id | Id | uuid() | |
| | text | week | Week | format-date(today() + 7, '%d/%m') | |
| | text | copy | Copy | ${twice} + 1 | |
| | integer | two | Two | 2 | |
| | calculate | twice | | | ${two} * 2 |
| | text | none | None | number('') | |
"""
BEFOREHAND = """
| survey |
| | type | name | label | default | calculation |
| | text | device | Device | concat('on ', ${phone}) | |
| | calculate | first | | | once(concat(${phone}, ' ', ${asked})) |
| | text | worked | Worked out | concat('never ', 'this') | concat(${phone}, '!') |
| | text | asked | Asked | uuid() | |
| | deviceid | phone | | | |
"""
IN_REPEAT = """
| survey |
| | type | name | label | default |
| | text | town | Town | Bow |
| | begin repeat | r | R | |
| | text | id | Id | uuid() |
| | text | where | Where | ${town} |
| | integer | place | Place | position(..) |
| | end repeat | | | |
"""
ONCE = """
| survey |
| | type | name | label | calculation |
| | text | a | A | |
| | text | b | B | |
| | calculate | id | | once(uuid()) |
| | calculate | seen | | once(${a}) |
| | calculate | day | | once(today()) |
"""
VOLATILE = """
| survey |
| | type | name | label | calculation | relevant |
| | text | a | A | | |
| | text | b | B | | |
| | text | c | C | | ${b} != 'hide' |
| | calculate | id | | uuid() | |
| | calculate | with_a | | concat(${a}, ' ', uuid()) | |
| | calculate | with_c | | concat(${c}, ' ', uuid()) | |
| | calculate | after | | concat(${id}, '!') | |
| | begin repeat | r | | | |
| | text | t | T | | |
| | calculate | own | | concat(${t}, ' ', uuid()) | |
| | end repeat | | | | |
"""
READ_ONLY = """
| survey |
| | type | name | label | read_only | default | calculation | required | constraint |
| | text | open | Open | | | | | |
| | text | shut | Shut | yes | given | | | |
| | text | worked | Worked out | | | concat(${open}, '!') | | |
| | text | some | Sometimes | ${open} = 'shut' | | | yes | . != 'no' |
| | begin group | g | G | ${open} = 'shut' | | | | |
| | text | inside | Inside | | | | | |
| | end group | | | | | | | |
"""


def made(number: int) -> str:
    """Give the id that is made as the ``number``-th."""
    return f"00000000-0000-4000-8000-{number:012d}"


CASES: list[Case] = [
    case(
        "a fixed default is an answer like any other: it can be changed and taken away",
        FIXED,
        check("town", value="বো"),
        check("many", value="yes no"),
        answers(town="বো", n="0", many="yes no", day="2026-11-20"),
        answer("town", ""),
        answer("n", "1"),
        check("hidden", value="kept", relevant=True),
        answers(n="1", many="yes no", day="2026-11-20", hidden="kept"),
        problems(),
    ),
    case(
        "a default that is worked out is given once, after the first calculation; what is no number is blank",
        DYNAMIC,
        check("day", value="2026-11-20"),
        check("week", value="27/11"),
        check("id", value=made(1)),
        check("copy", value="5"),
        check("none", value=""),
        answer("two", "10"),
        check("twice", value="20"),
        check("copy", value="5"),
        answer("day", ""),
        answer("id", "mine"),
        answer("two", "11"),
        check("day", value=""),
        check("id", value="mine"),
    ),
    case(
        "first what is known beforehand, then calculations, then defaults that are worked out; none for a calculation",
        BEFOREHAND,
        check("phone", value="device-1"),
        check("device", value="on device-1"),
        check("first", value="device-1 "),
        check("worked", value="device-1!"),
        check("asked", value=made(1)),
    ),
    case(
        "a default in a repeat is given to each instance when it is added",
        IN_REPEAT,
        check("r[1]/id", value=made(1)),
        check("r[1]/where", value="Bow"),
        check("r[1]/place", value="1"),
        answer("town", "Poplar"),
        add("r"),
        check("r[1]/where", value="Bow"),
        check("r[2]/id", value=made(2)),
        check("r[2]/where", value="Poplar"),
        check("r[2]/place", value="2"),
        check("r[1]/id", value=made(1)),
    ),
    case(
        "once() keeps the first that was not blank",
        ONCE,
        check("id", value=made(1)),
        check("seen", value=""),
        check("day", value="2026-11-20"),
        answer("a", "first"),
        check("seen", value="first"),
        answer("a", "second"),
        check("seen", value="first"),
        answer("b", "x"),
        language("en"),
        check("id", value=made(1)),
    ),
    case(
        "time, chance and ids are worked out again only when what they stand beside changes",
        VOLATILE,
        check("id", value=made(1)),
        check("with_a", value=f" {made(2)}"),
        check("with_c", value=f" {made(3)}"),
        check("r[1]/own", value=f" {made(4)}"),
        answer("b", "x"),
        check("id", value=made(1)),
        check("with_a", value=f" {made(2)}"),
        check("with_c", value=f" {made(3)}"),
        answer("a", "y"),
        check("with_a", value=f"y {made(5)}"),
        check("id", value=made(1)),
        check("after", value=f"{made(1)}!"),
        answer("c", "z"),
        check("with_c", value=f"z {made(6)}"),
        answer("b", "hide"),
        check("with_c", value=f" {made(7)}"),
        answer("a", "y"),
        check("with_a", value=f"y {made(5)}"),
        add("r"),
        check("r[2]/own", value=f" {made(8)}"),
        check("r[1]/own", value=f" {made(4)}"),
        answer("r[2]/t", "t"),
        check("r[2]/own", value=f"t {made(9)}"),
        check("r[1]/own", value=f" {made(4)}"),
    ),
    case(
        "read_only is a rule of its own, of the group around, or of being calculated; other rules hold all the same",
        READ_ONLY,
        check("open", readonly=False),
        check("shut", readonly=True, value="given"),
        check("worked", readonly=True, value="!"),
        check("some", readonly=False, required=True, problem="required"),
        check("g/inside", readonly=False),
        answer("open", "shut"),
        check("some", readonly=True, problem="required"),
        check("g/inside", readonly=True),
        check("worked", value="shut!"),
        answer("some", "no"),
        check("some", problem="constraint"),
        answer("open", ""),
        check("g/inside", readonly=False),
    ),
]
