"""Who a person is to the console, and when a password proves it. No Flask, no SQL."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import BoundedSemaphore
from typing import Final, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from server.config import HASHES_AT_ONCE, PASSWORD_CHARACTERS, SIGN_IN_NAME_CHARACTERS

__all__ = [
    "ROLES",
    "Person",
    "Role",
    "generate_password",
    "hash_password",
    "may_change",
    "needs_new_hash",
    "normalise_sign_in_name",
    "proves",
    "with_password",
]

Role = Literal["administrator", "coordinator", "viewer"]
ROLES: Final[tuple[Role, ...]] = ("administrator", "coordinator", "viewer")

PASSWORD_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody mistakes for one another when copying them by hand."""
PASSWORD_GROUPS: Final = 4
GROUP_LETTERS: Final = 4

UNSEEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs"})
"""Marks of control and formatting, and halves of letters."""
UNSEEN_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800") | frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Letters that show nothing by themselves (Unicode: Default_Ignorable_Code_Point), and the blank of Braille."""

HASHER: Final = PasswordHasher()
"""Argon2id with the library's defaults (RFC 9106, low memory); the parameters are written into each hash."""

TURNS: Final = BoundedSemaphore(HASHES_AT_ONCE)
"""Taken by whoever hashes, so that many sign-ins at once take time and not all the memory."""

NOBODY: Final = "$argon2id$v=19$m=65536,t=3,p=4$XxE37THvSQnNzQoqGTHzQA$aN7b7CnFa8N2E6aA6fFn1UwbHZcgzxUvab7ALv3EIyE"
"""A hash that no known password proves: checked for unknown names, so that an answer takes as long for them."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with a sign-in. Has the four members that Flask-Login asks for.

    ``everywhere``: their reach is the whole programme; otherwise it is the neighbourhoods chosen for them.
    ``ended_at`` is set once their access has ended. ``session_secret`` is there while they are signed in.
    """

    person_id: str
    sign_in_name: str
    name: str
    password_hash: str = field(repr=False)
    role: Role
    everywhere: bool = True
    ended_at: str | None = None
    session_secret: str = field(default="", repr=False)

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether they may sign in."""
        return self.ended_at is None

    def get_id(self) -> str:
        """Give what the cookie of a session holds: its secret, of which the server keeps the hash only."""
        assert self.session_secret, "A session has a secret from its beginning."
        return self.session_secret


def may_change(person: Person) -> bool:
    """Tell whether a person may do more than read."""
    return person.role != "viewer"


def normalise_sign_in_name(typed: str) -> str:
    """Make one name of all ways to type it: compatibility forms, capitals, outer spaces and unseen marks do not count.

    Joiners are unseen marks here, though Bengali and Persian write with them: with and without is the same name.
    """
    composed = unicodedata.normalize("NFKC", typed)
    seen = "".join(character for character in composed if not _is_unseen(character))
    return " ".join(unicodedata.normalize("NFKC", seen).split()).casefold()[:SIGN_IN_NAME_CHARACTERS]


def _is_unseen(character: str) -> bool:
    marks = unicodedata.category(character) in UNSEEN_CATEGORIES and not character.isspace()
    return marks or character in UNSEEN_LETTERS


def hash_password(password: str) -> str:
    """Hash with Argon2id and a fresh salt."""
    with TURNS:
        return HASHER.hash(as_typed_anywhere(password))


def as_typed_anywhere(password: str) -> str:
    """Make one password of all ways in which keyboards write the same letters (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def proves(password: str, person: Person | None) -> bool:
    """Tell whether the password is the person's. Takes as long for nobody as for somebody."""
    if len(password) > PASSWORD_CHARACTERS:
        return False
    try:
        with TURNS:
            HASHER.verify(person.password_hash if person else NOBODY, as_typed_anywhere(password))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return person is not None


def needs_new_hash(person: Person) -> bool:
    """Tell whether the hash was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(person.password_hash)


def with_password(person: Person, password: str) -> Person:
    """Give the person with another password."""
    return replace(person, password_hash=hash_password(password))


def generate_password(choose: Callable[[Sequence[str]], str]) -> str:
    """Make a password of 16 letters in groups of four, 79 bits when `choose` is `secrets.choice`."""
    groups = ("".join(choose(PASSWORD_LETTERS) for _ in range(GROUP_LETTERS)) for _ in range(PASSWORD_GROUPS))
    return "-".join(groups)
