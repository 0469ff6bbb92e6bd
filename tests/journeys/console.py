"""A coordinator at a desk: the console's pages, asked for as a browser does and without drawing them."""

import re
from typing import Final

import requests

from server.people.accounts import SignIn
from tests.journeys.central import Central

__all__ = ["Console"]

NAME: Final = "carol"
SECONDS: Final = 30


class Console:
    """Somebody who is signed in. Without an ``account``, one is made while the server does not run."""

    def __init__(self, central: Central, account: SignIn | None = None) -> None:
        self._central = central
        self._account = account or _carol(central)
        self._browser = requests.Session()

    def sign_in(self) -> None:
        """Sign in, as soon as the server runs."""
        name, password = self._account.sign_in_name, self._account.password
        self.submit("/console/sign-in", sign_in_name=name, password=password)

    def read(self, address: str) -> str:
        """Give a page."""
        reply = self._browser.get(self._central.url + address, timeout=SECONDS)
        assert reply.status_code == 200, f"{address}: {reply.status_code}"
        return reply.text

    def submit(self, address: str, **form: str) -> str:
        """Fill in the form of a page, send it, and give the page that comes of it."""
        return self.press(address, address, **form)

    def press(self, page: str, to: str, **form: str) -> str:
        """Send a form that stands on a page to another address, and give the page that comes of it."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.read(page))
        assert token, f"{page} holds no forgery token"
        sent = {"csrf_token": token[1], **form}
        reply = self._browser.post(self._central.url + to, data=sent, timeout=SECONDS)
        assert reply.status_code == 200, f"{to}: {reply.status_code}"
        return reply.text

    def sign_off(self, worker: str) -> None:
        """Sign off the phone of a worker."""
        listed = self.read("/console/phones")
        (device,) = {
            row["device_id"]
            for row in self._central.rows("SELECT device_id, name FROM devices")
            if row["name"] == worker
        }
        assert f"/console/phones/{device}/sign-off" in listed
        self.submit(f"/console/phones/{device}/sign-off")


def _carol(central: Central) -> SignIn:
    printed = central.command("person", "add", NAME, "--name", "Carol")
    (password,) = re.findall(r"password\s+(\S+)", printed)
    return SignIn(sign_in_name=NAME, password=password)
