"""What was done, in words: one sentence for each action, and what the facts beside it are called."""

from collections.abc import Mapping

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from server.audit.noting import COMMAND
from server.i18n import autonyms, listed
from server.people.rules import ROLES
from server.people.wording import role_words
from server.reviews.figures import figure

__all__ = ["action_words", "detail_words", "install_wording", "kind_words"]

EVERYWHERE = "*"
HOURS_OF_A_DAY = 24
OF_LANGUAGES = frozenset({"languages", "languages_before", "words"})
OF_PLACES = frozenset({"neighbourhoods", "neighbourhoods_before", "neighbourhood_before"})


def install_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put lines of the log into words."""
    blueprint.add_app_template_filter(action_words)
    blueprint.add_app_template_filter(kind_words, "audit_kind_words")
    blueprint.add_app_template_filter(detail_words)


def action_words(action: str) -> str:
    """Say what was done; an action that is not known here shows its own word."""
    sentences = {
        **about_sign_ins(),
        **about_people(),
        **about_venues(),
        **about_phones(),
        **about_programme(),
        **about_assets(),
        **about_reviews(),
    }
    return str(sentences.get(action, action))


def about_sign_ins() -> dict[str, str]:
    """Say what happened around signing in."""
    return {
        "signed-in": _("Signed in"),
        "sign-in-failed": _("Somebody could not sign in"),
        "signed-out": _("Signed out"),
        "session-ended": _("Ended a sign-in"),
        "sessions-ended": _("Ended all sign-ins"),
        "password-changed": _("Changed a password"),
    }


def about_people() -> dict[str, str]:
    """Say what was done to people's access."""
    return {
        "person-added": _("Added a person from the command line"),
        "person-invited": _("Invited a person"),
        "person-uninvited": _("Took back an invitation"),
        "person-joined": _("Came in by an invitation"),
        "person-changed": _("Changed what a person may do"),
        "access-ended": _("Ended a person’s access"),
        "access-restored": _("Gave a person access again"),
        "reset-made": _("Made a link for a new password"),
        "reset-used": _("Chose a new password by a link"),
    }


def about_venues() -> dict[str, str]:
    """Say what was done to venues and posters."""
    return {
        "venue-added": _("Added a venue"),
        "venue-changed": _("Changed a venue"),
        "venue-closed": _("Closed a venue"),
        "venue-reopened": _("Opened a venue again"),
        "poster-made": _("Made a poster"),
        "poster-changed": _("Changed a poster"),
        "poster-rotated": _("Gave a poster a new code"),
        "poster-closed": _("Closed a poster"),
        "poster-reopened": _("Opened a poster again"),
    }


def about_phones() -> dict[str, str]:
    """Say what was done to phones and the links for them."""
    return {
        "phone-invited": _("Made a link for a phone"),
        "phone-enrolled": _("A phone was added"),
        "invitation-withdrawn": _("Took back a link for a phone"),
        "sheet-made": _("Made a sheet of links for phones"),
        "sheet-withdrawn": _("Took back a sheet of links for phones"),
        "phone-renamed": _("Renamed a phone"),
        "phone-signed-off": _("Signed a phone off"),
    }


def about_programme() -> dict[str, str]:
    """Say what was done to the programme and to answers."""
    return {
        "set-up-begun": _("Began to set up the programme"),
        "programme-set-up": _("Set up the programme"),
        "programme-changed": _("Changed the programme"),
        "languages-changed": _("Changed the languages"),
        "neighbourhood-added": _("Added a neighbourhood"),
        "neighbourhood-changed": _("Changed a neighbourhood"),
        "boundary-changed": _("Changed a boundary"),
        "boundary-removed": _("Removed a boundary"),
        "small-areas-changed": _("Changed the small areas"),
        "form-published": _("Published a form"),
        "form-closed": _("Closed a version of a form"),
        "form-reopened": _("Opened a version of a form again"),
        "form-offered": _("Put a form into use"),
        "form-not-offered": _("Took a form out of use"),
        "spoken-language-added": _("Added a language to record"),
        "spoken-language-removed": _("Removed a language to record"),
        "recording-kept": _("Kept a recording of a question"),
        "recording-deleted": _("Deleted a recording of a question"),
        "recording-put-back": _("Put back a recording of a question"),
        "words-done": _("Marked a wrong word as done"),
        "words-not-done": _("Put a wrong word back in the list"),
        "backup-restored": _("Restored a backup"),
        "response-withdrawn": _("A resident withdrew a response"),
        "response-erased": _("Erased a response or parts of it"),
        "response-edited": _("Changed an answer"),
        "edit-undone": _("Took a change of an answer back"),
        "response-merged": _("Put versions of a response together"),
        "response-redacted": _("Took words out of a response"),
        "set-aside-released": _("Let in what was set aside"),
        "set-aside-rejected": _("Set something aside for good"),
        "set-aside-put-back": _("Put back what was set aside for good"),
        "duplicate-rejected": _("Rejected a response as the same as another"),
        "duplicate-dismissed": _("Decided that two responses are different"),
        "duplicate-asked-again": _("Took back that two responses are different"),
        "export-made": _("Downloaded responses"),
        "responses-imported": _("Took in responses from a file"),
        "key-made": _("Made a key for a program"),
        "key-revoked": _("Ended a key for a program"),
    }


