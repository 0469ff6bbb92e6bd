"""Progress of a check, kinds of changes and what is wrong with an upload, in words."""

from typing import Literal

from flask import Blueprint
from flask_babel import gettext as _

from server.form_desk.drafts import Draft
from server.form_desk.uploads import UploadProblem
from server.forms.xlsform import Stage
from server.reviews.figures import figure

__all__ = ["install_wording", "upload_words"]


def install_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters of this folder."""
    blueprint.add_app_template_filter(draft_words)
    blueprint.add_app_template_filter(change_words)


def draft_words(draft: Draft) -> str:
    """Say how far the check of a draft is, or what came of it."""
    if draft.report is not None:
        return str(_("Ready to publish") if draft.report.compiled else _("Cannot be published yet"))
    match draft.stage:
        case Stage.READING:
            return str(_("Reading the file…"))
        case Stage.CONVERTING | Stage.COMPILING | Stage.DONE:
            return str(_("Checking %(num)s rows…", num=figure(draft.rows)))


def change_words(what: Literal["added", "removed", "changed"]) -> str:
    """Say what became of a question or list."""
    return str({"added": _("New"), "removed": _("Gone"), "changed": _("Changed")}[what])


def upload_words(problem: UploadProblem) -> str:
    """Say what is wrong with an upload, and how to mend it."""
    words = {
        "no-file": _("Choose the file of the form first."),
        "no-form": _("Choose a form as .xlsx, .xls, .md, .csv or .xml."),
        "bad-name": _("Give every file a short name without signs such as / or : and choose them again."),
        "too-many": _("Choose 60 files at most."),
        "twice": _("Two files have the same name. Give one of them another name."),
    }
    return str(words[problem])
