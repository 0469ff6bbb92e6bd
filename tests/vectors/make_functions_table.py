"""Write functions-table.json: ``python -m tests.vectors.make_functions_table``.

Each row is a cell of the table *function × {blank, wrong kind, boundary, another script}*: its expression, and the
value that XPath 1.0 or the ODK XForms specification gives it. What they leave open is decided here, with a remark.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

__all__ = ["FILE", "main", "written"]

FILE = Path(__file__).with_name("functions-table.json")
INSTANCE = (
    "<data><blank/><zero>0</zero><bn>বাংলা</bn><নাম>আনা</নাম><colours>red  green blue</colours>"
    "<r><v>1</v></r><r><v/></r><r><v>৩</v></r><p><v>2.5</v></p><p><v/></p><p><v>4</v></p></data>"
)
LISTS = {"yn": "<root><item><name>yes</name></item><item><name>no</name></item></root>"}
LISTS["তালিকা"] = "<root><item><name>হ্যাঁ</name></item></root>"


class Number(str):
    """A number as XPath's ``string()`` writes it."""


class Row(NamedTuple):
    """One cell; ``value`` is a text, a number, a truth, the texts of nodes, or None for an error."""

    cell: str
    expression: str
    value: str | bool | list[str] | None
    remark: str = ""
    fields: Mapping[str, Any] = MappingProxyType({})


NAN, ZERO, ONE, TWO, THREE = (Number(text) for text in ("NaN", "0", "1", "2", "3"))
ENDLESS = Number("-Infinity")

