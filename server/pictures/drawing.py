"""Has pictures drawn again by ``worker``, a process that is limited and may be killed, and keeps what it drew.

<data>/pictures/ab/<sha256>-large.webp, -small.webp    what people see; can be made again
<data>/pictures/ab/<sha256>.none                       this file cannot be shown as a picture
"""

import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from server.locks import Locks
from server.pictures.kinds import FIRST_BYTES, Kind, kind_of
from sync.hashes import is_sha256

__all__ = ["DRAWING_SECONDS", "Pictures", "Shown", "Size"]

FOLDER: Final = "pictures"
WORKER: Final = (sys.executable, "-I", str(Path(__file__).parent / "worker.py"))
NO_PICTURE: Final = 3
DRAWING_SECONDS: Final = 12.0
"""How long one picture may take by the clock; waiting for a place comes on top."""
AT_ONCE: Final = 2
WEBP: Final = "image/webp"

log = logging.getLogger(__name__)


class Size(StrEnum):
    """The two sizes that are drawn: 1600 and 320 pixels on the longer side."""

    LARGE = "large"
    SMALL = "small"


class Shown(StrEnum):
    """What is known of showing a file as a picture."""

    DRAWN = "drawn"
    NOT_YET = "not-yet"
    NEVER = "never"


class Pictures:
    """The drawn pictures of one data folder. ``open_whole`` opens the file of that SHA-256, or raises OSError."""

    def __init__(
        self,
        data_folder: Path,
        *,
        open_whole: Callable[[str], BinaryIO],
        worker: tuple[str, ...] = WORKER,
        seconds: float = DRAWING_SECONDS,
    ) -> None:
        self._folder = data_folder / FOLDER
        self._open_whole = open_whole
        self._worker = worker
        self._seconds = seconds
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._files: Locks[str] = Locks()
        self._failed: set[str] = set()

    def kind(self, sha256: str) -> Kind:
        """Tell what the file is by its first bytes; raises OSError."""
        with self._open_whole(sha256) as file:
            return kind_of(file.read(FIRST_BYTES))

    def shown(self, sha256: str) -> Shown:
        """Tell whether the file is drawn, could be, or can not be shown."""
        if self._path(sha256, Size.SMALL).exists():
            return Shown.DRAWN
        return Shown.NEVER if sha256 in self._failed or self._never(sha256).exists() else Shown.NOT_YET

    def picture(self, sha256: str, size: Size) -> bytes | None:
        """Give the picture as WebP, drawing it first where need be; None when it cannot be shown."""
        if self.draw(sha256) is not Shown.DRAWN:
            return None
        try:
            return self._path(sha256, size).read_bytes()
        except FileNotFoundError:  # it was erased meanwhile
            return None

    def draw(self, sha256: str, *, patience: float | None = None) -> Shown:
        """Draw the file unless that is done, or was tried in vain.

        Waits ``patience`` seconds at most for its turn and as long for the drawing (None: as long as is ever allowed).
        """
        known = self.shown(sha256)
        seconds = self._seconds if patience is None else min(patience, self._seconds)
        if known is not Shown.NOT_YET or seconds <= 0 or not self._places.acquire(timeout=seconds):
            return known
        try:
            with self._files.hold(sha256):
                known = self.shown(sha256)
                return self._draw(sha256, seconds) if known is Shown.NOT_YET else known
        except OSError:
            log.exception("The picture of %s could not be read or kept", sha256)
            return Shown.NOT_YET
        finally:
            self._places.release()

    def _draw(self, sha256: str, seconds: float) -> Shown:
        reader = self.kind(sha256).drawn_by
        if reader is None:
            return self._note_never(sha256)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with self._open_whole(sha256) as source, tempfile.TemporaryFile(dir=self._folder) as drawn:
            try:
                ended = subprocess.run(
                    [*self._worker, reader],
                    stdin=source,
                    stdout=drawn,
                    stderr=subprocess.DEVNULL,
                    timeout=seconds,
                    check=False,
                    env={"LC_ALL": "C.UTF-8"},
                    cwd="/" if sys.platform != "win32" else None,
                )
            except subprocess.TimeoutExpired:
                return self._note_failure(sha256, "took too long", for_now=seconds < self._seconds)
            drawn.seek(0)
            return self._keep(sha256, ended.returncode, drawn)

    def _keep(self, sha256: str, code: int, drawn: BinaryIO) -> Shown:
        """Keep what the worker gave; it is not trusted either."""
        if code == NO_PICTURE:
            return self._note_never(sha256)
        small = drawn.read(int.from_bytes(drawn.read(4)))
        large = drawn.read()
        if code != 0 or not all(kind_of(one).type == WEBP for one in (small, large)):
            return self._note_failure(sha256, f"ended with {code}", for_now=False)
        self._write(self._path(sha256, Size.LARGE), large)
        self._write(self._path(sha256, Size.SMALL), small)  # last: it says that both are there
        return Shown.DRAWN

    def _note_never(self, sha256: str) -> Shown:
        self._write(self._never(sha256), b"")
        return Shown.NEVER

    def _note_failure(self, sha256: str, what: str, *, for_now: bool) -> Shown:
        """Try no more until the server starts again: a file that hangs its worker would do it at every visit."""
        log.warning("Drawing the picture %s %s", sha256, what)
        if for_now:
            return Shown.NOT_YET
        self._failed.add(sha256)
        return Shown.NEVER

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{threading.get_ident()}.new")
        draft.write_bytes(content)
        draft.replace(path)

    def _path(self, sha256: str, size: Size) -> Path:
        return self._place(sha256, f"-{size}.webp")

    def _never(self, sha256: str) -> Path:
        return self._place(sha256, ".none")

    def _place(self, sha256: str, rest: str) -> Path:
        assert is_sha256(sha256), "A hash becomes the name of a file."
        return self._folder / sha256[:2] / f"{sha256}{rest}"
