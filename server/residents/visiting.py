"""One visit on its way: its form, words and answers, and the state that its next page carries. No Flask, no SQL."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from server.clock import as_text
from server.config import SHOWN_TIME_ZONE
from server.formlogic.response import Response
from server.formlogic.texts import Pack
from server.residents import answering
from server.residents.flow import Step
from server.residents.opening import FormInUse, Opened
from server.residents.state import SEED_BYTES, State
from sync.ids import RANDOM_BYTES, uuid7

__all__ = ["Visit", "at_check", "begin_visit", "go_on", "offset_here", "with_answers", "with_original"]

HERE: Final = ZoneInfo(SHOWN_TIME_ZONE)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A visit in the words of one language; ``original`` are those of the form's own, where they differ.

    ``original_sha256`` names them.
    """

    opened: Opened
    form: FormInUse
    state: State
    pack: Pack
    original: Pack | None
    original_sha256: str | None
    response: Response

    @property
    def is_draft(self) -> bool:
        """Whether no person has checked the words that are shown."""
        language = self.form.language(self.state.language)
        return language is not None and language.draft


def begin_visit(
    opened: Opened,
    form: FormInUse,
    words: tuple[str, Pack],
    *,
    original: tuple[str, Pack] | None,
    now: datetime,
    random_bytes: Callable[[int], bytes],
) -> Visit:
    """Begin a visit that nobody has answered anything in."""
    sha256, pack = words
    seed = random_bytes(SEED_BYTES).hex()
    begun = now.astimezone(HERE).isoformat(timespec="milliseconds")
    response = answering.begin(form.definition, pack, seed=seed, begun=begun)
    state = State(
        response=str(uuid7(int(now.timestamp() * 1000), random_bytes(RANDOM_BYTES))),
        begun=begun,
        language=pack.lang,
        shown={pack.lang: sha256},
        answers=answering.draft_of(response.root),
        seed=seed,
        logic=form.version.logic_sha,
        version=form.version.version,
    )
    return _visit(opened, form, pack, original, state, response)


def go_on(
    opened: Opened, form: FormInUse, words: tuple[str, Pack], *, original: tuple[str, Pack] | None, state: State
) -> Visit:
    """Take a visit up from its state."""
    sha256, pack = words
    spoken = replace(state, language=pack.lang, shown={**state.shown, pack.lang: sha256})
    response = answering.take_up(form.definition, pack, spoken)
    return _visit(opened, form, pack, original, spoken, response)


def _visit(
    opened: Opened,
    form: FormInUse,
    pack: Pack,
    original: tuple[str, Pack] | None,
    state: State,
    response: Response,
) -> Visit:
    sha256, words = original or (None, None)
    return Visit(
        opened=opened, form=form, state=state, pack=pack, original=words, original_sha256=sha256, response=response
    )


def with_original(visit: Visit) -> Visit:
    """Remember that the form's own words were shown beneath: which ones somebody agreed to can be shown later."""
    if visit.original is None or visit.original_sha256 is None:
        return visit
    shown = {**visit.state.shown, visit.original.lang: visit.original_sha256}
    return replace(visit, state=replace(visit.state, shown=shown))


def with_answers(visit: Visit, step: Step | None = None) -> Visit:
    """Carry the answers as they stand now, and whether the page was opened from the check."""
    answers = answering.draft_of(visit.response.root)
    changing = step is not None and step.changing
    return replace(visit, state=replace(visit.state, answers=answers, changing=changing))


def at_check(visit: Visit, *, now: datetime) -> Visit:
    """Lay the answers out to be checked: the moment counts as the one when the response was made."""
    return replace(visit, state=replace(visit.state, made_at=as_text(now)))


def offset_here(now: datetime) -> Callable[[str, str], str]:
    """Give what tells the offset that clocks here show on a date ('': today) at a time."""

    def offset(date: str, time: str) -> str:
        today = now.astimezone(HERE).date().isoformat()
        try:
            local = datetime.fromisoformat(f"{date or today}T{time}").replace(tzinfo=HERE)
        except ValueError:
            return "+00:00"
        written = local.strftime("%z")
        return f"{written[:3]}:{written[3:]}"

    return offset
