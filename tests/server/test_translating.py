"""docs/translating.md, followed with a language that nobody knows, up to a server that speaks it."""

import json
import re
import shlex
from pathlib import Path
from typing import Final
from urllib.request import Request, urlopen

import pytest
from openpyxl import load_workbook

from server.services import Services
from server.words.names import sentence_name
from tests.project import read
from tests.server.keeping import typed
from tests.server.records import Phone
from tests.server.test_killed import serving

SIGN_IN: Final = "Ghelu"
SETTINGS: Final = "Tolumi"
PHONES: Final = ("%(num)s fono", "%(num)s fonoli")
LANGUAGE: Final = {"Autonym": "Fildwele", "Direction": "rtl", "Formats like": "fr"}


def commands() -> list[list[str]]:
    """List the commands of the page, in its order, as they are typed."""
    blocks = re.findall(r"^```sh\n(.*?)^```", read("docs/translating.md"), re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line.startswith("fieldwell ")]


def fill_in(sheet: Path) -> None:
    """Translate a few sentences, and say what the language is, as part 3 of the page says."""
    book = load_workbook(sheet)
    said = {sentence_name("Sign in"): SIGN_IN, sentence_name("Settings"): SETTINGS}
    said |= {f"{sentence_name('%(num)s phone')}/{number}": form for number, form in enumerate(PHONES)}
    titles = [str(cell.value).partition(" ")[0] for cell in book["Sentences"][1]]
    for row in book["Sentences"].iter_rows(min_row=2):
        translation = said.pop(str(row[titles.index("Id")].value), None)
        if translation is not None:
            row[titles.index("Translation")].value = translation
    assert said == {}, "The sheet lacks these sentences."
    for name, value in book["Language"].iter_rows(min_col=1, max_col=2):
        value.value = LANGUAGE.get(str(name.value), value.value)
    book.save(sheet)


def test_the_page_leads_to_a_console_and_phones_that_speak_the_language(
    running: Services, device: Phone, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running.close()
    done = []
    for _fieldwell, *words in commands():
        real = [
            str(tmp_path / one) if one.endswith(".xlsx") else one.replace("/var/lib/fieldwell", str(folder))
            for one in words
        ]
        if words[1] == "import":
            fill_in(tmp_path / "qfw.xlsx")
        assert typed(*real) == 0 or words[1] == "status", capsys.readouterr().out
        done.append(words[1])
    assert done == ["status", "export", "import"]

    with serving(folder) as (_process, port):
        page = asked(port, "/console/sign-in", {"Accept-Language": "qfw-GB, bn;q=0.5"})
        manifest = json.loads(asked(port, "/forms/v1/manifest", {"Authorization": f"Bearer {device.token}"}))
        [offered] = manifest["words"]
        words_of_app = json.loads(asked(port, f"/forms/v1/words/{offered['sha256']}", {}))
    assert '<html lang="qfw" dir="rtl"' in page
    assert f">{SIGN_IN}<" in page
    assert "Fildwele" in page
    assert (offered["lang"], offered["autonym"], offered["direction"]) == ("qfw", "Fildwele", "rtl")
    assert words_of_app[sentence_name("Settings")] == SETTINGS


def asked(port: int, path: str, headers: dict[str, str]) -> str:
    """Ask the server for something."""
    with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=headers), timeout=30) as reply:
        return str(reply.read().decode())


def test_every_word_for_a_state_is_explained_on_the_page() -> None:
    page = read("docs/translating.md")
    assert [word for word in ("reviewed", "draft", "unsure", "missing") if f"| {word} |" not in page] == []
