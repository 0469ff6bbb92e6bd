"""Words for boundaries and small areas, in the language of the page."""

from collections.abc import Sequence
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

from server.places.boundaries import CORNERS, BoundaryProblem, Why
from server.places.small_areas import SMALL_AREAS, CodesFound
from server.reviews.figures import figure

__all__ = ["boundary_words", "code_words", "listed", "metre_words"]

KILOMETRE: Final = 1000
SHOWN: Final = 5
"""How many of several codes are named."""


def boundary_words(problem: BoundaryProblem) -> str:
    """Say what is wrong with a boundary, where, and what to do now."""
    facts = {name: figure(fact) if isinstance(fact, int) else fact for name, fact in problem.facts.items()}
    if problem.why in {Why.BAD_SHAPE, Why.OUT_OF_RANGE, Why.OTHER_GRID, Why.OPEN_RING, Why.TOO_FEW_CORNERS}:
        return str(_words_for_rings(problem.why) % facts)
    words = {
        Why.EMPTY: _("There is no boundary in this. Choose a file, or paste its text."),
        Why.TOO_BIG: _("The file is larger than 1 MB. Simplify the shape with a map program, and try again."),
        Why.NOT_TEXT: _("This is not a GeoJSON file: its text cannot be read. Export the area again, as GeoJSON."),
        Why.NOT_JSON: _("This is not GeoJSON: line %(line)s cannot be read, at character %(column)s."),
        Why.NOT_GEOJSON: _("This is not GeoJSON: it has no type that we know. Export the area again, as GeoJSON."),
        Why.OTHER_KIND: _("This holds a shape of the kind “%(kind)s”. A boundary is a Polygon or a MultiPolygon."),
        Why.NO_AREA: _("There is no area in this file. Draw one in the map program, and export it again."),
        Why.SEVERAL_AREAS: _("This file holds %(count)s areas. Export one alone, or merge them into one first."),
        Why.TOO_MANY_CORNERS: _("The boundary has more than %(most)s corners. Simplify it, and try again."),
        Why.CROSSES: _("The boundary crosses or touches itself near %(latitude)s, %(longitude)s. Mend it there."),
        Why.TANGLED: _("The lines of this boundary run to and fro over one another. Simplify it, and try again."),
        Why.HOLE_OUTSIDE: _("Ring %(ring)s is a hole, but lies outside of its area. Remove it, and try again."),
        Why.MAY_BE_SWAPPED: _(
            "Latitude and longitude may be swapped: the other way round, this area is in the United Kingdom."
        ),
        Why.NOT_A_POINT: _("Line %(line)s, “%(words)s”, is no corner. Type latitude, longitude: 51.5345, -0.0345"),
    }
    return str(words[problem.why] % {**facts, "most": figure(CORNERS)})


def _words_for_rings(why: Why) -> str:
    words = {
        Why.BAD_SHAPE: _("Corner %(corner)s of ring %(ring)s is not two numbers. Export the area again, as GeoJSON."),
        Why.OUT_OF_RANGE: _(
            "Corner %(corner)s of ring %(ring)s is not on the Earth. Longitude comes first, then latitude, in degrees."
        ),
        Why.OTHER_GRID: _(
            "Corner %(corner)s of ring %(ring)s is not in degrees; it may be on the National Grid. "
            "Export the area again, as longitude and latitude (WGS 84)."
        ),
        Why.OPEN_RING: _("Ring %(ring)s does not end where it begins. Close it, and try again."),
        Why.TOO_FEW_CORNERS: _("Ring %(ring)s needs 3 corners or more that differ."),
    }
    return str(words[why])


def code_words(found: CodesFound) -> str | None:
    """Say what is wrong with codes that were pasted; None when nothing is."""
    if found.wrong:
        told = listed(found.wrong)
        return str(
            ngettext(
                "%(codes)s is no code of a small area. A code is E01 or W01 and six figures.",
                "%(codes)s are no codes of small areas. A code is E01 or W01 and six figures.",
                len(found.wrong),
                codes=told,
            )
        )
    if len(found.codes) > SMALL_AREAS:
        return str(
            _("These are more than %(num)s small areas. Keep those of this neighbourhood.", num=figure(SMALL_AREAS))
        )
    return None


def listed(codes: Sequence[str]) -> str:
    """Write some codes in a row, the first few of many."""
    shown = ", ".join(codes[:SHOWN])
    more = len(codes) - SHOWN
    if more <= 0:
        return shown
    return str(
        ngettext("%(codes)s and %(count)s more", "%(codes)s and %(count)s more", more, codes=shown, count=figure(more))
    )


def metre_words(metres: int) -> str:
    """Write a length."""
    if metres >= KILOMETRE:
        return str(_("%(num)s km", num=figure(metres // KILOMETRE)))
    return str(_("%(num)s m", num=figure(metres)))
