"""The sheet that translators fill in: one row for each sentence and each plural form. Written and read as .xlsx."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from babel.messages.catalog import Catalog, Message
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from server.words.catalogues import CatalogueUnreadable, Header, State, english_of
from server.words.entries import Entry
from server.words.given import Given, GivenFile, standing_named
from server.words.names import sentence_name
from server.words.notes import note_for
from server.words.plurals import samples_of
from server.words.tongues import Tongue
from server.words.where import appears_in
from server.words.writing import plural_forms_of

__all__ = ["read_sheet", "written_sheet"]

TITLES: Final = ("Id", "English", "For counts", "Translation", "State", "Note", "Where it appears")
WIDTHS: Final = (11, 60, 14, 60, 12, 50, 40)
ID, ENGLISH, COUNTS, TRANSLATION, STATE, NOTE, WHERE = range(1, len(TITLES) + 1)
READ_FROM_LEFT: Final = Alignment(wrap_text=True, vertical="top", readingOrder=1)
READ_FROM_RIGHT: Final = Alignment(wrap_text=True, vertical="top", horizontal="right", readingOrder=2)
OPEN: Final = Protection(locked=False)
LOCKED: Final = Protection(locked=True)
SENTENCES: Final = "Sentences"
LANGUAGE: Final = "Language"
STATES: Final = ("missing", "unsure", "draft", "reviewed")
MOST_ROWS: Final = 20_000
"""Rows that are read. Ours are some thousands; who formats a whole column leaves a million that are empty."""
MOST_BYTES: Final = 100 * 1024 * 1024
"""Of a workbook when it is unpacked."""
FACTS: Final = ("Language", "State", "Autonym", "Direction", "Formats like", "Plural forms")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the sheet; ``name`` is the short name of its sentence, ``form`` the number of the plural form."""

    number: int
    name: str
    form: int
    english: str
    translation: str
    state: str
    is_formula: bool


def written_sheet(tongue: Tongue, header: Header, catalogue: Catalog, entries: dict[str, Entry]) -> bytes:
    """Write the sentences of a language, in the order of where they appear."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet), "A new workbook has a sheet."
    sheet.title = SENTENCES
    begin(sheet, tongue)
    samples = samples_of(catalogue)
    sentences = ((message, entries[english_of(message)]) for message in in_order_of_screens(catalogue))
    rows = (row for message, entry in sentences for row in rows_of(message, entry, samples))
    for number, cells in enumerate(rows, 2):
        add_row(sheet, number, cells, right_to_left=tongue.direction == "rtl")
    offer_states(sheet)
    add_facts(book.create_sheet(LANGUAGE), tongue, header)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def begin(sheet: Worksheet, tongue: Tongue) -> None:
    """Write the heading, which stays in sight."""
    sheet.append([*TITLES[:COUNTS], f"{TITLES[COUNTS]} ({tongue.lang})", *TITLES[TRANSLATION:]])
    for number, width in enumerate(WIDTHS, 1):
        sheet.cell(row=1, column=number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"


def in_order_of_screens(catalogue: Catalog) -> list[Message]:
    """Put the sentences of one screen beside each other."""
    return sorted(
        (message for message in catalogue if message.id),
        key=lambda one: ([path for path, _line in one.locations], english_of(one)),
    )


def rows_of(message: Message, entry: Entry, samples: Sequence[Sequence[int]]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of a sentence: one row, or one for each plural form."""
    note = note_for(entry.english, message.auto_comments)
    where = appears_in(path for path, _line in message.locations)
    name = sentence_name(entry.key)
    if len(entry.english) == 1:
        yield name, entry.english[0], "", entry.forms[0], entry.standing, note, where
        return
    for number, counts in enumerate(samples):
        said = entry.forms[number] if number < len(entry.forms) else ""
        english = entry.english[0] if list(counts) == [1] else entry.english[1]
        yield f"{name}/{number}", english, said_counts(counts), said, entry.standing, note, where


def said_counts(counts: Sequence[int]) -> str:
    """Say which counts a form is for, such as “3, 4, 5 …”."""
    return ", ".join(map(str, counts)) + (" …" if len(counts) > 1 else "")


def add_row(sheet: Worksheet, number: int, cells: Sequence[str], *, right_to_left: bool = False) -> None:
    """Write a row of texts, none of which a spreadsheet takes for a formula."""
    for column, text in enumerate(cells, 1):
        cell = sheet.cell(row=number, column=column)
        assert isinstance(cell, Cell), "No cells are merged."
        cell.value = text or None
        cell.number_format = "@"
        if text:
            cell.data_type = "s"
            cell.quotePrefix = True
        cell.alignment = READ_FROM_RIGHT if right_to_left and column == TRANSLATION else READ_FROM_LEFT
        cell.protection = OPEN if column in {TRANSLATION, STATE} else LOCKED


