"""The pages of a form without repeats, as a resident walks through them. Pure.

The twin of pages.ts and declining.ts in pwa/src/app.

One page for each question; one for all questions of a group with the appearance `field-list`, in groups within it too.
An address is the number of the question or of the group, the same in every language. The group `equality` at the top
of a form is a part of its own: its pages come after the answers of the others were checked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from server.formlogic.instance import Element
from server.formlogic.response import Response

__all__ = [
    "CHECKS",
    "EQUALITY",
    "MAIN",
    "Page",
    "PartName",
    "is_declined",
    "is_shown",
    "is_skipped",
    "page_after",
    "page_at",
    "page_before",
    "page_near",
    "pages_of",
    "part_of",
    "progress_of",
]

PartName = Literal["main", "equality"]
MAIN: Final[PartName] = "main"
EQUALITY: Final[PartName] = "equality"
CHECKS: Final[dict[str, PartName]] = {"check": MAIN, "check-equality": EQUALITY}
"""The pages on which the answers of a part are checked, by their address."""


@dataclass(frozen=True)
class Page:
    """Questions that are asked together: at least one that is relevant; ``group`` is the field list they stand in."""

    address: str
    part: PartName
    questions: tuple[Element, ...]
    group: Element | None = None


def pages_of(response: Response) -> list[Page]:
    """Give the pages of a settled response, in the order of the form."""
    return list(_pages_under(response.root, MAIN))


def part_of(pages: Sequence[Page], part: PartName) -> list[Page]:
    """Give the pages of one part."""
    return [page for page in pages if page.part == part]


def page_at(pages: Sequence[Page], address: str) -> Page | None:
    """Find the page of an address."""
    return next((page for page in pages if page.address == address), None)


def page_near(pages: Sequence[Page], address: str) -> Page:
    """Find the page of an address, or of one that is gone the last page before it, else the first of some."""
    found = page_at(pages, address)
    if found is not None or not address.isdecimal():
        return found or pages[0]
    before = [page for page in pages if int(page.address) <= int(address)]
    return before[-1] if before else pages[0]


def page_after(pages: Sequence[Page], page: Page) -> Page | None:
    """Say where Continue leads within the part; None: to the check of its answers."""
    rest = part_of(pages, page.part)
    place = _place(rest, page)
    return rest[place + 1] if place + 1 < len(rest) else None


def page_before(pages: Sequence[Page], page: Page) -> Page | None:
    """Say where Back leads within the part; None before its first page."""
    rest = part_of(pages, page.part)
    place = _place(rest, page)
    return rest[place - 1] if place > 0 else None


def progress_of(response: Response, page: Page) -> float:
    """Tell how far through the form a page lies, over 0 and under 1: by its place in the form."""
    last = page.questions[-1].definition
    return (last.number if last else 0) / len(response.definition.nodes)


def is_declined(response: Response) -> bool:
    """Tell whether the person said no: after the first page there are only notes, though the form asks more of others.

    A form that asks all it has on its first page is not declined by closing with a note.
    """
    pages = pages_of(response)
    return len(pages) > 1 and _asks_others_more(response.root, pages)


def is_skipped(response: Response) -> bool:
    """Tell whether the equality questions are left out: the first page of their part asked for them, and got a no."""
    group = next((element for element in response.root.elements if _is_equality(element)), None)
    pages = part_of(pages_of(response), EQUALITY)
    return group is not None and bool(pages) and _asks_others_more(group, pages)


def is_shown(element: Element) -> bool:
    """Tell whether there is something here to show to a person now."""
    node = element.definition
    return node is not None and node.kind == "leaf" and node.control is not None and element.relevant


def _asks_others_more(parent: Element, pages: Sequence[Page]) -> bool:
    first = pages[0]
    if any(_asks(question) for page in pages[1:] for question in page.questions):
        return False
    there = [*(first.group.walk() if first.group is not None else first.questions)]
    return any(_asks(element) and element not in there for element in parent.walk())


def _asks(element: Element) -> bool:
    node = element.definition
    return node is not None and node.kind == "leaf" and node.control not in {None, "note"}


def _is_equality(element: Element) -> bool:
    """Of an element at the top of a form."""
    return element.name == EQUALITY and element.definition is not None and element.definition.kind == "group"


def _place(pages: Sequence[Page], page: Page) -> int:
    return next(place for place, one in enumerate(pages) if one.address == page.address)


def _pages_under(parent: Element, part: PartName) -> Iterator[Page]:
    top = parent.parent is None or parent.parent.definition is None
    for element in parent.elements:
        if element.definition is None or element.definition.kind == "repeat" or not element.relevant:
            continue
        own = EQUALITY if top and _is_equality(element) else part
        yield from _pages_of(element, own)


def _pages_of(element: Element, part: PartName) -> Iterator[Page]:
    node = element.definition
    if node is None or node.kind == "leaf":
        if node is not None and is_shown(element):
            yield Page(str(node.number), part, (element,))
        return
    pages = list(_pages_under(element, part))
    if pages and "field-list" in node.appearance.split(" "):
        questions = tuple(question for page in pages for question in page.questions)
        yield Page(str(node.number), part, questions, group=element)
    else:
        yield from pages
