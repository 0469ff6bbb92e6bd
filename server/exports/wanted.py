"""What somebody asks to take away. Pure."""

from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from server.exports.columns import Multiple
from server.reviews.filters import Arguments, Filters, State, read_filters

__all__ = ["FORMATS", "FOR_ADMINISTRATORS", "USUAL_STATES", "Format", "Wanted", "read_wanted"]

Format = Literal["csv", "xlsx", "geojson", "lines", "photos", "originals", "dictionary"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
FOR_ADMINISTRATORS: Final[frozenset[Format]] = frozenset({"lines", "originals"})
"""What holds more than answers: names of workers and phones, or where and when a photo was taken."""
USUAL_STATES: Final[tuple[State, ...]] = ("approved",)
"""What is taken away unless somebody asks for other states: what a coordinator has approved."""
MULTIPLE: Final[tuple[Multiple, ...]] = get_args(Multiple)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which answers, and how. ``reader`` is whose reach counts, ``lang`` the language of labels, None for names.

    ``filters`` name one form. ``apart``: with the answers that are kept apart (JSON lines alone). ``placeless``: with
    things that have no position (GeoJSON alone).
    """

    reader: str
    filters: Filters
    format: Format = "csv"
    lang: str | None = None
    multiple: Multiple = "both"
    apart: bool = False
    placeless: bool = False

    @property
    def form_id(self) -> str:
        """The form whose answers are wanted."""
        return self.filters.form


def read_wanted(given: Arguments, *, reader: str) -> Wanted:
    """Read what an address or a form asks for; what is left out or unknown is as usual."""
    filters = read_filters(given)
    return Wanted(
        reader=reader,
        filters=replace(filters, states=filters.states or USUAL_STATES),
        format=next((one for one in FORMATS if one == given.get("format")), "csv"),
        lang=given.get("words") or None,
        multiple=next((one for one in MULTIPLE if one == given.get("multiple")), "both"),
        apart=bool(given.get("apart")),
        placeless=bool(given.get("placeless")),
    )
