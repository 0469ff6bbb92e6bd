"""Words for tasks and fields, in the language of the page."""

from flask_babel import gettext as _

from server.programme.checklist import Task
from server.programme.lines import LineProblem
from server.reviews.figures import figure

__all__ = ["line_words", "task_hint", "task_words"]


def task_words(task: Task) -> str:
    """Name a task of the checklist."""
    words = {
        Task.ADMINISTRATOR: _("Make the first sign-in"),
        Task.PROGRAMME: _("Say who asks"),
        Task.NEIGHBOURHOOD: _("Add a neighbourhood"),
        Task.BOUNDARY: _("Give its boundary"),
        Task.LANGUAGES: _("Choose languages"),
        Task.FORMS: _("Choose forms"),
        Task.ADDRESS: _("Get an address that phones reach"),
        Task.PHONE: _("Add a phone"),
        Task.VENUE: _("Add a venue"),
        Task.POSTER: _("Make a poster"),
        Task.RESPONSE: _("Receive the first response"),
    }
    return str(words[task])


def task_hint(task: Task) -> str:
    """Say what a task is for."""
    words = {
        Task.ADMINISTRATOR: _("Somebody who can do everything here."),
        Task.PROGRAMME: _("The name of the programme, and whom to ask about it. Posters and phones show them."),
        Task.NEIGHBOURHOOD: _("The area that you work in. Phones and venues belong to one."),
        Task.BOUNDARY: _("A shape on the map, from a file or corner by corner."),
        Task.LANGUAGES: _("Those that residents are asked in, the most needed first."),
        Task.FORMS: _("The questions that phones and posters ask."),
        Task.ADDRESS: _("Phones and posters lead to it. It begins with https:// and a name."),
        Task.PHONE: _("For an outreach worker, who can then work without a connection too."),
        Task.VENUE: _("A place where residents are met, and where posters hang."),
        Task.POSTER: _("Residents scan it and answer on their own phones."),
        Task.RESPONSE: _("It appears by itself, soon after a phone has sent it."),
    }
    return str(words[task])


def line_words(problem: LineProblem, *, missing: str, longest: int) -> str:
    """Say what is wrong with a line; `missing` says what to type when it is empty."""
    if problem is LineProblem.MISSING:
        return missing
    return str(_("This is too long. Use %(num)s letters or fewer.", num=figure(longest)))
