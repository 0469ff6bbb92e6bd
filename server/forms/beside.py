"""Take up the files that a form names: lists and media that lie beside it, in its folder or in ``media`` there.

A list that is missing is refused, since a question would have nothing to choose from; but for the list of an entity
that the form itself declares: known entities come from the server. Media that are missing are told; words are shown.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from server.formlogic.definition import Definition
from server.formlogic.logic_json import load
from server.formlogic.texts import dump_pack, load_pack
from server.forms.compile import Compiled
from server.forms.list_files import LIST_BYTES, ListFile, read_list_file, suits
from server.forms.media_files import MEDIA_BYTES, MediaFile, read_media_file
from server.forms.problems import FormProblem, FormRefused
from server.forms.uses_of_lists import ListUse, uses_of_lists

__all__ = ["with_files"]

MEDIA_FOLDER = "media"


def with_files(compiled: Compiled, folder: Path, *, duplicates_meant: bool) -> Compiled:
    """Give ``compiled`` with the files of ``folder`` that it names; raise ``FormRefused`` with all that is wrong."""
    gathered = _Gathered(folder, duplicates_meant=duplicates_meant)
    if compiled.list_files:
        gathered.take_lists(load(json.loads(compiled.logic_text)))
    if compiled.media_files:
        gathered.take_media(compiled.packs)
    if gathered.problems:
        raise FormRefused(gathered.problems)
    return replace(
        compiled,
        lists=gathered.lists,
        media=tuple(gathered.media.values()),
        packs={lang: _with_media(pack, gathered.media) for lang, pack in compiled.packs.items()},
        warnings=(*compiled.warnings, *gathered.warnings),
    )


@dataclass
class _Gathered:
    """The files found, and everything that is wrong with them."""

    folder: Path
    duplicates_meant: bool
    lists: dict[str, ListFile] = field(default_factory=dict)
    media: dict[str, MediaFile] = field(default_factory=dict)
    problems: list[FormProblem] = field(default_factory=list)
    warnings: list[FormProblem] = field(default_factory=list)

    def take_lists(self, definition: Definition) -> None:
        """Take up every list of the form that comes from a file."""
        uses = uses_of_lists(definition, definition.list_files)
        entities = {node.entity for node in definition.nodes if node.entity}
        for name, file in definition.list_files.items():
            self._take_list(name, file, uses.get(name, ListUse(name, "list")), from_server=name in entities)

    def _take_list(self, name: str, file: str, use: ListUse, *, from_server: bool) -> None:
        content = self._content(file, limit=LIST_BYTES)
        if content is None:
            self._list_missing(file, use, from_server=from_server)
            return
        found = read_list_file(file, content)
        if not isinstance(found, ListFile):
            self.problems.extend(_at(problem, use.path, use.aspect) for problem in found)
            return
        wrong = suits(found, use, duplicates_meant=self.duplicates_meant)
        self.problems.extend(_at(problem, use.path, use.aspect) for problem in wrong)
        self.lists[name] = found

    def _list_missing(self, file: str, use: ListUse, *, from_server: bool) -> None:
        if from_server:
            message = f"There is no file “{file}” beside the form; its list is empty: phones offer nothing there."
            self.warnings.append(FormProblem("list-empty", message, "", path=use.path, aspect=use.aspect))
            return
        message = f"The list file “{file}” is missing."
        remedy = f"Put it beside the form, or into the folder “{MEDIA_FOLDER}” there."
        self.problems.append(FormProblem("list-file-missing", message, remedy, path=use.path, aspect=use.aspect))

    def take_media(self, packs: Mapping[str, str]) -> None:
        """Take up every image, sound and video that a text names, each once."""
        done: set[str] = set()
        for text_id, lang, kind, file in _files_of_texts(packs):
            if file not in done:
                done.add(file)
                self._take_media_file(file, kind, path=text_id, aspect=f"text:{kind}:{lang}")

    def _take_media_file(self, file: str, kind: str, *, path: str, aspect: str) -> None:
        content = self._content(file, limit=MEDIA_BYTES[kind])
        if content is None:
            message = f"The file “{file}” is missing; only the words are shown."
            remedy = f"Put it beside the form, or into the folder “{MEDIA_FOLDER}” there."
            self.warnings.append(FormProblem("media-missing", message, remedy, path=path, aspect=aspect))
            return
        found = read_media_file(file, content, kind=kind)
        if isinstance(found, MediaFile):
            self.media[file] = found
        else:
            self.problems.append(_at(found, path, aspect))

    def _content(self, file: str, *, limit: int) -> bytes | None:
        """Read a file beside the form, one byte past the limit at most; ``None`` where there is none."""
        if file != Path(file).name or file.startswith("."):
            return None
        for path in (self.folder / file, self.folder / MEDIA_FOLDER / file):
            try:
                with path.open("rb") as opened:
                    return opened.read(limit + 1)
            except OSError:  # there is none, or there can't be one of this name
                continue
        return None


def _files_of_texts(packs: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    for lang, body in packs.items():
        for text_id, text in load_pack(body).texts.items():
            for kind, file in text.media.items():
                yield text_id, lang, kind, file


def _with_media(body: str, media: Mapping[str, MediaFile]) -> str:
    """Finish a text pack: name the bytes of every file that its texts show and that was given."""
    pack = load_pack(body)
    named = dict.fromkeys(file for text in pack.texts.values() for file in text.media.values())
    given = {file: media[file].sha256 for file in named if file in media}
    if not given:
        return body
    return json.dumps(dump_pack(replace(pack, media=given)), ensure_ascii=False, separators=(",", ":"))


def _at(problem: FormProblem, path: str, aspect: str) -> FormProblem:
    """Say which question asks for a file, unless the problem names one itself."""
    return problem if problem.path else replace(problem, path=path, aspect=aspect)
