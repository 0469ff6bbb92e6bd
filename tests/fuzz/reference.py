"""The reference engine at play: begin a form, take a step, show everything that can be seen of the response."""

import json
from collections.abc import Mapping
from typing import Any

from server.formlogic.check import check_answers
from server.formlogic.choice_names import choice_names
from server.formlogic.conformance import surroundings, with_trees
from server.formlogic.instance import Element
from server.formlogic.logic_json import list_from_json, load
from server.formlogic.response import Response
from server.formlogic.texts import choice_label, load_pack, render
from server.formlogic.validate import choices, problem, problems, readonly, required
from tests.fuzz.shell import RandomForm

__all__ = ["Compiled", "Reference", "State", "Step", "compiled"]

NOW = "2026-11-20T10:30:00.000+06:00"
Compiled = Mapping[str, Any]
"""``logic``, ``texts`` by language, ``default_language``, ``fileLists``, ``now``: what both engines begin with."""
Step = dict[str, str | bool]
State = dict[str, Any]


def compiled(form: RandomForm) -> Compiled:
    """Compile a form; raise ``FormRefused`` for one that can't be published."""
    case = {"kind": "form", "form": form.xml, "lists": form.lists, "now": NOW}
    made: Compiled = with_trees({"cases": [case]})["cases"][0]
    return {name: made[name] for name in ("logic", "texts", "default_language", "fileLists", "now")}


class Reference:
    """One response of a compiled form."""

    def __init__(self, form: Compiled) -> None:
        self._packs = {lang: load_pack(json.dumps(pack)) for lang, pack in form["texts"].items()}
        lists = {name: list_from_json(items) for name, items in form["fileLists"].items()}
        outside = surroundings(form)
        self.languages = list(self._packs)
        self.response = Response.begin(load(form["logic"]), outside, lists=lists)
        self._speak(form["default_language"])

    def take(self, step: Step) -> None:
        """Take one step; its paths are of elements that are there."""
        match step:
            case {"answer": str(path), "value": str(text)}:
                self.response.answer(self._at(path), text)
            case {"add": str(path)}:
                above, _, name = path.rpartition("/")
                parent = self._at(above)
                nodes = self.response.definition.nodes
                below = self.response.definition.children[parent.definition.number if parent.definition else 0]
                self.response.add(next(nodes[one] for one in below if nodes[one].name == name), parent)
            case {"remove": str(path)}:
                self.response.remove(self._at(path))
            case {"language": str(lang)}:
                self._speak(lang)
            case {"finish": True}:
                self.response.finish()

    def state(self) -> State:
        """Show all there is to see."""
        elements = {element.path: self._seen(element) for element in self.response.root.walk()}
        return {"elements": elements, "answers": self.response.answers()}

    def false_alarms(self) -> list[str]:
        """Say where the server would find something wrong with the finalised answers and the phone does not."""
        response = self.response
        wrong = {one.path for one in problems(response)}
        found = check_answers(response.definition, response.answers(), lists=response.file_lists)
        return [f"the server alone: {one}" for one in found if one.path not in wrong]

    def _seen(self, element: Element) -> State:
        seen: State = {"relevant": element.relevant, "readonly": readonly(self.response, element)}
        node = element.definition
        if node is None:
            return seen
        for name in ("label", "hint"):
            text = self._pack.texts.get(getattr(node, name) or "")
            seen[name] = render(text, self.response, element) if text else None
        if node.kind == "leaf":
            seen["value"] = element.text
            seen["required"] = required(self.response, element)
            seen["problem"] = problem(self.response, element)
        if node.choices is not None:
            column = node.choices.value
            items = choices(self.response, element)
            values = [child.text for item in items for child in item.elements if child.name == column]
            seen["choices"] = [[one, choice_label(self._pack, self.response, element, one)] for one in values]
        return seen

    def _speak(self, lang: str) -> None:
        self._pack = self._packs[lang]
        self.response.speak(choice_names(self._pack, self.response))

    def _at(self, path: str) -> Element:
        return next(element for element in self.response.root.walk() if element.path == path)
