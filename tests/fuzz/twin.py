"""The phone's engine at play: one Node process for all forms, spoken to in lines of JSON."""

import json
import subprocess
import sys
from types import TracebackType
from typing import Any

from tests.fuzz.reference import Compiled, State, Step
from tests.project import ROOT

__all__ = ["Twin", "TwinFailed"]


class TwinFailed(AssertionError):
    """The phone's engine raised an error, which no answer may make it do."""


class Twin:
    """Begins forms and takes steps, one line there and one line back."""

    def __init__(self) -> None:
        command = [sys.executable, "hatch_build.py", "npm", "run", "--silent", "twin"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, encoding="utf-8")

    def __enter__(self) -> "Twin":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.communicate()

    def begin(self, form: Compiled) -> State:
        """Begin a response of a form, in place of the one before."""
        return self._ask({"begin": form})

    def take(self, step: Step) -> State:
        """Take a step in the response that was begun last."""
        return self._ask({"step": step})

    def functions(self) -> list[str]:
        """Name the functions that the phone's engine has."""
        names: list[str] = self._ask({"functions": True})["functions"]
        return names

    def _ask(self, question: dict[str, Any]) -> State:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: State = json.loads(self._process.stdout.readline() or '{"error": "the process ended"}')
        if "error" in answer:
            raise TwinFailed(answer["error"])
        return answer
