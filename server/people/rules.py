"""Who a person is to the console, and when a password proves it. No Flask, no SQL."""

import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from server.config import PASSWORD_CHARACTERS, SIGN_IN_NAME_CHARACTERS

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

HASHER: Final = PasswordHasher()
"""Argon2id with the library's defaults (RFC 9106, low memory); the parameters are written into each hash."""

NOBODY: Final = "$argon2id$v=19$m=65536,t=3,p=4$XxE37THvSQnNzQoqGTHzQA$aN7b7CnFa8N2E6aA6fFn1UwbHZcgzxUvab7ALv3EIyE"
"""A hash that no known password proves: checked for unknown names, so that an answer takes as long for them."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with a sign-in. Has the four members that Flask-Login asks for."""

    person_id: str
    sign_in_name: str
    name: str
    password_hash: str
    role: Role

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Give what a session holds: it changes with the password, so a new password ends older sessions."""
        fingerprint = hashlib.sha256(self.password_hash.encode()).hexdigest()[:16]
        return f"{self.person_id}.{fingerprint}"


def may_change(person: Person) -> bool:
    """Tell whether a person may do more than read."""
    return person.role != "viewer"


def normalise_sign_in_name(typed: str) -> str:
    """Make one name of all ways to type it: compatibility forms, capitals and outer spaces do not count."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()[:SIGN_IN_NAME_CHARACTERS]


def hash_password(password: str) -> str:
    """Hash with Argon2id and a fresh salt."""
    return HASHER.hash(password)


def proves(password: str, person: Person | None) -> bool:
    """Tell whether the password is the person's. Takes as long for nobody as for somebody."""
    if len(password) > PASSWORD_CHARACTERS:
        return False
    try:
        HASHER.verify(person.password_hash if person else NOBODY, password)
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
