"""Collect every sentence that people see, from Python, templates and TypeScript: `make messages`.

Writes messages.pot afresh and brings each catalogue in step with it: new sentences come in blank, sentences that are
gone leave, translations and headers stay. Only names of files are noted beside a sentence, no line numbers, so that
an edit elsewhere in a file changes no catalogue.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
TEMPLATE: Final = ROOT / "translations" / "messages.pot"

# (folder, names of files, extraction method of Babel, its options)
SOURCES: Final[tuple[tuple[str, str, str, dict[str, str]], ...]] = (
    ("server", "*.py", "python", {}),
    ("sync", "*.py", "python", {}),
    ("server/templates", "*.html", "jinja2", {"silent": "false"}),
    ("pwa/src", "*.ts", "javascript", {}),
    ("pwa/src", "*.tsx", "javascript", {}),
)
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "t": None,
    "plural": (1, 2),
}
REVIEWED: Final = "reviewed"
LINE_WIDTH: Final = 110
TEMPLATE_HEADER: Final = """\
# Every sentence of Fieldwell that people see. Made by `make messages`; do not edit.
msgid ""
msgstr ""
"Project-Id-Version: Fieldwell\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def extract_messages(root: Path = ROOT) -> Catalog:
    """Return all sentences under `root`, each with the files that say it."""
    catalogue = Catalog(charset="utf-8")
    for folder, pattern, method, options in SOURCES:
        for path in source_files(root / folder, pattern):
            found = extract_from_file(
                method, str(path), KEYWORDS, ("Translators:",), dict(options), strip_comment_tags=True
            )
            for _line, message, comments, context in found:
                place = path.relative_to(root).as_posix()
                catalogue.add(message, locations=[(place, 1)], auto_comments=comments, context=context)
    return catalogue


def source_files(folder: Path, pattern: str) -> Iterator[Path]:
    """Yield the files to read, in a fixed order; tests and what the build made say nothing to people."""
    for path in sorted(folder.rglob(pattern)):
        if not re.search(r"\.test\.|/generated/|/node_modules/|/static/", path.as_posix()):
            yield path


def update_catalogue(path: Path, template: Catalog) -> int:
    """Bring one language in step with the template; return how many sentences have no translation yet.

    The header stays as it stands in the file: it carries the state of the translation, which Babel does not know.
    """
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.parent.name)
    english_before = {message.id[0]: message.id[1] for message in catalogue if message.pluralizable}
    # No guessing: a sentence that merely resembles an old one gets no translation of its own accord.
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        # What a person has read was the translation of another English sentence.
        if message.pluralizable and english_before.get(message.id[0], message.id[1]) != message.id[1]:
            message.flags.discard(REVIEWED)
    header, _blank, _messages = path.read_text(encoding="utf-8").partition("\n\n")
    write(path, header, catalogue)
    return sum(1 for message in catalogue if message.id and not all(texts(message.string)))


def texts(string: object) -> tuple[object, ...]:
    """Return the one text, or the plural forms, of a translation."""
    return string if isinstance(string, tuple) else (string,)


def write(path: Path, header: str, catalogue: Catalog) -> None:
    """Write a header and the sentences in alphabetical order, with names of files but no line numbers."""
    body = BytesIO()
    write_po(body, catalogue, width=LINE_WIDTH, sort_output=True, include_lineno=False, omit_header=True)
    path.write_text(f"{header.rstrip()}\n\n{body.getvalue().decode().strip()}\n", encoding="utf-8")


def main() -> None:
    """Refresh all catalogues and say what is left for translators."""
    template = extract_messages()
    write(TEMPLATE, TEMPLATE_HEADER, template)
    for path in sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po")):
        missing = update_catalogue(path, template)
        sys.stdout.write(f"{path.parent.parent.name}: {len(template)} sentences, {missing} to translate\n")


if __name__ == "__main__":
    main()
