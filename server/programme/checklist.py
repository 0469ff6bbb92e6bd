"""What is still to do until the first answers are in. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Facts", "Item", "Task", "checklist"]


class Task(StrEnum):
    """One line of the list."""

    ADMINISTRATOR = "administrator"
    PROGRAMME = "programme"
    NEIGHBOURHOOD = "neighbourhood"
    BOUNDARY = "boundary"
    LANGUAGES = "languages"
    FORMS = "forms"
    ADDRESS = "address"
    PHONE = "phone"
    VENUE = "venue"
    POSTER = "poster"
    RESPONSE = "response"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What there is, or was, within the reader's reach; but for the first three these are counts."""

    has_programme: bool
    has_chosen_languages: bool
    reaches_phones: bool
    administrators: int
    neighbourhoods: int
    boundaries: int
    forms: int
    phones: int
    venues: int
    posters: int
    responses: int


@dataclass(frozen=True, kw_only=True)
class Item:
    """A task, and how far it is. Others than administrators get no link to what is `for_administrators`."""

    task: Task
    done: bool
    optional: bool = False
    for_administrators: bool = False


def checklist(facts: Facts) -> tuple[Item, ...]:
    """List what was done and what is still to do, in the order in which it is best done."""
    return tuple(_items(facts))


def _items(facts: Facts) -> Iterator[Item]:
    yield Item(task=Task.ADMINISTRATOR, done=facts.administrators > 0, for_administrators=True)
    yield Item(task=Task.PROGRAMME, done=facts.has_programme, for_administrators=True)
    yield Item(task=Task.NEIGHBOURHOOD, done=facts.neighbourhoods > 0, for_administrators=True)
    yield Item(task=Task.BOUNDARY, done=facts.boundaries > 0, optional=True, for_administrators=True)
    yield Item(task=Task.LANGUAGES, done=facts.has_chosen_languages, for_administrators=True)
    yield Item(task=Task.FORMS, done=facts.forms > 0, for_administrators=True)
    yield Item(task=Task.ADDRESS, done=facts.reaches_phones, for_administrators=True)
    yield Item(task=Task.PHONE, done=facts.phones > 0)
    yield Item(task=Task.VENUE, done=facts.venues > 0)
    yield Item(task=Task.POSTER, done=facts.posters > 0)
    yield Item(task=Task.RESPONSE, done=facts.responses > 0)
