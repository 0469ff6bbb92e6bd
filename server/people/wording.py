"""Roles and browsers, and what is wrong with a password, in the reader's words."""

from flask import Blueprint
from flask_babel import gettext as _

from server.config import PASSWORD_CHARACTERS, PERSON_NAME_CHARACTERS
from server.people.asking import Field
from server.people.passwords import MIN_CHARACTERS, PasswordProblem
from server.people.rules import Role
from server.reviews.figures import figure

__all__ = ["asking_words", "browser_words", "install_wording", "password_words", "role_meaning", "role_words"]


def install_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put roles and browsers into words."""
    blueprint.add_app_template_filter(role_words)
    blueprint.add_app_template_filter(role_meaning)
    blueprint.add_app_template_filter(browser_words)


def role_words(role: Role) -> str:
    """Name a role."""
    match role:
        case "administrator":
            return str(_("Administrator"))
        case "coordinator":
            return str(_("Coordinator"))
        case "viewer":
            return str(_("Viewer"))


def role_meaning(role: Role) -> str:
    """Say what a role may do."""
    match role:
        case "administrator":
            return str(_("Runs the programme: people, neighbourhoods and forms. Sees everything, everywhere."))
        case "coordinator":
            return str(_("Reads what people said, puts up posters and adds phones."))
        case "viewer":
            return str(_("Reads what people said. Changes nothing."))


def asking_words(field: Field) -> str:
    """Say what a field of the form about a person needs."""
    match field:
        case "name":
            return str(_("Give the person’s name, in %(num)s letters or fewer.", num=figure(PERSON_NAME_CHARACTERS)))
        case "role":
            return str(_("Choose what the person may do."))
        case "reach":
            return str(_("Choose everywhere, or one neighbourhood or more."))


def browser_words(browser: str) -> str:
    """Name a browser; names of products are the same in every language."""
    return browser or str(_("A browser we do not know"))


def password_words(problem: PasswordProblem) -> str:
    """Say what is wrong and what to do now."""
    match problem:
        case PasswordProblem.TOO_SHORT:
            return str(
                _(
                    "The password is too short. Use %(num)s characters or more. Three or four words work well.",
                    num=figure(MIN_CHARACTERS),
                )
            )
        case PasswordProblem.TOO_LONG:
            return str(_("The password is too long. Use %(num)s characters or fewer.", num=figure(PASSWORD_CHARACTERS)))
        case PasswordProblem.TOO_PLAIN:
            return str(
                _("The password is easy to guess. Use words that do not belong together, such as things in a room.")
            )
        case PasswordProblem.HOLDS_NAME:
            return str(_("The password holds your name and little else. Use other words."))
        case PasswordProblem.DIFFERS:
            return str(_("The two passwords are not the same. Type both again."))
