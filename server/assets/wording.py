"""Assets in words: kinds, states, steps, and why an asset is suggested."""

from typing import Final

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from server.assets.matching import Suggestion
from server.assets.telling import Told
from server.assets.typed import MOST_NAMES, Field, Problem
from server.coding.labels import Label, label
from server.config import PLACE_WORDS_CHARACTERS
from server.i18n import page_language
from server.reviews.figures import figure
from sync.limits import NAME_CHARACTERS

__all__ = [
    "changed_since",
    "install_asset_wording",
    "kind_words",
    "placed_words",
    "problem_sentence",
    "reasons_of",
]

METRES_OF_A_KILOMETRE: Final = 1000
ISOLATED: Final = "\u2068{}\u2069"
"""A name keeps its own direction within a sentence."""


def install_asset_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put assets into words."""
    for words in (kind_words, barrier_words, benefit_words, asset_state_words, told_words, reasons_of):
        blueprint.add_app_template_filter(words)


def kind_words(code: str) -> Label:
    """Say what a kind of asset is called, in the language of the page if it can be."""
    return label("assets", code, page_language())


def barrier_words(code: str) -> Label:
    """Say what a barrier is called, in the language of the page if it can be."""
    return label("barriers", code, page_language())


def benefit_words(code: str) -> Label:
    """Say what a benefit is called, in the language of the page if it can be."""
    return label("benefits", code, page_language())


def asset_state_words(state: str) -> str:
    """Say whether an asset is there."""
    words = {"open": _("Open"), "closed": _("Closed"), "moved": _("Moved")}
    return str(words.get(state, state))


def step_words(action: str) -> str:
    """Say what was done with an asset."""
    words = {
        "made": _("Made this asset"),
        "changed": _("Changed the asset"),
        "closed": _("Said that it is closed"),
        "moved": _("Said that it has moved"),
        "reopened": _("Said that it is open"),
        "placed": _("Put a mention on it"),
        "not-an-asset": _("Said that a mention is not an asset"),
        "taken-off": _("Took a mention off it"),
        "merged": _("Merged assets into one"),
        "split": _("Split an asset off"),
        "imported": _("Imported a file"),
    }
    return str(words.get(action, action))


def told_words(told: Told) -> str:
    """Say what was done, or what was taken back or done once more."""
    done = step_words(told.action)
    match told.turned:
        case "undone":
            return str(_("Taken back: %(step)s", step=done))
        case "redone":
            return str(_("Done again: %(step)s", step=done))
    return done


def reasons_of(found: Suggestion) -> list[str]:
    """Say why an asset is suggested: name, distance, kind."""
    names = {
        "same": _("Same name"),
        "other-name": _("Same as another of its names"),
        "alike": _("Names %(percent)s %% alike", percent=figure(found.alike)),
        "other-script": _("Names in different scripts: compare them yourself"),
        "unknown": _("No name to compare"),
    }
    reasons = [str(names.get(found.name, found.name))]
    if found.metres is not None:
        reasons.append(distance_words(found.metres))
    if found.same_kind is not None:
        reasons.append(str(_("Same kind") if found.same_kind else _("Different kind")))
    return reasons


def distance_words(metres: int) -> str:
    """Say how far apart two places are."""
    if metres == 0:
        return str(_("Same place"))
    if metres < METRES_OF_A_KILOMETRE:
        return str(ngettext("%(count)s metre apart", "%(count)s metres apart", metres, count=figure(metres)))
    kilometres = round(metres / METRES_OF_A_KILOMETRE)
    return str(ngettext("%(count)s km apart", "%(count)s km apart", kilometres, count=figure(kilometres)))


def problem_sentence(field: Field, problem: Problem) -> str:
    """Say what is wrong with a field, and what to do."""
    if problem == "too-long":
        most = PLACE_WORDS_CHARACTERS if field == "place_words" else NAME_CHARACTERS
        return str(_("Use %(most)s letters or fewer.", most=figure(most)))
    words = {
        "name": _("Give the asset a name."),
        "names": _("Give %(most)s other names or fewer.", most=figure(MOST_NAMES)),
        "kind": _("Choose a kind from the list."),
        "position": _("Write the latitude, a comma and the longitude, such as 51.531, -0.036."),
        "venue": _("Choose a venue from the list."),
        "since": _("Write the day like 2026-11-20."),
        "neighbourhood": _("Choose a neighbourhood"),
    }
    if problem == "never":
        return str(_("People and their skills never get a position. Leave it empty."))
    if problem == "in-the-future":
        return str(_("Choose a day that is not in the future."))
    return str(words[field])


def placed_words(go: str, label: str) -> str:
    """Say what became of the mentions of a name."""
    name = ISOLATED.format(label) if label else str(_("No name"))
    words = {
        "new": _("A new asset is made of “%(name)s”.", name=name),
        "none": _("“%(name)s” is marked as not an asset.", name=name),
        "off": _("“%(name)s” waits for a place again.", name=name),
        "asset": _("“%(name)s” is placed.", name=name),
    }
    return str(words[go])


def changed_since() -> str:
    """Say that nothing was done."""
    return str(_("Somebody changed this in the meantime. Look again."))
