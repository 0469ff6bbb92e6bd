"""The peer for sync: PouchDB replicating to express-pouchdb over LevelDB, both in processes of their own."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.bench.peers import PeerUnavailable, install, node, run

__all__ = ["PouchServer", "pouchdb_client", "pouchdb_server"]

STOP_SECONDS = 10.0


@dataclass(frozen=True)
class PouchServer:
    """A running server; a database is made by a client that puts it."""

    port: int
    process_id: int


@contextmanager
def pouchdb_server() -> Iterator[PouchServer]:
    """Serve databases in a new folder. Raise PeerUnavailable."""
    folder = install("pouchdb", rebuild=["leveldown"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as kept:
        server = subprocess.Popen([node(), str(folder / "server.cjs"), kept], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            port = server.stdout.readline().strip()
            if not port:
                raise PeerUnavailable("The PouchDB server ended before it listened.")
            yield PouchServer(int(port), server.pid)
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)


def pouchdb_client(job: str) -> str:
    """Do a job in Node; give what it prints. Raise PeerUnavailable."""
    return run(["node", "replicate.cjs", job], install("pouchdb", rebuild=["leveldown"]))
