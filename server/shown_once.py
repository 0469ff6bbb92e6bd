"""Pages that are shown once, because they hold a secret that nobody keeps: the same page in another language.

What such a page shows goes along, sealed, with its choice of language, and comes back: whoever was shown it, and
nobody else, may have it in another language, for an hour.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, Literal

from flask import current_app, g, request
from itsdangerous import BadData, URLSafeSerializer

from server import services
from server.errors import NotFound
from server.people.rules import Person

__all__ = ["seal", "shown_before"]

SHOWN_FOR: Final = timedelta(hours=1)
SHOWN_AT: Final = "shown_at"
"""Where a request keeps when its page was shown first: another language begins no new hour."""
SALT: Final = "a page that is shown once"

Page = Literal["codes", "key", "link"]
"""Which page: that of a link or codes for phones, of a key for a program, or of a link for a person."""


def seal(person: Person, facts: Mapping[str, str | list[str]], *, page: Page) -> str:
    """Give what a page showed to a person, such that only they can ask for it again, as the same page."""
    return str(_sealer(page).dumps({"reader": person.person_id, "at": g.get(SHOWN_AT, _now()), "facts": dict(facts)}))


def shown_before(person: Person, *, page: Page) -> dict[str, str | list[str]]:
    """Open what came with the choice of a language; raises NotFound for what was not shown to this person just now."""
    try:
        opened = _sealer(page).loads(request.form.get("shown", ""))
    except BadData as error:
        raise NotFound("not-shown", "This was not shown here just now.") from error
    if opened["reader"] != person.person_id or _now() - opened["at"] > SHOWN_FOR.total_seconds():
        raise NotFound("not-shown", "This was shown to somebody else, or too long ago.")
    setattr(g, SHOWN_AT, opened["at"])
    facts: dict[str, str | list[str]] = opened["facts"]
    return facts


def _now() -> int:
    return int(services.current().clock.now().timestamp())


def _sealer(page: Page) -> URLSafeSerializer:
    secret_key = current_app.secret_key
    assert secret_key is not None, "the application signs its sessions with it"
    return URLSafeSerializer(secret_key, salt=f"{SALT}: {page}")