def about_reviews() -> dict[str, str]:
    """Say what was decided and said about responses."""
    return {
        "response-approved": _("Approved a response"),
        "response-returned": _("Returned a response to its worker"),
        "response-rejected": _("Rejected a response"),
        "response-reopened": _("Put a response back to received"),
        "decision-undone": _("Took a decision about a response back"),
        "comment-added": _("Commented on a response"),
        "comment-withdrawn": _("Deleted their own comment"),
        "view-shared": _("Shared a saved view with the team"),
        "view-deleted": _("Deleted a shared view"),
    }


def about_assets() -> dict[str, str]:
    """Say what was done with assets and maps."""
    return {
        "asset-made": _("Made an asset"),
        "asset-changed": _("Changed an asset"),
        "asset-closed": _("Said that an asset is closed"),
        "asset-moved": _("Said that an asset has moved"),
        "asset-reopened": _("Said that an asset is open"),
        "asset-placed": _("Put a mention on an asset"),
        "asset-not-an-asset": _("Said that a mention is not an asset"),
        "asset-taken-off": _("Took a mention off an asset"),
        "asset-merged": _("Merged assets into one"),
        "asset-split": _("Split an asset off"),
        "asset-imported": _("Imported assets from a file"),
        "asset-undone": _("Undid a step with assets"),
        "map-file-kept": _("Gave a neighbourhood a map"),
        "map-file-removed": _("Removed the map of a neighbourhood"),
    }


def kind_words(kind: str) -> str:
    """Name a kind of actions."""
    names = {
        "sign-ins": _("Signing in"),
        "people": _("People"),
        "venues": _("Venues and posters"),
        "phones": _("Phones"),
        "programme": _("Programme"),
        "assets": _("Assets and maps"),
        "answers": _("Responses"),
    }
    return str(names.get(kind, kind))


def detail_words(name: str, value: str | int | None, places: Mapping[str, str]) -> str:
    """Say what one fact beside an action is, such as “Role: Viewer”; ``places`` are names of neighbourhoods by id."""
    key = name.replace(" ", "_")
    if key == "codes" and isinstance(value, int):
        return str(ngettext("%(count)s code", "%(count)s codes", value, count=figure(value)))
    if key == "hours" and isinstance(value, int):
        return valid_for(value)
    if key == "by" and value == COMMAND:
        return str(_("From the command line"))
    if isinstance(value, str) and key in OF_LANGUAGES:
        value = listed([autonyms().get(tag, tag) for tag in value.split()])
    elif isinstance(value, str) and key in OF_PLACES and value != EVERYWHERE:
        value = listed([places.get(one, one) for one in value.split(", ")])
    return str(_("%(name)s: %(value)s", name=detail_names().get(key, name), value=shown(value)))


def valid_for(hours: int) -> str:
    """Say how long a code works: in days where these are whole."""
    days, rest = divmod(hours, HOURS_OF_A_DAY)
    if days and not rest:
        return str(ngettext("Valid for %(count)s day", "Valid for %(count)s days", days, count=figure(days)))
    return str(ngettext("Valid for %(count)s hour", "Valid for %(count)s hours", hours, count=figure(hours)))


def detail_names() -> dict[str, str]:
    """Name the facts that stand beside actions."""
    return {
        "name": _("Name"),
        "role": _("Role"),
        "role_before": _("Role before"),
        "neighbourhoods": _("Neighbourhoods"),
        "neighbourhoods_before": _("Neighbourhoods before"),
        "browser": _("Browser"),
        "code": _("Code"),
        "successor": _("New code"),
        "venue": _("Venue"),
        "words": _("Words of the answers in"),
        "codes": _("Codes"),
        "count": _("Sign-ins"),
        "responses": _("Responses"),
        "format": _("Kind of file"),
        "states": _("States"),
        "filters": _("Only some, by"),
        "parts": _("Parts"),
        "refused": _("Lines refused"),
        "expires": _("Works until"),
        "contact": _("Contact"),
        "privacy_contact": _("Privacy contact"),
        "system": _("Health and care system"),
        "name_before": _("Name before"),
        "neighbourhood_before": _("Neighbourhood before"),
        "version": _("Version"),
        "texts": _("Texts"),
        "files": _("Files"),
        "made_at": _("Backup made at"),
        "system_before": _("Health and care system before"),
        "languages": _("Languages"),
        "languages_before": _("Languages before"),
        "last_day": _("Last day"),
        "last_day_before": _("Last day before"),
        "quota": _("Responses at most"),
        "quota_before": _("Responses at most, before"),
        "corners": _("Corners"),
        "codes_before": _("Codes before"),
        "language": _("Language"),
        "question": _("Question"),
        "other": _("Other response"),
        "assets": _("Assets"),
    }


def shown(value: str | int | None) -> str:
    """Write one fact: counts in the digits of the page, roles by their names."""
    if isinstance(value, int):
        return figure(value)
    if value == EVERYWHERE:
        return str(_("Everywhere"))
    return role_words(value) if value in ROLES else value or ""
