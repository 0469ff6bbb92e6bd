"""How the files of one response stand on its page."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from server.pictures.drawing import Pictures, Shown
from server.pictures.kinds import Sort, declared_sort
from server.pictures.queries import FileOfResponse
from sync.limits import ATTACHMENT_BYTES

__all__ = ["PAGE_SECONDS", "ShownFile", "shown_files"]

PAGE_SECONDS: Final = 4.0
"""How long one page waits for pictures that are not drawn yet; the browser asks for the rest one by one."""


@dataclass(frozen=True, kw_only=True)
class ShownFile:
    """A file on the page of a response.

    ``state``: ``picture``, ``download``, ``no-picture`` (a picture that cannot be shown; it downloads), ``coming``,
    ``too-large`` (it never comes), ``erased`` or ``lost`` (it came, but cannot be read).
    """

    name: str
    sha256: str
    bytes: int
    sort: Sort
    state: str


def shown_files(
    files: Iterable[FileOfResponse],
    pictures: Pictures,
    *,
    page_seconds: float = PAGE_SECONDS,
    seconds_now: Callable[[], float] = time.monotonic,
) -> list[ShownFile]:
    """Say how each file stands, drawing pictures while the page's time lasts."""
    until = seconds_now() + page_seconds
    return [_shown(file, pictures, patience=until - seconds_now()) for file in files]


def _shown(file: FileOfResponse, pictures: Pictures, *, patience: float) -> ShownFile:
    if file.state == "here":
        return _here(file, pictures, patience=patience)
    coming = "coming" if file.bytes <= ATTACHMENT_BYTES else "too-large"
    return _as(file, declared_sort(file.type), "erased" if file.state == "erased" else coming)


def _here(file: FileOfResponse, pictures: Pictures, *, patience: float) -> ShownFile:
    try:
        kind = pictures.kind(file.sha256)
    except OSError:
        return _as(file, declared_sort(file.type), "lost")
    if kind.drawn_by is None:
        return _as(file, kind.sort, "no-picture" if claims_picture(file, kind.sort) else "download")
    state = "no-picture" if pictures.draw(file.sha256, patience=patience) is Shown.NEVER else "picture"
    return _as(file, kind.sort, state)


def claims_picture(file: FileOfResponse, sort: Sort) -> bool:
    """Tell whether a person would look for a picture in a file of this ``sort``: it is one, or only said to be."""
    return sort is Sort.PICTURE or (sort is Sort.FILE and declared_sort(file.type) is Sort.PICTURE)


def _as(file: FileOfResponse, sort: Sort, state: str) -> ShownFile:
    return ShownFile(name=file.name, sha256=file.sha256, bytes=file.bytes, sort=sort, state=state)
