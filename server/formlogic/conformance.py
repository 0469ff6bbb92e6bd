"""Run vector files against this engine; or write the compiled trees into them, for the engine on the phone.

``python -m server.formlogic.conformance FILE…`` ends with ``N passed, M failed``. The format is defined in
``tests/vectors/README.md``. This is the edge of the package: it alone may read files and import the compiler.
"""

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

from server.formlogic.choice_names import choice_names
from server.formlogic.definition import Lists
from server.formlogic.expressions import Context, ExpressionError, evaluate
from server.formlogic.functions import FUNCTIONS
from server.formlogic.instance import Element, document_of
from server.formlogic.logic_json import list_to_json, load
from server.formlogic.response import Response
from server.formlogic.surroundings import Surroundings, counted_ids
from server.formlogic.texts import Pack, choice_label, load_pack, render
from server.formlogic.trees import to_json
from server.formlogic.validate import choices, problem, problems, readonly, required
from server.formlogic.values import Value, to_string
from server.forms.compile import Compiled, compile_xform
from server.forms.external_choices import ExternalChoices
from server.forms.problems import FormRefused
from server.forms.xform import qualified
from server.forms.xpath import XPathError, parse

__all__ = ["main", "surroundings", "with_trees"]

NOW = "2026-11-20T10:30:00.000+00:00"  # for cases that name no time
Case = Mapping[str, Any]  # one case as the file holds it; the format is checked by running it


