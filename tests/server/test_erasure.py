"""I6: after an erasure is acknowledged, the content is nowhere on this server, nor in what it serves, for good."""

import json
import random
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server import services
from server.app import create_app
from server.config import Config
from server.intake import erasure
from server.intake.erasure import Request
from server.reviews import projection_queries, projector
from server.services import Services
from server.upkeep import erasing
from server.upkeep.erasing import Erased
from server.upkeep.errors import ReasonUnfit, ResponseUnknown
from server.upkeep.ledger import Ledger
from sync.hashes import sha256_hex, sha256_hex_of_bytes
from tests.server.erasures import ANSWERS, NAME, PHONE_NUMBER, PLACE, erase, response_of
from tests.server.keeping import in_parts, parts_by_name, rev_of, traces, typed
from tests.server.pushing import push, statuses
from tests.server.records import Item, Phone, chance
from tests.server.uploading import measured, noise, photo, send


def test_erased_words_are_in_no_file_of_the_data_folder(running: Services, folder: Path, item: Item) -> None:
    assert traces(folder, NAME), "What is looked for can be found before."
    assert erase(running, item) == Erased(parts=2, attachments=0)
    assert traces(folder, NAME, PLACE, PHONE_NUMBER) == []


def test_one_part_is_erased_and_the_rest_is_shown(
    running: Services, folder: Path, coordinator: FlaskClient, item: Item
) -> None:
    assert erase(running, item, "contact") == Erased(parts=1, attachments=0)
    assert traces(folder, PHONE_NUMBER) == []
    page = coordinator.get(f"/console/responses/{response_of(item)}")
    assert page.status_code == 200
    assert NAME in page.text
    assert "This part has been erased." in page.text


def test_a_response_erased_whole_is_shown_as_erased_and_asks_for_nothing(
    running: Services, coordinator: FlaskClient, item: Item
) -> None:
    erase(running, item)
    with running.database.read() as connection:
        [head] = projection_queries.heads(connection, response_id=response_of(item))
        rows = connection.execute("SELECT problem_count, asset_count, head_rev FROM responses").fetchall()
    assert [tuple(row) for row in rows] == [(0, 0, head.rev)]
    page = coordinator.get(f"/console/responses/{response_of(item)}")
    assert page.status_code == 200
    assert NAME not in page.text
    assert page.text.count("This part has been erased.") == 2


def test_erasing_again_finds_nothing_and_writes_nothing(running: Services, folder: Path, item: Item) -> None:
    erase(running, item)
    line_count = Ledger(folder).path.read_bytes().count(b"\n")
    assert erase(running, item) == Erased(parts=0, attachments=0)
    assert Ledger(folder).path.read_bytes().count(b"\n") == line_count == 1


def test_what_is_erased_stays_erased_when_a_phone_brings_it_again(
    running: Services, folder: Path, client: FlaskClient, device: Phone, item: Item
) -> None:
    erase(running, item, "contact")
    assert statuses(push(client, device, item)) == ["erased"]
    running.close()
    assert traces(folder, PHONE_NUMBER) == []


def test_a_later_revision_does_not_bring_an_erased_part_back(
    running: Services, folder: Path, client: FlaskClient, device: Phone, item: Item
) -> None:
    """The phone edited the response before it heard of the erasure, and left that part as it was."""
    erase(running, item, "contact")
    header = json.loads(str(item["header"]))
    later = json.dumps({**header, "parents": [rev_of(item)], "kind": "edit"}, ensure_ascii=False)
    receipts = push(client, device, {**item, "rev": sha256_hex(later), "header": later})
    assert statuses(receipts) == ["erased"]
    running.close()
    assert traces(folder, PHONE_NUMBER) == []


def test_an_earlier_revision_with_the_same_part_name_is_erased_as_well(
    running: Services, folder: Path, client: FlaskClient, device: Phone, item: Item
) -> None:
    later = in_parts(
        device,
        {"main": {"who": "A"}, "contact": {"telephone": "none"}},
        response_id=response_of(item),
        parents=[rev_of(item)],
    )
    push(client, device, later)
    assert erase(running, item, "contact") == Erased(parts=2, attachments=0)
    assert traces(folder, PHONE_NUMBER) == []