TRUTH = [
    Row("boolean/blank", "boolean('')", False),
    Row("boolean/wrong kind", "boolean(/data/nothing)", False),
    Row("boolean/boundary", "boolean(0)", False),
    Row("boolean/another script", "boolean('না')", True, "any text but the empty one is true"),
    Row("not/blank", "not('')", True),
    Row("not/wrong kind", "not('false')", False, "a text that is not empty is true"),
    Row("not/boundary", "not(0 div 0)", True, "NaN is false"),
    Row("not/another script", "not('না')", False),
    Row("boolean-from-string/blank", "boolean-from-string('')", False),
    Row("boolean-from-string/wrong kind", "boolean-from-string(1)", True),
    Row("boolean-from-string/boundary", "boolean-from-string('1.0')", False, "only true and 1"),
    Row("boolean-from-string/another script", "boolean-from-string('সত্য')", False),
    Row("regex/blank", "regex('', '[0-9]*')", True),
    Row("regex/wrong kind", "regex(12, '[0-9]+')", True),
    Row("regex/boundary", "regex('ab', 'a')", False, "the whole text must fit"),
    Row("regex/another script", "regex('বাংলা', '[ঀ-৿]+')", True),
    Row("checklist/blank", "checklist(1, 2, '')", False),
    Row("checklist/wrong kind", "checklist(0, 0, 'abc')", True, "what is no number counts as no"),
    Row("checklist/boundary", "checklist(1, 2, 1, 1, 1)", False),
    Row("checklist/another script", "checklist(1, -1, '১')", False),
    Row("weighted-checklist/blank", "weighted-checklist(0, 0, '', 5)", True),
    Row("weighted-checklist/wrong kind", "weighted-checklist(1, -1, 'abc', 5)", False),
    Row("weighted-checklist/boundary", "weighted-checklist(5, 5, 1, 2, 1, 3)", True),
    Row("weighted-checklist/another script", "weighted-checklist(1, -1, '১', 5)", False),
    Row("weighted-checklist/boundary", "weighted-checklist(2, -1, /data/p/v, 2)", True, "two without a weight"),
    Row("if/blank", "if('', 'yes', 'no')", "no"),
    Row("if/wrong kind", "if('false', 'yes', 'no')", "yes", "a text that is not empty is true"),
    Row("if/boundary", "if(0, 'yes', 'no')", "no"),
    Row("if/another script", "if('না', 'ক', 'খ')", "ক"),
]
TEXT = [
    Row("string/blank", "string('')", ""),
    Row("string/wrong kind", "string(true())", "true"),
    Row("string/boundary", "string(-1 div 0)", "-Infinity"),
    Row("string/another script", "string('مرحبا')", "مرحبا"),
    Row("concat/blank", "concat('', /data/blank)", ""),
    Row("concat/wrong kind", "concat(1.50, true())", "1.5true"),
    Row("concat/boundary", "concat(/data/nothing)", "", "one argument, and no nodes in it"),
    Row("concat/another script", "concat('বাং', 'লা')", "বাংলা"),
    Row("join/blank", "join(',', '', '')", ","),
    Row("join/wrong kind", "join(0, 1, 2)", "102"),
    Row("join/boundary", "join(',')", "", "nothing to join"),
    Row("join/another script", "join('، ', 'ا', 'ب')", "ا، ب"),
    Row("coalesce/blank", "coalesce('', '')", ""),
    Row("coalesce/wrong kind", "coalesce(0, 'x')", "0", "nought is an answer"),
    Row("coalesce/boundary", "coalesce(' ', 'x')", " ", "a space is not blank"),
    Row("coalesce/another script", "coalesce('', 'বাংলা')", "বাংলা"),
    Row("once/blank", "once('x')", "x", fields={"context": "/data/blank"}),
    Row("once/wrong kind", "once(12)", "12", "it gives a text", fields={"context": "/data/blank"}),
    Row("once/boundary", "once('x')", "0", "nought is an answer", fields={"context": "/data/zero"}),
    Row("once/another script", "once('x')", "বাংলা", fields={"context": "/data/bn"}),
    Row("uuid/blank", "uuid('')", "", "left open by the specification: no length, no characters"),
    Row("uuid/wrong kind", "uuid('abc')", "", "left open by the specification"),
    Row("uuid/boundary", "string-length(uuid(1025))", Number("1024"), "our limit"),
    Row("uuid/another script", "uuid('৮')", "", "only ASCII digits make a number"),
    Row("substr/blank", "substr('', 0, 2)", ""),
    Row("substr/wrong kind", "substr(12345, 1, 3)", "23"),
    Row("substr/boundary", "substr('abc', -1, 99)", "c", "from the end, and past it"),
    Row("substr/another script", "substr('বাংলা', 0, 2)", "বা", "counts code points"),
    Row("substring/blank", "substring('', 1)", ""),
    Row("substring/wrong kind", "substring(12345, 2, 3)", "234"),
    Row("substring/boundary", "substring('12345', 0, 3)", "12"),
    Row("substring/boundary", "substring('abc', 1, 0.49999999999999994)", "", "a half goes up, and less does not"),
    Row("substring/boundary", "substring('abc', 0.49999999999999994, 2)", "a"),
    Row("substring/boundary", "substring('abc', -0.5, 2.5)", "ab"),
    Row("substring/another script", "substring('مرحبا', 1, 2)", "مر"),
    Row("substring-before/blank", "substring-before('', '/')", ""),
    Row("substring-before/wrong kind", "substring-before(1999.5, '.')", "1999"),
    Row("substring-before/boundary", "substring-before('abc', '')", ""),
    Row("substring-before/another script", "substring-before('ঢাকা/মিরপুর', '/')", "ঢাকা"),
    Row("substring-after/blank", "substring-after('', '/')", ""),
    Row("substring-after/wrong kind", "substring-after(1999.5, '.')", "5"),
    Row("substring-after/boundary", "substring-after('abc', '')", "abc"),
    Row("substring-after/another script", "substring-after('ঢাকা/মিরপুর', '/')", "মিরপুর"),
    Row("translate/blank", "translate('', 'a', 'b')", ""),
    Row("translate/wrong kind", "translate(1.5, '.', ',')", "1,5"),
    Row("translate/boundary", "translate('--aaa--', 'abc-', 'ABC')", "AAA"),
    Row("translate/another script", "translate('১২৩', '০১২৩', '0123')", "123"),
    Row("normalize-space/blank", "normalize-space('')", ""),
    Row("normalize-space/wrong kind", "normalize-space(true())", "true"),
    Row("normalize-space/boundary", "normalize-space(' \n\t ')", ""),
    Row("normalize-space/another script", "normalize-space('\u00a0বাংলা  লেখা ')", "\u00a0বাংলা লেখা", "XML's white space"),
    Row("string-length/blank", "string-length('')", ZERO),
    Row("string-length/wrong kind", "string-length(12.50)", Number("4")),
    Row("string-length/boundary", "string-length('👍')", ONE, "counts code points"),
    Row("string-length/another script", "string-length('বাংলা')", Number("5")),
    Row("contains/blank", "contains('', 'a')", False),
    Row("contains/wrong kind", "contains(123, 2)", True),
    Row("contains/boundary", "contains('', '')", True),
    Row("contains/another script", "contains('বাংলা', 'ংল')", True),
    Row("starts-with/blank", "starts-with('', 'a')", False),
    Row("starts-with/wrong kind", "starts-with(123, 12)", True),
    Row("starts-with/boundary", "starts-with('', '')", True),
    Row("starts-with/another script", "starts-with('مرحبا', 'مر')", True),
    Row("ends-with/blank", "ends-with('', 'a')", False),
    Row("ends-with/wrong kind", "ends-with(123, 23)", True),
    Row("ends-with/boundary", "ends-with('a', 'ba')", False, "longer than the text"),
    Row("ends-with/another script", "ends-with('বাংলা', 'লা')", True),
]
CHOICES = [
    Row("selected/blank", "selected('', '')", True, "as JavaRosa and Enketo: forms ask so for a blank"),
    Row("selected/wrong kind", "selected(12, 1)", False),
    Row("selected/boundary", "selected(/data/colours, 'gree')", False),
    Row("selected/another script", "selected('লাল সবুজ', 'সবুজ')", True),
    Row("selected-at/blank", "selected-at('', 0)", ""),
    Row("selected-at/wrong kind", "selected-at('a b', 'x')", ""),
    Row("selected-at/boundary", "selected-at('a b', 2)", "", "counted from 0"),
    Row("selected-at/another script", "selected-at('লাল সবুজ', 1)", "সবুজ"),
    Row("count-selected/blank", "count-selected('')", ZERO),
    Row("count-selected/wrong kind", "count-selected(12)", ONE),
    Row("count-selected/boundary", "count-selected(/data/colours)", THREE, "double spaces don't count"),
    Row("count-selected/another script", "count-selected('এক দুই')", TWO),
]
NODES = [
    Row("count/blank", "count(/data/blank)", ONE, "a blank question is there"),
    Row("count/wrong kind", "count('x')", None),
    Row("count/boundary", "count(/data/nothing)", ZERO),
    Row("count/another script", "count(/data/নাম)", ONE),
    Row("count-non-empty/blank", "count-non-empty(/data/blank)", ZERO),
    Row("count-non-empty/wrong kind", "count-non-empty('x')", None),
    Row("count-non-empty/boundary", "count-non-empty(/data/nothing)", ZERO),
    Row("count-non-empty/another script", "count-non-empty(/data/নাম)", ONE),
    Row("sum/blank", "sum(/data/p/v)", Number("6.5"), "blank answers count as nothing"),
    Row("sum/wrong kind", "sum(/data/colours)", NAN),
    Row("sum/boundary", "sum(/data/nothing)", ZERO),
    Row("sum/another script", "sum(/data/r/v)", NAN, "only ASCII digits make a number"),
    Row("position/blank", "position(/data/nothing)", NAN),
    Row("position/wrong kind", "position('x')", None),
    Row("position/boundary", "position(/data/r[last()])", THREE),
    Row("position/another script", "position(/data/নাম)", ONE),
    Row("last/boundary", "string(/data/r[last()]/v)", "৩"),
    Row("name/blank", "name(/data/nothing)", ""),
    Row("name/wrong kind", "name('x')", None),
    Row("name/boundary", "name(/)", "", "the document has no name"),
    Row("name/another script", "name(/data/নাম)", "নাম"),
    Row("local-name/blank", "local-name(/data/nothing)", ""),
    Row("local-name/wrong kind", "local-name('x')", None),
    Row("local-name/boundary", "local-name(/)", ""),
    Row("local-name/another script", "local-name(/data/নাম)", "নাম"),
    Row("current/boundary", "count(/data/r[position() = count(current()/r)])", ONE),
    Row("instance/blank", "count(instance('')/root/item)", ZERO),
    Row("instance/wrong kind", "count(instance(12)/root/item)", ZERO),
    Row("instance/boundary", "count(instance('yn'))", ONE),
    Row("instance/another script", "instance('তালিকা')/root/item/name", ["হ্যাঁ"]),
    Row("indexed-repeat/blank", "indexed-repeat(/data/r/v, /data/r, '')", ""),
    Row("indexed-repeat/wrong kind", "indexed-repeat('x', /data/r, 1)", None),
    Row("indexed-repeat/boundary", "indexed-repeat(/data/r/v, /data/r, 4)", ""),
    Row("indexed-repeat/another script", "indexed-repeat(/data/r/v, /data/r, 3)", "৩"),
]
_SEEN_AT_MIDNIGHT = {"now": "2026-11-20T23:59:59.999+06:00"}
TIMES = [
    Row("now/boundary", "now()", "2026-11-20T23:59:59.999+06:00", fields=_SEEN_AT_MIDNIGHT),
    Row("today/boundary", "today()", "2026-11-20", "the day where the person is", fields=_SEEN_AT_MIDNIGHT),
    Row("date/blank", "date('')", ""),
    Row("date/wrong kind", "date('abc')", ""),
    Row("date/boundary", "date('2026-02-30')", ""),
    Row("date/another script", "date('২০২৬-১১-২০')", ""),
    Row("date-time/blank", "date-time('')", ""),
    Row("date-time/wrong kind", "date-time('abc')", ""),
    Row("date-time/boundary", "date-time(0)", "1970-01-01T00:00:00.000Z"),
    Row("date-time/another script", "date-time('২০২৬-১১-২০')", ""),
    Row("format-date/blank", "format-date('', '%Y')", ""),
    Row("format-date/wrong kind", "format-date('abc', '%Y')", ""),
    Row("format-date/boundary", "format-date('0001-01-01', '%Y-%m-%d %q%%')", "0001-01-01 %q%"),
    Row("format-date/another script", "format-date('2026-11-20', '%e তারিখ')", "20 তারিখ"),
    Row("format-date-time/blank", "format-date-time('', '%H')", ""),
    Row("format-date-time/wrong kind", "format-date-time('abc', '%H')", ""),
    Row("format-date-time/boundary", "format-date-time('2026-11-20T23:59:59.999Z', '%H:%M:%S.%3')", "23:59:59.999"),
    Row("format-date-time/another script", "format-date-time('2026-11-20T09:05:00Z', '%hটা %M')", "9টা 05"),
    Row("decimal-date-time/blank", "decimal-date-time('')", NAN),
    Row("decimal-date-time/wrong kind", "decimal-date-time('abc')", NAN),
    Row("decimal-date-time/boundary", "decimal-date-time('1970-01-01T12:00:00Z')", Number("0.5")),
    Row("decimal-date-time/another script", "decimal-date-time('২০২৬-১১-২০')", NAN),
    Row("decimal-time/blank", "decimal-time('')", NAN),
    Row("decimal-time/wrong kind", "decimal-time(12)", NAN),
    Row("decimal-time/boundary", "decimal-time('24:00:00')", NAN, "a day ends before it"),
    Row("decimal-time/another script", "decimal-time('১২:০০:০০')", NAN),
]
BOUNDARIES = [  # of the functions on numbers; their other cells are alike
    Row("number/boundary", "number('1e3')", NAN, "XPath has no exponents"),
    Row("min/boundary", "min(/data/nothing)", NAN),
    Row("max/boundary", "max(/data/nothing)", NAN),
    Row("round/boundary", "round(-2.5)", Number("-2"), "a half goes up"),
    Row("floor/boundary", "floor(-0.5)", Number("-1")),
    Row("ceiling/boundary", "1 div ceiling(-0.5)", ENDLESS, "XPath has a negative zero"),
    Row("int/boundary", "int(-0.9)", ZERO),
    Row("abs/boundary", "abs(-1 div 0)", Number("Infinity")),
    Row("pow/boundary", "pow(0, 0)", ONE),
    Row("sqrt/boundary", "sqrt(-1)", NAN),
    Row("exp/boundary", "exp(0)", ONE),
    Row("exp10/boundary", "exp10(-400)", ZERO),
    Row("log/boundary", "log(0)", ENDLESS),
    Row("log10/boundary", "log10(0)", ENDLESS),
    Row("sin/boundary", "sin(0)", ZERO),
    Row("cos/boundary", "cos(0)", ONE),
    Row("tan/boundary", "tan(0)", ZERO),
    Row("asin/boundary", "asin(2)", NAN),
    Row("acos/boundary", "acos(2)", NAN),
    Row("atan/boundary", "atan(0)", ZERO),
    Row("atan2/boundary", "atan2(0, 0)", ZERO),
    Row("pi/boundary", "round(pi(), 6)", Number("3.141593")),
]
_SECOND_ARGUMENT = {"pow": ", 2", "atan2": ", 2"}


