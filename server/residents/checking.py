"""The answers of one part, laid out to be checked: grouped as in the form, each with the way to change it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.formlogic.instance import Element
from server.formlogic.response import Response
from server.formlogic.texts import Pack
from server.formlogic.validate import ProblemCode, problem, readonly
from server.residents.paging import EQUALITY, Page, PartName, is_shown
from server.residents.questions import label_of, message_of
from server.residents.words import Words, labels_chosen, plain, words_of

__all__ = ["CheckedAnswer", "CheckedSection", "Complaint", "complaints", "sections_of"]


@dataclass(frozen=True, kw_only=True)
class CheckedAnswer:
    """A question with what was answered; ``page`` is where it can be changed, None where nobody may."""

    id: str
    label: Words
    answers: tuple[Words, ...]
    type: str
    appearance: str
    page: str | None
    problem: ProblemCode | None


@dataclass(frozen=True, kw_only=True)
class CheckedSection:
    """Questions of one group; ``level`` of its heading, from 2."""

    heading: Words | None
    level: int
    answers: tuple[CheckedAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """Something to put right before the answers can be sent, and the page where."""

    label: Words
    code: ProblemCode
    message: Words | None
    type: str
    page: str | None


def sections_of(
    response: Response, pages: Sequence[Page], pack: Pack, *, parts: frozenset[PartName]
) -> list[CheckedSection]:
    """Lay out what was answered in these parts, in the order of the form."""
    addresses = {question.path: page.address for page in pages for question in page.questions}
    return list(_sections(response.root, response, pack, addresses, parts, 2))


def complaints(response: Response, pages: Sequence[Page], pack: Pack, *, part: PartName) -> list[Complaint]:
    """List what is wrong within one part, in the order of the form."""
    found = []
    for page in pages:
        for element in page.questions if page.part == part else ():
            code = problem(response, element)
            if code is not None and element.definition is not None:
                found.append(
                    Complaint(
                        label=label_of(element, response, pack),
                        code=code,
                        message=message_of(code, element, response, pack),
                        type=element.definition.type,
                        page=page.address,
                    )
                )
    return found


def _sections(
    parent: Element,
    response: Response,
    pack: Pack,
    addresses: Mapping[str, str],
    parts: frozenset[PartName],
    level: int,
) -> Iterator[CheckedSection]:
    """Make a section of each run of questions, and of each group."""
    heading = None
    if parent.definition is not None and parent.parent is not None and parent.parent.definition is not None:
        heading = words_of(parent.definition.label, parent, response, pack)
    run: list[CheckedAnswer] = []
    for child in parent.elements:
        if child.definition is None or not child.relevant or _is_elsewhere(parent, child, parts, response):
            continue
        if child.definition.kind == "leaf":
            run += _answer(child, response, pack, addresses)
            continue
        below = list(_sections(child, response, pack, addresses, parts, level + 1 if heading else level))
        if below:
            if run:
                yield CheckedSection(heading=heading, level=level, answers=tuple(run))
                heading, run = None, []
            yield from below
    if run:
        yield CheckedSection(heading=heading, level=level, answers=tuple(run))


def _is_elsewhere(parent: Element, child: Element, parts: frozenset[PartName], response: Response) -> bool:
    """Tell whether a group at the top of the form belongs to a part that is not laid out here."""
    own: PartName = (
        "equality" if child.name == EQUALITY and child.definition and child.definition.kind == "group" else "main"
    )
    return parent is response.root and own not in parts


def _answer(element: Element, response: Response, pack: Pack, addresses: Mapping[str, str]) -> Iterator[CheckedAnswer]:
    node = element.definition
    if node is None or not is_shown(element) or (node.control == "note" and not element.text):
        return
    answers = labels_chosen(element, response, pack) if node.choices else [plain(element.text)] if element.text else []
    yield CheckedAnswer(
        id=f"answer-{node.number}",
        label=label_of(element, response, pack),
        answers=tuple(answers),
        type=node.type,
        appearance=node.appearance,
        page=None if readonly(response, element) or node.control == "note" else addresses.get(element.path),
        problem=problem(response, element) if not element.text else None,
    )
