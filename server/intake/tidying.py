"""Runs what is tidied behind the requests, day by day and whenever somebody asks, for as long as the server runs."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

__all__ = ["Tidying"]

log = logging.getLogger(__name__)


class Tidying:
    """A thread that calls ``tidy`` each time ``every`` has passed, from construction until ``close``.

    It goes by the time that passes and not by the clock, which may leap. After a round that failed it waits for
    ``again`` only.
    """

    def __init__(self, tidy: Callable[[], None], *, every: timedelta, again: timedelta | None = None) -> None:
        self._tidy = tidy
        self._every = every
        self._again = every if again is None else again
        self._closing = False
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fieldwell-tidying", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Have it tidied now, behind whoever asks; returns at once."""
        self._woken.set()

    def close(self) -> None:
        """Stop, once a tidying under way has ended; a second call does nothing."""
        self._closing = True
        self._woken.set()
        self._thread.join()

    def _run(self) -> None:
        wait = self._every
        while True:
            self._woken.wait(wait.total_seconds())
            self._woken.clear()
            if self._closing:
                return
            wait = self._every if self._succeeds() else self._again

    def _succeeds(self) -> bool:
        try:
            self._tidy()
        except Exception:
            log.exception("Tidying failed; it is tried again after %s", self._again)
            return False
        return True
