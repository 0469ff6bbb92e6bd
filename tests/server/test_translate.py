"""`fieldwell translate`: what goes out to translators comes back checked, once, and never by half."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from server.words.catalogues import Header, read_catalogue
from server.words.entries import Entry
from server.words.names import sentence_name
from server.words.shelf import Shelf
from server.words.tongues import added_file, tongue_of
from server.words.where import appears_in
from server.words.writing import head_of
from tests.project import ROOT
from tests.server.keeping import typed
from translations.pseudo import longer, mirrored, pseudo

SOURCE = ROOT / "translations"
GOOD = 'msgid "Sign in"\nmsgstr "Gal"\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def po(tmp_path: Path, sentences: str, *, locale: str = "so", header: Header | None = None) -> Path:
    """Write what a translator hands in."""
    path = tmp_path / "handed-in.po"
    path.write_text(f"{head_of(locale, header or Header())}\n{sentences}", encoding="utf-8")
    return path


def taken_in(data: Path, file: Path, *more: str) -> int:
    return typed("translate", "import", file, "--data", data, *more)


def said_in(data: Path, locale: str) -> dict[str, Entry]:
    return Shelf(locale, SOURCE, data).target_entries


def change(sheet: Path, sentence: str, column: str, value: str) -> None:
    """Change a cell in the row of a sentence."""
    book = load_workbook(sheet)
    titles = [str(cell.value).partition(" ")[0] for cell in book["Sentences"][1]]
    for row in book["Sentences"].iter_rows(min_row=2):
        if str(row[0].value) == sentence_name(sentence):
            row[titles.index(column)].value = value
    book.save(sheet)


@pytest.mark.parametrize("kind", ["po", "xlsx"])
@pytest.mark.parametrize("lang", ["ar", "bn"])
def test_what_is_exported_and_imported_changes_nothing(
    data: Path, tmp_path: Path, kind: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"{lang}.{kind}"
    assert typed("translate", "export", lang, "--format", kind, "--out", file, "--data", data) == 0
    assert taken_in(data, file) == 0
    assert "Nothing to do" in capsys.readouterr().out
    assert not (data / "translations").exists()


def test_only_what_differs_is_kept_and_a_second_time_changes_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "bn.xlsx"
    typed("translate", "export", "bn", "--out", sheet, "--data", data)
    change(sheet, "Sign in", "Translation", "ঢুকুন")
    assert taken_in(data, sheet) == 0
    assert {key: one.forms for key, one in said_in(data, "bn").items()} == {"Sign in": ("ঢুকুন",)}
    written = added_file(data, "bn").read_bytes()
    capsys.readouterr()
    assert taken_in(data, sheet) == 0
    assert "Nothing to do" in capsys.readouterr().out
    assert added_file(data, "bn").read_bytes() == written


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        ('msgid "Sign out of here now"\nmsgstr "Ka bax"\n', "It is not said any more"),
        ('msgid "%(num)s phone"\nmsgid_plural "%(num)s phones"\nmsgstr[0] "a"\nmsgstr[1] "b"\n', "%(num)s is missing"),
        ('msgid "%(num)s phone"\nmsgid_plural "%(num)s phones"\nmsgstr[0] "1 %(num)s"\nmsgstr[1] ""\n', "blank"),
        ('msgid "Sign in"\nmsgstr "Gal {name}"\n', "{name} is not in the English sentence"),
        ('msgid "Sign in"\nmsgstr "=1+1"\n', "take for a formula"),
        ('msgid "Sign in"\nmsgstr "Gal <b>"\n', "It holds < or >"),
        ('msgid "Sign in"\nmsgstr "Gal &lt;b"\n', "It holds < or >"),
        ('msgid "Sign in"\nmsgstr "Gal 50%"\n', "Write it in words"),
        (f'msgid "Sign in"\nmsgstr "{"Gal " * 40}"\n', "very much longer"),
        ('msgid "For %(name)s."\nmsgstr "%(name)s 5%."\n', "Write %% for a per cent sign"),
        ('msgid "Sign in"\nmsgstr "\u202eGal"\n', "invisible mark of direction"),
    ],
)
def test_what_is_wrong_is_told_by_its_line_and_nothing_is_taken_in(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], sentences: str, told: str
) -> None:
    assert taken_in(data, po(tmp_path, f'{sentences}\nmsgid "Password"\nmsgstr "Furaha"\n')) == 1
    said = capsys.readouterr().out
    assert "handed-in.po, line " in said
    assert told in said
    assert not (data / "translations").exists()


def test_partly_takes_in_what_is_right(data: Path, tmp_path: Path) -> None:
    file = po(tmp_path, f'{GOOD}\nmsgid "Password"\nmsgstr "{{x}}"\n')
    assert taken_in(data, file, "--partly") == 1
    assert list(said_in(data, "so")) == ["Sign in"]


def test_a_formula_in_a_cell_is_told_by_its_row(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "so.xlsx"
    typed("translate", "export", "so", "--out", sheet, "--data", data)
    change(sheet, "Sign in", "Translation", '=HYPERLINK("x")')
    assert taken_in(data, sheet) == 1
    assert "so.xlsx, row " in (said := capsys.readouterr().out)
    assert "The cell holds a formula" in said


def test_a_per_cent_sign_is_doubled_where_something_is_put_in(data: Path, tmp_path: Path) -> None:
    assert taken_in(data, po(tmp_path, 'msgid "For %(name)s."\nmsgstr "%(name)s 5%%."\n')) == 0


def test_a_sheet_is_read_down_to_where_ours_may_end_and_no_further(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "bn.xlsx"
    typed("translate", "export", "bn", "--out", sheet, "--data", data)
    book = load_workbook(sheet)
    book["Sentences"]["A1048576"], book["Sentences"]["D1048576"] = "nobody", "knows"
    book["Language"]["A1048576"] = "formatted"
    book.save(sheet)
    assert taken_in(data, sheet) == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_a_file_with_too_few_plural_forms_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counted = (
        'msgid "%(num)s phone"\nmsgid_plural "%(num)s phones"\nmsgstr[0] "%(num)s هاتف"\nmsgstr[1] "%(num)s هاتف"\n'
    )
    header = Header(plural_forms="nplurals=2; plural=(n != 1);")
    assert taken_in(data, po(tmp_path, counted, locale="ar", header=header)) == 1
    assert "It has 2 forms and needs 6" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("locale", "header", "told"),
    [
        ("bn", Header(), "few of its letters are Bengali"),
        ("en", Header(), "English is what the sentences are written in"),
        ("../so", Header(), "is no tag of a language"),
        ("qfw", Header(formats_like="qqq"), "which nobody knows"),
        (
            "qfw",
            Header(plural_forms="nplurals=2; plural=(n>1 ? 5 : 0);"),
            "plural forms of the file are not understood",
        ),
        ("qfw", Header(plural_forms="nplurals=300000000; plural=(n>1);"), "more plural forms than any language"),
    ],
)
def test_a_file_of_a_wrong_language_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], locale: str, header: Header, told: str
) -> None:
    assert taken_in(data, po(tmp_path, GOOD, locale=locale, header=header)) == 1
    assert told in capsys.readouterr().err
    assert not (data / "translations").exists()


@pytest.mark.parametrize("tag", ["zh-Hans", "zh_hans", "zho-HANS"])
def test_a_language_is_one_however_its_tag_is_written(data: Path, tmp_path: Path, tag: str) -> None:
    chinese = 'msgid "Sign in"\nmsgstr "登录"\n'
    assert taken_in(data, po(tmp_path, chinese, locale=tag)) == 0
    assert [path.name for path in (data / "translations").iterdir()] == ["zh_Hans"]


@pytest.mark.parametrize(
    ("fact", "value", "told"),
    [
        ("Plural forms", 'nplurals=2; plural=(n != 1);\n"X-Fieldwell-State: reviewed', "are one line each"),
        ("Plural forms", "nplurals=300000000; plural=(n != 1);", "plural forms of the file are not understood"),
        ("Formats like", "en\nGB", "are one line each"),
    ],
)
def test_a_cell_writes_no_line_of_its_own_into_a_catalogue(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], fact: str, value: str, told: str
) -> None:
    sheet = tmp_path / "qfw.xlsx"
    typed("translate", "export", "qfw", "--out", sheet, "--data", data)
    book = load_workbook(sheet)
    [cell] = [row[1] for row in book["Language"].iter_rows() if row[0].value == fact]
    cell.value = value
    book.save(sheet)
    assert (taken_in(data, sheet), told in capsys.readouterr().err) == (1, True)


def test_a_damaged_workbook_is_refused(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, damaged = tmp_path / "bn.xlsx", tmp_path / "damaged.xlsx"
    typed("translate", "export", "bn", "--out", sheet, "--data", data)
    with ZipFile(sheet) as whole, ZipFile(damaged, "w") as other:
        for name in whole.namelist():
            other.writestr(name, whole.read(name)[:-20] if name.endswith("sheet1.xml") else whole.read(name))
    assert taken_in(data, damaged) == 1
    assert "The file is no .xlsx workbook" in capsys.readouterr().err


def test_an_export_touches_nothing_but_its_file(data: Path, tmp_path: Path) -> None:
    beside = tmp_path / "words.po.new"
    beside.write_text("mine", encoding="utf-8")
    typed("translate", "export", "bn", "--format", "po", "--out", tmp_path / "words.po", "--data", data)
    assert (beside.read_text(encoding="utf-8"), len(list(tmp_path.glob("*words*")))) == ("mine", 2)


@pytest.mark.parametrize("name", ["broken.xlsx", "broken.po"])
def test_a_file_of_another_kind_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 \xff\xfe nonsense")
    assert taken_in(data, tmp_path / name) == 1
    assert capsys.readouterr().err.startswith("fieldwell: ")


def test_states_of_reviewers_are_kept_and_a_language_is_reviewed_when_all_of_it_is(data: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "bn.xlsx"
    typed("translate", "export", "bn", "--out", sheet, "--data", data)
    change(sheet, "Sign in", "State", "reviewed")
    change(sheet, "Password", "State", "unsure")
    assert taken_in(data, sheet) == 0
    shelf = Shelf("bn", SOURCE, data)
    standings = {key: shelf.entries[key].standing for key in ("Sign in", "Password", "Settings")}
    assert (standings, shelf.header.state) == (
        {"Sign in": "reviewed", "Password": "unsure", "Settings": "draft"},
        "draft",
    )
    again = tmp_path / "again.po"
    typed("translate", "export", "bn", "--format", "po", "--out", again, "--data", data)
    all_reviewed = (
        again.read_text(encoding="utf-8").replace("-State: draft", "-State: reviewed").replace("#, fuzzy\n", "")
    )
    again.write_text(all_reviewed, encoding="utf-8")
    assert taken_in(data, again) == 0
    assert Shelf("bn", SOURCE, data).header.state == "reviewed"


def test_a_sheet_holds_every_sentence_with_its_counts_note_and_place(data: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "ar.xlsx"
    typed("translate", "export", "ar", "--out", sheet, "--data", data)
    rows = load_workbook(sheet)["Sentences"]
    by_id = {str(row[0].value): row for row in rows.iter_rows(min_row=2)}
    forms = [by_id[f"{sentence_name('%(num)s phone')}/{number}"] for number in range(6)]
    assert [row[2].value for row in forms][:3] == ["0", "1", "2"]
    assert "a number; keep it exactly so" in str(forms[0][5].value)
    assert "Console" in str(forms[0][6].value)
    assert rows.freeze_panes == "A2"
    assert forms[0][3].alignment.readingOrder == 2
    cells = [cell for row in by_id.values() for cell in row if cell.value is not None]
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_screens_are_named_as_people_know_them() -> None:
    assert (
        appears_in(["pwa/src/ui/home/settings.tsx", "server/templates/phones.html"]) == "App: settings; Console: phones"
    )


def test_status_counts_what_is_missing_and_says_so_by_its_exit_code(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken_in(data, po(tmp_path, GOOD))
    capsys.readouterr()
    assert typed("translate", "status", "--data", data) == 1
    said = capsys.readouterr().out
    [console] = [line.split() for line in said.splitlines() if line.startswith("so ") and " console " in line]
    assert console[5:9] == ["1", "0", "1", "0"]
    assert "People read English where a sentence is missing or unsure" in said


def test_a_working_copy_gets_the_whole_language(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    (copy / "translations").mkdir(parents=True)
    (copy / "translations" / "messages.pot").write_bytes((SOURCE / "messages.pot").read_bytes())
    assert typed("translate", "import", po(tmp_path, GOOD), "--source", copy) == 0
    written = (copy / "translations/so/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
    assert "nplurals=2" in written
    assert read_catalogue(written)["Sign in"].string == "Gal"


@pytest.mark.parametrize("locale", ["en_XA", "ar_XB"])
def test_made_up_languages_for_tests_can_be_imported(data: Path, tmp_path: Path, locale: str) -> None:
    file = tmp_path / f"{locale}.po"
    file.write_text(pseudo(locale, longer if locale == "en_XA" else mirrored), encoding="utf-8")
    assert taken_in(data, file) == 0
    shelf = Shelf(locale, SOURCE, data)
    assert {one.standing for one in shelf.entries.values()} == {"draft"}
    assert tongue_of(locale, shelf.header).direction == ("ltr" if locale == "en_XA" else "rtl")
