"""One seed from beginning to end: set the world up, let the storm pass, heal, wait for quiet, check the promises."""

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from server.intake.queries import count_heads
from sync.client.driver import Driver
from sync.client.outbox import Outbox
from sync.session import new_session, step
from sync.session_types import Event, Session, Step
from tests.simulate import promises, safety, second_central
from tests.simulate.central import Central
from tests.simulate.central_template import DEVICES, LOGICS, with_full_quarantine, without_responses
from tests.simulate.console import Console
from tests.simulate.holdings import Held, PhoneHolds, nothing_kept
from tests.simulate.listening import Listener
from tests.simulate.network import Network
from tests.simulate.phone import Phone
from tests.simulate.records import Maker
from tests.simulate.sqlite_disk import quiet
from tests.simulate.story import Story
from tests.simulate.witness import Witness
from tests.simulate.world import HOUR, MINUTE, Broken, World

__all__ = ["Outcome", "Simulation", "TakeStep", "run"]

STORM = (15 * MINUTE, 60 * MINUTE)
HEALED_WITHIN = 12 * HOUR
FULL_QUARANTINE_EVERY = 25

TakeStep = Callable[[Session, Event], Step]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a seed; ``broken`` says which promise was not kept, with the last lines of the trace."""

    seed: int
    trace: str
    tally: Mapping[str, int]
    broken: str | None
    last_lines: tuple[str, ...]


def run(seed: int, take_step: TakeStep = step) -> Outcome:
    """Play one seed, with phones whose session takes its steps by ``take_step``."""
    was = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    simulation = Simulation(seed, take_step)
    broken = None
    try:
        simulation.play()
    except Broken as error:
        broken = str(error)
    except Exception:  # the code under test must not raise anything here
        broken = f"raised: {traceback.format_exc()}"
    finally:
        simulation.close()
        logging.disable(was)
    world = simulation.world
    world.tally["virtual minutes"] = world.now // MINUTE
    return Outcome(
        seed=seed,
        trace=world.trace_hash(),
        tally=Counter(world.tally),
        broken=broken,
        last_lines=tuple(world.last_lines),
    )


class Simulation:
    """A central, its phones, and the watch over them."""

    def __init__(self, seed: int, take_step: TakeStep) -> None:
        self.world = World(seed)
        self._take_step = take_step
        self.witness = Witness()
        listener = Listener(self.world, self.witness, eye=lambda: quiet(self.central.running.connection))
        self._quarantine_is_full = seed % FULL_QUARANTINE_EVERY == 3
        database = with_full_quarantine() if self._quarantine_is_full else without_responses()
        self.central = Central(self.world, database, served=listener.served)
        self.network = Network(self.world, self.central.arrive)
        self.console = Console(self.world, self.central, self.witness)
        self.phones = [
            Phone(self.world, self.network, name=f"p{number}", device=device, make_driver=self._make_driver)
            for number, device in enumerate(DEVICES[: self.world.chance.randint(3, 8)], 1)
        ]
        listener.devices.update({phone.name: phone.device for phone in self.phones})
        self._changed_since_asked, self._quiet = True, False
        self._seen_central = -2
        self._seen: dict[str, tuple[int, int]] = {}
        self._holds: dict[str, PhoneHolds] = {}

    def play(self) -> None:
        """Let it all happen; raises Broken."""
        world = self.world
        self.central.start()
        for phone in self.phones:
            phone.switch_on()
            minutes = self.world.chance.choice([2, 10, *[90 * 24 * 60] * 4])
            phone.enrol(self.console.token(phone.device, lasts=timedelta(minutes=minutes)) or "")
        world.watchers.append(self._watch)
        story = self._story()
        story.plan()
        world.run(until=story.lasts)
        world.run(until=world.now + 5 * MINUTE)
        story.heal()
        if not world.run(until=world.now + HEALED_WITHIN, done=self._is_quiet):
            raise Broken("quiescence", f"not quiet after twelve hours: {self._restless()}")
        world.run(until=world.now + HOUR)
        self._judge()

    def close(self) -> None:
        """Let go of what is open."""
        if self.central.is_up:
            self.central.running.connection.close()
        for phone in self.phones:
            phone.switch_off()

    def _make_driver(self, outbox: Outbox) -> Driver[Session]:
        return Driver(outbox, step=self._step, session=new_session())

    def _step(self, session: Session, event: Event) -> Step:
        done = self._take_step(session, event)
        self.world.count(f"phase: {done.session.phase.kind}")
        return done

    def _story(self) -> Story:
        photos: list[bytes] = []
        makers = {
            phone.name: Maker(device=phone.device, logics=LOGICS, chance=self.world.chance, photos=photos)
            for phone in self.phones
        }
        return Story(
            self.world,
            self.network,
            self.console,
            self.witness,
            self.phones,
            makers,
            lasts=self.world.chance.randint(*STORM),
            quarantine_is_full=self._quarantine_is_full,
        )

    def _watch(self) -> None:
        """Look at what changed since the last event."""
        self.console.shelf.look_at(self.central.clock.now())
        changed = False
        for phone in self.phones:
            seen = phone.changed()
            if self._seen.get(phone.device) != seen:
                self._seen[phone.device] = seen
                self._look_at(phone)
                changed = True
        central = self.central.changed()
        if central == self._seen_central and not changed:
            return
        self._changed_since_asked = True
        if central != self._seen_central:
            self._seen_central = central
            self._held = self.central.held()
            promises.acknowledged_is_durable(self.witness, self._held)
            promises.files_are_whole(self.witness, self._held, self.central.folder.durable())
        promises.nothing_vanished(self.witness, self._held, self._holds)

    def _look_at(self, phone: Phone) -> None:
        before, now = self._holds.get(phone.device, nothing_kept()), phone.holds()
        self._holds[phone.device] = now
        promises.only_what_was_safe_goes(phone.finished, before, now)
        promises.phone_says_what_it_was_told(self.witness, now)
        shelf = self.console.shelf
        became = safety.what_becomes_safe_is_backed_up(self.witness, shelf, before, now, line=phone.heard_of)
        self.world.tally["became safe"] += became
        self.world.tally["let go"] += sum(rev not in now.revs for rev in before.revs if not phone.wiped)

    def _restless(self) -> list[str]:
        """Say what is still under way."""
        found = [] if self.central.is_up else ["central is down"]
        held = self.central.held()
        for phone in self.phones:
            holds = phone.holds()
            revs = [
                f"{phone.name} {rev[:8]} {state}"
                for rev, state in holds.revs.items()
                if state in {"finalised", "sent"} and not self.witness.may_wait(rev, held)
            ]
            files = [
                f"{phone.name} file {sha256[:8]} {state}"
                for sha256, state in holds.files.items()
                if state in {"here", "sent"} and not self._is_stuck(sha256, holds)
            ]
            found += revs + files
        return found

    def _is_stuck(self, sha256: str, holds: PhoneHolds) -> bool:
        """Tell whether every revision that names the file waits itself."""
        naming = [one.rev for one in self.witness.naming(sha256)]
        return all(holds.revs.get(rev) in {None, "finalised", "refused", "erased"} for rev in naming)

    def _is_quiet(self) -> bool:
        if self._changed_since_asked:
            self._changed_since_asked = False
            self._quiet = not self._restless()
        return self._quiet

    def _judge(self) -> None:
        holds = {phone.device: phone.holds() for phone in self.phones}
        held = self.central.held()
        with quiet(self.central.running.connection) as connection:
            promises.at_rest(connection, self.witness, held, holds)
            for phone in holds.values():
                safety.safe_at_rest(self.witness, self.console.shelf, phone, line=self.central.line)
            self._judge_heads(held)
            if self.world.happens(0.1):
                second_central.agrees(connection, self.witness, held, self.world.chance)
                self.world.count("second centrals")
        self.world.tally["photos of more than one phone"] += len(self.witness.files_of_several_phones())
        promises.words_are_gone(self.witness, self.central.image(), self.central.folder)

    def _judge_heads(self, held: Held) -> None:
        """I4: central counts the heads that follow from what the phones made."""
        with quiet(self.central.running.connection) as connection:
            for response, revs in promises.heads(held, self.witness).items():
                erased = any(self.witness.finalised[rev].response == response for rev in self.witness.erased_revs)
                counted = count_heads(connection, response_id=response)
                if counted != len(revs) and not erased:
                    raise Broken("I4", f"central counts {counted} heads of {response}, there are {len(revs)}")
