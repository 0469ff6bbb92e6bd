"""The peer for pushing: PouchDB replicating to express-pouchdb over LevelDB, both in processes of their own."""

import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.link import UNTHROTTLED, Link, Traffic
from tests.bench.peers import PeerUnavailable, install, node, run
from tests.bench.records import Record

__all__ = ["replicate", "replication_traffic"]

STOP_SECONDS = 10.0


def replicate(records: Sequence[Record], *, batch: int, first: int) -> float:
    """Replicate the records' documents to a new server; give the seconds that took.

    The `first` ones go before, untimed: Node is slow until it has compiled what it runs often. Raise PeerUnavailable.
    """
    with _server() as port:
        return _replicate_to(f"http://127.0.0.1:{port}", records, batch=batch, first=first)


def replication_traffic(records: Sequence[Record], *, batch: int) -> Traffic:
    """Replicate them through a link that counts; give what passed. Raise PeerUnavailable."""
    with _server() as port, Link(UNTHROTTLED, target_port=port) as link:
        _replicate_to(link.url, records, batch=batch, first=0)
        return link.traffic()


@contextmanager
def _server() -> Iterator[int]:
    folder = install("pouchdb", rebuild=["leveldown"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as kept:
        server = subprocess.Popen([node(), str(folder / "server.cjs"), kept], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            port = server.stdout.readline().strip()
            if not port:
                raise PeerUnavailable("The PouchDB server ended before it listened.")
            yield int(port)
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)


def _replicate_to(url: str, records: Sequence[Record], *, batch: int, first: int) -> float:
    folder = install("pouchdb", rebuild=["leveldown"])
    with tempfile.TemporaryDirectory() as work:
        documents = Path(work) / "documents.ndjson"
        documents.write_text("\n".join(record.document for record in records), encoding="utf-8")
        printed = run(["node", "replicate.cjs", str(documents), url, str(batch), str(first)], folder)
    outcome = json.loads(printed)
    if outcome["written"] != len(records) - first:
        raise PeerUnavailable(f"PouchDB wrote {outcome['written']} of {len(records) - first} documents.")
    return float(outcome["seconds"])
