"""Assemble the nodes of a form from its binds, controls and actions; gather every problem on the way."""

from collections.abc import Mapping, Set
from dataclasses import replace

from server.formlogic.definition import Aspect, Definition, Lists, Node, Range, SetValue
from server.formlogic.trees import Call, Expression, String, inner
from server.formlogic.volatile import VOLATILE
from server.forms.choice_circles import choice_circle
from server.forms.choice_labels import shown_by_choices
from server.forms.choices import LAST_SAVED, choice_source, itext_id, list_files, read_lists
from server.forms.controls import computed, control_kind, preload_of, range_of, unfit_range
from server.forms.expression_checks import problems_of
from server.forms.locating import circle_problem
from server.forms.ordering import Circle, evaluation_order
from server.forms.paths import FormPaths
from server.forms.problems import FormProblem
from server.forms.pulldata import without_pulldata
from server.forms.reads import Shown, unknown_names, uses
from server.forms.structure import build_nodes
from server.forms.support import plain_instead, unsupported_node
from server.forms.texts import GUIDANCE, Words, parts_of
from server.forms.xform import Control, XForm, local
from server.forms.xpath import parse
from server.forms.xpath_tokens import XPathError

__all__ = ["QUESTION_LIMIT", "Assembly"]

QUESTION_LIMIT = 5_000  # nodes of a form, groups included
_BOUND = ("relevant", "required", "constraint", "readonly", "calculate")
_CELLS: Mapping[str, str] = {"count": "repeat_count"}
_EXPRESSIONS = (*_BOUND, "count")
_MESSAGES: Mapping[str, str] = {"jr:constraintMsg": "constraint_message", "jr:requiredMsg": "required_message"}
_REMEDY = "Correct the expression in this cell."
_OF_ITS_OWN: Mapping[Aspect, str] = {
    "relevant": "Whether “{name}” is asked depends on its own answer, or on one inside it.",
    "count": "How often “{name}” repeats depends on an answer inside it.",
    "calculate": "The calculation of “{name}” reads its own result.",
}