def main() -> None:
    """Write the file."""
    FILE.write_text(written(), encoding="utf-8")


def written() -> str:
    """Give the text of the file: a line for each cell."""
    lines = ",\n".join(json.dumps(_case(row), ensure_ascii=False) for row in rows())
    return f'{{"suite": "functions, cell by cell", "cases": [\n{lines}\n]}}\n'


def rows() -> Iterator[Row]:
    """Give every cell of the table."""
    yield from (*TRUTH, *TEXT, *CHOICES, *NODES, *TIMES)
    for row in BOUNDARIES:
        name = row.cell.partition("/")[0]
        if name != "pi":
            more = _SECOND_ARGUMENT.get(name, "")
            yield Row(f"{name}/blank", f"{name}(''{more})", NAN)
            yield Row(f"{name}/wrong kind", f"{name}('abc'{more})", NAN)
            yield Row(f"{name}/another script", f"{name}('১২'{more})", NAN, "only ASCII digits make a number")
        yield row


def _case(row: Row) -> dict[str, Any]:
    remark = f": {row.remark}" if row.remark else ""
    case = {"name": f"{row.cell}: {row.expression}{remark}", "covers": row.cell, "kind": "expression"}
    with_lists = {"instances": LISTS} if "instance(" in row.expression else {}
    return case | {
        "expression": row.expression,
        "instance": INSTANCE,
        **with_lists,
        **row.fields,
        "expect": _expected(row),
    }


def _expected(row: Row) -> dict[str, Any]:
    match row.value:
        case None:
            return {"type": "error"}
        case bool():
            return {"type": "boolean", "value": row.value}
        case Number():
            return {"type": "number", "value": str(row.value)}
        case str():
            return {"type": "string", "value": row.value}
        case nodes:
            return {"type": "nodeset", "value": nodes}


if __name__ == "__main__":
    main()
