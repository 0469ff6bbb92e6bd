"""The outbox of a client: nothing moves on without a word of a server, and everything can be had back."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from sync.client import queries
from sync.client.outbox import Finished, open_outbox
from sync.client.schema import OutboxTooNew
from sync.codes import ReceiptStatus
from sync.replies import (
    HeldAttachment,
    HeldRevision,
    Receipt,
    ResponseChange,
)
from sync.session_types import Unconfirmed
from tests.netfault.records import photo, response
from tests.sync.outbox_shelf import DEVICE, FORM, LATER, NOON, OTHER_SERVER, SERVER, Shelf, stored, told


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_what_is_finished_survives_the_program_and_is_offered_oldest_first(tmp_path: Path) -> None:
    path, chance = tmp_path / "outbox.sqlite3", Random(1)
    made = [response(chance, device=DEVICE, form=FORM, photos=[photo(chance, 900)]) for _ in range(3)]
    with closing(open_outbox(path)) as first:
        first.enrol(device=DEVICE, token="fw1.token")
        for finished in (*made, made[0]):
            first.add_response(finished)
    with closing(open_outbox(path)) as again:
        batch = again.gather(items=2, set_aside=()).batch
        assert batch is not None
        assert batch.revs == (made[0].rev, made[1].rev)
        assert again.token() == "fw1.token"
        for finished in made:
            assert again.parts(finished.rev) == finished.parts
            for sha256, content in finished.attachments.items():
                assert again.content(sha256, offset=0, length=900) == content


def test_files_may_come_as_paths(tmp_path: Path, shelf: Shelf) -> None:
    content = photo(Random(2), 700)
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    made = response(Random(3), device=DEVICE, form=FORM, photos=[content])
    (sha256,) = made.attachments
    shelf.outbox.add_response(Finished(rev=made.rev, header=made.header, parts=made.parts, attachments={sha256: path}))
    assert shelf.outbox.content(sha256, offset=100, length=50) == content[100:150]


def test_a_file_follows_its_response_and_never_goes_first(shelf: Shelf) -> None:
    made = shelf.finish(photos=2)
    assert shelf.outbox.gather(items=500, set_aside=()).upload is None
    shelf.keep(stored(made))
    first, second = made.attachments
    upload = shelf.outbox.gather(items=500, set_aside=()).upload
    assert upload is not None
    assert (upload.sha256, upload.bytes) == (first, 500)
    following = shelf.outbox.gather(items=500, set_aside=(first,)).upload
    assert following is not None
    assert following.sha256 == second
    shelf.outbox.mark_uploaded(first)
    assert shelf.outbox.attachment_states() == {first: "sent", second: "here"}


def test_a_file_that_a_receipt_does_not_miss_is_there(shelf: Shelf) -> None:
    made = shelf.finish(photos=1)
    shelf.keep(stored(made, missing=False))
    assert set(shelf.outbox.attachment_states().values()) == {"sent"}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (ReceiptStatus.STORED, "sent"),
        (ReceiptStatus.DUPLICATE, "sent"),
        (ReceiptStatus.CONFLICT, "sent"),
        (ReceiptStatus.ERASED, "sent"),
        (ReceiptStatus.QUARANTINED, "sent"),
        (ReceiptStatus.REFUSED, "refused"),
        (ReceiptStatus.RETRY, "finalised"),
    ],
)
def test_each_receipt_has_its_state(shelf: Shelf, status: ReceiptStatus, state: str) -> None:
    made = shelf.finish()
    shelf.keep(stored(made, status=status))
    assert shelf.outbox.states() == {made.rev: state}


def test_a_receipt_moves_back_nothing_that_got_further(shelf: Shelf) -> None:
    made = shelf.finish()
    shelf.hold(made)
    for status in ReceiptStatus:
        shelf.keep(stored(made, status=status))
        assert shelf.outbox.counts() == {"held": 1}


def test_the_cursor_is_kept_with_its_page_and_for_each_server(shelf: Shelf) -> None:
    assert shelf.outbox.since() == ""
    shelf.keep(changes=())
    assert shelf.outbox.since() == "c1"
    shelf.keep(changes=None, server_id=OTHER_SERVER)
    assert shelf.outbox.since() == ""
    shelf.keep(changes=None, server_id=SERVER)
    assert shelf.outbox.since() == "c1"


@pytest.mark.parametrize("reset", [True, False], ids=["reset", "another-server"])
def test_another_log_makes_everything_unconfirmed_and_what_it_tells_of_is_held(shelf: Shelf, *, reset: bool) -> None:
    one, other = shelf.finish(photos=1), shelf.finish()
    shelf.hold(one, safe_seq=9)
    shelf.keep(stored(other))
    shelf.keep(changes=(told(other, 1),), reset=reset, server_id=SERVER if reset else OTHER_SERVER)
    assert shelf.outbox.states() == {one.rev: "sent", other.rev: "held"}
    assert shelf.unconfirmed() == Unconfirmed(revs=(one.rev,), attachments=tuple(one.attachments))
    assert shelf.offered() == ()


def test_what_the_other_log_lacks_is_offered_again_with_its_files(shelf: Shelf) -> None:
    made, known = shelf.finish(photos=1), shelf.finish(photos=1)
    shelf.hold(made)
    shelf.hold(known)
    shelf.keep(changes=(), reset=True)
    shelf.outbox.keep_have(
        held=[HeldRevision(rev=known.rev, seq=4)],
        held_attachments=[HeldAttachment(sha256=name, seq=5) for name in known.attachments],
        missing=[made.rev],
        missing_attachments=list(made.attachments),
        server_id=SERVER,
        safe_seq=0,
        time=NOON,
    )
    assert shelf.offered() == (made.rev,)
    assert shelf.outbox.states()[known.rev] == "held"
    shelf.keep(stored(made))
    upload = shelf.outbox.gather(items=500, set_aside=()).upload
    assert upload is not None
    assert upload.sha256 in made.attachments


def test_have_tells_what_is_set_aside_from_what_is_held(shelf: Shelf) -> None:
    made = shelf.finish()
    shelf.keep(stored(made, status=ReceiptStatus.QUARANTINED))
    shelf.outbox.keep_have(
        held=[HeldRevision(rev=made.rev, seq=1, state="set-aside")],
        held_attachments=[],
        missing=[],
        missing_attachments=[],
        server_id=SERVER,
        safe_seq=9,
        time=NOON,
    )
    assert shelf.outbox.counts() == {"set-aside": 1}


def test_safe_is_a_revision_only_with_all_its_files(shelf: Shelf) -> None:
    made = shelf.finish(photos=2)
    shelf.hold(made, safe_seq=2)
    assert shelf.outbox.counts() == {"held": 1}
    shelf.keep(changes=(), safe_seq=3)
    assert shelf.outbox.counts() == {"safe": 1}


def test_what_only_a_receipt_told_of_is_never_safe(shelf: Shelf) -> None:
    """The receipt may be of a log that was since put back, and its numbers given to others."""
    made = shelf.finish()
    shelf.keep(stored(made))
    shelf.keep(changes=(), safe_seq=9)
    assert shelf.outbox.counts() == {"sent": 1}


@pytest.mark.parametrize("reset", [False, True], ids=["without-a-page", "with-a-reset"])
def test_an_answer_that_does_not_vouch_for_the_log_makes_nothing_safe(shelf: Shelf, *, reset: bool) -> None:
    held = shelf.finish()
    shelf.hold(held)
    shelf.keep(changes=() if reset else None, reset=reset, safe_seq=9, time=LATER)
    assert shelf.outbox.counts() == {"sent" if reset else "held": 1}


def test_what_was_set_aside_waits_to_be_confirmed_and_says_why(shelf: Shelf) -> None:
    made = shelf.finish()
    shelf.keep(Receipt(rev=made.rev, status=ReceiptStatus.QUARANTINED, seq=1, why="closed-form"))
    assert shelf.unconfirmed().revs == (made.rev,)
    assert shelf.outbox.reason(made.rev) == "closed-form"
    shelf.keep(changes=(ResponseChange(seq=1, rev=made.rev, state="set-aside"),))
    assert shelf.outbox.counts() == {"set-aside": 1}
    shelf.keep(changes=(told(made, 2),))
    assert shelf.outbox.counts() == {"held": 1}


def test_the_copy_stays_30_days_after_it_was_safe_by_the_servers_time(shelf: Shelf) -> None:
    made = shelf.finish(photos=1)
    shelf.hold(made, safe_seq=9)
    for time in ("2026-12-20T11:59:59.999Z", "", "yesterday", "1970-01-01T00:00:00.000Z", "0001-01-01T00:00:00.000Z"):
        shelf.keep(changes=(), safe_seq=9, time=time)
        assert shelf.outbox.states() == {made.rev: "safe"}
    shelf.keep(changes=(), safe_seq=9, time=LATER)
    assert shelf.outbox.states() == {}
    assert shelf.outbox.attachment_states() == {}


def test_a_file_stays_while_a_younger_response_names_it(shelf: Shelf) -> None:
    content = photo(Random(8), 500)
    older, younger = (response(Random(seed), device=DEVICE, form=FORM, photos=[content]) for seed in (9, 10))
    for made in (older, younger):
        shelf.outbox.add_response(made)
    shelf.hold(older, safe_seq=9)
    shelf.keep(changes=(), safe_seq=9, time=LATER)
    assert shelf.outbox.states() == {younger.rev: "finalised"}
    (sha256,) = younger.attachments
    assert shelf.outbox.content(sha256, offset=0, length=500) == content


def test_a_job_that_fails_half_way_keeps_nothing(shelf: Shelf) -> None:
    made = shelf.finish()
    with pytest.raises(AttributeError):
        shelf.outbox.keep(
            receipts=[stored(made), None],  # type: ignore[list-item]  # our own mistake, half way
            page=None,
            server_id=SERVER,
            safe_seq=0,
            time=NOON,
        )
    assert shelf.outbox.states() == {made.rev: "finalised"}
    assert shelf.outbox.since() == ""


def test_a_page_that_fails_half_way_moves_no_cursor(shelf: Shelf) -> None:
    made = shelf.finish()
    with pytest.raises(AttributeError):
        shelf.keep(stored(made), None, changes=(told(made, 1),))  # type: ignore[arg-type]  # our own mistake
    assert shelf.outbox.states() == {made.rev: "finalised"}
    assert shelf.outbox.since() == ""
    assert queries.read_cursor(shelf.connection, server_id=SERVER) is None


def test_an_outbox_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite3"
    with closing(open_outbox(path)):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(OutboxTooNew, match="99"):
        open_outbox(path)
