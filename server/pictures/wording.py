"""How files are put into words, in the language of the page."""

from typing import Final

from flask import Blueprint
from flask_babel import gettext as _

from server.pictures.kinds import Sort
from server.reviews.figures import figure

__all__ = ["install_wording"]

KILOBYTE: Final = 1000
MEGABYTE: Final = 1000 * KILOBYTE


def install_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put files into words."""
    blueprint.add_app_template_filter(sort_words)
    blueprint.add_app_template_filter(size_words)
    blueprint.add_app_template_filter(arrival_words)


def sort_words(sort: Sort) -> str:
    """Say what a file is."""
    match sort:
        case Sort.PICTURE:
            return str(_("Picture"))
        case Sort.SOUND:
            return str(_("Sound recording"))
        case Sort.VIDEO:
            return str(_("Video"))
        case Sort.FILE:
            return str(_("File"))


def size_words(size: int) -> str:
    """Say how large a file is, in the unit that gives a small number; never nothing at all."""
    if size >= MEGABYTE:
        return str(_("%(count)s MB", count=figure(round(size / MEGABYTE))))
    return str(_("%(count)s kB", count=figure(max(1, round(size / KILOBYTE)))))


def arrival_words(state: str) -> str:
    """Say where a file is."""
    match state:
        case "coming":
            return str(_("Still on the phone"))
        case "too-large":
            return str(_("Too large to be sent; it stays on the phone"))
        case "erased":
            return str(_("Has been erased"))
        case "lost":
            return str(_("Has arrived, but cannot be read now"))
        case "no-picture":
            return str(_("Has arrived, but cannot be shown as a picture"))
    return str(_("Has arrived"))
