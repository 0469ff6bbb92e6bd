"""The commands that take answers out, beside a running server, and responses in: what they take, what they say."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, get_args

from server import commands
from server.clock import SystemClock
from server.errors import OperatorError
from server.exports import queries
from server.exports.columns import Multiple
from server.exports.importing import LINE_BYTES, import_lines
from server.exports.making import Sources, make
from server.exports.wanted import FORMATS, Format, Wanted
from server.intake.files import DiskFiles
from server.pictures.drawing import Pictures
from server.reviews.filters import STATES, Filters
from server.store.beside import EVERYTHING, opened_beside

__all__ = ["describe_exports"]

FAILED: Final = 1
SHOWN_REFUSALS: Final = 20
RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "fa", "he", "ps", "ur", "yi"})

Say = Callable[[str], None]
TakeDataFolder = Callable[[argparse.ArgumentParser], None]

if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]


def describe_exports(all_commands: "Subcommands", take_data_folder: TakeDataFolder, say: Say) -> None:
    """Describe `export` and `import-responses`."""
    export = all_commands.add_parser("export", help="write answers into a file, also while the server runs")
    take_data_folder(export)
    export.add_argument("to", type=Path, metavar="FILE-OR-FOLDER", help="a folder gets a file for each form")
    export.add_argument("--form", metavar="FORM-ID", help="only this form (needed unless a folder is named)")
    export.add_argument("--format", choices=FORMATS, default="csv", help="kind of file (default: %(default)s)")
    export.add_argument("--labels", metavar="LANGUAGE", help="words of the form in a language, such as bn, not names")
    export.add_argument("--state", action="append", choices=STATES, help="may be given again (default: approved)")
    export.add_argument("--neighbourhood", default="", metavar="ID", help="only this one (default: all)")
    export.add_argument("--since", type=a_day, metavar="DAY", help="received on this day or later")
    export.add_argument("--until", type=a_day, metavar="DAY", help="received on this day or before")
    export.add_argument("--multiple", choices=get_args(Multiple), default="both", help="columns of several answers")
    export.add_argument("--placeless", action="store_true", help="geojson: also things without a position")
    export.add_argument("--equality", action="store_true", help="lines: also the equality answers")
    export.set_defaults(run=lambda chosen: export_answers(chosen, say))

    back = all_commands.add_parser("import-responses", help="take in responses that were exported as lines")
    take_data_folder(back)
    back.add_argument("file", type=Path, metavar="FILE.jsonl")
    back.set_defaults(run=lambda chosen: import_responses(chosen.data, chosen.file, say))


def export_answers(chosen: argparse.Namespace, say: Say) -> None:
    """Write the files, and say what was written."""
    folder = chosen.to if chosen.to.is_dir() else chosen.to.parent
    if not folder.is_dir():
        raise OperatorError(f"There is no folder {folder}. Make it first.")
    if chosen.form is None and not chosen.to.is_dir():
        raise OperatorError("Say which form: --form FORM-ID; or name a folder, for a file of each form.")
    data: Path = chosen.data
    with opened_beside(data) as database:
        files = DiskFiles(data)
        pictures = Pictures(data, open_whole=files.open_whole)
        sources = Sources(database=database, pictures=pictures, files=files, folder=folder)
        with database.read() as connection:
            known = [one.form_id for one in queries.forms(connection, reader=EVERYTHING, lang="en")]
        for form in _wished_forms(chosen.form, known):
            say(_written(sources, _wanted(chosen, form), to=chosen.to))


def import_responses(data: Path, file: Path, say: Say) -> int:
    """Take responses in, and say what became of them; a refusal is a failure."""
    try:
        with file.open("rb") as opened, commands.opened(data) as running:
            done = import_lines(running.database, _lines(opened), clock=running.clock)
    except OSError as error:
        raise OperatorError(f"{file} cannot be read: {error.strerror}.") from error
    say(f"Responses: {done.new} new, {done.added_to} with more than before, {done.repeated} here already.")
    say(f"  with {done.revisions} revisions and {done.reviews} decisions that are new here")
    if done.refused:
        say(f"  REFUSED  {len(done.refused)} lines; nothing of them was kept:")
        for number, why in done.refused[:SHOWN_REFUSALS]:
            say(f"           line {number}: {WHY.get(why, why)}")
    return FAILED if done.refused else 0


WHY: Final = {
    "malformed": "this is no line of an export",
    "too-long": "the line is longer than any response",
    "hash-mismatch": "a text was changed after it was exported",
    "not-all-answers": "the file was made without the equality answers; export it again with them (--equality)",
    "form-not-here": "its form is not published here in this version; publish it, then import again",
    "of-another-neighbourhood": "the response is here in another neighbourhood",
    "of-another-response": "a revision belongs to another response",
    "no-revisions": "it holds no revision",
}


def a_day(text: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no day such as 2026-11-20") from error


def _lines(opened: BinaryIO) -> Iterator[bytes]:
    """Give the lines of a file; one that is too long comes in pieces, of which the first shows that it is."""
    while line := opened.readline(LINE_BYTES + 1):
        yield line


def _wished_forms(form: str | None, known: Sequence[str]) -> Sequence[str]:
    if form is None:
        return known
    if form not in known:
        raise OperatorError(f"No response to a form {form} is here. There are: {', '.join(known) or 'none'}.")
    return [form]


def _wanted(chosen: argparse.Namespace, form: str) -> Wanted:
    states = tuple(state for state in STATES if state in (chosen.state or ["approved"]))
    kind: Format = chosen.format
    filters = Filters(
        form=form, neighbourhood=chosen.neighbourhood, states=states, since=chosen.since, until=chosen.until
    )
    return Wanted(
        reader=EVERYTHING,
        filters=filters,
        format=kind,
        lang=chosen.labels,
        multiple=chosen.multiple,
        apart=chosen.equality and kind == "lines",
        placeless=chosen.placeless,
    )


def _written(sources: Sources, wanted: Wanted, *, to: Path) -> str:
    """Write one file, which is there once it is whole; say what it is."""
    clock = SystemClock()
    begun = clock.now()
    right_to_left = (wanted.lang or "").partition("-")[0] in RIGHT_TO_LEFT
    made = make(sources, wanted, day=f"{begun:%Y-%m-%d}", right_to_left=right_to_left)
    path = to / made.name if to.is_dir() else to
    draft = path.with_name(f"{path.name}.partial")
    try:
        with draft.open("wb") as file:
            file.writelines(made.pieces)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    with sources.read() as connection:
        count = queries.count(connection, wanted.filters, reader=wanted.reader)
    seconds = (clock.now() - begun).total_seconds()
    return f"{path}: {count} responses, {path.stat().st_size:,} bytes, {seconds:.1f} seconds"
