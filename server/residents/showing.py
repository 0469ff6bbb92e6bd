"""Puts the pages of a visit together: what their templates are given, and the JSON that the app takes over from."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.formlogic.instance import Element
from server.formlogic.response import Response
from server.formlogic.texts import Pack
from server.formlogic.validate import choices, problem
from server.forms import manifest
from server.residents.checking import CheckedSection, Complaint, complaints, sections_of
from server.residents.flow import Step, last_check
from server.residents.paging import (
    CHECKS,
    EQUALITY,
    MAIN,
    Page,
    is_skipped,
    page_near,
    pages_of,
    part_of,
    progress_of,
)
from server.residents.questions import Question, label_of, question_of
from server.residents.state import write_state
from server.residents.visiting import Visit
from server.residents.words import Words, words_of

__all__ = [
    "CheckPage",
    "QuestionsPage",
    "check_page",
    "closing_words",
    "draws_originals",
    "problems_left",
    "questions_page",
    "visit_json",
]

FORBIDDEN_IN_SCRIPT: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


@dataclass(frozen=True, kw_only=True)
class QuestionsPage:
    """A page of questions. ``heading``: of the group they stand in; a question alone is the heading itself."""

    address: str
    first: bool
    progress: float
    grouped: bool
    heading: Words | None
    questions: tuple[Question, ...]
    wrong: tuple[Question, ...]
    more: bool
    changing: bool
    too_long: bool


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """The answers of a part to look over. ``sends``: the next button sends them; else the equality questions follow.

    ``skipped``: the part was left out, and there is nothing of it to look over.
    """

    address: str
    sections: tuple[CheckedSection, ...]
    complaints: tuple[Complaint, ...]
    sends: bool
    before: bool
    skipped: bool


def questions_page(visit: Visit, step: Step) -> QuestionsPage:
    """Put the page together that a step leads to; its address is near one there is."""
    pages = pages_of(visit.response)
    page = page_near(pages, step.address)
    first = page.address == pages[0].address
    original = visit.original if visit.is_draft and _promises(pages, page.address) else None
    questions = tuple(_question(visit, element, tried=step.tried, original=original) for element in page.questions)
    group = page.group
    return QuestionsPage(
        address=page.address,
        first=first,
        progress=progress_of(visit.response, page),
        grouped=group is not None,
        heading=_heading(visit, group, original) if group is not None else None,
        questions=questions,
        wrong=tuple(one for one in questions if one.problem is not None),
        more=step.more,
        changing=step.changing,
        too_long=step.too_long,
    )


def draws_originals(visit: Visit, address: str) -> bool:
    """Tell whether a page shows words in the form's own language beneath those that nobody has checked."""
    return any(True for _ in _originals(visit, address))


def check_page(visit: Visit, step: Step) -> CheckPage:
    """Put the page together on which the answers of a part are checked."""
    pages = pages_of(visit.response)
    part = CHECKS[step.address]
    return CheckPage(
        address=step.address,
        sections=tuple(sections_of(visit.response, pages, visit.pack, parts=frozenset({part}))),
        complaints=tuple(complaints(visit.response, pages, visit.pack, part=part)),
        sends=step.address == last_check(pages),
        before=bool(part_of(pages, part)),
        skipped=part == EQUALITY and is_skipped(visit.response),
    )


def closing_words(visit: Visit) -> list[Words]:
    """Give the notes that the form closes with for a person who said no."""
    notes = [note for page in pages_of(visit.response)[1:] for note in page.questions]
    return [label_of(note, visit.response, visit.pack) for note in notes]


def problems_left(visit: Visit) -> str | None:
    """Name the check page of the first part with which something is wrong; None when all can be sent."""
    pages = pages_of(visit.response)
    parts = {page.part for page in pages if any(problem(visit.response, one) for one in page.questions)}
    return next((address for address, part in CHECKS.items() if part in parts), None)


def visit_json(visit: Visit, address: str, *, server_id: str) -> str:
    """Write what the app needs to take over from this page; safe inside a script element, which never runs it."""
    poster, programme = visit.opened.poster, visit.opened.programme
    members: dict[str, object] = {
        "code": poster.code,
        "poster": poster.poster_id,
        "venue": poster.venue_name,
        "programme": {
            "name": programme.name,
            "contact": programme.contact,
            "privacy_contact": programme.privacy_contact,
        },
        "neighbourhood": {"id": poster.neighbourhood_id, "name": poster.neighbourhood_name},
        "server_id": server_id,
        "form": _form_entry(visit),
        "page": address,
        "state": json.loads(write_state(visit.state)),
        "originals": dict(_originals(visit, address)),
    }
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).translate(FORBIDDEN_IN_SCRIPT)


def _question(visit: Visit, element: Element, *, tried: bool, original: Pack | None) -> Question:
    wrong = problem(visit.response, element) if tried else None
    return question_of(element, visit.response, visit.pack, problem=wrong, original=original)


def _heading(visit: Visit, group: Element, original: Pack | None) -> Words | None:
    node = group.definition
    found = words_of(node.label, group, visit.response, visit.pack, original=original) if node else None
    return found if found is not None and found.text else None


def _form_entry(visit: Visit) -> object:
    entries = manifest.as_json([visit.form.entry()])["forms"]
    assert isinstance(entries, list), "A manifest lists its forms."
    return entries[0]


def _originals(visit: Visit, address: str) -> Iterator[tuple[str, str]]:
    """Give a page's texts in the form's own language, by text id, where it promises what nobody has checked."""
    pages = pages_of(visit.response)
    if visit.original is None or not visit.is_draft or not _promises(pages, address):
        return
    for text_id in _text_ids(page_near(pages, address), visit.response):
        text = visit.pack.texts.get(text_id)
        if text is not None and text.lang != visit.original.lang and (words := visit.original.texts.get(text_id)):
            yield text_id, "".join(part for part in words.parts if isinstance(part, str))


def _promises(pages: Sequence[Page], address: str) -> bool:
    """Tell whether a page opens a part of the form: there a person is told what becomes of the answers."""
    return any(own[0].address == address for part in (MAIN, EQUALITY) if (own := part_of(pages, part)))


def _text_ids(page: Page, response: Response) -> Iterator[str]:
    elements = [*((page.group,) if page.group else ()), *page.questions]
    for element in elements:
        node = element.definition
        if node is None:
            continue
        yield from (one for one in (node.label, node.hint) if one)
        for item in choices(response, element) if node.choices else ():
            yield from (column.text for column in item.elements if node.choices and column.name == node.choices.text)
