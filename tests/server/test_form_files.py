"""Files beside a form: lists and media are read, judged, published and served, and old answers keep their lists."""

import gzip
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.forms.compile import Compiled
from server.forms.list_files import ListFile, read_list_file
from server.forms.media_files import MEDIA_BYTES, MediaFile, read_media_file
from server.forms.problems import FormProblem, FormRefused
from server.forms.publish import Outcome, Published, publish
from server.forms.publish_files import lists_of_logic
from server.forms.xlsform import compile_file
from server.services import Services
from sync.hashes import sha256_hex
from tests.server.form_sheets import MP3, PNG, workbook
from tests.server.pushing import count, push
from tests.server.records import Phone
from tests.server.test_projection import rows

HEADINGS = ["type", "name", "label::English (en)", "label::Bengali (bn)", "media::image", "media::audio::Bengali (bn)"]
PLACES = "name,label,district\npark,The park,north\nhall,The hall,south\n"


def form(folder: Path, *questions: list[str], list_file: str | None = PLACES) -> Path:
    if list_file is not None:
        (folder / "places.csv").write_text(list_file, encoding="utf-8")
    asked = questions or (["select_one_from_file places.csv", "place", "Where?", "কোথায়?"],)
    return workbook(folder / "form.xlsx", survey=[HEADINGS, *asked])


def problems_of(path: Path) -> list[FormProblem]:
    with pytest.raises(FormRefused) as caught:
        compile_file(path)
    return list(caught.value.problems)


def read(text: bytes) -> ListFile:
    found = read_list_file("l.csv", text)
    assert isinstance(found, ListFile)
    return found


def codes(text: str) -> list[str]:
    found = read_list_file("l.csv", text.encode())
    return [] if isinstance(found, ListFile) else [problem.code for problem in found]


@pytest.mark.parametrize(
    "written",
    [
        b"name,label\na, A \n",
        b"\xef\xbb\xbfname;label\r\na;A\r\n",
        b"sep=;\nname;label\na;A\n",
        b" name \tlabel\na\tA\n\n\n",
        b'name,label,\n"a","A",\n,,\n',
    ],
)
def test_a_list_is_read_as_spreadsheets_write_it(written: bytes) -> None:
    assert (read(written).columns, read(written).rows) == (["name", "label"], [["a", "A"]])


def test_the_blob_of_a_list_is_columns_and_rows() -> None:
    found = read('name,label\npark,"বাগান, বড়"\n'.encode())
    assert found.body == '{"format":1,"columns":["name","label"],"rows":[["park","বাগান, বড়"]]}'
    assert found.sha256 == sha256_hex(found.body)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "list-file-empty"),
        ("name,,label\na,b,c\n", "list-heading-missing"),
        ("name,name\na,b\n", "list-heading-twice"),
        ("name,label\na,b,c\n", "list-row-long"),
    ],
)
def test_a_list_that_is_no_table_is_refused(written: str, code: str) -> None:
    assert codes(written) == [code]


def test_a_list_in_another_encoding_is_refused_with_how_to_save_it() -> None:
    found = read_list_file("l.csv", "name,label\na,é\n".encode("latin-1"))
    assert isinstance(found, list)
    assert "CSV UTF-8" in found[0].remedy


def test_a_list_of_100_000_rows_is_taken_and_one_more_is_not() -> None:
    most = "name\n" + "\n".join(map(str, range(100_000)))
    assert codes(most) == []
    assert codes(f"{most}\nx") == ["list-too-long"]


@pytest.mark.parametrize(
    ("list_file", "code", "said"),
    [
        (None, "list-file-missing", "places.csv"),
        ("name,title\na,A\n", "list-column-missing", "“label”; it has name, title"),
        ("name,label\na,A\nb,B\na,C\n", "list-value-twice", "Row 4 of “places.csv” has the value “a”, as row 2 has."),
        ("name,label\n,A\n", "list-value-missing", "Row 2"),
    ],
)
def test_a_list_that_a_form_can_not_work_with_is_refused_with_the_cell(
    tmp_path: Path, list_file: str | None, code: str, said: str
) -> None:
    [problem] = problems_of(form(tmp_path, list_file=list_file))
    assert (problem.code, problem.sheet, problem.cell) == (code, "survey", "A2")
    assert said in problem.message
    assert problem.remedy


