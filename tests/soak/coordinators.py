"""People at desks: they go through the list, open what waits and decide, whatever the server does meanwhile."""

import html
import re
from dataclasses import dataclass
from random import Random
from threading import Event, Thread
from typing import Final

import requests

from tests.journeys.central import Central

__all__ = ["NAME", "Coordinator", "add_account"]

NAME: Final = "carol"
SECONDS: Final = 20
PAUSE_SECONDS: Final = 1.0
WENT_WRONG: Final = (requests.RequestException,)


def add_account(central: Central) -> str:
    """Make the account while the server does not run; give its password."""
    printed = central.command("person", "add", NAME, "--name", "Carol")
    (password,) = re.findall(r"password\s+(\S+)", printed)
    return str(password)


@dataclass
class Seen:
    """What a coordinator met with."""

    decisions: int = 0
    pages: int = 0
    gone_away: int = 0


class Coordinator:
    """One browser on a thread of its own; an error page of the server's own making is a failure."""

    def __init__(self, central: Central, password: str, chance: Random) -> None:
        self.seen = Seen()
        self.faults: list[str] = []
        self._central, self._password, self._chance = central, password, chance
        self._browser = requests.Session()
        self._stop = Event()
        self._thread = Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        """End, after the page at hand."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._chance.uniform(0, PAUSE_SECONDS)):
            try:
                self._work()
            except WENT_WRONG:
                self.seen.gone_away += 1  # The server was killed under this page.

    def _work(self) -> None:
        page = self._get("/console/responses?state=received")
        if 'name="sign_in_name"' in page:
            self._post("/console/sign-in", page, {"sign_in_name": NAME, "password": self._password})
            return
        waiting = re.findall(r'name="seen"[^>]* value="([^"]+)"', page)
        if not waiting:
            self._get("/console/progress")
            return
        one = html.unescape(self._chance.choice(waiting))
        self._get(f"/console/responses/{one.split()[0]}")
        action = self._chance.choice(("approve", "approve", "return", "reject"))
        reason = "" if action == "approve" else "Please look at the first question again."
        given = {"seen": one, "action": action, "reason": reason, "then": "list"}
        if self._post("/console/responses/decide", page, given):
            self.seen.decisions += 1

    def _get(self, address: str) -> str:
        reply = self._browser.get(self._central.url + address, timeout=SECONDS)
        self._note(address, reply)
        return reply.text

    def _post(self, address: str, page: str, fields: dict[str, str]) -> bool:
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        if token is None:
            return False
        sent = {"csrf_token": token[1], **fields}
        reply = self._browser.post(self._central.url + address, data=sent, timeout=SECONDS)
        self._note(address, reply)
        return reply.ok

    def _note(self, address: str, reply: requests.Response) -> None:
        self.seen.pages += 1
        if reply.status_code >= requests.codes.server_error and reply.status_code != requests.codes.unavailable:
            self.faults.append(f"{address}: {reply.status_code}")
