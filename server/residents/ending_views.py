"""How a visit ends: sent, sent before, stopped, or no longer taken; and what a browser is told to let go of then."""

from http import HTTPStatus
from typing import Final

from flask import Response, request

from server.residents.checking import CheckedSection
from server.residents.filing import Filed
from server.residents.flow import DECLINED
from server.residents.language import best_of, chosen_languages, tongues, wished_languages
from server.residents.opening import Opened
from server.residents.replies import CLEARED, send_page
from server.residents.showing import closing_words
from server.residents.state import write_state
from server.residents.visiting import Visit, with_answers
from server.venues.rules import PosterStanding
from sync.references import read_reference, shown_reference

__all__ = [
    "closed_page",
    "declined_page",
    "ended_again",
    "finished_page",
    "forget",
    "over_page",
    "stop_page",
]

NO_CODE: Final = ""
OUTCOMES: Final = frozenset({"filed", "set-aside", "not-its-own", "withdrawn", "overtaken", "sent-before"})


def forget() -> Response:
    """Have the browser let go of the pages of this server that it keeps: answers may stand on them."""
    reply = Response(status=HTTPStatus.NO_CONTENT)
    reply.headers["Cache-Control"] = "no-store"
    reply.headers["Clear-Site-Data"] = CLEARED
    return reply


def finished_page(begun: Visit, filed: Filed) -> Response:
    """Say what became of the answers, and show their code where it opens them."""
    code = NO_CODE if filed.outcome in {"withdrawn", "overtaken", "not-its-own"} else shown_reference(filed.code)
    return _end(begun.opened, outcome=filed.outcome, code=code, tag=begun.state.language)


def over_page(begun: Visit, *, withdrawn: bool) -> Response:
    """Say that the answers were sent before; who asks may be somebody else: no answer is shown, and no code."""
    outcome = "withdrawn" if withdrawn else "sent-before"
    return _end(begun.opened, outcome=outcome, code=NO_CODE, tag=begun.state.language)


def stop_page(opened: Opened, *, tag: str) -> Response:
    """Say that nothing was sent, and have the browser let go of what was typed."""
    return _last("stopped", opened, {"carried": [("ended", "stopped")]}, tag=tag)


def declined_page(begun: Visit) -> Response:
    """Thank a person who said no: nothing was sent, and what was typed is let go of."""
    carried = [("state", write_state(begun.state)), ("page", DECLINED)]
    context = {"notes": closing_words(begun), "carried": carried}
    return _last("declined", begun.opened, context, tag=begun.state.language)


def ended_again(opened: Opened) -> Response | None:
    """Show the page on which a visit has ended in another language; None: it has not ended.

    Whether anybody has the code that came along is not looked up: this page must not tell.
    """
    ended, tag = request.form.get("ended", ""), next(iter(chosen_languages()), "en")
    if ended == "stopped":
        return stop_page(opened, tag=tag)
    code = read_reference(request.form.get("reference", ""))
    return _end(opened, outcome=ended, code=shown_reference(code or ""), tag=tag) if ended in OUTCOMES else None


def closed_page(
    opened: Opened, standing: PosterStanding, *, begun: Visit | None = None, typed: tuple[CheckedSection, ...] = ()
) -> Response:
    """Say why nobody can answer here now, and whom to ask; ``typed`` is what came with the request, to be copied."""
    offered = tongues(opened.poster.languages)
    language = begun.state.language if begun is not None else best_of(offered, wished_languages())
    context = {
        "opened": opened,
        "standing": standing,
        "typed": typed,
        "form_language": language,
        "tongues": offered,
        "carried": [("state", write_state(with_answers(begun).state))] if begun is not None and typed else [],
    }
    return send_page("closed", context, tag=language, programme=opened.programme, status=HTTPStatus.GONE)


def _end(opened: Opened, *, outcome: str, code: str, tag: str) -> Response:
    carried = [("ended", outcome), *([("reference", code)] if code else [])]
    return _last("finished", opened, {"code": code, "outcome": outcome, "carried": carried}, tag=tag)


def _last(template: str, opened: Opened, context: dict[str, object], *, tag: str) -> Response:
    """Send a last page; ``carried`` is what its buttons of languages send along."""
    given = {"opened": opened, "tongues": tongues(opened.poster.languages), **context}
    return send_page(template, given, tag=tag, programme=opened.programme, clears=True)
