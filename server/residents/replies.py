"""How pages of residents are written and sent: their policy, how long browsers keep them, as few bytes as can be."""

import gzip
from collections.abc import Mapping
from typing import Final, Literal

from flask import Response, current_app, render_template, request

from server.programme.queries import Programme
from server.residents.built_shell import BuiltShell
from server.residents.language import speak
from server.security import page_nonce

__all__ = ["CLEARED", "SHELL", "Keeping", "send_page"]

SHELL: Final = "fieldwell-resident-shell"
"""Under which the application keeps what pages take from the built app."""
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The app takes these pages over, so its own files may run; nothing in the page itself may."""
KEPT: Final = {"while-answering": "private, max-age=0", "never": "no-store"}
"""While somebody answers, a browser must be able to show the page before without asking whether to send it again."""
CLEARED: Final = '"cache"'
"""What a browser is to let go of (Clear-Site-Data); it does so over HTTPS alone."""
GZIP_LEVEL: Final = 6

Keeping = Literal["while-answering", "never"]


def send_page(
    template: str,
    context: Mapping[str, object],
    *,
    tag: str,
    programme: Programme,
    status: int = 200,
    keeping: Keeping = "never",
    clears: bool = False,
) -> Response:
    """Write a page in a language and send it.

    ``clears``: the browser is to let go of the pages before, on which answers stand. The first page brings its style
    along; those after it name the sheet, which a browser keeps.
    """
    own_language = speak(tag)
    shell: BuiltShell = current_app.extensions[SHELL]
    body = render_template(
        f"resident/{template}.html",
        shell=shell,
        inlines_style=request.method == "GET",
        own_language=own_language,
        programme=programme,
        **context,
    )
    return _reply(body, status=status, keeping=keeping, clears=clears)


def _reply(body: str, *, status: int, keeping: Keeping, clears: bool) -> Response:
    reply = Response(body, status=status, content_type="text/html; charset=utf-8")
    if request.accept_encodings["gzip"] > 0:
        reply.set_data(gzip.compress(body.encode(), GZIP_LEVEL, mtime=0))
        reply.headers["Content-Encoding"] = "gzip"
    reply.headers["Cache-Control"] = KEPT[keeping]
    reply.vary.update(["Accept-Encoding", "Accept-Language"])
    reply.headers["Content-Security-Policy"] = POLICY.format(nonce=page_nonce())
    reply.headers["Referrer-Policy"] = "no-referrer"
    if clears:
        reply.headers["Clear-Site-Data"] = CLEARED
    return reply
