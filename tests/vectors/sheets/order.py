"""The order in which things are worked out, where paths look before and after.

Sources: XPath 1.0, section 2.2 (axes); ODK XForms specification, jr:count.
"""

from tests.vectors.sheets.writing import Case, add, answer, case, check, remove

__all__ = ["CASES"]

AROUND = """
| survey |
| | type | name | label | calculation | repeat_count |
| | calculate | early | | concat(following::late, 'x') | |
| | text | t | T | | |
| | calculate | late | | concat(${t}, '!') | |
| | begin repeat | r | R | | count(preceding::t) + count(following::last) |
| | calculate | said | | concat(preceding::late, position(..)) | |
| | end repeat | | | | |
| | calculate | last | | concat(preceding::late, preceding::t) | |
"""
RUNNING = """
| survey |
| | type | name | label | calculation |
| | begin repeat | r | R | |
| | text | n | N | |
| | calculate | back | | concat(preceding::back[1], ${n}) |
| | calculate | on | | concat(${n}, following::on) |
| | calculate | all | | sum(../../r/all) + 1 |
| | calculate | id | | once(if(position(..) = 1, uuid(), indexed-repeat(${id}, ${r}, position(..) - 1))) |
| | end repeat | | | |
"""
COUNTED_AROUND = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model><instance>
 <data id="f" version="1"><n/><r jr:template=""><t/></r><after/></data></instance></model></h:head><h:body>
 <group ref="/data/r"><repeat nodeset="/data/r" jr:count="count(preceding::n) + count(following-sibling::after) + 1">
 <input ref="/data/r/t"/></repeat></group></h:body></h:html>"""

CASES: list[Case] = [
    case(
        "what is read by following:: and preceding:: is worked out before",
        AROUND,
        check("early", value="!x"),
        check("r", count=2),
        answer("t", "q"),
        check("early", value="q!x"),
        check("r[2]/said", value="q!2"),
        check("last", value="q!q"),
        answer("t", "z"),
        check("early", value="z!x"),
        check("r[1]/said", value="z!1"),
        check("last", value="z!z"),
    ),
    {
        "name": "a number of instances is worked out from where the first one would stand",
        "kind": "form",
        "form": COUNTED_AROUND.replace("\n", ""),
        "steps": (check("r", count=3), answer("r[2]/t", "x"), check("r", count=3)),
    },
    case(
        "a calculation that reads itself runs from the first instance to the last, and those that come after are blank",
        RUNNING,
        answer("r[1]/n", "a"),
        add("r"),
        answer("r[2]/n", "b"),
        add("r"),
        answer("r[3]/n", "c"),
        check("r[3]/back", value="abc"),
        check("r[3]/all", value="4"),
        check("r[1]/on", value="a"),
        check("r[2]/on", value="b"),
        check("r[3]/id", value="00000000-0000-4000-8000-000000000001"),
        answer("r[2]/n", "x"),
        check("r[3]/back", value="axc"),
        check("r[1]/on", value="a"),
        check("r[3]/id", value="00000000-0000-4000-8000-000000000001"),
        remove("r[2]"),
        check("r[2]/back", value="ac"),
        check("r[1]/on", value="a"),
        check("r[2]/id", value="00000000-0000-4000-8000-000000000001"),
    ),
]
