"""Uploaded form files that are not published: kept in the data folder, checked one after the other behind the pages.

A draft is named by its content, so the same upload twice is one draft. What a check found is kept in memory alone;
after a restart a draft is checked again as soon as somebody looks at it.
"""

import json
import logging
import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from server.clock import Clock, as_text
from server.forms.conversion import check_in_background
from server.forms.problems import FormProblem
from server.forms.report import Report
from server.forms.xlsform import Progress, Stage
from sync.hashes import is_sha256, sha256_hex_of_bytes

__all__ = ["DRAFTS_KEPT", "FOLDER", "Draft", "FormDesk", "GivenFile", "draft_name"]

FOLDER: Final = "form-drafts"
ABOUT: Final = "about.json"
FILES: Final = "files"
DRAFTS_KEPT: Final = 20
"""Uploads beyond so many push the oldest out."""

log = logging.getLogger(__name__)
Check = Callable[..., Report]


@dataclass(frozen=True, kw_only=True)
class GivenFile:
    """A file as it was uploaded; ``name`` is a plain file name."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An uploaded form: who gave it, and how far its check is; ``report`` is None until it is over.

    ``given_at`` is ISO 8601 UTC text with a Z; ``rows`` counts the rows of its sheets, once they are read.
    """

    draft_id: str
    file_name: str
    given_by: str
    given_at: str
    stage: Stage = Stage.READING
    rows: int = 0
    report: Report | None = None


def draft_name(files: Sequence[GivenFile]) -> str:
    """Name a draft by all its files: SHA-256 in hexadecimal."""
    parts = [f"{one.name}\n{sha256_hex_of_bytes(one.content)}" for one in files]
    return sha256_hex_of_bytes("\n".join(parts).encode())


class FormDesk:
    """Keeps drafts in a folder of its own and checks them, one at a time, until ``close``."""

    def __init__(self, data_folder: Path, *, clock: Clock, check: Check = check_in_background) -> None:
        self._folder = data_folder / FOLDER
        self._clock = clock
        self._check = check
        self._lock = threading.Lock()
        self._known: dict[str, Draft] = {}
        self._stopped = threading.Event()
        self._checking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="fieldwell-form-check")

    def close(self) -> None:
        """End the check at hand and forget those that wait; a second call does nothing."""
        self._stopped.set()
        self._checking.shutdown(wait=True, cancel_futures=True)

    def take(self, files: Sequence[GivenFile], *, given_by: str) -> str:
        """Keep an upload and begin to check it; give the draft's name."""
        name = self.keep(files, given_by=given_by)
        self._push_out_old()
        self._begin(name)
        return name

    def keep(self, files: Sequence[GivenFile], *, given_by: str) -> str:
        """Keep an upload, the form's own file first; it is checked as soon as somebody looks at it."""
        name = draft_name(files)
        fresh = self._folder / f"{name}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        (fresh / FILES).mkdir(parents=True)
        for one in files:
            (fresh / FILES / one.name).write_bytes(one.content)
        about = {"file_name": files[0].name, "given_by": given_by, "given_at": as_text(self._clock.now())}
        (fresh / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        shutil.rmtree(self._folder / name, ignore_errors=True)
        fresh.rename(self._folder / name)
        return name

    def drafts(self) -> list[Draft]:
        """List what was uploaded, the newest first."""
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        found = [self._kept(folder.name) for folder in folders if is_sha256(folder.name)]
        return sorted((one for one in found if one), key=lambda one: (one.given_at, one.draft_id), reverse=True)

    def draft(self, draft_id: str) -> Draft | None:
        """Find a draft; one that was never checked by this process is from now on."""
        kept = self._kept(draft_id) if is_sha256(draft_id) else None
        with self._lock:
            known = self._known.get(draft_id)
        if kept is not None and known is None:
            self._begin(draft_id)
            return kept
        return known if kept is not None else None

    def discard(self, draft_id: str) -> None:
        """Let go of a draft; nothing happens when it is gone already."""
        if is_sha256(draft_id):
            shutil.rmtree(self._folder / draft_id, ignore_errors=True)
            with self._lock:
                self._known.pop(draft_id, None)

    def _kept(self, draft_id: str) -> Draft | None:
        try:
            about = json.loads((self._folder / draft_id / ABOUT).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return Draft(draft_id=draft_id, **about)

    def _begin(self, draft_id: str) -> None:
        kept = self._kept(draft_id)
        if kept is None or self._stopped.is_set():
            return
        with self._lock:
            self._known[draft_id] = kept
        self._checking.submit(self._look, kept)

    def _look(self, draft: Draft) -> None:
        path = self._folder / draft.draft_id / FILES / draft.file_name
        try:
            report = self._check(
                path, tell=lambda progress: self._tell(draft.draft_id, progress), stopped=self._stopped
            )
        except Exception:
            log.exception("Checking the draft %s failed", draft.draft_id)
            problem = FormProblem("check-failed", "The check broke off.", "Upload the form again.")
            report = Report(draft.file_name, None, (problem,), ())
        self._change(draft.draft_id, stage=Stage.DONE, report=report)

    def _tell(self, draft_id: str, progress: Progress) -> None:
        self._change(draft_id, stage=progress.stage, rows=progress.rows)

    def _change(self, draft_id: str, **changes: object) -> None:
        with self._lock:
            known = self._known.get(draft_id)
            if known is not None:
                self._known[draft_id] = replace(known, **changes)  # type: ignore[arg-type]  # members of Draft

    def _push_out_old(self) -> None:
        for old in self.drafts()[DRAFTS_KEPT:]:
            self.discard(old.draft_id)