def test_a_photo_leaves_every_folder_whether_it_arrived_or_not(
    running: Services, folder: Path, client: FlaskClient, device: Phone
) -> None:
    whole, half, never = photo(1, width=200, height=100), noise(4000, 5), noise(3000, 6)
    item = in_parts(device, ANSWERS, files=[whole, half, never])
    push(client, device, item)
    assert send(client, device, whole).status_code == 204
    assert send(client, device, half, piece=half[:1000]).status_code == 204
    drawn = folder / "pictures" / sha256_hex_of_bytes(whole)[:2] / f"{sha256_hex_of_bytes(whole)}-large.webp"
    drawn.parent.mkdir(parents=True, exist_ok=True)
    drawn.write_bytes(b"what people see of it")
    assert traces(folder, whole, half[:200])
    assert erase(running, item) == Erased(parts=2, attachments=3)
    assert traces(folder, whole, half[:200], "what people see of it") == []
    for file in (whole, half, never):
        assert measured(client, device, file)[0] == measured(client, device, file)[1], "The phone need not send it."


def test_erased_files_are_not_asked_for_again(client: FlaskClient, device: Phone, running: Services) -> None:
    file = noise(2000)
    item = in_parts(device, ANSWERS, files=[file])
    push(client, device, item)
    erase(running, item)
    [receipt] = push(client, device, item)
    assert (receipt["status"], receipt["missing"]) == ("erased", [])


def test_the_feed_tells_the_phone_what_to_delete_and_the_server_notes_that_it_heard(
    running: Services, folder: Path, client: FlaskClient, device: Phone, item: Item, capsys: pytest.CaptureFixture[str]
) -> None:
    erase(running, item, "contact")
    page = client.get("/sync/v1/changes", headers=device.headers).get_json()
    told = [change for change in page["changes"] if change["kind"] == "erased"]
    assert [(one["id"], one["parts"]) for one in told] == [(response_of(item), [parts_by_name(item)["contact"]])]
    running.close()
    assert typed("erasures", "--data", folder) == 0
    assert "not yet told: Rahima" in capsys.readouterr().out
    started = services.start(folder, clock=running.clock, random_bytes=chance(3))
    try:
        again = create_app(Config(data_folder=folder), started).test_client()
        again.get("/sync/v1/changes", query_string={"since": page["cursor"]}, headers=device.headers)
    finally:
        started.close()
    assert typed("erasures", "--data", folder) == 0
    out = capsys.readouterr().out
    assert response_of(item) in out
    assert "not yet told" not in out


def test_rows_that_were_computed_before_an_erasure_are_not_written_after_it(
    running: Services, folder: Path, item: Item
) -> None:
    """The projector reads outside the writer: what it has in its hands while somebody erases is stale."""
    running.projector.close()
    database = running.database
    with database.read() as connection:
        done = projection_queries.progress(connection)
        stale = projector._Batch(connection=connection, forms={}).project(response_of(item))
    erase(running, item)
    database.write(partial(projector._write, projections=[stale], done=done, reached=done))
    projector.catch_up(database)
    assert database.empty_log()
    assert traces(folder, PLACE) == []


def test_a_conflict_stays_a_conflict_when_one_part_is_erased(
    running: Services, client: FlaskClient, device: Phone, item: Item
) -> None:
    other = in_parts(device, ANSWERS, response_id=response_of(item))
    assert statuses(push(client, device, other)) == ["conflict"]
    erase(running, item, "contact")
    with running.database.read() as connection:
        assert len(projection_queries.heads(connection, response_id=response_of(item))) == 2
    erase(running, item)
    with running.database.read() as connection:
        assert len(projection_queries.heads(connection, response_id=response_of(item))) == 1