def main(arguments: Sequence[str]) -> int:
    """Run the files named, or with ``--trees`` print one of them with its trees; return the exit status."""
    if arguments and arguments[0] == "--trees":
        print(json.dumps(with_trees(_read(arguments[1])), ensure_ascii=False))
        return 0
    passed = failed = 0
    for name in arguments:
        for case in _read(name)["cases"]:
            differences = list(run(case))
            passed, failed = passed + (not differences), failed + bool(differences)
            for difference in differences:
                print(f"{Path(name).name}: {case['name']}: {difference}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def _read(name: str) -> Case:
    suite: Case = json.loads(Path(name).read_text(encoding="utf-8"))
    return suite


def with_trees(suite: Case) -> Case:
    """Give the same suite with each expression parsed (``tree``) and each form compiled (``logic``, ``texts``).

    Lists from files come as columns and rows (``fileLists``).
    """
    return {**suite, "cases": [{**case, **_trees(case)} for case in suite["cases"]]}


def _trees(case: Case) -> Case:
    if case["kind"] == "form":
        compiled = _compiled(case)
        packs = {lang: json.loads(pack) for lang, pack in compiled.packs.items()}
        return {
            "logic": json.loads(compiled.logic_text),
            "texts": packs,
            "default_language": compiled.default_lang,
            "fileLists": {name: list_to_json(items) for name, items in _lists(case).items()},
        }
    trees = {name: _shape(_element(xml)) for name, xml in case.get("instances", {}).items()}
    context = parse(case["context"]) if case.get("context") else None
    return {
        "tree": to_json(parse(case["expression"])),
        "contextTree": to_json(context) if context else None,
        "instanceTree": _shape(_element(case["instance"])),
        "instanceTrees": trees,
    }


def _compiled(case: Case) -> Compiled:
    return compile_xform(case["form"], untold="en", external=ExternalChoices(_lists(case, "external")), strict=False)


def _shape(element: Element) -> Case:
    """An element as ``{name, text, children}``; attributes are children named ``@…``."""
    return {"name": element.name, "text": element.text, "children": [_shape(child) for child in element.children]}


def _element(xml: str) -> Element:
    return _from_xml(fromstring(xml))


def _from_xml(source: ElementTree.Element) -> Element:
    element = Element(qualified(source.tag), text="" if len(source) else source.text or "")
    for name, value in source.attrib.items():
        element.append(Element(f"@{qualified(name)}", text=value))
    for child in source:
        element.append(_from_xml(child))
    return element


def run(case: Case) -> Iterator[str]:
    """Run one case and give what differs from what it expects."""
    try:
        yield from _run_expression(case) if case["kind"] == "expression" else _Steps(case).run()
    except (ExpressionError, XPathError, FormRefused, RuntimeError) as error:
        if case.get("expect") != {"type": "error"}:
            yield f"{type(error).__name__}: {error}"


def _run_expression(case: Case) -> Iterator[str]:
    root = _element(case["instance"])
    document_of(root)
    lists = {name: document_of(_element(xml)) for name, xml in case.get("instances", {}).items()}
    context = Context(root, surroundings(case), lists, FUNCTIONS)
    if case.get("context"):
        found = evaluate(parse(case["context"]), context)
        if not isinstance(found, list) or not found:
            yield f"the context {case['context']} is not in the instance"
            return
        context = Context(found[0], surroundings(case), lists, FUNCTIONS)
    got = _described(evaluate(parse(case["expression"]), context))
    if got != case["expect"]:
        yield f"expected {case['expect']}, got {got}"


def surroundings(case: Case) -> Surroundings:
    """Give a world in which nothing happens by chance, at the time that a case names."""
    return Surroundings(
        case.get("now", NOW),
        counted_ids(),
        lambda: 0.5,
        device_id="device-1",
        user_name="Ana",
        email="ana@example.org",
        phone_number="+44 20 7946 0000",
    )


def _lists(case: Case, field: str = "lists") -> Lists:
    """Read the lists that a case gives as the text of CSV files."""
    return {name: tuple(csv.DictReader(io.StringIO(text))) for name, text in case.get(field, {}).items()}


def _described(value: Value) -> Case:
    if isinstance(value, bool):
        return {"type": "boolean", "value": value}
    if isinstance(value, float):
        return {"type": "number", "value": to_string(value)}
    if isinstance(value, str):
        return {"type": "string", "value": value}
    return {"type": "nodeset", "value": [node.string_value for node in value]}


_TEXTS = {  # field of a check → field of a node
    "label": "label",
    "hint": "hint",
    "guidance": "guidance",
    "message": "constraint_message",
    "required_message": "required_message",
}


class _Steps:
    """One run through the steps of a form case."""

    def __init__(self, case: Case) -> None:
        self._steps: Sequence[Case] = case["steps"]
        compiled = _compiled(case)
        self._packs = {lang: load_pack(pack) for lang, pack in compiled.packs.items()}
        logic = load(json.loads(compiled.logic_text))
        self._response = Response.begin(logic, surroundings(case), lists=_lists(case))
        self._speak(compiled.default_lang)

    def run(self) -> Iterator[str]:
        for number, step in enumerate(self._steps, start=1):
            for difference in self._take(step):
                yield f"step {number}: {difference}"

    def _take(self, step: Case) -> Iterator[str]:
        match step:
            case {"answer": path, "value": text}:
                self._response.answer(self._at(path), text)
            case {"add": path}:
                self._add(path)
            case {"remove": path}:
                self._response.remove(self._at(path))
            case {"language": lang}:
                self._speak(lang)
            case {"finish": True}:
                self._response.finish()
            case {"check": "answers", "value": answers}:
                yield from _differences({"answers": answers}, {"answers": self._response.answers()})
            case {"check": "problems", "value": expected_problems}:
                found = [{"path": one.path, "code": one.code} for one in problems(self._response)]
                yield from _differences({"problems": expected_problems}, {"problems": found})
            case {"check": path, **expected}:
                yield from _differences(expected, {name: self._seen(path, name) for name in expected})
            case _:
                raise RuntimeError(f"not a step: {step}")

    def _speak(self, lang: str) -> None:
        self._pack: Pack = self._packs[lang]
        self._response.speak(choice_names(self._pack, self._response))

    def _add(self, path: str) -> None:
        above, _, name = path.rpartition("/")
        parent = self._at(above)
        below = self._response.definition.children[parent.definition.number if parent.definition else 0]
        nodes = [self._response.definition.nodes[number] for number in below]
        self._response.add(next(node for node in nodes if node.name == name), parent)

    def _at(self, path: str) -> Element:
        document = self._response.root.parent
        for element in document.walk() if document else ():
            if element.path == path or element.path.replace("[1]", "") == path.replace("[1]", ""):
                return element
        raise RuntimeError(f"{path} is not in the response")

    def _seen(self, path: str, name: str) -> object:
        if name == "count":
            above, _, repeat = path.rpartition("/")
            return sum(child.name == repeat for child in self._at(above).children)
        element, response = self._at(path), self._response
        if name in ("choices", "labels"):
            return self._offered(element, labels=name == "labels")
        if name in _TEXTS:
            return self._words(element, _TEXTS[name])
        if name == "media":
            label = self._pack.texts.get(element.definition.label or "") if element.definition else None
            return dict(label.media) if label else {}
        code = problem(response, element)
        seen = {
            "value": element.text,
            "relevant": element.relevant,
            "required": required(response, element),
            "readonly": readonly(response, element),
            "valid": code is None,
            "problem": code,
        }
        return seen[name]

    def _offered(self, element: Element, *, labels: bool) -> list[str]:
        source = element.definition.choices if element.definition else None
        column = source.value if source else ""
        items = choices(self._response, element)
        values = [child.text for item in items for child in item.elements if child.name == column]
        return [choice_label(self._pack, self._response, element, value) for value in values] if labels else values

    def _words(self, element: Element, name: str) -> str | None:
        text_id = getattr(element.definition, name)
        text = self._pack.texts.get(text_id)
        return None if text is None else render(text, self._response, element)


def _differences(expected: Case, seen: Case) -> Iterator[str]:
    for name, value in expected.items():
        if seen[name] != value:
            yield f"{name}: expected {value!r}, got {seen[name]!r}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
