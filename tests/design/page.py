"""Build the page that shows every component in every state, and serve it on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

import hatch_build

__all__ = ["build_design_page", "served"]

ROOT: Final = Path(__file__).parents[2]
BUILD: Final = ("run", "design", "--", "--logLevel", "error", "--outDir")


def build_design_page(folder: Path) -> Path:
    """Build into ``folder`` and return it; its `index.html` takes `?lang= &colours= &size=large &dir= &open=dialogue`.

    A page is drawn when `html[data-drawn]` is there.
    """
    hatch_build.share_catalogues(ROOT)
    assert hatch_build.run_npm(ROOT, [*BUILD, str(folder)]) == 0, "The page of components could not be built."
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a port of this machine; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Silent(SimpleHTTPRequestHandler):
    """Says nothing of what is asked for."""

    def log_message(self, *_said: object) -> None:
        """Say nothing."""
