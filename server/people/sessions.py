"""Who is signed in: the session's side of people."""

import secrets

from flask import Flask, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.exceptions import HTTPException

from server import services
from server.i18n import CHOICE
from server.people import queries
from server.people.rules import Person

__all__ = ["begin_session", "end_session", "install_sessions", "signed_in_person"]


class SignInFirst(HTTPException):
    """Nobody is signed in; the reply sends them to do that first."""

    code = 303


def install_sessions(app: Flask) -> None:
    """Let Flask-Login know people by the id in their session."""
    sign_ins = LoginManager(app)
    sign_ins.user_loader(person_of_session)


def person_of_session(session_id: str) -> Person | None:
    """Find whose session it is; nobody's once the password that it was begun with has changed."""
    person_id, _dot, _fingerprint = session_id.partition(".")
    with services.current().database.read() as connection:
        person = queries.person_by_id(connection, person_id)
    if person is None or not secrets.compare_digest(person.get_id().encode(), session_id.encode()):
        return None
    return person


def signed_in_person() -> Person:
    """Give who is signed in; send anybody else to sign in first and then back here."""
    person: object = current_user._get_current_object()
    if isinstance(person, Person):
        return person
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    raise SignInFirst(response=redirect(url_for("people.show_sign_in", next=wanted)))


def begin_session(person: Person) -> None:
    """Start a session that carries nothing over from before but the chosen language."""
    language = session.get(CHOICE)
    session.clear()
    if language:
        session[CHOICE] = language
    session.permanent = True
    login_user(person)


def end_session() -> None:
    """Forget who was signed in, and keep the chosen language."""
    language = session.get(CHOICE)
    logout_user()
    session.clear()
    if language:
        session[CHOICE] = language
