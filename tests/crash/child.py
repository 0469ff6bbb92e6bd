"""Runs one operation in a process of its own, which may be killed or hindered while it is at work."""

import multiprocessing
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, TypeVar

from server.errors import OperatorError, RequestRefused
from server.store.errors import StoreError
from tests.crash.operations import Operation
from tests.crash.strace import attached

__all__ = ["Outcome", "try_operation"]

S = TypeVar("S")

SECONDS: Final = 60
CLEAN: Final = (StoreError, OperatorError, RequestRefused)
_CONTEXT: Final = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.crash.storing", "tests.crash.upkeep"])


@dataclass(frozen=True)
class Outcome:
    """What came of it. ``failure`` is '' where the work was acknowledged; ``again`` where it was in the second try."""

    acknowledged: bool
    died: bool
    failure: str = ""
    clean: bool = True
    again: str = ""


@dataclass(frozen=True)
class _Ready:
    """Everything is open."""


@dataclass(frozen=True)
class _Done:
    """The work is acknowledged."""


@dataclass(frozen=True)
class _Failed:
    """The work failed; ``clean``: with an error of ours."""

    clean: bool
    text: str


_Saying = _Ready | _Done | _Failed


def try_operation(operation: Operation[S], folder: Path, options: Sequence[str], output: Path) -> Outcome:
    """Do the work under strace with ``options``; where it fails, do it once more without."""
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_work, args=(operation, folder, theirs))
    process.start()
    theirs.close()
    try:
        return _watch(process.pid or 0, ours, options, output)
    finally:
        ours.close()
        process.join(SECONDS)
        assert process.exitcode is not None, "the process has ended"
        process.close()


def _watch(pid: int, ours: Connection, options: Sequence[str], output: Path) -> Outcome:
    assert isinstance(_heard(ours), _Ready), "the process has opened what it needs"
    with attached(pid, options, output):
        ours.send("go")
        said = _heard(ours)
    match said:
        case _Failed(clean=clean, text=text):
            ours.send("again")
            again = _heard(ours)
            failed_again = "died" if again is None else again.text if isinstance(again, _Failed) else ""
            return Outcome(acknowledged=False, died=again is None, failure=text, clean=clean, again=failed_again)
        case _Done():
            ours.send("end")
            return Outcome(acknowledged=True, died=False)
    return Outcome(acknowledged=False, died=True)


def _heard(ours: Connection) -> _Saying | None:
    """Give what the process says; None when it is dead."""
    assert ours.poll(SECONDS), "the process says nothing"
    try:
        said: _Saying = ours.recv()
    except (EOFError, ConnectionResetError):
        return None
    return said


def _work(operation: Operation[S], folder: Path, theirs: Connection) -> None:
    opened = operation.begin(folder)
    theirs.send(_Ready())
    theirs.recv()
    _say(theirs, _acted(operation, opened, folder))
    if theirs.recv() == "again":
        _say(theirs, _acted(operation, opened, folder))
    operation.end(opened)


def _say(theirs: Connection, said: _Saying) -> None:
    """Tell, and once more where it was this very call that had to fail."""
    try:
        theirs.send(said)
    except OSError:
        theirs.send(said)


def _acted(operation: Operation[S], opened: S, folder: Path) -> _Done | _Failed:
    try:
        operation.act(opened, folder)
    except CLEAN as error:
        return _Failed(clean=True, text=repr(error))
    except BaseException:
        return _Failed(clean=False, text=traceback.format_exc())
    return _Done()
