"""The phone's session in one Node process, spoken to in lines of JSON."""

import json
import subprocess
import sys
from types import TracebackType

from sync.session_types import Event, Session, Step
from tests.project import ROOT
from tests.sync.session_json import Json, as_json, read_step

__all__ = ["TwinSession", "TwinSessionFailed"]


class TwinSessionFailed(AssertionError):
    """The phone's session raised an error, which no event may make it do."""


class TwinSession:
    """Takes steps in TypeScript: one line there and one line back."""

    def __init__(self) -> None:
        command = [sys.executable, "hatch_build.py", "npm", "run", "--silent", "session"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, encoding="utf-8")

    def __enter__(self) -> "TwinSession":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.communicate()

    def step(self, session: Session, event: Event) -> Step:
        """Take a step with the phone's session, in the values of the reference."""
        return read_step(self.step_json(as_json(session), as_json(event)))

    def step_json(self, session: Json, event: Json) -> Json:
        """Take a step in JSON values."""
        question = json.dumps({"session": session, "event": event})
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(question + "\n")
        self._process.stdin.flush()
        answer: Json = json.loads(self._process.stdout.readline() or '{"error": "the process ended"}')
        if "error" in answer:
            raise TwinSessionFailed(answer["error"])
        return answer
