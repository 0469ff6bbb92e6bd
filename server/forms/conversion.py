"""Convert a form file in a process of its own: with progress, with a time limit, and so that it can be stopped.

A large workbook keeps a processor busy for many seconds; the server must go on answering meanwhile, and a person at
the keyboard must be able to stop it.
"""

import logging
import multiprocessing
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event
from time import monotonic

from server.forms.coverage import coverage_of
from server.forms.problems import FormProblem, FormRefused
from server.forms.report import Report
from server.forms.xlsform import Progress, Stage, compile_source, read_source

__all__ = ["CONVERSION_SECONDS", "check_file_here", "check_in_background"]

CONVERSION_SECONDS = 180.0  # the longest that one form file may take
_LOOK_SECONDS = 0.2  # between two looks at whether to stop

Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class _Over:
    """The last message of a conversion."""

    report: Report


def check_file_here(path: Path, *, tell: Tell = lambda progress: None) -> Report:
    """Read, convert and compile a form file in this process; what is wrong is in the report."""
    try:
        tell(Progress(Stage.READING))
        source = read_source(path)
        compiled = compile_source(source, tell=tell)
    except FormRefused as refused:
        return Report(path.name, None, refused.problems, ())
    tell(Progress(Stage.DONE, source.rows))
    return Report(path.name, compiled, (), coverage_of(compiled, source.workbook))


def check_in_background(
    path: Path,
    *,
    tell: Tell = lambda progress: None,
    stopped: Event | None = None,
    limit_seconds: float = CONVERSION_SECONDS,
) -> Report:
    """Do the same in a process of its own; ``stopped`` ends it early. Told by report, too: stopped, and past the limit.

    Whatever ends the wait, Ctrl+C included, ends the process.
    """
    context = multiprocessing.get_context("spawn")  # a fork of a process with threads may hang
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_convert, args=(path, theirs), name="fieldwell-conversion", daemon=True)
    process.start()
    theirs.close()
    try:
        return _wait(path, ours, tell, stopped or Event(), monotonic() + limit_seconds)
    finally:
        ours.close()
        _end(process)


def _wait(path: Path, ours: Connection, tell: Tell, stopped: Event, deadline: float) -> Report:
    while not stopped.is_set():
        if monotonic() > deadline:
            message = f"Converting “{path.name}” took too long and was ended."
            return _ended(path, "conversion-too-long", message, "Put long lists into .csv files, or split the form.")
        if not ours.poll(_LOOK_SECONDS):
            continue
        try:
            message = ours.recv()
        except EOFError:
            message = f"Converting “{path.name}” ended before its time."
            return _ended(path, "conversion-died", message, "Free some memory, and try again.")
        if isinstance(message, _Over):
            return message.report
        tell(message)
    return _ended(path, "conversion-stopped", f"Converting “{path.name}” was stopped.", "")


def _ended(path: Path, code: str, message: str, remedy: str) -> Report:
    return Report(path.name, None, (FormProblem(code, message, remedy),), ())


def _end(process: BaseProcess) -> None:
    process.terminate()
    process.join()


def _convert(path: Path, theirs: Connection) -> None:
    """Run in the other process. Ctrl+C reaches it too; its parent decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        report = check_file_here(path, tell=theirs.send)
    except Exception:  # a mistake of ours: told where it can be looked up, and to the person in words
        logging.getLogger(__name__).exception("Converting %s failed", path)
        message = f"“{path.name}” could not be read, and that is a mistake of Fieldwell, not yours."
        report = _ended(path, "conversion-failed", message, "Please send us the form, and what is printed above.")
    theirs.send(_Over(report))
    theirs.close()
