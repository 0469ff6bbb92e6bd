"""Runs the tidying of what came of files day by day, for as long as the server runs."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

__all__ = ["Tidying"]

log = logging.getLogger(__name__)


class Tidying:
    """A thread that calls ``tidy`` each time ``every`` has passed, from construction until ``close``.

    It goes by the time that passes and not by the clock, which may leap.
    """

    def __init__(self, tidy: Callable[[], None], *, every: timedelta) -> None:
        self._tidy = tidy
        self._every = every
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fieldwell-tidying", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop, once a tidying under way has ended; a second call does nothing."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(self._every.total_seconds()):
            try:
                self._tidy()
            except Exception:
                log.exception("Tidying failed; it is tried again after %s", self._every)
