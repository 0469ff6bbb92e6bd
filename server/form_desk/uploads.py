"""The files of an upload, read strictly. Pure."""

import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final, Literal

from server.form_desk.drafts import GivenFile

__all__ = ["FORM_KINDS", "MOST_FILES", "UPLOAD_BYTES", "UploadProblem", "read_upload"]

FORM_KINDS: Final = (".xlsx", ".xls", ".md", ".csv", ".xml")
MOST_FILES: Final = 60
UPLOAD_BYTES: Final = 60 * 1024 * 1024
"""A form file of 20 MiB, and the lists and media that lie beside it."""
LONGEST_NAME: Final = 120
FORBIDDEN: Final = frozenset('/\\:*?"<>|')

UploadProblem = Literal["no-file", "no-form", "bad-name", "too-many", "twice"]


def read_upload(form: GivenFile | None, beside: Sequence[GivenFile]) -> list[GivenFile] | UploadProblem:
    """Give the files of an upload with the form first; or what is wrong."""
    if form is None or not form.content:
        return "no-file"
    files = [form, *(one for one in beside if one.name)]
    if len(files) > MOST_FILES:
        return "too-many"
    if not all(_is_plain(one.name) for one in files):
        return "bad-name"
    if len({one.name.casefold() for one in files}) < len(files):
        return "twice"
    return files if PurePosixPath(form.name).suffix.lower() in FORM_KINDS else "no-form"


def _is_plain(name: str) -> bool:
    """Tell whether a name is one file's, on any system, and no path or hidden file."""
    if (
        not 0 < len(name.encode("utf-8", "replace")) <= LONGEST_NAME
        or name.startswith(".")
        or name.endswith((".", " "))
    ):
        return False
    return not any(one in FORBIDDEN or unicodedata.category(one) in {"Cc", "Cs"} for one in name)