def test_a_value_with_a_space_is_refused_only_where_several_are_chosen(tmp_path: Path) -> None:
    spaced = "name,label\na b,A\n"
    one = form(tmp_path, ["select_one_from_file places.csv", "p", "P", "P"], list_file=spaced)
    assert compile_file(one).lists["places"].rows == [["a b", "A"]]
    several = form(tmp_path, ["select_multiple_from_file places.csv", "p", "P", "P"], list_file=spaced)
    assert [problem.code for problem in problems_of(several)] == ["choice-spaced"]


def test_a_column_that_pulldata_reads_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("code,name\na,A\n", encoding="utf-8")
    survey = [
        ["type", "name", "label", "calculation"],
        ["text", "q", "Q", ""],
        ["calculate", "c", "", "pulldata('places', 'title', 'code', ${q})"],
    ]
    [problem] = problems_of(workbook(tmp_path / "form.xlsx", survey=survey))
    assert (problem.code, problem.cell) == ("list-column-missing", "D3")
    assert "“title”" in problem.message


def test_the_list_of_an_entity_of_the_form_may_be_missing(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "form.xlsx",
        survey=[["type", "name", "label"], ["select_one_from_file trees.csv", "tree", "Which?"]],
        entities=[["list_name", "entity_id", "label"], ["trees", "${tree}", "${tree}"]],
    )
    compiled = compile_file(path)
    assert [(warning.code, warning.cell) for warning in compiled.warnings] == [("list-empty", "A2")]
    assert compiled.lists == {}


def test_files_are_found_in_the_folder_media_and_never_outside_of_the_forms_own(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    (inside / "media").mkdir(parents=True)
    (inside / "media" / "places.csv").write_text(PLACES, encoding="utf-8")
    assert len(compile_file(form(inside, list_file=None)).lists["places"].rows) == 2
    (tmp_path / "outside.png").write_bytes(PNG)
    path = form(inside, ["note", "n", "N", "ন", "..\\outside.png"], list_file=None)
    assert [warning.code for warning in compile_file(path).warnings] == ["media-missing"]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (MP3, "audio/mpeg"),
        (b"\0\0\0\x20ftypM4A \0\0", "audio/mp4"),
        (b"OggS\0\x02", "audio/ogg"),
        (b"\0\0\0\x20ftypisom\0\0", "video/mp4"),
        (b"\x1aE\xdf\xa3\x01", "video/webm"),
    ],
)
def test_a_media_file_is_known_by_its_first_bytes(content: bytes, media_type: str) -> None:
    found = read_media_file("misleading.txt", content, kind=media_type.partition("/")[0])
    assert isinstance(found, MediaFile)
    assert found.type == media_type


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image", "media-type"),
        (b"<html>", "image", "media-type"),
        (b"", "image", "media-type"),
        (MP3, "image", "media-kind"),
        (PNG + bytes(MEDIA_BYTES["image"]), "image", "media-large"),
    ],
)
def test_a_media_file_that_phones_should_not_get_is_refused(content: bytes, kind: str, code: str) -> None:
    found = read_media_file("pic.png", content, kind=kind)
    assert isinstance(found, FormProblem)
    assert found.code == code


def test_media_at_the_limit_are_taken() -> None:
    content = PNG + bytes(MEDIA_BYTES["image"] - len(PNG))
    assert isinstance(read_media_file("pic.png", content, kind="image"), MediaFile)


def test_missing_media_are_told_with_the_cell_of_their_language(tmp_path: Path) -> None:
    path = form(tmp_path, ["note", "n", "N", "ন", "pic.png", "sound.mp3"])
    warnings = compile_file(path).warnings
    assert [(warning.code, warning.cell) for warning in warnings] == [("media-missing", "E2"), ("media-missing", "F2")]


def complete(folder: Path, list_file: str = PLACES) -> Compiled:
    (folder / "pic.png").write_bytes(PNG)
    (folder / "sound.mp3").write_bytes(MP3)
    where = ["select_one_from_file places.csv", "place", "Where?", "কোথায়?", "pic.png", "sound.mp3"]
    return compile_file(form(folder, where, list_file=list_file))


def published(running: Services, compiled: Compiled) -> Published:
    outcome = publish(running.database, compiled, source_name="form.xlsx", clock=running.clock)
    assert isinstance(outcome, Published)
    return outcome