def test_what_was_set_aside_is_erased_and_stays_set_aside(
    running: Services, folder: Path, client: FlaskClient, device: Phone
) -> None:
    stranger = in_parts(Phone(token=device.token, logic="0" * 64, texts=device.texts), ANSWERS)
    assert statuses(push(client, device, stranger)) == ["quarantined"]
    assert erase(running, stranger) == Erased(parts=2, attachments=0)
    assert traces(folder, NAME) == []
    with running.database.read() as connection:
        assert projection_queries.heads(connection, response_id=response_of(stranger)) == []


def test_more_than_one_header_can_name_takes_several_erasures(
    running: Services, client: FlaskClient, device: Phone, folder: Path
) -> None:
    first = in_parts(device, {"main": {"who": NAME}})
    following, parent = [first], first
    for number in range(erasure.NAMES_AT_ONCE):
        parent = in_parts(
            device, {"main": {"who": f"{NAME} {number}"}}, response_id=response_of(first), parents=[rev_of(parent)]
        )
        following.append(parent)
    push(client, device, *following)
    assert erase(running, first) == Erased(parts=erasure.NAMES_AT_ONCE + 1, attachments=0)
    assert len(Ledger(folder).read().erasures) == 2
    assert traces(folder, NAME) == []


def test_nothing_is_left_in_pages_that_were_split_and_filled_again(
    running: Services, client: FlaskClient, device: Phone, folder: Path
) -> None:
    """Pages are rearranged as rows come and go; a copy that was left behind in a gap would be found here."""
    dice = random.Random(20261120)
    print("seed 20261120")
    items = {}
    for number in range(150):
        word = f"marker-{number:04}-{dice.randrange(16**8):08x}"
        answers = {
            "who": word,
            "age": "400",
            word: "x",
            "assets": [{"about": {"asset_name": word * dice.choice([1, 9, 400])}}],
        }
        items[word] = in_parts(device, {"main": answers})
    for some in (list(items.values())[start : start + 50] for start in range(0, 150, 50)):
        push(client, device, *some)
    projector.catch_up(running.database)
    chosen = dice.sample(sorted(items), 40)
    for word in chosen:
        erase(running, items[word])
    assert traces(folder, *chosen) == []
    kept = next(word for word in items if word not in chosen)
    assert traces(folder, kept)


def test_an_unknown_response_or_part_is_said_to_be_unknown(running: Services, item: Item) -> None:
    with pytest.raises(ResponseUnknown, match="No response"):
        wanted = Request(response_id="0192f000-0000-7000-8000-000000000000", parts=None, reason="")
        erasing.erase(running.database, wanted, identity=running.identity, clock=running.clock)
    with pytest.raises(ResponseUnknown, match=r"no part named diary\. It has: contact, main"):
        erase(running, item, "diary")


def test_a_reason_is_one_line_of_at_most_200_characters(running: Services, item: Item) -> None:
    """It is kept in a header, which has a limit, and it is kept for ever."""
    request = Request(response_id=response_of(item), parts=("contact",), reason="👍" * 200)
    for unfit in ("x" * 201, "two\nlines", "half \ud83d of a pair"):
        with pytest.raises(ReasonUnfit, match="nothing has been erased"):
            erasing.erase(
                running.database, replace(request, reason=unfit), identity=running.identity, clock=running.clock
            )
    assert erasing.erase(running.database, request, identity=running.identity, clock=running.clock).parts == 1


def test_the_command_erases_says_so_and_says_so_again(
    running: Services, folder: Path, item: Item, capsys: pytest.CaptureFixture[str]
) -> None:
    running.close()
    assert typed("erase", response_of(item), "--part", "contact", "--reason", "asked to", "--data", folder) == 0
    assert "1 texts and 0 photos" in capsys.readouterr().out
    assert typed("erase", response_of(item), "--part", "contact", "--data", folder) == 0
    assert "erased before" in capsys.readouterr().out
    assert traces(folder, PHONE_NUMBER) == []
