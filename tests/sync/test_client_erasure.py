"""What is erased goes from the outbox, and nothing that another response there still names."""

from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from sync.client.outbox import open_outbox
from sync.replies import (
    AttachmentChange,
    ChangesPage,
    ErasedChange,
)
from tests.netfault.records import photo, response
from tests.sync.outbox_shelf import DEVICE, FORM, NOON, SERVER, Shelf, erasure_of, part_names, response_id, told


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_what_is_erased_leaves_no_byte_here_and_stays_erased(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite3"
    made = response(Random(4), device=DEVICE, form=FORM, photos=[photo(Random(6), 5_000)])
    (body,), (sha256,) = made.parts, made.attachments
    assert body is not None
    with closing(open_outbox(path)) as outbox:
        outbox.add_response(made)
        erased = ErasedChange(
            seq=3,
            id=response_id(made),
            parts=part_names(made),
            attachments=(sha256,),
        )
        page = ChangesPage(reset=False, changes=(told(made, 1), erased), cursor="c1", more=False)
        outbox.keep(receipts=(), page=page, server_id=SERVER, safe_seq=0, time=NOON)
        outbox.keep(receipts=(), page=page, server_id=SERVER, safe_seq=9, time=NOON)
        assert outbox.states() == {made.rev: "erased"}
        assert outbox.attachment_states() == {sha256: "erased"}
        assert outbox.parts(made.rev) == (None,)
    on_disk = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    content = made.attachments[sha256]
    assert isinstance(content, bytes)
    assert body.encode()[20:60] not in on_disk
    assert content[100:140] not in on_disk


def test_a_file_of_an_erased_response_stays_for_another_that_names_it_and_goes_with_that(shelf: Shelf) -> None:
    content = photo(Random(8), 500)
    one, other = (response(Random(seed), device=DEVICE, form=FORM, photos=[content]) for seed in (9, 10))
    for made in (one, other):
        shelf.outbox.add_response(made)
    (sha256,) = one.attachments
    shelf.keep(changes=(told(one, 1), told(other, 2), AttachmentChange(seq=3, sha256=sha256)))
    shelf.keep(changes=(erasure_of(one, 4, attachments=(sha256,)),))
    assert shelf.outbox.states() == {one.rev: "erased", other.rev: "held"}
    assert shelf.outbox.content(sha256, offset=0, length=500) == content
    shelf.keep(changes=(erasure_of(other, 5),))
    shelf.keep(changes=(), safe_seq=9)
    assert shelf.outbox.attachment_states() == {sha256: "erased"}


def test_a_file_that_the_server_keeps_for_others_goes_from_here_once_it_is_safe(shelf: Shelf) -> None:
    made = shelf.finish(photos=1)
    shelf.hold(made)
    shelf.keep(changes=(erasure_of(made, 5),))
    assert set(shelf.outbox.attachment_states().values()) == {"held"}
    shelf.keep(changes=(), safe_seq=9)
    assert set(shelf.outbox.attachment_states().values()) == {"erased"}


def test_a_file_that_was_erased_can_be_given_to_a_new_response(shelf: Shelf) -> None:
    content = photo(Random(8), 500)
    one, other = (response(Random(seed), device=DEVICE, form=FORM, photos=[content]) for seed in (9, 10))
    (sha256,) = one.attachments
    shelf.outbox.add_response(one)
    shelf.keep(changes=(erasure_of(one, 1, attachments=(sha256,)),))
    shelf.outbox.add_response(other)
    assert shelf.outbox.attachment_states() == {sha256: "here"}
    assert shelf.outbox.content(sha256, offset=0, length=500) == content