def offer_states(sheet: Worksheet) -> None:
    """Let the state be chosen."""
    choice = DataValidation(type="list", formula1=f'"{",".join(STATES[1:])}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"E2:E{max(sheet.max_row, 2)}")


def add_facts(sheet: Worksheet, tongue: Tongue, header: Header) -> None:
    """Write what is said of the language; who adds one that no computer knows fills it in."""
    values = (
        tongue.lang,
        header.state,
        header.autonym or tongue.autonym,
        header.direction or tongue.direction,
        header.formats_like or "",
        header.plural_forms or plural_forms_of(tongue.locale, header),
    )
    for number, cells in enumerate(zip(FACTS, values, strict=True), 1):
        add_row(sheet, number, cells)
    sheet.column_dimensions["B"].width = WIDTHS[0]


def read_sheet(body: bytes) -> GivenFile:
    """Read a sheet again; raises CatalogueUnreadable when it is none of ours."""
    try:
        with ZipFile(BytesIO(body)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
                raise CatalogueUnreadable("The workbook is too large. Export it again, and copy the translations.")
        # Read as it comes: a workbook that is held as a whole has all the rows up to its last, were they a million.
        book = load_workbook(BytesIO(body), read_only=True, data_only=False)
        return given_in(book)
    except CatalogueUnreadable:
        raise
    except Exception as error:  # what openpyxl raises for a damaged workbook has no end
        raise CatalogueUnreadable("The file is no .xlsx workbook. Save it as .xlsx, and try again.") from error


def given_in(book: Workbook) -> GivenFile:
    """Read the two sheets."""
    if SENTENCES not in book.sheetnames or LANGUAGE not in book.sheetnames:
        raise CatalogueUnreadable(f"The workbook lacks the sheet “{SENTENCES}” or “{LANGUAGE}”. Export it again.")
    header = header_of(dict(facts_in(book[LANGUAGE])))
    return GivenFile(header=header, given=tuple(gathered(rows_in(book[SENTENCES]), header.state)))


def facts_in(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Yield what stands beside each name."""
    for name, value in sheet.iter_rows(max_row=MOST_ROWS, min_col=1, max_col=2, values_only=True):
        yield str(name or "").strip(), str(value or "").strip()


def header_of(facts: dict[str, str]) -> Header:
    """Read the facts about a language; those that were left open are as CLDR has them."""
    said = {name: facts.get(name) or None for name in FACTS}
    direction = said["Direction"]
    return Header(
        language=said["Language"],
        plural_forms=said["Plural forms"],
        state="reviewed" if said["State"] == "reviewed" else "draft",
        autonym=said["Autonym"],
        direction="rtl" if direction == "rtl" else "ltr" if direction == "ltr" else None,
        formats_like=said["Formats like"],
    )


def rows_in(sheet: Worksheet) -> Iterator[Row]:
    """Yield the rows that hold a sentence, in any order."""
    rows = sheet.iter_rows(min_row=2, max_row=MOST_ROWS, max_col=len(TITLES))
    for number, cells in enumerate(rows, 2):
        texts = ["" if cell.value is None else str(cell.value) for cell in cells]
        name, _bar, form = texts[ID - 1].strip().partition("/")
        if name:
            yield Row(
                number=number,
                name=name,
                form=int(form) if form.isdecimal() else 0,
                english=texts[ENGLISH - 1],
                translation=texts[TRANSLATION - 1],
                state=texts[STATE - 1].strip().lower(),
                is_formula=cells[TRANSLATION - 1].data_type == "f",
            )


def gathered(rows: Iterable[Row], state: State) -> Iterator[Given]:
    """Put the rows of each sentence together. In a language that was reviewed as a whole, each is reviewed."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    for name, together in by_name.items():
        forms = sorted(together, key=lambda one: one.form)
        numbers = sorted(row.number for row in together)
        yield Given(
            where=f"row {numbers[0]}" if len(numbers) == 1 else f"rows {', '.join(map(str, numbers))}",
            name=name,
            english=forms[0].english,
            forms=tuple(row.translation for row in forms),
            standing=min((standing_named(row.state, whole=state) for row in forms), key=STATES.index),
            is_formula=any(row.is_formula for row in forms),
        )
