"""Go through a form on the phone, screen after screen, until it is finished."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Error, Page

from server.formlogic.definition import Definition
from tests.try_forms.answering import Asked, answer
from tests.try_forms.screen import Question, Screen, read_screen, wait_for_screen
from tests.try_forms.wishes import Wishes, wishes_of

__all__ = ["Walk", "walk"]

SCREENS: Final = 3_000
SECONDS: Final = 900.0
ATTEMPTS: Final = 30
ADDING_SECONDS: Final = 5.0
INSTANCES: Final = 2
BACK_FROM_CHECK: Final = 40
CONTINUE: Final = "main form [type=submit]"
THINGS: Final = "main ul.cards > li"
LIST_BUTTONS: Final = "main .stack-close button"
FINISH: Final = "main .stack-close button"


@dataclass
class Walk:
    """How far it went; ``stuck`` says where and why it ended before the end.

    ``unanswerable``: paths of questions that the screen gave nothing to answer with, and whether they offer choices.
    """

    response_id: str = ""
    screens: int = 0
    answered: int = 0
    seconds: float = 0.0
    stuck: str = ""
    unanswerable: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    added: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Plan:
    """The form, and what its questions should best be answered with."""

    definition: Definition
    wishes: Wishes

    def asked(self, page: Page, question: Question, attempt: int) -> Asked:
        """Put a question together with what is known about it."""
        node = self.definition.nodes[question.number or 0]
        return Asked(page, question, node, attempt, self.wishes.get(node.name, {}))


class Stuck(Exception):
    """The form could not be gone on with; the text says where and why."""


def walk(page: Page, form_id: str, definition: Definition) -> Walk:
    """Start an interview from the home page and finish it; what goes wrong is told in the result."""
    done, began = Walk(), time.monotonic()
    try:
        page.locator(f'main button[aria-describedby="form-{form_id}"]').click()
        page.wait_for_url("**/interview/**")
        _to_the_end(page, Plan(definition, wishes_of(definition)), done, deadline=began + SECONDS)
    except (Stuck, Error) as problem:
        done.stuck = str(problem).splitlines()[0]
    done.seconds = time.monotonic() - began
    return done


def _to_the_end(page: Page, plan: Plan, done: Walk, *, deadline: float) -> None:
    screen = wait_for_screen(page)
    done.response_id = screen.path.split("/")[2]
    while screen.kind != "finished":
        done.screens += 1
        done.seen.add(screen.path)
        if done.screens > SCREENS or time.monotonic() > deadline:
            raise Stuck(f"{screen.path}: not at the end after {done.screens} screens")
        match screen.kind:
            case "questions":
                screen = _answer_page(page, screen, plan, done)
            case "list":
                screen = _go_on_from_list(page, screen, done)
            case "check":
                screen = _finish(page, screen, done)
            case _:
                raise Stuck(f"{screen.path}: {screen.alert or 'no question, no list and no answers to check'}")


def _answer_page(page: Page, screen: Screen, plan: Plan, done: Walk) -> Screen:
    """Answer what is there and what comes into sight while answering, then go on; try again what was not taken."""
    attempts: Counter[int] = Counter()
    asked: set[int] = set()
    while True:
        screen = _answer_new(page, screen, plan, asked)
        _note_unanswerable(screen, plan, done)
        page.locator(CONTINUE).click()
        after = wait_for_screen(page, other_than=screen.path)
        if after.path != screen.path:
            done.answered += len(asked)
            return after
        wrong = [one for one in after.questions if one.wrong]
        if not wrong:
            raise Stuck(f"{screen.path}: Continue does nothing. {after.alert}")
        for question in wrong:
            _try_another(page, question, plan, attempts, after)
        screen = read_screen(page)


def _answer_new(page: Page, screen: Screen, plan: Plan, asked: set[int]) -> Screen:
    """Answer each question once; an answer may bring others into sight, so the screen is read after each."""
    while new := [one for one in screen.questions if one.number is not None and one.number not in asked]:
        question = new[0]
        assert question.number is not None
        asked.add(question.number)
        if question.controls:
            answer(plan.asked(page, question, 0))
        screen = wait_for_screen(page)
    return screen


def _note_unanswerable(screen: Screen, plan: Plan, done: Walk) -> None:
    for question in screen.questions:
        node = plan.definition.nodes[question.number or 0]
        if question.number and not question.controls and node.control != "note" and node.readonly is None:
            done.unanswerable[plan.definition.path(node.number)] = (
                "nothing is offered" if node.choices else "no control"
            )


def _try_another(page: Page, question: Question, plan: Plan, attempts: Counter[int], screen: Screen) -> None:
    number = question.number
    if number is None:
        raise Stuck(f"{screen.path}: a question without a number is wrong: {screen.alert}")
    attempts[number] += 1
    if attempts[number] > ATTEMPTS or not answer(plan.asked(page, question, attempts[number])):
        raise Stuck(
            f"{plan.definition.path(number)}: no answer is taken after {attempts[number]} tries. {screen.alert}"
        )


def _go_on_from_list(page: Page, screen: Screen, done: Walk) -> Screen:
    """Go through what is listed already; add until there are two, where things can be added; then go on."""
    for place, address in enumerate(screen.things):
        if address not in {"", *done.seen}:
            page.locator(THINGS).nth(place).locator("a").first.click()
            return wait_for_screen(page, other_than=screen.path)
    buttons = page.locator(LIST_BUTTONS)
    tries = done.added[screen.path]
    if screen.buttons > 1 and len(screen.things) < INSTANCES and tries < INSTANCES:
        done.added[screen.path] += 1
        buttons.first.click()
        return _after_adding(page, screen)
    buttons.last.click()
    return wait_for_screen(page, other_than=screen.path)


def _after_adding(page: Page, screen: Screen) -> Screen:
    """Usually its first question; a thing without questions stays on the list."""
    deadline = time.monotonic() + ADDING_SECONDS
    now = wait_for_screen(page)
    while now.path == screen.path and now.things == screen.things and time.monotonic() < deadline:
        now = wait_for_screen(page)
    return now


def _finish(page: Page, screen: Screen, done: Walk) -> Screen:
    if not screen.problems:
        page.locator(FINISH).last.click()
        after = wait_for_screen(page, other_than=screen.path)
        if after.path == screen.path:
            raise Stuck(f"{screen.path}: it can't be finished. {after.alert}")
        return after
    done.added["check"] += 1
    if done.added["check"] > BACK_FROM_CHECK:
        raise Stuck(f"{screen.path}: problems stay. {screen.alert}")
    page.locator("#problems a").first.click()
    return wait_for_screen(page, other_than=screen.path)
