"""A coordinator at a desk: the console's pages, asked for as a browser does and without drawing them."""

import re
from typing import Final

import requests

from tests.journeys.central import Central

__all__ = ["Console"]

NAME: Final = "carol"
SECONDS: Final = 30


class Console:
    """Somebody who is signed in. The account is made while the server does not run."""

    def __init__(self, central: Central) -> None:
        self._central = central
        printed = central.command("person", "add", NAME, "--name", "Carol")
        (self._password,) = re.findall(r"password\s+(\S+)", printed)
        self._browser = requests.Session()

    def sign_in(self) -> None:
        """Sign in, as soon as the server runs."""
        self.submit("/console/sign-in", sign_in_name=NAME, password=self._password)

    def read(self, address: str) -> str:
        """Give a page."""
        reply = self._browser.get(self._central.url + address, timeout=SECONDS)
        assert reply.status_code == 200, f"{address}: {reply.status_code}"
        return reply.text

    def submit(self, address: str, **form: str) -> str:
        """Fill in the form of a page, send it, and give the page that comes of it."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.read(address))
        assert token, f"{address} holds no forgery token"
        sent = {"csrf_token": token[1], **form}
        reply = self._browser.post(self._central.url + address, data=sent, timeout=SECONDS)
        assert reply.status_code == 200, f"{address}: {reply.status_code}"
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
