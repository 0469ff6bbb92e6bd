"""The console: recording the questions of a form, in the languages that it is written in and in others."""

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.config import RECORDER_SECONDS, RECORDING_BYTES
from server.errors import NotFound
from server.formlogic.logic_json import load
from server.formlogic.texts import Pack, load_pack
from server.i18n import autonyms, page_language
from server.people.sessions import actor_of, signed_in_coordinator
from server.programme.forms_in_use import FormToRead, form_to_read
from server.programme.queries import programme
from server.recordings import keeping, queries
from server.recordings.pages import RowGroup, missing_in, next_to_record, progress_of, rows_of
from server.recordings.queries import Recording
from server.recordings.sayable import Asked, Sayable, sayable_in
from server.recordings.sounds import Sound, SoundProblem, read_sound
from server.recordings.tongues import LanguageProblem, SpokenTongue, new_language, tongues_of
from server.recordings.wording import install_wording, language_problem_words, recorder_words, sound_problem_words
from server.reviews.passages import Fragment

__all__ = ["blueprint"]

UNFIT: Final = 422
SEE_OTHER: Final = 303
LONGEST_ID: Final = 19

blueprint = Blueprint("recordings", __name__, url_prefix="/console/forms/<form_id>/recordings")
install_wording(blueprint)


@dataclass(frozen=True, kw_only=True)
class Studio:
    """A form to record, in the language that the page is about."""

    form_id: str
    title: Fragment
    asked: tuple[Asked, ...]
    tongues: tuple[SpokenTongue, ...]
    tongue: SpokenTongue
    groups: tuple[RowGroup, ...]

    @property
    def beside_choices(self) -> list[tuple[str, str]]:
        """Give the written languages, to choose from."""
        return [(one.lang, one.name) for one in self.tongues if one.written]

    def address(self, *, anchor: str | None = None, missing: int | None = None) -> str:
        """Give the address of the page about this language, or of a place on it; ``missing``: of what is to be done."""
        place = "recordings.show_recordings"
        return url_for(place, form_id=self.form_id, lang=self.tongue.lang, missing=missing, _anchor=anchor)


@blueprint.get("")
def show_recordings(form_id: str) -> str:
    """Show all that can be spoken of a form, and what is recorded of it in a language."""
    signed_in_coordinator()
    return page(studio(form_id, request.args.get("lang", "")))


@blueprint.post("/keep")
def keep(form_id: str) -> AnyResponse:
    """Take in a recording of one text, made here or chosen as a file."""
    person = signed_in_coordinator()
    sound = given_sound()
    here = studio(form_id, request.form.get("lang", ""))
    row = next((row for group in here.groups for row in group.rows if row.text.key == request.form.get("key")), None)
    if row is None:
        raise NotFound("text-unknown", "The form does not say this any more. Open the page again.")
    if isinstance(sound, SoundProblem):
        return Response(page(here, problem=(row.number, sound_problem_words(sound))), status=UNFIT)
    running = services.current()
    keeping.keep_recording(
        running.database,
        sound,
        form_id=form_id,
        lang=here.tongue.lang,
        text_key=row.text.key,
        words=words_spoken(row.text),
        actor=actor_of(person),
        clock=running.clock,
    )
    flash(_("The recording is kept. Phones get it when they next connect."))
    return redirect(here.address(anchor=f"text-{row.number}"), code=SEE_OTHER)


@blueprint.get("/delete")
def ask_to_delete(form_id: str) -> str:
    """Ask once before a recording is deleted."""
    signed_in_coordinator()
    found = wanted_recording(form_id)
    return render_template("recording_delete.html", here=studio(form_id, found.lang), recording=found)


@blueprint.post("/delete")
def delete(form_id: str) -> AnyResponse:
    """Delete a recording; it can be put back for a while."""
    person = signed_in_coordinator()
    found = wanted_recording(form_id)
    running = services.current()
    removed = keeping.remove_recording(
        running.database, recording_id=found.recording_id, actor=actor_of(person), clock=running.clock
    )
    if removed is not None:
        flash(_("The recording is deleted. You can put it back for 7 days."))
    return back_to(form_id, found)


@blueprint.post("/put-back")
def put_back(form_id: str) -> AnyResponse:
    """Put back a recording that was deleted or replaced."""
    person = signed_in_coordinator()
    found = wanted_recording(form_id)
    running = services.current()
    keeping.put_back(running.database, recording_id=found.recording_id, actor=actor_of(person), clock=running.clock)
    flash(_("The recording is back."))
    return back_to(form_id, found)


