"""A phone: the real outbox on a disk that fails, the real driver, and a person who finishes interviews."""

import sqlite3
from collections.abc import Callable

from sync.client import queries as outbox_queries
from sync.client.driver import Driver, Outgoing
from sync.client.outbox import Finished, Outbox
from sync.client.schema import transaction
from sync.hashes import sha256_hex
from sync.session_types import Answered, Event, Session, Wake, WakeAfter, WakeReason
from tests.simulate.holdings import PhoneHolds, kept_by, nothing_kept
from tests.simulate.network import Heard, Network, Reply
from tests.simulate.records import BEGINNING, Finalised
from tests.simulate.sqlite_disk import Disk, DiskConnection, opened, power_lost, quiet, read_from
from tests.simulate.wire import as_answer, as_request
from tests.simulate.world import MINUTE, SECOND, Crash, World

__all__ = ["MakeDriver", "Phone"]

BEGAN = int(BEGINNING.timestamp() * 1000)


MakeDriver = Callable[[Outbox], Driver[Session]]
"""Puts a session behind an outbox."""


class Phone:
    """One installation. What is not on its disk is gone when it is switched off."""

    def __init__(self, world: World, network: Network, *, name: str, device: str, make_driver: MakeDriver) -> None:
        self.world = world
        self.network = network
        self.name = name
        self.device = device
        self.disk = Disk(world, name)
        self.clock_jumped = 0
        self.wiped = False
        self.heard_of: frozenset[int] = frozenset()
        self.finished: list[Finalised] = []
        self._make_driver = make_driver
        self._content = b""
        self._connection: DiskConnection | None = None
        self._outbox: Outbox | None = None
        self._driver: Driver[Session] | None = None
        self._life = 0
        self._timer = 0

    @property
    def is_on(self) -> bool:
        """Tell whether the app runs."""
        return self._driver is not None

    def switch_on(self) -> None:
        """Start the app on what the disk holds; it may crash while it starts."""
        self.disk.revive()
        self._life += 1
        self._connection = opened(self._content, disk=self.disk)
        try:
            self._outbox = Outbox(self._connection)
            self._driver = self._make_driver(self._outbox)
        except Crash:
            self.crash()
            return
        except sqlite3.OperationalError:  # the disk is full: the app says so, and the person tries again later
            self._close()
            life = self._life
            self.world.after(5 * MINUTE, lambda: self._switch_on_again(life))
            return
        self.wake("open")

    def crash(self) -> None:
        """Lose the power; somebody switches it on again later."""
        self._close()
        self.world.count("crash of a phone")
        life = self._life
        self.world.after(self.world.chance.randint(1, 120 * SECOND), lambda: self._switch_on_again(life))

    def switch_off(self) -> None:
        """End the app, at the end of a simulation."""
        if self._connection is not None:
            self._connection.close()

    def _close(self) -> None:
        self._driver = self._outbox = None
        connection, self._connection = self._connection, None
        assert connection is not None, "Only what runs can end."
        self._content = power_lost(connection)

    def wipe(self) -> None:
        """Lose everything: the browser's storage was cleared, the person enrols anew."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._driver, self._outbox = None, None, None
        self._content = b""
        self.wiped = True
        self.finished.clear()
        self.switch_on()

    def enrol(self, token: str) -> bool:
        """Keep a token from an enrolment; tell whether it is kept."""
        return self._attempt(lambda outbox: outbox.enrol(device=self.device, token=token))

    def finish(self, revision: Finalised) -> bool:
        """Keep what a person finished; tell whether the phone said that it is kept."""
        return self._attempt(lambda outbox: self._keep(outbox, revision))

    def wake(self, reason: WakeReason) -> None:
        """Wake the session."""
        self._happen(lambda at, fraction: Wake(at=at, fraction=fraction, reason=reason))

    def holds(self) -> PhoneHolds:
        """Look at what is on the disk, running or not."""
        if self._connection is None:
            return read_from(self._content, kept_by) if self._content else nothing_kept()
        with quiet(self._connection) as connection:
            return kept_by(connection)

    def changed(self) -> tuple[int, int]:
        """Give something that differs when rows have changed."""
        return self._life, -1 if self._connection is None else self._connection.total_changes

    def _switch_on_again(self, life: int) -> None:
        if self._driver is None and self._life == life:
            self.switch_on()

    def _happen(self, event: Callable[[int, float], Event]) -> None:
        """Let something happen to the driver, and do what it wants done outside."""
        driver = self._driver
        if driver is None:
            return
        at = BEGAN + self.world.now + self.clock_jumped
        with self._powered():
            for wish in driver.handle(event(at, self.world.chance.random())):
                self._do(wish)

    def _do(self, wish: object) -> None:
        match wish:
            case Outgoing():
                request = as_request(wish, phone=self.name)
                self.world.say(self.name, f"→ {request.method} {request.path.split('?')[0][:40]} {len(request.body)}")
                life = self._life
                self.network.call(request, lambda heard: self._hear(heard, life))
            case WakeAfter(milliseconds=milliseconds):
                self._timer += 1
                timer, life = self._timer, self._life
                self.world.after(milliseconds, lambda: self._ring(timer, life))

    def _ring(self, timer: int, life: int) -> None:
        if timer == self._timer and life == self._life:
            self.wake("timer")

    def _hear(self, heard: Heard, life: int) -> None:
        if life == self._life:
            self.heard_of = heard.line if isinstance(heard, Reply) else frozenset()
            self._happen(lambda at, fraction: Answered(at=at, fraction=fraction, answer=as_answer(heard)))

    def _attempt(self, change: Callable[[Outbox], None]) -> bool:
        """Change what is kept; False when the app is off, or dies of it, or says that the phone is full."""
        done = False
        if self._outbox is not None:
            with self._powered():
                try:
                    change(self._outbox)
                    done = True
                except sqlite3.OperationalError:
                    done = False
        return done

    def _keep(self, outbox: Outbox, revision: Finalised) -> None:
        if revision.poisoned:
            self._plant(revision)
            return
        outbox.add_response(
            Finished(rev=revision.rev, header=revision.header, parts=revision.parts, attachments=revision.attachments)
        )

    def _plant(self, revision: Finalised) -> None:
        """Put a revision there as an older app with a mistake in it left it, or as a worn-out disk has it."""
        assert self._connection is not None, "It is on."
        connection = self._connection
        with transaction(connection):
            outbox_queries.insert_revision(
                connection, rev=revision.rev, response_id=revision.response, header=revision.header
            )
            for position, part in enumerate(revision.parts):
                outbox_queries.insert_part(
                    connection, rev=revision.rev, position=position, sha256=sha256_hex(part), body=part
                )

    def _powered(self) -> "_Powered":
        return _Powered(self)


class _Powered:
    """Runs a block until its end or until the power fails in it."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, Crash):
            self._phone.crash()
            return True
        return False
