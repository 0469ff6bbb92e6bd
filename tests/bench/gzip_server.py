"""A static web server on loopback that sends everything gzip -9: the best case for a peer's built page."""

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

__all__ = ["serve_folder"]


@contextmanager
def serve_folder(folder: Path) -> Iterator[int]:
    """Serve the files of `folder` until the context ends; give the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_GzipFiles, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _GzipFiles(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the name is the base class's
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self._answer(404, "text/plain", b"")
            return
        self._answer(200, mimetypes.guess_type(path.name)[0] or "application/octet-stream", path.read_bytes())

    def _answer(self, status: int, kind: str, content: bytes) -> None:
        body = _compressed(content)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Stay quiet: the table is the only output."""


@cache
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
