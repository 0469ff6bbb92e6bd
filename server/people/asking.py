"""What an administrator asks for a person: a name, a role and a reach. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from server.config import PERSON_NAME_CHARACTERS
from server.people.rules import ROLES, Role
from server.programme.lines import one_line

__all__ = ["Asked", "Field", "faults_of", "read_asked"]

Field = Literal["name", "role", "reach"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who a person is, what they may do and how far their reach is; ids of neighbourhoods, none for everywhere.

    ``role`` is None while none is chosen.
    """

    name: str
    role: Role | None
    everywhere: bool
    neighbourhoods: tuple[str, ...]


def read_asked(*, name: str, role: str, reach: str, wanted: Collection[str], offered: Sequence[str]) -> Asked:
    """Read what was typed and chosen; what is not ``offered`` is left out. Administrators are so everywhere."""
    known = next((one for one in ROLES if one == role), None)
    everywhere = known == "administrator" or reach == "everywhere"
    chosen = () if everywhere else tuple(one for one in offered if one in wanted)
    return Asked(name=one_line(name), role=known, everywhere=everywhere, neighbourhoods=chosen)


def faults_of(asked: Asked) -> list[Field]:
    """Name the fields that cannot stay as they are, in the order of the page."""
    found: list[Field] = []
    if not 0 < len(asked.name) <= PERSON_NAME_CHARACTERS:
        found.append("name")
    if asked.role is None:
        found.append("role")
    if not (asked.everywhere or asked.neighbourhoods):
        found.append("reach")
    return found
