"""Who is signed in: the session's side of people. The cookie holds a secret, the server its hash and how it is used."""

from contextlib import suppress
from dataclasses import replace
from sqlite3 import Connection

from flask import Flask, after_this_request, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.exceptions import HTTPException

from server import services
from server.audit.noting import Actor, note
from server.clock import as_text
from server.config import ENDED_SESSIONS_KEPT, SEEN_EVERY, SESSION_LIFETIME, SESSION_LONGEST
from server.errors import NotAllowed
from server.i18n import CHOICE, autonyms
from server.people import session_queries as queries
from server.people.browsers import browser_words
from server.people.known_browsers import mark_browser
from server.people.rules import Person, may_change
from server.people.session_queries import Since
from server.store.errors import QueueFull
from sync.hashes import sha256_hex

__all__ = [
    "actor_of",
    "begin_session",
    "end_session",
    "install_sessions",
    "language_chosen",
    "open_since",
    "session_hash",
    "signed_in_administrator",
    "signed_in_coordinator",
    "signed_in_person",
]

SECRET_BYTES = 32
ID_BYTES = 16


class SignInFirst(HTTPException):
    """Nobody is signed in; the reply sends them to do that first."""

    code = 303


def install_sessions(app: Flask) -> None:
    """Let Flask-Login know people by the secret in their session."""
    sign_ins = LoginManager(app)
    sign_ins.user_loader(person_of_session)


def person_of_session(secret: str) -> Person | None:
    """Find whose session it is; nobody's once it has ended or run out, or their access has ended."""
    running = services.current()
    hashed = sha256_hex(secret)
    with running.database.read() as connection:
        found = queries.session_of(connection, hashed, since=open_since())
    if found is None:
        return None
    now = running.clock.now()
    if found.last_seen_at <= as_text(now - SEEN_EVERY):
        note_use(hashed, at=as_text(now))
    return replace(found.person, session_secret=secret)


def note_use(hashed: str, *, at: str) -> None:
    """Write down that a session is in use, without waiting: no page is lost for it."""
    with suppress(QueueFull):
        services.current().database.submit(lambda connection: queries.touch_session(connection, hashed, at=at))


def open_since() -> Since:
    """Give the moments since which a session must have been begun and used to be open still."""
    now = services.current().clock.now()
    return Since(begun=as_text(now - SESSION_LONGEST), used=as_text(now - SESSION_LIFETIME))


def signed_in_person() -> Person:
    """Give who is signed in; send anybody else to sign in first and then back here."""
    person: object = current_user._get_current_object()
    if isinstance(person, Person):
        return person
    raise SignInFirst(response=redirect(address_to_sign_in()))


def address_to_sign_in() -> str:
    """Give the page to sign in at, which leads back here; after a form, to the page it was filled in on.

    Nothing of a form is kept: the page says so.
    """
    if request.method == "GET":
        return url_for("people.show_sign_in", next=request.full_path.rstrip("?"))
    came_from = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    return url_for("people.show_sign_in", next=came_from if came_from.startswith("/") else None, unsaved="yes")


def signed_in_coordinator() -> Person:
    """Give who is signed in when they may do more than read; raises NotAllowed for a viewer."""
    person = signed_in_person()
    if not may_change(person):
        raise NotAllowed("viewer", f"{person.sign_in_name} may read, but change nothing.")
    return person


def signed_in_administrator() -> Person:
    """Give who is signed in when they are an administrator; raises NotAllowed for anybody else."""
    person = signed_in_person()
    if person.role != "administrator":
        raise NotAllowed("not-an-administrator", f"{person.sign_in_name} is no administrator.")
    return person


def actor_of(person: Person) -> Actor:
    """Give a person as the audit log names who did something."""
    return Actor(person_id=person.person_id, name=person.name)


def session_hash(person: Person) -> str:
    """Give the hash of the session that a person is signed in by."""
    return sha256_hex(person.session_secret)


def begin_session(person: Person) -> bool:
    """Start a session that carries nothing over from before but the chosen language.

    False, and no session, when the person's password or access is not any more what ``person`` says.
    """
    running = services.current()
    now = running.clock.now()
    secret, session_id = running.random_bytes(SECRET_BYTES).hex(), running.random_bytes(ID_BYTES).hex()
    browser = browser_words(request.user_agent.string)

    def begin(connection: Connection) -> bool:
        queries.forget_sessions_before(connection, before=as_text(now - ENDED_SESSIONS_KEPT))
        begun = queries.insert_session(
            connection,
            person,
            session_hash=sha256_hex(secret),
            session_id=session_id,
            browser=browser,
            at=as_text(now),
        )
        if not begun:
            return False
        note(
            connection,
            at=as_text(now),
            actor=actor_of(person),
            action="signed-in",
            subject=person.person_id,
            details={"browser": browser},
        )
        return True

    if not running.database.write(begin):
        return False
    end_session()
    session.permanent = True
    login_user(replace(person, session_secret=secret))
    after_this_request(lambda reply: mark_browser(reply, person))
    return True


def end_session() -> None:
    """End the session of whoever is signed in, and keep the chosen language."""
    person: object = current_user._get_current_object()
    if isinstance(person, Person):
        note_end(person)
    language = session.get(CHOICE)
    logout_user()
    session.clear()
    if language:
        session[CHOICE] = language


def note_end(person: Person) -> None:
    """Write down that a person signed out."""
    running = services.current()
    now = as_text(running.clock.now())

    def end(connection: Connection) -> None:
        if queries.end_session_of(connection, session_hash(person), at=now):
            note(connection, at=now, actor=actor_of(person), action="signed-out", subject=person.person_id)

    running.database.write(end)


def language_chosen() -> bool:
    """Keep the language that a button of this page sent along; tell whether one was pressed.

    For pages that cannot be asked for again without what was typed on them.
    """
    language = request.form.get("language", "")
    if language not in autonyms():
        return False
    session[CHOICE] = language
    return True
