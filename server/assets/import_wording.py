"""What can be wrong with a file of assets, in words."""

from flask import Blueprint
from flask_babel import gettext as _

from server.assets.import_files import MOST_BYTES, MOST_ROWS, TableProblem
from server.reviews.figures import figure

__all__ = ["install_import_wording", "meaning_words", "row_problem_words", "table_problem_words"]

MEBIBYTE = 1024 * 1024


def install_import_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put columns and rows into words."""
    blueprint.add_app_template_filter(meaning_words)
    blueprint.add_app_template_filter(row_problem_words)


def meaning_words(meaning: str) -> str:
    """Say what a column means."""
    words = {
        "": _("Leave it out"),
        "name": _("Name"),
        "names": _("Other names"),
        "kind": _("Kind"),
        "place_words": _("How to find it"),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
    }
    return str(words.get(meaning, meaning))


def row_problem_words(problem: str) -> str:
    """Say what is wrong in a row, and what comes of it."""
    words = {
        "no-name": _("It has no name, so it is left out."),
        "name-too-long": _("Its name is too long, so it is left out."),
        "kind-unknown": _("Its kind is not in our list. It is imported without one."),
        "position-unreadable": _("Its position cannot be read. It is imported without one."),
        "position-nowhere": _("Its position is nowhere on the earth. It is imported without one."),
        "never-on-a-map": _("People and their skills never get a position. It is imported without one."),
        "words-cut": _("How to find it is too long. It is imported cut short."),
    }
    return str(words.get(problem, problem))


def table_problem_words(problem: TableProblem) -> str:
    """Say why a file cannot be read, and what to do."""
    words = {
        TableProblem.MISSING: _("Choose a file that is not empty."),
        TableProblem.TOO_LARGE: _(
            "The file is too large. %(most)s MB is the most. Split it.", most=figure(MOST_BYTES // MEBIBYTE)
        ),
        TableProblem.NOT_TEXT: _("We cannot read the letters of this file. Save it as “CSV UTF-8” and try again."),
        TableProblem.NOT_A_TABLE: _("This is not a table that we can read. Check its quotation marks."),
        TableProblem.NOT_GEOJSON: _("This is not GeoJSON with a list of places (a FeatureCollection)."),
        TableProblem.NO_ROWS: _("There is no row in it. The first row holds the headings, the next ones the assets."),
        TableProblem.TOO_MANY_ROWS: _("It has too many rows. %(most)s is the most. Split it.", most=figure(MOST_ROWS)),
        TableProblem.TOO_MANY_COLUMNS: _("It has too many columns. Take out those that you do not need."),
    }
    return str(words[problem])
