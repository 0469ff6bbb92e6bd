"""The build step: catalogues become what server and app need, and nothing is built twice."""

import json
import shutil
from pathlib import Path

import pytest

import hatch_build
from server.words.app_words import STATE
from tests.project import ROOT

ARABIC = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: ar\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

#: server/errors.py
msgid "Too many tries"
msgstr "محاولات كثيرة"

#: pwa/src/ui/home.tsx
msgid "Start"
msgstr "ابدأ"

#: pwa/src/ui/home.tsx
#, fuzzy
msgid "Stop"
msgstr "ربما"

#: pwa/src/ui/home.tsx
msgid "{count} answer"
msgid_plural "{count} answers"
msgstr[0] "zero"
msgstr[1] "one"
msgstr[2] "two"
msgstr[3] "few"
msgstr[4] "many"
msgstr[5] "other"
"""


def project_with(folder: Path, catalogue: str) -> Path:
    """Lay out the little that the build step looks at."""
    source = folder / "translations" / "ar" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text(catalogue, encoding="utf-8")
    (folder / "pwa" / "src").mkdir(parents=True)
    (folder / "pwa" / "src" / "main.tsx").write_text("export const greeting = 'hello';\n", encoding="utf-8")
    (folder / hatch_build.STYLES).mkdir(parents=True)
    for name in hatch_build.SHARED_STYLES:
        (folder / hatch_build.STYLES / name).touch()
    (folder / hatch_build.CONSOLE_STYLES).parent.mkdir(parents=True)
    shutil.copy(ROOT / "hatch_build.py", folder)
    (folder / "server" / "words").mkdir(parents=True)
    for name in hatch_build.WORDS_OF_APP:
        shutil.copy(ROOT / "server" / "words" / name, folder / "server" / "words")
    return folder


def test_plural_forms_are_named_by_their_category_as_the_catalogue_numbers_them() -> None:
    messages = json.loads(hatch_build.app_messages(ARABIC, "ar"))
    assert messages["{count} answer"] == {name: name for name in ("zero", "one", "two", "few", "many", "other")}


def test_app_gets_its_own_sentences_and_none_that_is_doubtful() -> None:
    messages = json.loads(hatch_build.app_messages(ARABIC, "ar"))
    assert sorted(messages) == ["Start", STATE, "{count} answer"]


def test_catalogues_are_made_ready_for_server_and_app(tmp_path: Path) -> None:
    hatch_build.share_catalogues(project_with(tmp_path, ARABIC))
    assert (tmp_path / "server/translations/ar/LC_MESSAGES/messages.po").read_text(encoding="utf-8") == ARABIC
    assert "ابدأ" in (tmp_path / hatch_build.GENERATED_MESSAGES / "ar.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(("said", "passed_on"), [("draft", "draft"), ("reviewed", "reviewed"), (None, "draft")])
def test_the_app_is_told_whether_a_person_has_checked_a_translation(
    tmp_path: Path, said: str | None, passed_on: str
) -> None:
    header = '"Language: ar\\n"\n'
    stated = ARABIC.replace(header, f'{header}"{STATE}: {said}\\n"\n') if said else ARABIC
    hatch_build.share_catalogues(project_with(tmp_path, stated))
    messages = json.loads((tmp_path / hatch_build.GENERATED_MESSAGES / "ar.json").read_text(encoding="utf-8"))
    assert messages[STATE] == passed_on


@pytest.mark.parametrize(
    ("path", "rebuilds"),
    [
        ("pwa/src/main.tsx", True),
        ("translations/ar/LC_MESSAGES/messages.po", True),
        ("pwa/package-lock.json", True),
        ("server/words/app_words.py", True),
        ("server/app.py", False),
        ("pwa/src/main.test.ts", False),
        ("pwa/node_modules/idb/index.js", False),
        ("pwa/src/README.md", False),
    ],
)
def test_app_is_built_again_when_what_it_is_made_of_changes(tmp_path: Path, path: str, rebuilds: bool) -> None:
    before = hatch_build.app_fingerprint(project_with(tmp_path, ARABIC))
    changed = tmp_path / path
    changed.parent.mkdir(parents=True, exist_ok=True)
    changed.write_text("changed", encoding="utf-8")
    assert (hatch_build.app_fingerprint(tmp_path) != before) is rebuilds


def test_a_language_that_went_is_forgotten(tmp_path: Path) -> None:
    hatch_build.share_catalogues(project_with(tmp_path, ARABIC))
    made = (tmp_path / hatch_build.PACKAGED_CATALOGUES, tmp_path / hatch_build.GENERATED_MESSAGES)
    (made[0] / "ar/LC_MESSAGES/messages.mo").touch()
    (tmp_path / "translations/ar").rename(tmp_path / "translations/so")
    hatch_build.share_catalogues(tmp_path)
    found = sorted(path.relative_to(tmp_path).as_posix() for folder in made for path in folder.rglob("*.*"))
    assert found == ["pwa/src/generated/messages/so.json", "server/translations/so/LC_MESSAGES/messages.po"]


def test_the_encoder_of_the_console_is_copied_with_its_licence_beside_it(tmp_path: Path) -> None:
    root = project_with(tmp_path, ARABIC)
    for name, text in ((hatch_build.ENCODER, "var lamejs;"), (hatch_build.ENCODER_LICENCE, "may be given on")):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    hatch_build.copy_encoder(root)
    console = root / "server/static/console"
    assert (console / "lame.js").read_text(encoding="utf-8") == hatch_build.ENCODER_NOTICE + "var lamejs;"
    assert (console / "lame-licence.txt").read_text(encoding="utf-8") == "may be given on"
    ignored, packed = ((ROOT / name).read_text(encoding="utf-8") for name in (".gitignore", "pyproject.toml"))
    assert "server/static/console/lame-licence.txt" in ignored
    assert '"server/static/console/lame-licence.txt"' in packed


def test_the_app_tells_the_licences_of_all_packages_in_it_and_its_help_leads_there() -> None:
    told = (ROOT / "server/static/pwa/licences.txt").read_text(encoding="utf-8")
    lock = json.loads((ROOT / "pwa/package-lock.json").read_text(encoding="utf-8"))
    held = [
        name for name, package in lock["packages"].items() if name and "/@types/" not in name and not package.get("dev")
    ]
    assert "node_modules/leaflet" in held
    for package in held:
        assert f"{package.removeprefix('node_modules/')} {lock['packages'][package]['version']} (" in told
    assert "Redistribution and use in source and binary forms" in told
    assert 'href="/licences.txt"' in (ROOT / "pwa/src/ui/help/help.tsx").read_text(encoding="utf-8")


def test_missing_lock_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(hatch_build.BuildFailed, match=r"package-lock\.json is missing"):
        hatch_build.build(project_with(tmp_path, ARABIC))
