"""What `fieldwell form …` does: check a form file, publish it, or try it in a browser."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol

from server.app import create_app
from server.commands import BUILT_IN_FORMS, built_in_forms, enrolment_link, opened, publish_into
from server.config import Config
from server.devices import enrolment
from server.errors import OperatorError
from server.forms.compile import Compiled
from server.forms.conversion import check_in_background
from server.forms.problems import FormRefused
from server.forms.report import Report, as_json, as_lines
from server.forms.xlsform import Progress, Stage
from server.places import queries as places
from server.places.queries import Neighbourhood
from server.services import Services
from server.serving import serve

__all__ = ["check_form", "preview_form", "publish_form"]

Say = Callable[[str], None]

PROGRESS_COLUMNS: Final = 60
LOOPBACK: Final = "127.0.0.1"
PREVIEW: Final = Neighbourhood(neighbourhood_id="preview", name="Preview", system="Preview")


class Screen(Protocol):
    """Where progress is drawn: standard error, when it is a terminal."""

    def write(self, text: str, /) -> object:
        """Write at the cursor."""

    def flush(self) -> object:
        """Show what was written."""

    def isatty(self) -> bool:
        """Tell whether a person is looking."""


def check_form(form: Path, say: Say, screen: Screen, *, in_json: bool) -> int:
    """Say what is wrong with a form file and how far it is translated; give 1 when it is refused, else 0."""
    report = examined(source_of(form), screen)
    if in_json:
        say(json.dumps(as_json(report), ensure_ascii=False, indent=2))
    else:
        for line in as_lines(report):
            say(line)
    return 0 if report.compiled else 1


def publish_form(folder: Path, form: Path, say: Say, screen: Screen) -> None:
    """Publish a form from a file, or a built-in one by its name, and say the same as a check does.

    Raises FormRefused with every reason, or OperatorError when its version is taken.
    """
    source = source_of(form)
    compiled = accepted(examined(source, screen), say)
    with opened(folder) as running:
        publish_into(running, compiled, source_name=source.name, say=say)


def preview_form(form: Path, port: int, say: Say, screen: Screen) -> None:
    """Serve a form alone, on this computer only, until told to stop; nothing that is answered is kept."""
    source = source_of(form)
    compiled = accepted(examined(source, screen), say)
    with TemporaryDirectory(prefix="fieldwell-preview-") as folder, opened(Path(folder)) as running:
        config = Config(data_folder=Path(folder), host=LOOPBACK, port=port or free_port())
        publish_into(running, compiled, source_name=source.name, say=say)
        say("")
        say("Open this link in a browser on this computer and fill the form in:")
        say(f"  {enrolment_link(config, invite(running))}")
        say("")
        serve(create_app(config, running), config, say=say)
    say("The preview is over. Nothing was kept.")


def source_of(form: Path) -> Path:
    """Find the file that is meant: one that is there, or a built-in form by its name."""
    built_in = BUILT_IN_FORMS / f"{form.name}.md"
    if form.is_file():
        return form
    if not built_in.is_file():
        known = ", ".join(sorted(path.stem for path in built_in_forms()))
        raise OperatorError(f"There is no file {form}. Check its name, or choose a built-in form: {known}.")
    return built_in


def examined(form: Path, screen: Screen) -> Report:
    """Read, convert and compile a file in the background, with progress; Ctrl+C stops it."""
    with progress_on(screen) as tell:
        try:
            return check_in_background(form, tell=tell)
        except KeyboardInterrupt as error:
            raise OperatorError(f"Stopped. Nothing was done with {form.name}.") from error


def accepted(report: Report, say: Say) -> Compiled:
    """Say what a check says; raises FormRefused with the problems there are."""
    if report.compiled is None:
        raise FormRefused(report.problems)
    for line in as_lines(report):
        say(line)
    return report.compiled


@contextmanager
def progress_on(screen: Screen) -> Iterator[Callable[[Progress], None]]:
    """Draw one line that changes, and wipe it at the end; where nobody looks, draw nothing."""
    if not screen.isatty():
        yield lambda progress: None
        return
    try:
        yield lambda progress: draw(screen, words_for(progress))
    finally:
        draw(screen, "")


def draw(screen: Screen, line: str) -> None:
    """Put ``line`` in place of the one before."""
    screen.write(f"\r{line:<{PROGRESS_COLUMNS}}" + ("" if line else "\r"))
    screen.flush()


def words_for(progress: Progress) -> str:
    """Say how far it is."""
    match progress.stage:
        case Stage.READING:
            return "Reading the file …"
        case Stage.CONVERTING:
            return f"Converting {progress.rows:,} rows …"
        case Stage.COMPILING:
            return f"Compiling {progress.rows:,} rows …"
        case Stage.DONE:
            return "Done."


def invite(running: Services) -> str:
    """Make the only neighbourhood of a preview, and the secret that enrols a browser in it."""
    running.database.write(lambda connection: places.add_neighbourhood(connection, PREVIEW))
    return enrolment.create(
        running.database,
        neighbourhood_id=PREVIEW.neighbourhood_id,
        name="Preview",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )


def free_port() -> int:
    """Ask the system for a port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind((LOOPBACK, 0))
        return int(asked.getsockname()[1])
