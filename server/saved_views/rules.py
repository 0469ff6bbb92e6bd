"""Which names and addresses are kept as a view, and whether it may be. Pure."""

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qsl, urlencode

from server.people.rules import Person, may_change

__all__ = ["NAME_CHARACTERS", "Fault", "SavedView", "Wish", "check", "clean_query", "may_delete"]

NAME_CHARACTERS: Final = 80
QUERY_CHARACTERS: Final = 4_000
VIEWS_PER_PERSON: Final = 100
OF_A_PAGE: Final = frozenset({"next", "previous", "decided", "triage"})
"""Arguments that are about one page of a list, or about one moment."""

Fault = Literal["no-name", "too-long", "too-many", "not-yours-to-share"]


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """A view as it is kept: ``team`` shows it to everybody, ``own`` says that the reader saved it."""

    view_id: str
    owner_id: str
    name: str
    query: str
    team: bool
    own: bool
    is_start: bool


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants kept: a name, the query of an address, and for whom."""

    name: str
    query: str
    team: bool


def clean_query(query: str) -> str:
    """Keep of the query of an address what says which responses, and in which order."""
    pairs = parse_qsl(query[: QUERY_CHARACTERS * 2])
    kept = [(name, value) for name, value in pairs if name not in OF_A_PAGE]
    return urlencode(kept)


def check(wish: Wish, person: Person, *, views: int) -> Fault | None:
    """Say what hinders keeping a view, if anything does; ``views`` is how many the person has."""
    if not wish.name:
        return "no-name"
    if len(wish.name) > NAME_CHARACTERS or len(wish.query) > QUERY_CHARACTERS:
        return "too-long"
    if views >= VIEWS_PER_PERSON:
        return "too-many"
    if wish.team and not may_change(person):
        return "not-yours-to-share"
    return None


def may_delete(view: SavedView, person: Person) -> bool:
    """Tell whether a person may delete a view: their own; an administrator also what the team sees."""
    return view.own or (view.team and person.role == "administrator")
