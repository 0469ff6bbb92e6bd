"""Central: the real desk and the real intake of attachments on disks that fail, started and killed like a server."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from server.devices import keys
from server.intake.attachments import Attachments
from server.intake.backup_mark import seq_in
from server.intake.desk import Desk
from server.store import identity
from server.store.errors import WriteLost
from server.store.identity import ServerIdentity
from server.upkeep.mark import Mark, as_note, fitting
from tests.simulate import edge
from tests.simulate.backups import Backup, copied
from tests.simulate.folder_disk import FolderDisk
from tests.simulate.holdings import Held, held_by
from tests.simulate.network import Reply, Request
from tests.simulate.records import moment
from tests.simulate.sqlite_disk import Disk, DiskConnection, opened, power_lost, quiet, read_from
from tests.simulate.virtual_files import VirtualFiles
from tests.simulate.virtual_store import VirtualStore
from tests.simulate.world import SECOND, Crash, World

__all__ = ["Central"]

Respond = Callable[[Reply | None], None]


class _ServerClock:
    """Central's own clock, which may be years out."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.jumped = 0

    def now(self) -> datetime:
        return moment(self.world.now + self.jumped)


@dataclass
class _Running:
    """What lives in the process and dies with it."""

    connection: DiskConnection
    store: VirtualStore
    identity: ServerIdentity
    desk: Desk
    attachments: Attachments


class Central:
    """One server. ``served`` is called with each request and the reply that central gave."""

    def __init__(self, world: World, database: bytes, *, served: Callable[[Request, Reply], None]) -> None:
        self.world = world
        self.disk = Disk(world, "central")
        self.folder = FolderDisk(self.disk)
        self.clock = _ServerClock(world)
        self.note: bytes | None = None
        self.line: frozenset[int] = frozenset()
        self.on_start: list[Callable[[], None]] = []
        self._served = served
        self._content = database
        self._running: _Running | None = None
        self._waiting: list[tuple[Request, Respond]] = []
        self._depth = 0

    @property
    def running(self) -> _Running:
        """Give the running process."""
        assert self._running is not None, "Ask only while central is up."
        return self._running

    @property
    def is_up(self) -> bool:
        """Tell whether a process runs."""
        return self._running is not None

    def start(self) -> None:
        """Start the process on what the disk holds; it may crash while it starts."""
        self.disk.revive()
        connection = opened(self._content, disk=self.disk)
        try:
            self._running = self._made(connection)
            self._running.attachments.tidy()
            for finish in self.on_start:
                finish()
        except (Crash, WriteLost, OSError) as error:
            self.world.say("central", f"could not start: {type(error).__name__}")
            self.stop(connection)
            self.world.after(self.world.chance.randint(1, 60 * SECOND), self._start_again)
            return
        self.world.say("central", "started")

    def stop(self, connection: DiskConnection | None = None) -> None:
        """End the process as a power cut does; ``connection`` is given when it had not quite begun."""
        running, self._running = self._running, None
        self._waiting.clear()
        connection = running.connection if running is not None else connection
        if connection is not None:
            self._content = power_lost(connection)
        self.folder.lose_power()
        self.world.count("crash of central")
        self.world.say("central", "is down")

    def crash(self) -> None:
        """Lose the power; somebody starts it again later."""
        self.stop()
        self.world.after(self.world.chance.randint(1, 60 * SECOND), self._start_again)

    def _start_again(self) -> None:
        if self._running is None:
            self.start()

    def restore(self, database: bytes, files: Mapping[str, bytes], *, line: frozenset[int]) -> None:
        """Put a copy in place of what is there; the process is down."""
        assert not self.is_up, "A restore needs the server stopped."
        self._content = database
        self.folder.replace_all(files)
        self.line = line

    def backup(self, number: int) -> Backup:
        """Copy what is there now, and note how far it reaches."""
        with quiet(self.running.connection) as connection:
            files = {path: content for path, content in self.folder.copy().items() if "incoming" not in path}
            made = copied(connection, files, number=number, line=self.line, now=self.clock.now())
        self.note, self.line = as_note(made.mark), made.line
        return made

    def held(self) -> Held:
        """Look at what is on the disk, running or not."""
        if self._running is None:
            return read_from(self._content, held_by)
        with quiet(self._running.connection) as connection:
            return held_by(connection)

    def image(self) -> bytes:
        """Give every page of the database."""
        if self._running is None:
            return self._content
        with quiet(self._running.connection) as connection:
            return connection.serialize()

    def changed(self) -> int:
        """Give a number that differs when rows have changed."""
        return -1 if self._running is None else self._running.connection.total_changes

    def arrive(self, request: Request, respond: Respond) -> None:
        """Take a request: at once, or a little later when another thread may come first."""
        if self._running is None:
            respond(None)
            return
        if not self.world.happens(0.3):
            self._serve(request, respond)
            return
        waiting = (request, respond)
        self._waiting.append(waiting)
        self.world.after(self.world.chance.randint(1, 2 * SECOND), lambda: self._take_up(waiting))

    def _take_up(self, waiting: tuple[Request, Respond]) -> None:
        if any(one is waiting for one in self._waiting):
            self._waiting = [one for one in self._waiting if one is not waiting]
            self._serve(*waiting)

    def _meanwhile(self) -> None:
        """Let a request that waits run between two steps of the one at work, as another thread would."""
        if self._waiting and self._depth == 1 and self.world.happens(0.6):
            self.world.count("requests between the steps of another")
            self._serve(*self._waiting.pop(0))

    def _serve(self, request: Request, respond: Respond) -> None:
        running = self._running
        if running is None:
            return
        self._depth += 1
        try:
            reply = edge.answer(
                request, desk=running.desk, attachments=running.attachments, pieces=self._pieces(request)
            )
        except Crash:
            if self._depth > 1:
                raise
            self.crash()
            return
        finally:
            self._depth -= 1
        self.world.say("central", f"{request.method} {request.path.split('?')[0][:40]} → {reply.status}")
        self._served(request, reply)
        if request.whole:
            respond(replace(reply, line=self.line))

    def _pieces(self, request: Request) -> Iterator[bytes]:
        """Give an upload's bytes as they come; another request may come between two of them."""
        for start in range(0, len(request.body), 16_384):
            self._meanwhile()
            yield request.body[start : start + 16_384]

    def _made(self, connection: DiskConnection) -> _Running:
        store = VirtualStore(connection, meanwhile=self._meanwhile)
        chance = self.world.chance.randbytes
        who = identity.ensure(store, clock=self.clock, random_bytes=chance)  # type: ignore[arg-type]  # the same two calls
        programme_keys = keys.ensure(store, clock=self.clock, random_bytes=chance)  # type: ignore[arg-type]  # as above
        self._check_note(connection, who)
        desk = Desk(database=store, identity=who, clock=self.clock, keys=programme_keys, safe_seq=self._safe_seq)
        alone = VirtualStore(connection, meanwhile=lambda: None)
        attachments = Attachments(alone, VirtualFiles(self.folder, clock=self.clock), clock=self.clock)
        return _Running(connection=connection, store=store, identity=who, desk=desk, attachments=attachments)

    def _safe_seq(self) -> int:
        """Tell how far the verified backup reaches, if it is of this life of the log."""
        return 0 if self.note is None or self._running is None else seq_in(self.note, self._running.identity)

    def _check_note(self, connection: DiskConnection, who: ServerIdentity) -> None:
        """Do what every start does: an older database may have been put here by hand."""
        if self.note is not None:
            with quiet(connection):
                self.note = as_note(fitting(Mark(**json.loads(self.note)), connection, identity=who))
