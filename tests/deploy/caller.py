"""Calls from one of this machine's addresses, over TLS that is verified as phones do, or straight to the server."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["Caller", "Reply"]

HERE: Final = "127.0.0.1"
CALL_SECONDS: Final = 30


class Reply(NamedTuple):
    """A whole reply; headers as they came, one by one."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """Give the values of a header; '' without one."""
        return ", ".join(value for found, value in self.headers if found.lower() == name.lower())


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Calls a port of this machine, by a name over TLS when there is a root to verify it with."""

    port: int = field(kw_only=False)
    name: str = "localhost"
    root: Path | None = None
    source: str = HERE

    def connect(self) -> socket.socket:
        """Open a connection. Raises ssl.SSLCertVerificationError for a certificate that a phone would refuse."""
        plain = socket.create_connection((HERE, self.port), CALL_SECONDS, (self.source, 0))
        if self.root is None:
            return plain
        try:
            return ssl.create_default_context(cafile=str(self.root)).wrap_socket(plain, server_hostname=self.name)
        except OSError:
            plain.close()
            raise

    def call(
        self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Reply:
        """Make one call."""
        connection = http.client.HTTPConnection(self.name, self.port)
        connection.sock = self.connect()
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Reply(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()

    def answers(self) -> bool:
        """Tell whether anybody answers."""
        try:
            return self.call("/healthz").status > 0
        except (OSError, http.client.HTTPException):
            return False
