"""A browser in which somebody signed in before has a count of failures of its own.

Otherwise any guest of a hall could shut a person out there, by wrong passwords under their name from the same address.
The mark is a signed cookie: good for one sign-in name, it opens nothing.
"""

from typing import Final

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from server import services
from server.config import KNOWN_BROWSER_LIFETIME
from server.people.rules import Person
from sync.hashes import sha256_hex

__all__ = ["mark_browser", "mark_of_browser"]

MARK_BYTES: Final = 16
LIFETIME_SECONDS: Final = int(KNOWN_BROWSER_LIFETIME.total_seconds())


def mark_of_browser(sign_in_name: str) -> str:
    """Give the mark that this browser got when somebody signed in under this name; '' when nobody did."""
    try:
        read: object = _signer().loads(request.cookies.get(_cookie_name(), ""), max_age=LIFETIME_SECONDS)
    except BadSignature:
        return ""
    match read:
        case [str(name_hash), str(mark)] if name_hash == sha256_hex(sign_in_name):
            return mark
        case _:
            return ""


def mark_browser(reply: Response, person: Person) -> Response:
    """Have the browser keep a fresh mark for this person."""
    mark = services.current().random_bytes(MARK_BYTES).hex()
    reply.set_cookie(
        _cookie_name(),
        _signer().dumps([sha256_hex(person.sign_in_name), mark]),
        max_age=LIFETIME_SECONDS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
    )
    return reply


def _signer() -> URLSafeTimedSerializer:
    key = current_app.secret_key
    assert key, "The application signs its sessions."
    return URLSafeTimedSerializer(key, salt="known browser")


def _cookie_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known"
