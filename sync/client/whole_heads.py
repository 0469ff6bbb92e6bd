"""Answers whose head was cut are lost, not shorter.

Python's ``http.client`` takes the end of a connection for the end of the head. So an answer that was cut within
``Upload-Offset: 6000`` would say ``Upload-Offset: 60``, and nothing would tell the two apart.
"""

from http.client import HTTPResponse
from typing import IO, Any, cast

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

__all__ = ["WholeHeadAdapter"]


class WholeHeadAdapter(HTTPAdapter):
    """Makes the requests of a ``requests.Session`` so that a cut head is a ConnectionError."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:  # noqa: ANN401  # whatever the adapter passes on
        """Make the pools of connections."""
        super().init_poolmanager(connections, maxsize, block, **options)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


class _Response(HTTPResponse):
    def begin(self) -> None:
        """Read the head."""
        connection: Any = self.fp
        self.fp = cast(Any, _Head(connection))  # it has all that is used of a file meanwhile
        super().begin()
        if self.fp is not None:
            self.fp = connection


class _Head:
    """A connection's file while the head is read from it: a line that has no end is no line."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def readline(self, limit: int = -1) -> bytes:
        line = self.file.readline(limit)
        if not line or (len(line) < limit and not line.endswith(b"\n")):
            raise ConnectionResetError("The answer was cut within its head.")
        return line

    def flush(self) -> None:
        self.file.flush()

    def close(self) -> None:
        self.file.close()


class _Connection(HTTPConnection):
    response_class = _Response


class _SecureConnection(HTTPSConnection):
    response_class = _Response


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection
