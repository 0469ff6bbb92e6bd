"""What every reply tells a browser about how far to trust it, and the cookies, tokens and limits that go with that."""

import secrets
from typing import Final

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_wtf import CSRFProtect

from server.config import REQUEST_BODY_BYTES, SESSION_LIFETIME, Config
from server.errors import PROGRAM_PATHS, RESIDENT_PATHS
from server.limiting import caller

__all__ = ["install_security"]

CONSOLE_PATH: Final = "/console/"
SHELL_ENDPOINTS: Final = "shell."
"""Endpoints that serve the phone's app: its cached copies cannot carry nonces, so its policy is 'self'."""

KEPT_BY_BROWSERS: Final = frozenset({"static", "pictures.show_picture", "pictures.download_file"})
"""Endpoints of the console whose replies browsers may keep, as they say themselves; pages of errors are not."""

SHELL_POLICY: Final = (
    "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
CONSOLE_POLICY: Final = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
RECORDING_PAGES: Final = frozenset({"recordings.show_recordings", "recordings.keep", "recordings.add_language"})
"""Endpoints whose pages may use the microphone, and play what it heard before that is kept."""
RECORDING_POLICY: Final = "; media-src 'self' blob:"
PROGRAM_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
}
MICROPHONE: Final = "geolocation=(), camera=(), microphone=(self), payment=(), usb=()"
STRICT_TRANSPORT: Final = "max-age=31536000"


def install_security(app: Flask, config: Config, *, session_key: bytes) -> Limiter:
    """Set cookies, body limit and forgery protection, and add the security headers to every reply.

    Gives the limiter that views count their own failures with; its counts live in this process alone.
    """
    app.config.update(
        SECRET_KEY=session_key,
        SESSION_COOKIE_NAME="__Host-fieldwell" if config.secure else "fieldwell",
        SESSION_COOKIE_SECURE=config.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SESSION_LIFETIME,
        MAX_CONTENT_LENGTH=REQUEST_BODY_BYTES,
        RATELIMIT_HEADERS_ENABLED=False,
        WTF_CSRF_CHECK_DEFAULT=False,  # refuse_forgery decides
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch still works
    )
    forgery = CSRFProtect(app)
    app.before_request(lambda: refuse_forgery(forgery))
    app.add_template_global(page_nonce)
    app.after_request(lambda response: with_security_headers(response, secure=config.secure))
    return Limiter(caller, app=app, storage_uri="memory://")


def refuse_forgery(forgery: CSRFProtect) -> None:
    """Ask for the forgery token wherever a cookie could speak for a person.

    Programs show a token of their own; on pages of residents a code is all that counts, and no cookie is looked at.
    """
    if not request.path.startswith(PROGRAM_PATHS) and not is_resident_path(request.path):
        forgery.protect()


def is_resident_path(path: str) -> bool:
    """Tell whether an address is one of the pages of residents."""
    return any(path == one or path.startswith(f"{one}/") for one in RESIDENT_PATHS)


def page_nonce() -> str:
    """Give this reply's nonce, 128 bits, the same for all its styles and scripts."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def with_security_headers(response: Response, *, secure: bool) -> Response:
    """Add the headers that any reply carries; what the console gives is for one person and is not kept."""
    if request.endpoint in RECORDING_PAGES:
        response.headers["Permissions-Policy"] = MICROPHONE
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", policy_for(response))
    if secure:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    may_stay = request.endpoint in KEPT_BY_BROWSERS and response.mimetype != "text/html"
    if request.path.startswith(CONSOLE_PATH) and not may_stay:
        response.headers["Cache-Control"] = "no-store"
    return response


def policy_for(response: Response) -> str:
    """Choose the Content-Security-Policy: by who made the reply, then by whether a person reads it."""
    if (request.endpoint or "").startswith(SHELL_ENDPOINTS):
        return SHELL_POLICY
    if response.mimetype == "text/html":
        more = RECORDING_POLICY if request.endpoint in RECORDING_PAGES else ""
        return CONSOLE_POLICY.format(nonce=page_nonce()) + more
    return PROGRAM_POLICY
