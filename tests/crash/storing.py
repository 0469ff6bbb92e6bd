"""The operations that a phone asks for: a push of three responses, and a file of 300 kB in pieces."""

from pathlib import Path
from random import Random
from typing import Final

from server.services import Services
from sync.hashes import sha256_hex_of_bytes
from tests.crash.scene import assert_sound, count, opened, phone, push, set_up, texts_of
from tests.server.records import DEVICE, Item

__all__ = ["ATTACHMENT", "PHOTO", "AttachmentOperation", "PushOperation", "naming"]

PHOTO: Final = Random(5).randbytes(300_000)
ATTACHMENT: Final = sha256_hex_of_bytes(PHOTO)
PIECE_BYTES: Final = 64 * 1024


def naming(photo: bytes, *, seed: int, words: str = "Asha") -> Item:
    """Make a response that names a file."""
    sha256 = sha256_hex_of_bytes(photo)
    named = [{"name": "p.jpg", "sha256": sha256, "bytes": len(photo), "type": "image/jpeg"}]
    return phone(seed).item({"who": words}, header={"attachments": named})


class PushOperation:
    """Three new responses beside one that is there."""

    name = "push"

    def prepare(self, folder: Path) -> None:
        """One response is there."""
        set_up(folder)
        running = opened(folder)
        push(running, self.before)
        running.close()

    @property
    def before(self) -> list[Item]:
        """What is there before."""
        return [phone(11).item()]

    @property
    def items(self) -> list[Item]:
        """What is pushed."""
        making = phone(12)
        return [making.item({"who": f"person {number}"}) for number in range(3)]

    def begin(self, folder: Path) -> Services:
        """Open the server's services."""
        return opened(folder)

    def act(self, running: Services, folder: Path) -> None:
        """Push."""
        push(running, self.items)

    def end(self, running: Services) -> None:
        """Close them."""
        running.close()

    def check(self, folder: Path, *, acknowledged: bool) -> None:
        """All three are there or none; after one more try each is there once."""
        assert_sound(folder)
        there = texts_of(folder)
        assert all(item["rev"] in there for item in self.before)
        arrived = [item for item in self.items if item["rev"] in there]
        assert len(arrived) in ((3,) if acknowledged else (0, 3))
        running = opened(folder)
        push(running, self.items)
        running.close()
        there = texts_of(folder)
        for item in self.items:
            assert there[str(item["rev"])] == item["parts"]
            assert count(folder, "SELECT COUNT(*) FROM log WHERE subject = ?", item["rev"]) == 1


class AttachmentOperation:
    """A file arrives in pieces and is finished."""

    name = "attachment"

    def prepare(self, folder: Path) -> None:
        """The response that names it is there, and a first piece of it."""
        set_up(folder)
        running = opened(folder)
        push(running, [naming(PHOTO, seed=21)])
        running.attachments.receive(device=DEVICE, sha256=ATTACHMENT, offset=0, pieces=[PHOTO[:1000]])
        running.close()

    def begin(self, folder: Path) -> Services:
        """Open the server's services."""
        return opened(folder)

    def act(self, running: Services, folder: Path) -> None:
        """Ask how much is there, and send the rest."""
        offset = running.attachments.measure(device=DEVICE, sha256=ATTACHMENT).offset
        rest = [PHOTO[start : start + PIECE_BYTES] for start in range(offset, len(PHOTO), PIECE_BYTES)]
        done = running.attachments.receive(device=DEVICE, sha256=ATTACHMENT, offset=offset, pieces=rest)
        assert done.complete, done

    def end(self, running: Services) -> None:
        """Close them."""
        running.close()

    def check(self, folder: Path, *, acknowledged: bool) -> None:
        """What was acknowledged is whole; otherwise it goes on from where it was and is whole then."""
        assert_sound(folder)
        whole = folder / "data" / "attachments" / ATTACHMENT[:2] / ATTACHMENT
        rows = count(folder, "SELECT COUNT(*) FROM attachments WHERE sha256 = ?", ATTACHMENT)
        assert rows == 1 or not acknowledged
        assert rows == 0 or whole.read_bytes() == PHOTO
        running = opened(folder)
        self.act(running, folder)
        running.close()
        assert whole.read_bytes() == PHOTO
        assert count(folder, "SELECT COUNT(*) FROM log WHERE subject = ?", ATTACHMENT) == 1
