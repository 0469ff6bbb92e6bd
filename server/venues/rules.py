"""What a venue and a poster are, and whether a poster still takes people in. No Flask, no SQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from server.clock import from_text

__all__ = [
    "Poster",
    "PosterStanding",
    "ShownStanding",
    "Venue",
    "as_shown",
    "may_be_changed",
    "may_reopen",
    "may_rotate",
    "standing",
]

PosterStanding = Literal["open", "expired", "closed", "replaced", "full"]
ShownStanding = PosterStanding | Literal["form-not-offered"]
"""What the console says: also why nobody can answer at a poster that is open."""


@dataclass(frozen=True, kw_only=True)
class Venue:
    """A place where people are met; times are ISO 8601 UTC text with a Z, a position is in degrees (WGS 84)."""

    venue_id: str
    neighbourhood_id: str
    neighbourhood_name: str
    name: str
    place_words: str
    latitude: float | None
    longitude: float | None
    created_at: str
    closed_at: str | None


@dataclass(frozen=True, kw_only=True)
class Poster:
    """A poster with one code and one form; times as in `Venue`.

    ``languages`` are in the order of print. ``closed_at`` is set as well while its venue is closed. ``replaced_by`` is
    the code of its successor. The server files what browsers without script send under ``device_id``.
    """

    poster_id: str
    venue_id: str
    venue_name: str
    neighbourhood_id: str
    neighbourhood_name: str
    code: str
    form_id: str
    languages: tuple[str, ...]
    quota: int
    device_id: str
    created_at: str
    expires_at: str
    closed_at: str | None
    replaced_by: str | None


def standing(poster: Poster, responses: int, now: datetime) -> PosterStanding:
    """Tell whether people can answer at a poster that has brought so many responses.

    | first that holds             | standing |
    |------------------------------|----------|
    | it has a successor           | replaced |
    | it, or its venue, is closed  | closed   |
    | now is at its end or later   | expired  |
    | its quota is reached         | full     |
    | none of these                | open     |

    A replaced poster never leads on to its successor: a code is rotated when it got into wrong hands, and whoever
    holds the old one must not learn the new one from it.
    """
    if poster.replaced_by is not None:
        return "replaced"
    if poster.closed_at is not None:
        return "closed"
    if now >= from_text(poster.expires_at):
        return "expired"
    return "full" if responses >= poster.quota else "open"


def as_shown(standing: PosterStanding, *, offered: bool) -> ShownStanding:
    """Tell what people of the team read about a poster; ``offered`` is whether its form is."""
    return standing if offered or standing != "open" else "form-not-offered"


def may_be_changed(poster: Poster) -> bool:
    """Tell whether a poster can get another last day, quota or languages: until it is replaced."""
    return poster.replaced_by is None


def may_rotate(poster: Poster) -> bool:
    """Tell whether a poster can get a successor: once only, and while it and its venue are not closed."""
    return poster.replaced_by is None and poster.closed_at is None


def may_reopen(poster: Poster, venue: Venue, now: datetime) -> bool:
    """Tell whether a closed poster can take people in again: not past its end, nor while its venue is closed."""
    own = poster.closed_at is not None and poster.replaced_by is None
    return own and venue.closed_at is None and now < from_text(poster.expires_at)
