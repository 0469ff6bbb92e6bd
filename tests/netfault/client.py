"""A client with an outbox in a file, as a hub has one, whose every look at the clock a test can do without."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final

from sync.client.driver import Driver, new_driver
from sync.client.loop import Loop, Pass
from sync.client.outbox import Finished, open_outbox
from sync.client.transport import Patience, Transport
from sync.session_types import Session
from tests.netfault.hall import Hall
from tests.netfault.records import photo, response

__all__ = ["PATIENT", "Client", "assert_held_once", "assert_truthful"]

PATIENT: Final = Patience(connect=20.0, silence=40.0)
HEALING_PASSES: Final = 12
NOW: Final = 1_795_000_000_000


class Client:
    """One outbox, and one session after another over whatever line is given."""

    def __init__(self, hall: Hall, path: Path, chance: Random) -> None:
        self.hall = hall
        self.outbox = open_outbox(path)
        self.outbox.enrol(device=hall.device, token=hall.token)
        self.finished: list[Finished] = []
        self._chance = chance
        self.driver: Driver[Session] = new_driver(self.outbox)

    def finish(self, photos: Sequence[bytes] = (), *, device: str = "") -> Finished:
        """Finish a response, on the hall's device or another."""
        made = response(self._chance, device=device or self.hall.device, form=self.hall.form, photos=photos)
        self.outbox.add_response(made)
        self.finished.append(made)
        return made

    def photo(self, length: int) -> bytes:
        """Take a photo that nobody else has."""
        return photo(self._chance, length)

    def try_once(self, address: str, patience: Patience = PATIENT) -> Pass:
        """Wake the session as a finger does, and let it go on until it rests, waits or stops."""
        transport = Transport(address, monotonic=monotonic, patience=patience)
        try:
            loop = Loop(self.driver, transport, now=lambda: NOW, fraction=self._chance.random)
            return loop.run("button")
        finally:
            transport.close()

    def trouble(self) -> str:
        """Say what the session says is wrong; '' when nothing is."""
        return getattr(self.driver.session.phase, "why", "")

    def begin_anew(self) -> None:
        """Forget the session, as a program that is started again."""
        self.driver = new_driver(self.outbox)

    def is_done(self) -> bool:
        """Tell whether the server is known to hold everything."""
        states = [*self.outbox.states().values(), *self.outbox.attachment_states().values()]
        return set(states) <= {"held", "safe"}

    def heal(self, address: str) -> None:
        """Go on until everything is held."""
        for _ in range(HEALING_PASSES):
            if self.is_done():
                return
            self.try_once(address)
        raise AssertionError(f"not healed: {self.describe()}")

    def describe(self) -> str:
        """Tell where it stands."""
        return f"{self.driver.session} {self.outbox.states()} {self.outbox.attachment_states()}"

    def close(self) -> None:
        """Let the outbox go."""
        self.outbox.close()


def assert_truthful(client: Client) -> None:
    """What the outbox believes to be at the server is there; what a person finished is still here."""
    held = client.hall.revisions()
    for rev, state in client.outbox.states().items():
        assert state in {"finalised", "sent", "held"}, f"nobody has said that a response is {state}"
        assert state == "finalised" or rev in held, f"{rev} is {state} here and not at the server"
    for sha256, state in client.outbox.attachment_states().items():
        assert state in {"here", "sent", "held"}, f"nobody has said that a file is {state}"
        assert state == "here" or client.hall.holds_file(sha256), f"{sha256} is {state} here and not at the server"
    for finished in client.finished:
        assert client.outbox.parts(finished.rev) == finished.parts
        for sha256, content in finished.attachments.items():
            assert isinstance(content, bytes)
            assert client.outbox.content(sha256, offset=0, length=len(content) + 1) == content


def assert_held_once(client: Client) -> None:
    """Everything is at the server, byte for byte, and the log tells of each once."""
    held = client.hall.revisions()
    for finished in client.finished:
        assert held[finished.rev] == finished.header
        assert client.hall.parts(finished.rev) == finished.parts
        assert not client.hall.set_aside(finished.rev)
        for name in (finished.rev, *finished.attachments):
            assert client.hall.times_filed(name) == 1
        assert all(client.hall.holds_file(sha256) for sha256 in finished.attachments)
