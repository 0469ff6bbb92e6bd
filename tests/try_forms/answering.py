"""Answer one question by the controls that it has; what its node says only helps to find answers worth trying."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from playwright.sync_api import Locator, Page

from server.formlogic.definition import Node
from tests.try_forms.candidates import typed_answers
from tests.try_forms.sample_files import sample_file
from tests.try_forms.screen import CONTROLS, Control, Question, read_screen

__all__ = ["Asked", "answer"]

SLIDES: Final = 5
PATIENCE_SECONDS: Final = 15.0
BETWEEN_LOOKS_SECONDS: Final = 0.05


@dataclass(frozen=True)
class Asked:
    """A question on the phone's page, its node, how often it was answered in vain, and what the form wishes for."""

    page: Page
    question: Question
    node: Node
    attempt: int
    wishes: Mapping[str, int]

    def control(self, index: int) -> Locator:
        """Find a control by its place in the question."""
        asked = self.page.locator("main form .question").nth(self.question.place)
        return asked.locator(CONTROLS).nth(index)

    def tap(self, index: int) -> None:
        """Tap the middle of the card around a mark, as a thumb does; on a small card that is the mark itself."""
        card = self.page.locator(f'label[for="{self.question.controls[index].id}"]')
        card.scroll_into_view_if_needed()
        card.click(force=True)

    def of_type(self, *types: str) -> list[tuple[int, Control]]:
        """Give the controls of some types that can be used now, each with its place in the question."""
        controls = enumerate(self.question.controls)
        return [(index, one) for index, one in controls if one.type in types and one.shown and not one.disabled]

    def wished(self, offered: Sequence[tuple[int, str]]) -> list[int]:
        """Put what opens more questions first; give the places of the controls or the values."""
        return [index for index, _ in sorted(offered, key=lambda one: -self.wishes.get(one[1], 0))]


Way = Callable[[Asked], bool]


def answer(asked: Asked) -> bool:
    """Give an answer; False when there is nothing left to try. A question that has its answer already keeps it."""
    asked = _unfolded(asked)
    if not asked.question.controls or (asked.attempt == 0 and _is_answered(asked.question)):
        return asked.attempt == 0
    if asked.node.type == "geopoint" or asked.node.control == "rank":
        return _press(asked)
    found = next((way for types, way in WAYS if asked.of_type(*types)), None)
    return found is not None and found(asked)


def _unfolded(asked: Asked) -> Asked:
    """Open a menu that hides all that the question can be answered with."""
    if not asked.question.folded or any(one.shown for one in asked.question.controls):
        return asked
    asked.page.locator("main form .question").nth(asked.question.place).locator("summary").first.click()
    return replace(asked, question=read_screen(asked.page).questions[asked.question.place])


def _is_answered(question: Question) -> bool:
    choices = [one for one in question.controls if one.type in {"radio", "checkbox", "option"}]
    fields = [one for one in question.controls if one.type in {*TYPED, "select-one"}]
    return any(one.checked for one in choices) or any(one.value for one in fields)


def _upload(asked: Asked) -> bool:
    (index, _), *_ = asked.of_type("file")
    asked.control(index).set_input_files(sample_file(asked.page, asked.node.media or ""))
    _wait_for_change(asked)
    return asked.attempt == 0


def _choose_one(asked: Asked) -> bool:
    offered = asked.wished([(index, one.value) for index, one in asked.of_type("radio")])
    if asked.attempt >= len(offered):
        return False
    asked.tap(offered[asked.attempt])
    return True


def _choose_several(asked: Asked) -> bool:
    """Two of those offered, then each alone: some choices exclude all others."""
    offered = asked.wished([(index, one.value) for index, one in asked.of_type("checkbox")])
    wanted = offered[:2] if asked.attempt == 0 else offered[asked.attempt - 1 : asked.attempt]
    for index in offered:
        if asked.question.controls[index].checked != (index in wanted):
            asked.tap(index)
    return bool(wanted)


def _pick(asked: Asked) -> bool:
    """A line of a long list, as far as it is drawn."""
    offered = [index for index, _ in asked.of_type("option")]
    if asked.attempt >= len(offered):
        return False
    asked.control(offered[asked.attempt]).click()
    return True


def _slide(asked: Asked) -> bool:
    """A place on the scale, counted in steps: the second first, because the knob stands at the start already."""
    (index, _), *_ = asked.of_type("range")
    asked.control(index).fill(f"{asked.attempt + 1}")
    return asked.attempt < SLIDES


def _type(asked: Asked) -> bool:
    wished = [text for text, weight in Counter(asked.wishes).most_common() if weight > 0]
    candidates = list(dict.fromkeys([*wished, *typed_answers(asked.node)]))
    if asked.attempt >= len(candidates):
        return False
    fill = _fill_moment if asked.node.type in {"date", "time", "dateTime"} else _fill
    fill(asked, candidates[asked.attempt])
    return True


def _fill(asked: Asked, text: str) -> None:
    (index, _), *_ = asked.of_type(*TYPED)
    asked.control(index).fill(text)


def _fill_moment(asked: Asked, text: str) -> None:
    """A calendar, a clock, both; or fields for day, month and year, of which a form may want only the last."""
    day, _, time_of_day = text.rpartition("T") if asked.node.type == "dateTime" else (text, "", text)
    for index, _ in asked.of_type("time")[:1]:
        asked.control(index).fill(time_of_day)
    if calendars := asked.of_type("date"):
        asked.control(calendars[0][0]).fill(day)
        return
    year, month, of_month = f"{day}--".split("-")[:3]
    for index, _ in asked.of_type("select-one")[:1]:
        asked.control(index).select_option(month)
    fields = [index for index, _ in asked.of_type("text")]
    for index, part in zip(fields, (of_month, month, year)[-len(fields) :], strict=False):
        asked.control(index).fill(part)


def _select(asked: Asked) -> bool:
    if asked.node.choices is None:
        return _type(asked)
    (index, menu), *_ = asked.of_type("select-one")
    offered = asked.wished([(place, value) for place, value in enumerate(menu.options) if value])
    if asked.attempt >= len(offered):
        return False
    asked.control(index).select_option(index=offered[asked.attempt])
    return True


def _press(asked: Asked) -> bool:
    """A button that does it all: finds the position, or takes an order as it stands; that one is the last."""
    buttons = [index for index, _ in asked.of_type("button")]
    if not buttons:
        return False
    asked.control(buttons[-1]).click()
    _wait_for_change(asked)
    return asked.attempt == 0


def _wait_for_change(asked: Asked) -> None:
    """Wait until the question looks otherwise and the answer is kept; a person would see that nothing happens."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        time.sleep(BETWEEN_LOOKS_SECONDS)
        now = read_screen(asked.page).questions
        if asked.question.place >= len(now) or now[asked.question.place].controls != asked.question.controls:
            return


TYPED: Final = ("text", "textarea", "number", "tel", "email", "url", "search", "date", "time", "datetime-local")
WAYS: Final[Sequence[tuple[Sequence[str], Way]]] = (
    (("file",), _upload),
    (("radio",), _choose_one),
    (("checkbox",), _choose_several),
    (("option",), _pick),
    (("range",), _slide),
    (("select-one",), _select),
    (TYPED, _type),
    (("button",), _press),
)
