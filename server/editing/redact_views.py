"""The console: words are taken out of a text for good; what it will say is shown before, and older texts are erased."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.clock import as_text
from server.editing import queries
from server.editing.changing import Change, Outlook, outlook, settled
from server.editing.coming_back import install_coming_back, to_response
from server.editing.elsewhere import Place, places_with
from server.editing.erasing import Eraser, names_of_parts, texts_with
from server.editing.fields import Field, fields_of, node_of, tree_of
from server.editing.keeping import Keeping, Kept, keep
from server.editing.opening import Opened, open_response
from server.editing.redacting import BLOCK, is_free_text, masked, typed_words
from server.editing.revision import Making, fits, make
from server.editing.rules import REASON_CHARACTERS, fault_of_reason, one_reason
from server.editing.showing import Effect, effect
from server.editing.wording import reason_words
from server.editing.words import Said, is_apart, said
from server.i18n import page_language
from server.people.rules import Person
from server.people.sessions import signed_in_coordinator
from sync.codes import RevisionKind
from sync.hashes import sha256_hex

__all__ = ["blueprint"]

blueprint = Blueprint("editing_redact", __name__, url_prefix="/console/responses/<response_id>/redact")
install_coming_back(blueprint)


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """What is to be taken out of which text; ``everywhere``: out of all other answers of the response as well."""

    opened: Opened
    person: Person
    path: str
    words: list[str]
    everywhere: bool
    part_names: Sequence[str]
    """Of all parts that any version has."""

    @property
    def texts(self) -> list[Field]:
        """The texts that a person typed, in the order of the form."""
        found = fields_of(self.opened.joined.answers, root=self.opened.form.root)
        sees_apart = self.person.role == "administrator"
        definition = self.opened.form.definition
        return [
            one
            for key, one in found.items()
            if is_free_text(self.opened.form, one, node_of(definition, key), sees_apart=sees_apart)
        ]

    @property
    def outlook(self) -> Outlook:
        """What the response says without the words; what the form works out from its texts follows them."""
        wanted = {one.key for one in self.texts if self.everywhere or one.path == self.path}
        fields = fields_of(self.opened.joined.answers, root=self.opened.form.root)
        tree = tree_of(
            (key, masked(one.text, self.words) if key in wanted else one.text) for key, one in fields.items()
        )
        answers = settled(self.opened.form, tree).answers()
        joined = type(self.opened.joined)(tree, self.opened.joined.erased)
        kept = outlook(self.opened.form, joined, answers)
        found = outlook(self.opened.form, self.opened.joined, answers)
        return Outlook(answers=kept.answers, changes=found.changes, comes=found.comes, goes=found.goes)

    @property
    def parts(self) -> list[str]:
        """The parts whose texts are looked through for the words."""
        named = [part.name for part in self.opened.shown.parts if part.body is not None]
        own = next((one.key[0] for one in self.texts if one.path == self.path), "")
        chosen = [own if own in named else "main"]
        apart = self.person.role == "administrator"
        return [name for name in self.part_names if apart or not is_apart((name,))] if self.everywhere else chosen


@blueprint.get("")
def show_texts(response_id: str) -> AnyResponse | str:
    """Show the texts of a response, to choose the one that words are taken out of."""
    redaction = asked_for(response_id, signed_in_coordinator())
    return redact_page(redaction, problems={}) if redaction else to_response(response_id)


@blueprint.post("")
def redact(response_id: str) -> AnyResponse:
    """Show the text without the words, or take them out for good once that was seen."""
    redaction = asked_for(response_id, signed_in_coordinator())
    if redaction is None:
        return to_response(response_id)
    reason = one_reason(request.form.get("reason", ""))
    found = redaction.outlook if redaction.words else None
    with services.current().database.read() as connection:
        older = texts_of(connection, redaction)
    problems = faults(redaction, reason, any_text=bool(older))
    moved = request.form.get("seen", "") != redaction.opened.shown.rev
    looked = found is not None and request.form.get("go") == "save" and request.form.get("looked") == digest_of(found)
    if problems or moved or not looked or found is None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.CONFLICT if moved else HTTPStatus.OK
        page = redact_page(redaction, problems=problems, reason=reason, found=found, moved=moved)
        return Response(page, status=status)
    return take_out(redaction, found, reason, older=older)


def take_out(redaction: Redaction, found: Outlook, reason: str, *, older: frozenset[str]) -> AnyResponse:
    """Write the texts without the words, then erase the ``older`` texts in which they stand.

    A text that came meanwhile is not among them: nobody has seen it yet, and it is a version of its own.
    """
    running = services.current()
    response_id = redaction.opened.response.response_id
    if found.changes and write(redaction, found, reason) == "moved":
        page = redact_page(redaction, problems={}, reason=reason, found=found, moved=True)
        return Response(page, status=HTTPStatus.CONFLICT)
    eraser = Eraser(
        database=running.database,
        identity=running.identity,
        clock=running.clock,
        person=redaction.person,
        settle=running.tidying.wake,
    )
    with running.database.read() as connection:
        texts = older - kept_now(connection, redaction)
    try:
        eraser.erase_texts(response_id, redaction.parts, texts)
    except OSError:
        flash(_("The words are out of the answers, but older versions still hold them: the disk could not be written."))
        return to_response(response_id)
    flash(_("The words are taken out. Older texts that held them are erased."))
    return to_response(response_id)


def write(redaction: Redaction, found: Outlook, reason: str) -> Kept:
    """Keep the revision whose texts do not hold the words."""
    running = services.current()
    now = running.clock.now()
    shown = redaction.opened.shown
    making = Making(
        kind=RevisionKind.EDIT,
        parents=[shown.rev],
        author=redaction.person.name,
        server_id=running.identity.server_id,
        made_at=as_text(now),
        reason=reason,
    )
    made = make(shown, found.answers, making, random_bytes=running.random_bytes)
    keeping = Keeping(
        response_id=redaction.opened.response.response_id,
        seen={shown.rev},
        all_seen=True,
        person=redaction.person,
        server_id=running.identity.server_id,
        now=now,
        action="response-redacted",
        touches_apart=any(is_apart(one.key) for one in found.changes),
    )
    if not fits(made):
        return "moved"
    return running.database.write(lambda connection: keep(connection, made, keeping))


def asked_for(response_id: str, person: Person) -> Redaction | None:
    """Read what is asked for; None where nothing can be taken out here."""
    with services.current().database.read() as connection:
        opened = open_response(connection, response_id, person, wishes=[page_language(), "en"])
        names = names_of_parts(connection, response_id)
    if opened is None:
        return None
    typed = request.form.get("words", "")
    everywhere = request.method == "GET" or request.form.get("everywhere") == "yes"
    path = request.form.get("text", request.args.get("at", ""))
    return Redaction(
        opened=opened, person=person, path=path, words=typed_words(typed), everywhere=everywhere, part_names=names
    )


def faults(redaction: Redaction, reason: str, *, any_text: bool) -> dict[str, str]:
    """Say what is missing, by the field that lacks it."""
    problems: dict[str, str] = {}
    if len(redaction.opened.heads) > 1:
        problems["words"] = _("This response has several versions. Put them together first.")
    elif not any(one.path == redaction.path for one in redaction.texts):
        problems["texts"] = _("Choose the text.")
    elif not redaction.words or any(BLOCK[0] in one for one in redaction.words):
        problems["words"] = _("Type the words that are to go.")
    elif not any_text:
        problems["words"] = _("These words stand in no text of this response. Check how they are spelt.")
    fault = fault_of_reason(reason, hidden=redaction.words)
    if fault is not None:
        problems["reason"] = reason_words(fault)
    return problems


def texts_of(connection: sqlite3.Connection, redaction: Redaction) -> frozenset[str]:
    """Name every kept text of the response in which the words stand, of the parts that are looked through."""
    response_id = redaction.opened.response.response_id
    if not redaction.words:
        return frozenset()
    return texts_with(connection, response_id, redaction.words, parts=redaction.parts, person=redaction.person)


def kept_now(connection: sqlite3.Connection, redaction: Redaction) -> frozenset[str]:
    """Name the texts of the version that is shown now: words that were left in another answer of it stay there."""
    person, response_id = redaction.person, redaction.opened.response.response_id
    now = queries.standing(connection, response_id, reader=person.person_id)
    found = queries.versions(connection, response_id, reader=person.person_id)
    headers = [json.loads(one.header) for one in found if now is not None and one.rev == now.head_rev]
    return frozenset(str(part["sha256"]) for header in headers for part in header["parts"])


def redact_page(
    redaction: Redaction,
    *,
    problems: dict[str, str],
    reason: str = "",
    found: Outlook | None = None,
    moved: bool = False,
) -> str:
    """Show the texts, what was typed so far, and the texts without the words once that is known."""
    form = redaction.opened.form
    looked = found is not None and not problems and not moved
    return render_template(
        "editing_redact.html",
        response=redaction.opened.response,
        texts=offered(redaction),
        chosen=redaction.path,
        typed="\n".join(redaction.words),
        everywhere=redaction.everywhere,
        seen=redaction.opened.shown.rev,
        questions=form.pack.lang,
        reason=reason,
        longest=REASON_CHARACTERS,
        problems=problems,
        moved=moved,
        told=told(redaction, found.changes) if found and looked else None,
        elsewhere=elsewhere(redaction) if looked else [],
        looked=digest_of(found) if found and looked else "",
    )


def offered(redaction: Redaction) -> list[tuple[Field, Said]]:
    """Give the texts to choose from; what the form works out from them follows."""
    found = [(one, said(redaction.opened.form, one.key, one.path)) for one in redaction.texts]
    return [(one, about) for one, about in found if not about.worked_out]


def told(redaction: Redaction, changes: Sequence[Change]) -> list[Effect]:
    """Say each text as it will be, but for what the form works out by itself and what is kept apart."""
    sees_apart = redaction.person.role == "administrator"
    found = [effect(redaction.opened.form, one) for one in changes if sees_apart or not is_apart(one.key)]
    return [one for one in found if not one.about.worked_out]


def elsewhere(redaction: Redaction) -> list[Place]:
    """Name the places at which somebody of the team wrote the words, where they stay."""
    response_id = redaction.opened.response.response_id
    with services.current().database.read() as connection:
        return places_with(connection, response_id, redaction.words, person=redaction.person)


def digest_of(found: Outlook) -> str:
    """Name what was seen, so that nothing else is saved."""
    return sha256_hex(json.dumps(found.answers, sort_keys=True))
