"""Where a visit goes from a page: what a pressed button means. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from server.formlogic.instance import Element
from server.formlogic.response import Response
from server.formlogic.validate import problem
from server.residents.paging import (
    CHECKS,
    EQUALITY,
    MAIN,
    Page,
    PartName,
    is_declined,
    page_after,
    page_at,
    page_before,
    page_near,
    pages_of,
    part_of,
)

__all__ = ["DECLINED", "Step", "first_step", "last_check", "step_from"]

DECLINED: Final = "declined"
"""The page on which a visit ends when the person said no."""


@dataclass(frozen=True)
class Step:
    """Where to go.

    ``tried``: problems of the page are shown; ``more``: an answer brought up questions that were not there before;
    ``changing``: the page was opened from the check of the answers, and Continue leads back there; ``too_long``: what
    was typed on the page is more than its visit can carry on. ``declined``: the person said no, and it ends there.
    """

    kind: Literal["page", "check", "finish", "declined"]
    address: str
    tried: bool = False
    more: bool = False
    changing: bool = False
    too_long: bool = False


def first_step(response: Response) -> Step:
    """Give the first page; a form without questions has its answers to check."""
    pages = part_of(pages_of(response), MAIN)
    return Step("page", pages[0].address) if pages else Step("check", "check")


def step_from(response: Response, address: str, button: str, *, asked: Sequence[Element], changing: bool) -> Step:
    """Say where ``button`` leads from the page at ``address``, whose answers have been given.

    ``asked`` are the questions that the page showed. A button that no page has leads nowhere.
    """
    pages = pages_of(response)
    name, _, rest = button.partition(":")
    if address == DECLINED and is_declined(response):
        return Step("declined", DECLINED)
    if name == "change" and page_at(pages, rest):
        return Step("page", rest, changing=True)
    if address in CHECKS or not pages:
        return _from_check(pages, CHECKS.get(address, MAIN), name)
    page = page_near(pages, address)
    if name == "back":
        return _back(pages, page, changing=changing)
    if name not in {"continue", "check", "finish"}:
        return Step("page", page.address, changing=changing)
    if any(problem(response, question) for question in page.questions if question in asked):
        return Step("page", page.address, tried=True, changing=changing)
    if any(question not in asked for question in page.questions):
        return Step("page", page.address, more=True, changing=changing)
    if is_declined(response):
        return Step("declined", DECLINED)
    if changing or name in {"check", "finish"}:
        return _check(page.part)
    following = page_after(pages, page)
    return Step("page", following.address) if following else _check(page.part)


def last_check(pages: Sequence[Page]) -> str:
    """Name the page on which the visit ends: the check of the equality answers where there are any to give."""
    return "check-equality" if part_of(pages, EQUALITY) else "check"


def _from_check(pages: Sequence[Page], part: PartName, name: str) -> Step:
    own, apart = part_of(pages, part), part_of(pages, EQUALITY)
    if name == "back" and own:
        return Step("page", own[-1].address)
    if name == "continue" and part == MAIN and apart:
        return Step("page", apart[0].address)
    if name == "finish":
        return Step("finish", last_check(pages))
    return _check(part)


def _back(pages: Sequence[Page], page: Page, *, changing: bool) -> Step:
    if changing:
        return _check(page.part)
    before = page_before(pages, page)
    if before is not None:
        return Step("page", before.address)
    return _check(MAIN) if page.part == EQUALITY else Step("page", page.address)


def _check(part: PartName) -> Step:
    return Step("check", "check-equality" if part == EQUALITY else "check")
