"""What `fieldwell translate …` does: say how far languages are, hand them to translators, and take them back."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from server.errors import OperatorError
from server.words.catalogues import TAG, CatalogueUnreadable, Header, text_of
from server.words.entries import Entry, laid_over
from server.words.given import GivenFile, read_po_file
from server.words.importing import decide, kept, state_after, wrong_script
from server.words.plurals import locale_known, plural_forms_hold
from server.words.sheet import read_sheet, written_sheet
from server.words.shelf import Shelf
from server.words.status import as_table, progress_of
from server.words.tongues import ENGLISH, find_tongues, locale_of, over, tongue_of
from server.words.writing import write_whole

__all__ = ["describe_translations"]

FAILED: Final = 1
LARGEST_FILE_BYTES: Final = 20 * 1024 * 1024
PROBLEMS_SHOWN: Final = 50
LONGEST_AUTONYM: Final = 60
UNFIT_IN_HEADER: Final = frozenset('"\\\r\n')
RESTART: Final = "Stop Fieldwell and start it again: then the console speaks it, and phones fetch it."

Say = Callable[[str], None]
TakeDataFolder = Callable[[argparse.ArgumentParser], None]

if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]


def describe_translations(all_commands: "Subcommands", take_data_folder: TakeDataFolder, say: Say) -> None:
    """Describe `translate status`, `export` and `import`."""
    translate = all_commands.add_parser("translate", help="see, add and correct the languages of Fieldwell itself")
    what = translate.add_subparsers(required=True, metavar="WHAT")

    status = what.add_parser("status", help="say how far each language is; 1 when one of them lacks sentences")
    take_places(status, take_data_folder)
    status.set_defaults(run=lambda chosen: tell_status(chosen.data, chosen.source, say))

    export = what.add_parser("export", help="write a language to a file for translators; a new language starts empty")
    take_places(export, take_data_folder)
    export.add_argument("language", help="BCP 47 tag, such as so or zh-Hans")
    export.add_argument("--format", choices=("po", "xlsx"), default="xlsx", help="kind of file (default: %(default)s)")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write it")
    export.set_defaults(
        run=lambda chosen: export_language(
            shelf_of(chosen.language, chosen.data, chosen.source), chosen.format, chosen.out, say
        )
    )

    take_in = what.add_parser("import", help="take a translator's file in; nothing, when anything in it is wrong")
    take_places(take_in, take_data_folder)
    take_in.add_argument("file", type=Path, help="a .po or .xlsx file")
    take_in.add_argument("--partly", action="store_true", help="take in what is right, and leave out what is not")
    take_in.set_defaults(
        run=lambda chosen: import_file(chosen.file, chosen.data, chosen.source, say, partly=chosen.partly)
    )


def take_places(command: argparse.ArgumentParser, take_data_folder: TakeDataFolder) -> None:
    """Let a command work on a data folder, or on a working copy of Fieldwell."""
    take_data_folder(command)
    command.add_argument(
        "--source", type=Path, metavar="FOLDER", help="for developers: a working copy, whose translations/ is meant"
    )


def shelf_of(lang: str, data: Path, source: Path | None) -> Shelf:
    """Find the catalogues of a language; raises OperatorError when it is none that can be translated into."""
    if TAG.fullmatch(lang) is None:
        raise OperatorError(f"“{lang}” is no tag of a language. Write it as in bn, zh-Hans or pt-BR.")
    if locale_of(lang) == ENGLISH.locale:
        raise OperatorError("English is what the sentences are written in; it has no file of its own.")
    if source is not None and not (source / "translations" / "messages.pot").is_file():
        raise OperatorError(f"{source} is no working copy of Fieldwell: it has no translations/messages.pot.")
    return Shelf.of(lang, data=data, source=source)


def tell_status(data: Path, source: Path | None, say: Say) -> int:
    """Say how far each language is; give 1 when sentences are missing or in doubt in one of them."""
    package = Shelf.of("en", data=data, source=source).package
    tongues = find_tongues(package, None if source else data)[1:]
    rows = []
    for tongue in tongues:
        shelf = Shelf.of(tongue.lang, data=data, source=source)
        rows.append((tongue.lang, tongue.autonym, tongue.state, progress_of(shelf.entries, shelf.template)))
    for line in as_table(rows):
        say(line)
    lacking = [lang for lang, _autonym, _state, parts in rows if any(one.missing or one.unsure for one in parts)]
    if lacking:
        say(f"People read English where a sentence is missing or unsure: in {', '.join(lacking)}.")
    return FAILED if lacking else 0


def export_language(shelf: Shelf, kind: str, out: Path, say: Say) -> None:
    """Write all sentences of a language to a file."""
    try:
        if kind == "po":
            body = shelf.text(shelf.entries, shelf.header).encode()
        else:
            tongue = tongue_of(shelf.locale, shelf.header)
            body = written_sheet(tongue, shelf.header, shelf.catalogue, shelf.entries)
        write_whole(out, body)
    except CatalogueUnreadable as error:
        raise OperatorError(f"A catalogue of {shelf.locale} cannot be read. {error}") from error
    except OSError as error:
        raise OperatorError(f"{out} cannot be written: {error.strerror}. Choose another place with --out.") from error
    missing = sum(entry.standing == "missing" for entry in shelf.entries.values())
    say(f"Wrote {len(shelf.entries)} sentences to {out}; {missing} of them have no translation yet.")
    if not shelf.is_there:
        say("There is nothing in this language yet. Check what the file says of the language before you begin.")


def import_file(file: Path, data: Path, source: Path | None, say: Say, *, partly: bool) -> int:
    """Take a file in and say what came of it; give 1 when something in it is wrong."""
    given = read_given(file)
    if given.header.language is None:
        raise OperatorError(f"{file} does not say which language it is in. Fill in the line or the cell “Language”.")
    shelf = shelf_of(given.header.language, data, source)
    if source is None and not data.is_dir():
        raise OperatorError(f"There is no data folder {data}. Start Fieldwell there once, or name another with --data.")
    if (other := wrong_script(given, shelf.locale)) is not None:
        raise OperatorError(other)
    header = header_for(given, shelf)
    decision = decide(given, shelf.made_of(shelf.entries, header))
    for one in decision.wrong[:PROBLEMS_SHOWN]:
        say(f"{file.name}, {one.where}, “{one.english}”: {one.problem}")
    if len(decision.wrong) > PROBLEMS_SHOWN:
        say(f"… and {len(decision.wrong) - PROBLEMS_SHOWN} more.")
    if decision.wrong and not partly:
        say("Nothing was taken in. Correct the file, or take in the rest with --partly.")
        return FAILED
    say(keep(shelf, decision.good, header))
    return FAILED if decision.wrong else 0


def read_given(file: Path) -> GivenFile:
    """Read a translator's file; raises OperatorError when it is none."""
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES:
            raise OperatorError(f"{file} is larger than 20 MB. Export the language again, and copy the translations.")
        return read_sheet(file.read_bytes()) if file.suffix.lower() == ".xlsx" else read_po_file(text_of(file))
    except OSError as error:
        raise OperatorError(f"{file} cannot be read: {error.strerror}. Check its name.") from error
    except CatalogueUnreadable as error:
        raise OperatorError(f"{file}: {error}") from error