class Assembly:
    """Gathers the nodes of one form, and every problem on the way."""

    def __init__(self, form: XForm, external: Lists, *, strict: bool) -> None:
        self._form = form
        self._external = external
        self._strict = strict
        self._nodes = build_nodes(form)
        self._paths = FormPaths(self._nodes)
        self.problems: list[FormProblem] = []
        self.warnings: list[FormProblem] = []

    def definition(self, words: Words) -> Definition:
        """Fill the nodes in and put the expressions in order."""
        self._check_identity()
        lists = {**read_lists(self._form, words, self.expression_of_text), **self._external}
        files = list_files(self._form)
        self._apply_binds(words)
        self._apply_controls(words)
        self._apply_set_values()
        self._mark_entities()
        shown = shown_by_choices(self._nodes, lists, words)
        self._finish_nodes(shown)
        self._check_names({*lists, *files})
        self._check_choice_names(shown)
        return Definition(
            form_id=self._form.root.get("id", ""),
            version=self._form.root.get("version", ""),
            nodes=tuple(self._nodes),
            lists=lists,
            order=self._order(),
            list_files=files,
        )

    def expression_of_text(self, source: str, text_id: str) -> Expression:
        """Read an expression that a label shows; its place is the question that the text id begins with."""
        path = text_id.partition(":")[0]
        return self._expression(source, path, "label") or String("")

    def _check_identity(self) -> None:
        if not self._form.root.get("id"):
            self._add("identity-missing", "The form has no id.", "Add form_id to the settings sheet.", "", "form_id")
        if not self._form.root.get("version"):
            remedy = "Add version to the settings sheet: without one, the form can't be changed once it is published."
            self._warn("version-missing", "The form has no version.", remedy, "", "form_version")
        if LAST_SAVED in self._form.instances:
            message = "Answers from the last interview are not remembered; what reads them is blank."
            self._warn("last-saved-blank", message, "", LAST_SAVED, "list")
        if len(self._nodes) > QUESTION_LIMIT:
            message = f"The form has {len(self._nodes)} questions and groups; the limit is {QUESTION_LIMIT}."
            self._add("form-too-large", message, "Split the form.", "", "")

    def _apply_binds(self, words: Words) -> None:
        for path, bind in self._form.binds.items():
            number = self._paths.find(path)
            if number is None:
                self._add("bind-unknown", f"A rule names “{path}”, which is not in the form.", _REMEDY, path, "name")
                continue
            node = replace(self._nodes[number], type=bind.attributes.get("type", "string").removeprefix("xsd:"))
            for name in _BOUND:
                node = self._with_expression(node, name, bind.attributes.get(name), path)
            for attribute, name in _MESSAGES.items():
                node = self._with_message(node, name, bind.attributes.get(attribute), words, path)
            saved = bind.attributes.get("entities:saveto")
            self._nodes[number] = replace(node, preload=preload_of(bind.attributes), save_to=saved)

    def _with_expression(self, node: Node, name: str, source: str | None, path: str) -> Node:
        if source is None or (name in ("relevant", "constraint") and source == "true()"):
            return node
        expression = self._expression(source, path, name)
        match name:
            case "relevant":
                return replace(node, relevant=expression)
            case "required":
                return replace(node, required=expression)
            case "constraint":
                return replace(node, constraint=expression)
            case "readonly":
                return replace(node, readonly=expression)
            case _:
                return replace(node, calculate=expression)

    def _with_message(self, node: Node, name: str, source: str | None, words: Words, path: str) -> Node:
        if source is None:
            return node
        text_id = itext_id(source)
        if text_id is None:
            text_id = f"{path}:{name}"
            words.add(text_id, words.default, (source,))
        if text_id not in words:
            return node
        if name == "constraint_message":
            return replace(node, constraint_message=text_id)
        return replace(node, required_message=text_id)

    def _apply_controls(self, words: Words) -> None:
        for control in self._form.controls:
            number = self._paths.find(control.path) if control.path else None
            if number is None:
                if control.path or control.kind not in ("group",):
                    message = f"The form shows “{control.path}”, which it has no place for."
                    self._add("control-unknown", message, _REMEDY, control.path, "name")
                continue
            self._nodes[number] = self._with_control(self._nodes[number], control, words)

    def _with_control(self, node: Node, control: Control, words: Words) -> Node:
        note = control.kind == "input" and node.readonly == Call("true", ()) and node.calculate is None
        appearance = control.element.get("appearance", "") or node.appearance
        return replace(
            node,
            control=control_kind(node, control, note=note),
            appearance=appearance,
            media=control.element.get("mediatype") or node.media,
            range=self._range(node, control) or node.range,
            count=self._count(control) or node.count,
            label=self._shown(control, "label", words) or node.label,
            hint=self._shown(control, "hint", words) or node.hint,
            guidance=self._guidance(control, words) or node.guidance,
            choices=choice_source(control, self._form, self._external, self._choice_nodes) or node.choices,
        )

    def _count(self, control: Control) -> Expression | None:
        source = control.element.get("{http://openrosa.org/javarosa}count")
        return self._expression(source, control.path, "repeat_count") if source else None

    def _range(self, node: Node, control: Control) -> Range | None:
        if control.kind != "range":
            return None
        scale = range_of(control)
        self.problems.extend(unfit_range(scale, node.type, control.path))
        return scale

    def _guidance(self, control: Control, words: Words) -> str | None:
        element = next((child for child in control.element if local(child) == "hint"), None)
        text_id = f"{itext_id(element.get('ref', ''))}:{GUIDANCE}" if element is not None else ""
        return text_id if text_id in words else None

    def _choice_nodes(self, source: str, path: str) -> Expression:
        return self._expression(source, path, "choice_filter") or String("")

    def _shown(self, control: Control, part: str, words: Words) -> str | None:
        element = next((child for child in control.element if local(child) == part), None)
        if element is None:
            return None
        text_id = itext_id(element.get("ref", ""))
        if text_id is None:
            text_id = f"{control.path}:{part}"
            words.add(text_id, words.default, parts_of(element, text_id, self.expression_of_text))
        return text_id if text_id in words else None

    def _apply_set_values(self) -> None:
        for action in self._form.set_values:
            path = action.get("ref", "")
            number = self._paths.find(path)
            if number is None:
                continue
            if local(action) == "setgeopoint":
                asks = (*self._nodes[number].set_values, SetValue("first-load", None))
                self._nodes[number] = replace(self._nodes[number], set_values=asks)
                continue
            for event in action.get("event", "").split():
                self._nodes[number] = self._with_set_value(self._nodes[number], action.get("value", ""), event, path)

    def _with_set_value(self, node: Node, source: str, event: str, path: str) -> Node:
        value = self._expression(source, path, "default")
        if value is None:
            return node
        if event in ("odk-instance-first-load", "xforms-ready"):
            return replace(node, set_values=(*node.set_values, SetValue("first-load", value)))
        if event == "odk-new-repeat":
            return replace(node, set_values=(*node.set_values, SetValue("new-repeat", value)))
        message = "Calculations that wait for a trigger are not supported."
        remedy = "Empty this cell: the calculation is then kept up to date by itself."
        self._add("event-unsupported", message, remedy, path, "trigger")
        return node

    def _mark_entities(self) -> None:
        for node in list(self._nodes):
            if node.name != "@dataset" or node.parent is None:
                continue
            entity = self._nodes[node.parent]
            meta = self._nodes[entity.parent] if entity.parent is not None else entity
            owner = meta.parent if meta.parent is not None else meta.number
            self._nodes[owner] = replace(self._nodes[owner], entity=node.value)

    def _finish_nodes(self, shown: Shown) -> None:
        for number, node in enumerate(self._nodes):
            path = self._path(number)
            if self._strict:
                self.problems.extend(unsupported_node(node, path))
                self.warnings.extend(plain_instead(node, path))
            read = {aspect: tuple(uses(self._paths, one, number, shown)) for aspect, one in computed(node)}
            volatile = node.calculate is not None and any(
                isinstance(part, Call) and part.name in VOLATILE for part in inner(node.calculate)
            )
            self._nodes[number] = replace(node, uses=read, volatile=volatile)

    def _check_names(self, lists: Set[str]) -> None:
        for node in self._nodes:
            for name in _EXPRESSIONS:
                expression: Expression | None = getattr(node, name)
                if expression is not None:
                    self._check_expression(expression, node.number, name, lists)
            if node.choices:
                self._check_expression(node.choices.nodes, node.number, "choice_filter", lists)
            for action in node.set_values:
                if action.value is not None:
                    self._check_expression(action.value, node.number, "default", lists)

    def _check_choice_names(self, shown: Shown) -> None:
        circle = choice_circle(self._nodes, self._paths, shown)
        if circle:
            chain = " → ".join(map(self._path, circle))
            message = f"A choice filter, or a choice's label, asks for a label that depends on it: {chain}."
            remedy = "Use the value of the choice instead of its label."
            self._add("circle", message, remedy, self._path(circle[0]), "choice_filter")

    def _check_expression(self, expression: Expression, number: int, aspect: str, lists: Set[str]) -> None:
        path = self._path(number)
        for name in unknown_names(self._paths, expression, number):
            self._add("name-unknown", f"The form has no question “{name}”.", _REMEDY, path, aspect)
        for part in inner(expression):
            match part:
                case Call("instance", (String(name),)) if name not in lists:
                    self._add("list-unknown", f"The form has no list “{name}”.", _REMEDY, path, aspect)

    def _order(self) -> tuple[tuple[int, Aspect], ...]:
        try:
            return evaluation_order(self._nodes)
        except Circle as circle:
            number, aspect = circle.chain[0]
            if len(circle.chain) == 2:
                message = _OF_ITS_OWN[aspect].format(name=self._nodes[number].name)
                self._add("circle", message, _REMEDY, self._path(number), _CELLS.get(aspect, aspect))
            else:
                chain = tuple((self._path(one), _CELLS.get(what, what)) for one, what in circle.chain)
                self.problems.append(circle_problem(chain))
            return ()

    def _expression(self, source: str, path: str, aspect: str) -> Expression | None:
        try:
            expression = without_pulldata(parse(source))
        except XPathError as error:
            self._add("expression-unreadable", f"{error}.", _REMEDY, path, aspect)
            return None
        self.problems.extend(problems_of(expression, self._paths, path, aspect))
        number = self._paths.find(path)
        return expression if number is None else self._paths.made_relative(expression, number)

    def _path(self, number: int) -> str:
        return "".join(f"/{self._nodes[one].name}" for one in reversed(list(self._paths.above(number))))

    def _warn(self, code: str, message: str, remedy: str, path: str, aspect: str) -> None:
        self.warnings.append(FormProblem(code, message, remedy, path=path, aspect=aspect))

    def _add(self, code: str, message: str, remedy: str, path: str, aspect: str) -> None:
        self.problems.append(FormProblem(code, message, remedy, path=path, aspect=aspect))