@blueprint.post("/languages")
def add_language(form_id: str) -> AnyResponse:
    """Add a language that the form is spoken, but not written in."""
    person = signed_in_coordinator()
    here = studio(form_id, request.form.get("beside", ""))
    typed = {name: request.form.get(name, "") for name in ("name", "code", "beside")}
    new = new_language(form_id, **typed, tongues=here.tongues)
    if isinstance(new, LanguageProblem):
        return Response(page(here, typed=typed, language_problem=language_problem_words(new)), status=UNFIT)
    running = services.current()
    keeping.add_language(running.database, new, actor=actor_of(person), clock=running.clock)
    flash(_("The language is added. Phones offer it as soon as something is recorded in it."))
    return redirect(url_for("recordings.show_recordings", form_id=form_id, lang=new.lang), code=SEE_OTHER)


@blueprint.post("/languages/remove")
def remove_language(form_id: str) -> AnyResponse:
    """Remove a language in which nothing is recorded."""
    person = signed_in_coordinator()
    running = services.current()
    lang = request.form.get("lang", "")
    removed = keeping.remove_language(
        running.database, form_id=form_id, lang=lang, actor=actor_of(person), clock=running.clock
    )
    flash(_("The language is removed.") if removed else _("The language stays: something was recorded in it."))
    return redirect(url_for("recordings.show_recordings", form_id=form_id), code=SEE_OTHER)


def studio(form_id: str, lang: str) -> Studio:
    """Put together what the page is about; raises NotFound for a form that is not here."""
    with services.current().database.read() as connection:
        form = form_to_read(connection, form_id)
        team = programme(connection)
        spoken = queries.spoken_languages(connection, form_id=form_id)
        if form is None:
            raise NotFound("form-unknown", f"No form is on offer here under the id {form_id[:40]}.")
        tongues = tongues_of(in_order(form, team.languages if team else ()), spoken, names=autonyms())
        tongue = next((one for one in tongues if one.lang == lang), tongues[0])
        in_use = queries.recordings_in_use(connection, form_id=form_id, lang=tongue.lang)
        ended = queries.recordings_ended(connection, form_id=form_id, lang=tongue.lang)
    pack = load_pack(form.packs.get(tongue.beside) or next(iter(form.packs.values())))
    asked = sayable_in(load(json.loads(form.logic)), pack)
    return Studio(
        form_id=form_id,
        title=title_of(pack),
        asked=tuple(asked),
        tongues=tuple(tongues),
        tongue=tongue,
        groups=tuple(rows_of(asked, in_use, ended)),
    )


def given_sound() -> Sound | SoundProblem:
    """Read the file that was sent; large ones lie on the disk until they are closed."""
    given = request.files.get("sound")
    if given is None:
        return SoundProblem.MISSING
    with closing(given):
        return read_sound(given.stream.read(RECORDING_BYTES + 1))


def words_spoken(text: Sayable) -> str:
    """Give the words that stood on the page while somebody spoke: the form may have been published anew meanwhile."""
    shown = request.form.get("words")
    # Browsers send the end of a line as two characters.
    return text.words.text if shown is None else shown.replace("\r\n", "\n").replace("\0", "")


def in_order(form: FormToRead, first: tuple[str, ...]) -> list[str]:
    """Order a form's languages as the programme does."""
    return sorted(form.packs, key=lambda lang: first.index(lang) if lang in first else len(first))


def title_of(pack: Pack) -> Fragment:
    """Give the title of a form in the words of a pack."""
    return Fragment("".join(part for part in pack.title.parts if isinstance(part, str)), pack.title.lang)


def wanted_recording(form_id: str) -> Recording:
    """Find the recording that is asked for; raises NotFound for one of another form, or that is gone."""
    asked = request.values.get("recording", "")
    is_id = asked.isdecimal() and asked.isascii() and len(asked) < LONGEST_ID
    with services.current().database.read() as connection:
        found = queries.recording(connection, recording_id=int(asked)) if is_id else None
    if found is None or found.form_id != form_id:
        raise NotFound("recording-unknown", "This recording is not here any more.")
    return found


def back_to(form_id: str, about: Recording) -> AnyResponse:
    """Lead back to the page of a recording's language."""
    address = url_for("recordings.show_recordings", form_id=form_id, lang=about.lang)
    return redirect(address, code=SEE_OTHER)


def page(
    here: Studio,
    *,
    problem: tuple[int, str] | None = None,
    typed: Mapping[str, str] | None = None,
    language_problem: str | None = None,
) -> str:
    """Render the page; ``problem``: what is wrong at the text of that number."""
    return render_template(
        "recordings.html",
        here=here,
        questions=here.tongue.beside,
        progress=progress_of(here.groups),
        next_row=next_to_record(here.groups),
        missing_in=missing_in,
        problem=problem,
        typed=typed or {},
        language_problem=language_problem,
        recorder_words=recorder_words(),
        recorder_seconds=RECORDER_SECONDS,
        reader=page_language(),
        only_missing="missing" in request.args,
    )