def header_for(given: GivenFile, shelf: Shelf) -> Header:
    """Give the head of the changed file: the plural forms of a language that Fieldwell brings stay as they are."""
    header = over(shelf.header, given.header) if shelf.is_there else given.header
    as_known = tongue_of(shelf.locale, Header())
    header = replace(
        header,
        autonym=None if header.autonym == as_known.autonym else header.autonym,
        direction=None if header.direction == as_known.direction else header.direction,
    )
    if shelf.packaged_header is not None:
        header = replace(header, plural_forms=shelf.packaged_header.plural_forms)
    if (problem := problem_of_header(header, shelf)) is not None:
        raise OperatorError(problem)
    return header


def problem_of_header(header: Header, shelf: Shelf) -> str | None:
    """Say what is wrong with what the file says of its language."""
    if header.autonym and (len(header.autonym) > LONGEST_AUTONYM or set(header.autonym) & UNFIT_IN_HEADER):
        return f"The autonym is the language’s own name: up to {LONGEST_AUTONYM} letters, no quotation marks."
    if any(set(line or "") & UNFIT_IN_HEADER for line in (header.plural_forms, header.formats_like)):
        return "“Plural forms” and “Formats like” are one line each, without quotation marks. Copy them again."
    if header.formats_like and locale_known(header.formats_like) is None:
        return f"“Formats like” names {header.formats_like}, which nobody knows. Name a language such as en-GB or ar."
    try:
        known = plural_forms_hold(shelf.made_of({}, header))
    except CatalogueUnreadable:
        known = False
    wrong = "The plural forms of the file are not understood. Copy them from a language that counts alike."
    return None if known else wrong


def keep(shelf: Shelf, good: Mapping[str, Entry], header: Header) -> str:
    """Write what changed, and say how much that was. The same file a second time changes nothing."""
    changed = [key for key, entry in good.items() if shelf.entries.get(key) != entry]
    after = kept(good, shelf.target_entries, shelf.below)
    header = state_after(header, laid_over(shelf.entries, after))
    if not changed and tongue_of(shelf.locale, header) == tongue_of(shelf.locale, shelf.header):
        return "Nothing to do: all of this is here already."
    try:
        shelf.keep(shelf.text(after, header))
    except OSError as error:
        raise OperatorError(f"{shelf.target} cannot be written: {error.strerror}.") from error
    autonym = tongue_of(shelf.locale, header).autonym
    return f"{autonym} ({shelf.locale}): took in {len(changed)} sentences. {RESTART}"
