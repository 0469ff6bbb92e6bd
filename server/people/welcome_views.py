"""Coming in by a link: the code is in the part of the address that browsers keep to themselves, or typed by hand."""

from typing import Final

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_limiter import Limiter
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.clock import as_text
from server.config import LINK_FAILURES, SIGN_IN_NAME_CHARACTERS
from server.limiting import FailureLimit, caller, count_failures
from server.people import invitation_queries, invitations, queries
from server.people.accounts import ID_BYTES
from server.people.codes import hash_of_typed
from server.people.invitation_queries import Invitation
from server.people.invitations import NotUsed
from server.people.passwords import MIN_CHARACTERS, problem_of
from server.people.rules import Person, hash_password, normalise_sign_in_name
from server.people.sessions import begin_session, language_chosen
from server.people.wording import password_words

__all__ = ["make_blueprint"]

UNFIT: Final = 422
GONE: Final = 410
"""Status of a code that opens nothing; what the limit on failures counts."""


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make the views of links, with codes that open nothing limited by `limiter`."""
    blueprint = Blueprint("welcome", __name__, url_prefix="/console")
    limited = count_failures(
        limiter,
        FailureLimit(allowed=LINK_FAILURES, counted_by=caller),
        scope="links",
        failed=lambda reply: reply.status_code == GONE,
    )
    blueprint.get("/welcome")(show_welcome)
    blueprint.post("/welcome")(limited(open_link))
    blueprint.post("/welcome/password")(limited(use_link))
    return blueprint


def show_welcome() -> str:
    """Ask for the code; a script puts it in from the address."""
    return render_template("welcome.html", code="", problem=None)


def open_link() -> str | Response:
    """Show who is invited as what, and ask for a password; a choice of language keeps the code that is typed."""
    if language_chosen():
        return render_template("welcome.html", code=request.form.get("code", ""), problem=None)
    invitation = invitation_of(request.form.get("code", ""))
    if invitation is None:
        return no_such_link()
    return page_of(invitation, sign_in_name=sign_in_name_of(invitation), problems={})


def use_link() -> str | AnyResponse:
    """Keep the password that was chosen, and sign its person in."""
    invitation = invitation_of(request.form.get("code", ""))
    if invitation is None:
        return no_such_link()
    known = sign_in_name_of(invitation)
    sign_in_name = known or normalise_sign_in_name(request.form.get("sign_in_name", ""))
    if language_chosen():
        return page_of(invitation, sign_in_name=sign_in_name, problems={})
    problems = problems_of(invitation, sign_in_name)
    if problems:
        return Response(page_of(invitation, sign_in_name=sign_in_name, problems=problems), status=UNFIT)
    return accepted(invitation, sign_in_name)


def accepted(invitation: Invitation, sign_in_name: str) -> str | AnyResponse:
    """Use the link, unless somebody was faster."""
    running = services.current()
    chosen = Person(
        person_id=running.random_bytes(ID_BYTES).hex(),
        sign_in_name=sign_in_name,
        name=invitation.name,
        password_hash=hash_password(request.form.get("password", "")),
        role=invitation.role,
    )
    person = invitations.accept(running.database, invitation.secret_hash, chosen, now=running.clock.now())
    match person:
        case NotUsed.GONE:
            return no_such_link()
        case NotUsed.NAME_TAKEN:
            taken = {"sign-in-name": _("Somebody has this sign-in name already. Choose another.")}
            return Response(page_of(invitation, sign_in_name=sign_in_name, problems=taken), status=UNFIT)
        case Person():
            begin_session(person)
    return redirect(url_for("reviews.home"), code=303)


def invitation_of(typed: str) -> Invitation | None:
    """Find the link that a code opens, if it opens one still."""
    secret_hash = hash_of_typed(typed)
    if secret_hash is None:
        return None
    running = services.current()
    with running.database.read() as connection:
        return invitation_queries.open_invitation(connection, secret_hash, now=as_text(running.clock.now()))


def sign_in_name_of(invitation: Invitation) -> str:
    """Give the sign-in name of a person who has one already; '' for somebody new."""
    with services.current().database.read() as connection:
        person = queries.person_by_id(connection, invitation.person_id or "")
    return person.sign_in_name if person else ""


def problems_of(invitation: Invitation, sign_in_name: str) -> dict[str, str]:
    """Say what is wrong with what was typed, by field."""
    found = {}
    if not sign_in_name:
        found["sign-in-name"] = _("Choose a sign-in name, such as your first name.")
    wrong = problem_of(
        request.form.get("password", ""), request.form.get("again", ""), names=(invitation.name, sign_in_name)
    )
    if wrong is not None:
        found["password"] = password_words(wrong)
    return found


def page_of(invitation: Invitation, *, sign_in_name: str, problems: dict[str, str]) -> str:
    """Show the page on which a password is chosen."""
    return render_template(
        "choose_password.html",
        invitation=invitation,
        code=request.form.get("code", ""),
        sign_in_name=sign_in_name,
        problems=problems,
        fewest=MIN_CHARACTERS,
        longest=SIGN_IN_NAME_CHARACTERS,
    )


def no_such_link() -> Response:
    """Say that a code opens nothing, whatever the reason."""
    words = _("This link does not work. It may have been used, or it may be too old. Ask for a new one.")
    return Response(render_template("welcome.html", code=request.form.get("code", ""), problem=words), status=GONE)
