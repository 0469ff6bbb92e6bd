"""What stands on the pages of recordings, in the language of the page."""

from typing import Final

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from server.config import RECORDING_BYTES, RECORDING_SECONDS, SPOKEN_LANGUAGES, SPOKEN_NAME_CHARACTERS
from server.recordings.sounds import SoundProblem
from server.recordings.tongues import LanguageProblem
from server.reviews.figures import figure

__all__ = ["install_wording", "language_problem_words", "recorder_words", "sound_problem_words"]

MEGABYTE: Final = 1024 * 1024
MILLISECONDS: Final = 1000


def install_wording(blueprint: Blueprint) -> None:
    """Give the templates the filter that says how long a recording is."""
    blueprint.add_app_template_filter(length_words)


def length_words(milliseconds: int) -> str:
    """Say how long a recording sounds."""
    seconds = max(1, round(milliseconds / MILLISECONDS))
    return str(ngettext("%(count)s second", "%(count)s seconds", seconds, count=figure(seconds)))


def sound_problem_words(problem: SoundProblem) -> str:
    """Say why a file is not kept, and what to do."""
    match problem:
        case SoundProblem.MISSING:
            return str(_("Record the words, or choose a sound file."))
        case SoundProblem.TOO_LARGE:
            size = figure(RECORDING_BYTES // MEGABYTE)
            return str(_("The file is larger than %(size)s MB. Make it smaller, or record it here.", size=size))
        case SoundProblem.TOO_LONG:
            seconds = figure(RECORDING_SECONDS)
            return str(_("The sound is longer than %(seconds)s seconds. Say it shorter.", seconds=seconds))
        case SoundProblem.TOO_SHORT:
            return str(_("The sound is so short that nothing can be heard. Record it again."))
        case SoundProblem.NOT_PLAYED_EVERYWHERE:
            return str(_("iPhones cannot play this kind of file. Save it as MP3 or M4A, or record it here."))
        case SoundProblem.NOT_A_SOUND:
            return str(_("This is not a sound file that phones can play. Use MP3, M4A or WAV, or record it here."))


def language_problem_words(problem: LanguageProblem) -> str:
    """Say why a language is not added, and what to do."""
    match problem:
        case LanguageProblem.NAME_MISSING:
            return str(_("Type the name of the language, as its speakers call it."))
        case LanguageProblem.NAME_LONG:
            return str(_("Type a name with %(number)s letters or fewer.", number=figure(SPOKEN_NAME_CHARACTERS)))
        case LanguageProblem.CODE_WRONG:
            return str(_("A code has two or three letters, such as syl. Leave it empty if you do not know it."))
        case LanguageProblem.WRITTEN:
            return str(_("The form is written in this language. Choose it in the list above."))
        case LanguageProblem.BESIDE_UNKNOWN:
            return str(_("Choose the words that are read."))
        case LanguageProblem.TOO_MANY:
            number = figure(SPOKEN_LANGUAGES)
            return str(_("A form can have %(number)s such languages. Remove one that is not used.", number=number))


def recorder_words() -> dict[str, str]:
    """Give what the recorder says while it works; the page carries it along for the script."""
    return {
        "record": _("Record"),
        "again": _("Record again"),
        "stop": _("Stop"),
        "recording": _("Recording: {seconds} seconds"),
        "working": _("Making the recording ready…"),
        "ready": _("Listen to it. Then keep it, or record it again."),
        "silent": _("Nothing could be heard. Check the microphone, then record again."),
        "refused": _("The browser may not use the microphone. Allow it in the browser’s settings for this page."),
        "missing": _("No microphone was found. Connect one, or use a sound file."),
        "unsafe": _("This browser records over a safe connection (https) only. Use a sound file instead."),
        "unreadable": _("The browser cannot read this file. Choose another one."),
        "keeping": _("Keeping the recording…"),
        "kept": _("The recording is kept."),
        "failed": _("The recording could not be kept. Check the connection, then try again."),
        "full": _("The time is up. Listen to it. Then keep it, or record it again."),
    }
