"""Small form files for tests: workbooks as a spreadsheet program writes them, and the files that lie beside them."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

__all__ = ["MP3", "PNG", "SETTINGS", "Rows", "workbook"]

Rows = Sequence[Sequence[object]]
SETTINGS: Rows = [["form_title", "form_id", "version", "default_language"], ["F", "f", "1", "English (en)"]]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
MP3 = b"ID3" + bytes(64)


def workbook(path: Path, *, settings: Rows = SETTINGS, **sheets: Rows) -> Path:
    """Write an .xlsx file with ``sheets`` and the settings; rows begin with the headings."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in {**sheets, "settings": settings}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