def test_a_pack_names_the_bytes_of_the_files_that_its_own_language_shows(tmp_path: Path) -> None:
    packs = {lang: json.loads(body) for lang, body in complete(tmp_path).packs.items()}
    assert list(packs["en"]["media"]) == ["pic.png"]
    assert sorted(packs["bn"]["media"]) == ["pic.png", "sound.mp3"]
    assert packs["bn"]["texts"]["/data/place:label"] == {"text": "কোথায়?", "image": "pic.png", "audio": "sound.mp3"}


def test_lists_and_media_are_served_under_the_names_that_phones_are_given(
    client: FlaskClient, device: Phone, running: Services, tmp_path: Path
) -> None:
    compiled = complete(tmp_path)
    assert published(running, compiled) == Published(outcome=Outcome.NEW_VERSION)
    forms = client.get("/forms/v1/manifest", headers=device.headers).get_json()["forms"]
    [entry] = [one for one in forms if one["id"] == "f"]
    found = compiled.lists["places"]
    assert entry["lists"] == [{"id": "places", "file": "places.csv", "sha256": found.sha256, "rows": 2}]
    reply = client.get(f"/forms/v1/lists/{found.sha256}", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(reply.data).decode() == found.body
    for one in compiled.media:
        reply = client.get(f"/forms/v1/media/{one.sha256}")
        assert (reply.data, reply.content_type) == (one.content, one.type)
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_player_is_given_the_part_of_a_sound_that_it_asks_for(
    client: FlaskClient, running: Services, tmp_path: Path
) -> None:
    compiled = complete(tmp_path)
    published(running, compiled)
    sound = next(one for one in compiled.media if one.name == "sound.mp3")
    reply = client.get(f"/forms/v1/media/{sound.sha256}", headers={"Range": "bytes=0-2"})
    assert (reply.status_code, reply.data) == (206, b"ID3")


def test_the_same_files_again_are_no_change_and_a_changed_list_is_logged_under_the_same_logic(
    running: Services, tmp_path: Path
) -> None:
    published(running, complete(tmp_path))
    before = count(running.database, "log")
    assert published(running, complete(tmp_path)) == Published(outcome=Outcome.UNCHANGED)
    assert count(running.database, "log") == before
    longer = complete(tmp_path, PLACES + "wharf,The wharf,east\n")
    assert published(running, longer) == Published(outcome=Outcome.LISTS_REPLACED)
    assert count(running.database, "log") == before + 1
    assert published(running, complete(tmp_path)) == Published(outcome=Outcome.LISTS_REPLACED)
    assert [count(running.database, table) for table in ("logics", "list_blobs", "form_lists")] == [2, 2, 2]


def test_what_could_be_chosen_once_is_no_problem_after_the_list_was_replaced(
    client: FlaskClient, device: Phone, running: Services, tmp_path: Path
) -> None:
    compiled = complete(tmp_path)
    published(running, compiled)
    published(running, complete(tmp_path, "name,label,district\nwharf,The wharf,east\n"))
    named = {"id": "f", "version": "1", "logic": sha256_hex(compiled.logic_text), "texts": {}}
    answers = ("park", "wharf", "moon")
    push(client, device, *(device.item({"place": one}, header={"form": named, "lang": "en"}) for one in answers))
    assert [(row["path"], row["code"]) for row in rows(running.database, "problems")] == [("/data/place", "choice")]


def test_the_rows_of_all_states_of_a_list_are_known_the_newest_first(running: Services, tmp_path: Path) -> None:
    compiled = complete(tmp_path)
    published(running, compiled)
    published(running, complete(tmp_path, "name,label,district\npark,The garden,north\n"))
    with running.database.read() as connection:
        lists = lists_of_logic(connection, logic_sha=sha256_hex(compiled.logic_text))
    assert [item["label"] for item in lists["places"]] == ["The garden", "The park", "The hall"]


def test_a_coordinator_reads_the_words_of_the_list(
    client: FlaskClient, device: Phone, coordinator: FlaskClient, running: Services, tmp_path: Path
) -> None:
    compiled = complete(tmp_path)
    published(running, compiled)
    named = {"id": "f", "version": "1", "logic": sha256_hex(compiled.logic_text), "texts": {}}
    push(client, device, device.item({"place": "hall"}, header={"form": named, "lang": "en"}))
    [response] = rows(running.database, "responses")
    page = coordinator.get(f"/console/responses/{response['response_id']}?questions=en").get_data(as_text=True)
    assert "The hall" in page
