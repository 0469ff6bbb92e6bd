"""Everything that a browser asks for, its service worker included, and everything that its pages complain of."""

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog

__all__ = ["Watch"]

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
WITHIN_THE_BROWSER: Final = frozenset({"about", "blob", "data"})
# What the browser itself writes when a server is gone: that is what most journeys are about. A policy that stops a
# request, or a reply of 404 or 500, is worded differently.
NO_SERVER: Final = re.compile(
    r"net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|CONTENT_LENGTH_MISMATCH|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INTERNET_DISCONNECTED)\b"
    r"|^An unknown error occurred when fetching the script\.$"  # a service worker that was looked for meanwhile
)


class Watch:
    """What one phone's browser did, over all its launches. ``names`` are of this machine too."""

    def __init__(self, names: Collection[str] = ()) -> None:
        self._names = LOOPBACK | set(names)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        """Errors in the console (a violated Content-Security-Policy is one), errors that no script caught, and boxes
        that pop up."""
        self.without_server: list[str] = []

    def begin(self, context: BrowserContext) -> None:
        """Follow a browser from now on."""
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("dialog", self._answer)

    def strangers(self) -> list[str]:
        """Give the addresses asked for that are not on this machine."""
        return [address for address in self.requests if not self._is_ours(address)]

    def assert_quiet(self) -> None:
        """See that nobody else was asked for anything, and that no page complained."""
        assert not self.strangers(), f"somebody else was asked: {self.strangers()}"
        assert not self.complaints, f"pages complained: {self.complaints}"

    def forget(self) -> None:
        """Forget everything so far: for a journey that has provoked it, and has looked at it."""
        self.requests.clear()
        self.complaints.clear()
        self.without_server.clear()

    def forgive(self, *, status: int, path: str = "") -> None:
        """Leave out a refusal that is wanted, or that may be met or not; without a path, wherever it came from."""
        refused = re.compile(rf"the server responded with a status of {status} .*{re.escape(path)}\)$")
        self.complaints[:] = [complaint for complaint in self.complaints if not refused.search(complaint)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            kept = self.without_server if NO_SERVER.search(message.text) else self.complaints
            kept.append(f"{message.text} ({message.location.get('url', '')})")

    def _answer(self, dialog: Dialog) -> None:
        """Close a box. The app opens none; a browser asks whether to leave a page where something is unsaved."""
        if dialog.type == "beforeunload":
            dialog.accept()
        else:
            self.complaints.append(f"{dialog.type}: {dialog.message}")
            dialog.dismiss()

    def _is_ours(self, address: str) -> bool:
        parts = urlsplit(address)
        return parts.scheme in WITHIN_THE_BROWSER or parts.hostname in self._names
