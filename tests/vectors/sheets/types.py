"""Question types: what each takes for an answer, and what is filled in by itself.

Sources: ODK XForms specification, "Data Types", "Preload Attributes", "Body Elements"; XML Schema 1.0, part 2.
"""

from tests.vectors.sheets.writing import Case, Step, answer, answers, case, check, finish, problems

__all__ = ["CASES"]


def tried(name: str, good: str, bad: str, *, code: str = "type") -> list[Step]:
    """Answer a question with each of the good and bad texts, which stand between bars."""
    steps: list[Step] = []
    for texts, problem in ((good, None), (bad, code)):
        for text in texts.split("|"):
            steps += [answer(name, text), check(name, problem=problem, valid=problem is None)]
    return steps


def one_question(kind: str, more: str = "") -> str:
    """Give the table of a form with one question ``q``."""
    return f"| survey |\n| | type | name | label | parameters | required |\n| | {kind} | q | Q | {more} | |\n"


LIST = "| choices |\n| | list_name | name | label |\n| | c | a | A |\n| | c | b | B |\n| | c | c | C |\n"
METADATA = """
| survey |
| | type | name | label |
| | start | start | |
| | end | end | |
| | today | today | |
| | deviceid | device | |
| | username | user | |
| | email | mail | |
| | phonenumber | telephone | |
| | text | q | Q |
"""
UPLOADS = """
| survey |
| | type | name | label |
| | image | picture | Picture |
| | audio | sound | Sound |
| | video | film | Film |
| | file | paper | Paper |
"""

CASES: list[Case] = [
    case(
        "a decimal has digits and at most one point; no exponent, no comma, no other digits",
        one_question("decimal"),
        *tried("q", "0|-0.5|.5|5.|007|123456789.123456789", "1e3|1,5|+1|১.৫|1 2|-|.|abc|NaN| 1"),
        answer("q", ""),
        check("q", problem=None),
    ),
    case(
        "an integer has 32 bits",
        one_question("integer"),
        *tried("q", "2147483647|-2147483648|007|-0|0000000000000000000000012", "2147483648|-2147483649|1.0|১২|1e3"),
    ),
    case(
        "a date is one of the calendar, without a time",
        one_question("date"),
        *tried(
            "q", "2026-11-20|2024-02-29|0001-01-01|9999-12-31", "2026-02-29|2026-13-01|2026-1-1|20-11-2026|২০২৬-১১-২০"
        ),
        *tried("q", "2000-02-29", "1900-02-29|2026-11-20T10:00:00Z|0000-01-01"),
    ),
    case(
        "a time has seconds, and perhaps a fraction and an offset",
        one_question("time"),
        *tried("q", "00:00:00|23:59:59.999|10:30:00.000+06:00|10:30:00Z|10:30:00-14:00", "24:00:00|10:30|10:60:00"),
        *tried("q", "10:30:00+05:45", "10:30:00+15:00|10:30:00 +06:00|২২:০০:০০"),
    ),
    case(
        "a dateTime has both",
        one_question("datetime"),
        *tried("q", "2026-11-20T10:30:00.000+06:00|2026-11-20T10:30:00", "2026-11-20|10:30:00|2026-02-30T10:30:00Z"),
    ),
    case(
        "a geopoint is on the globe; altitude and accuracy may be left out",
        one_question("geopoint"),
        *tried("q", "51.5 -0.05 10 5|90 180|-90 -180 0 0", "91 0 0 0|0 181|51.5|1 2 3 -4|1 2 3 4 5|51,5 0"),
    ),
    case(
        "a range of integers has bounds and steps",
        one_question("range", "start=1 end=10 step=3"),
        *tried("q", "1|4|10|04", "2|0|11|13|-2", code="constraint"),
        *tried("q", "7", "x|4.0"),
    ),
    case(
        "a range of decimals counts its steps in decimals, not in binary fractions",
        one_question("range", "start=0.0 end=1.0 step=0.1"),
        *tried("q", "0|0.3|0.7|1.0|.5", "0.35|1.1|-0.1", code="constraint"),
    ),
    case(
        "a range counts all digits of an answer, and of its step",
        one_question("range", "start=0 end=5 step=0.00000000000000000000000000000001"),
        *tried("q", "3|0.00000000000000000000000000000001", "0.000000000000000000000000000000001", code="constraint"),
        *tried("q", "3.0", "3." + "0" * 399, code="constraint"),
    ),
    case(
        "a ranking is all that is offered, each once, in any order",
        one_question("rank c") + LIST,
        *tried("q", "a b c|c a b|b  c a", "a b|a b c c|a b d|a a b|abc", code="choice"),
        answer("q", ""),
        check("q", problem=None, choices=["a", "b", "c"]),
    ),
    case(
        "a barcode is any text",
        one_question("barcode"),
        answer("q", "978-0-১২৩ \u200f"),
        check("q", value="978-0-১২৩ \u200f", problem=None),
    ),
    case(
        "what must be acknowledged is asked for until it is",
        "| survey |\n| | type | name | label | required |\n| | acknowledge | q | Read it | yes |\n",
        check("q", problem="required", required=True),
        answer("q", "OK"),
        check("q", problem=None),
        answers(q="OK"),
    ),
    case(
        "pictures, sounds, films and papers are answered with the name of a file",
        UPLOADS,
        answer("picture", "1700000000000.jpg"),
        answer("paper", "ভাড়া.pdf"),
        problems(),
        answers(picture="1700000000000.jpg", paper="ভাড়া.pdf"),
    ),
    case(
        "the beginning, the day, the device and the person are known at once, the end when it is finished",
        METADATA,
        check("start", value="2026-11-20T23:30:00.000+06:00"),
        check("today", value="2026-11-20"),
        check("device", value="device-1"),
        check("user", value="Ana"),
        check("mail", value="ana@example.org"),
        check("telephone", value="+44 20 7946 0000"),
        check("end", value=""),
        answer("q", "x"),
        check("end", value=""),
        finish(),
        check("end", value="2026-11-20T23:30:00.000+06:00"),
        check("start", value="2026-11-20T23:30:00.000+06:00"),
        now="2026-11-20T23:30:00.000+06:00",
    ),
    case(
        "a response has an id of its own from the beginning, and keeps it",
        one_question("text") + "| settings |\n| | form_title | form_id | version |\n| | T | vector | 1 |\n",
        check("meta/instanceID", value="uuid:00000000-0000-4000-8000-000000000001", readonly=True),
        answer("q", "x"),
        finish(),
        answers(q="x", meta={"instanceID": "uuid:00000000-0000-4000-8000-000000000001"}),
    ),
]
