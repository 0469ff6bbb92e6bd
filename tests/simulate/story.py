"""One seed's story: who works, what goes wrong and when. Everything is decided by chance, and chance by the seed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from tests.simulate.console import Console
from tests.simulate.network import Network, Weather
from tests.simulate.phone import Phone
from tests.simulate.records import CLOSING, GOOD, UNKNOWN, Maker, moment
from tests.simulate.witness import Witness
from tests.simulate.world import DAY, HOUR, MINUTE, SECOND, World

__all__ = ["Story"]

YEARS = 365 * DAY


@dataclass
class Story:
    """What happens until the storm is over. ``lasts`` in milliseconds; the first phone's quarantine may be full."""

    world: World
    network: Network
    console: Console
    witness: Witness
    phones: list[Phone]
    makers: dict[str, Maker]
    lasts: int
    quarantine_is_full: bool

    def plan(self) -> None:
        """Put everything on the heap."""
        self._weather()
        chance = self.world.chance
        for phone in self.phones:
            for _ in range(chance.randint(1, 7)):
                self._at_some_time(partial(self.finish, phone))
            for _ in range(chance.randint(0, 3)):
                self._at_some_time(partial(self.trouble, phone))
        self._plan_console()

    def _plan_console(self) -> None:
        chance = self.world.chance
        often = (
            (self.console.backup, 1, 4),
            (self.trouble_at_central, 0, 5),
            (self.erase, 0, 3),
        )
        for action, least, most in often:
            for _ in range(chance.randint(least, most)):
                self._at_some_time(action)
        for action, probability in (
            (self.console.close_form, 0.4),
            (self.restore, 0.5),
            (lambda: self.wipe(chance.choice(self.phones)), 0.3),
            (lambda: self.console.revoke(chance.choice(self.phones).device), 0.3),
        ):
            if self.world.happens(probability):
                self._at_some_time(action)

    def finish(self, phone: Phone) -> None:
        """A person finishes an interview, or an edit of one, or an old mistake of the app makes poison."""
        chance = self.world.chance
        at = moment(self.world.now + phone.clock_jumped)
        if chance.random() < 0.08:
            revision = self.makers[phone.name].poisoned(at=at)
        else:
            parent = chance.choice(phone.finished) if phone.finished and chance.random() < 0.4 else None
            odd = 8 if self.quarantine_is_full and phone is self.phones[0] else 1
            version = chance.choices([GOOD, CLOSING, UNKNOWN], [8, 2, odd])[0]
            files = chance.choices([0, 1, 2, 3], [5, 3, 1, 1])[0]
            revision = self.makers[phone.name].revision(at=at, version=version, files=files, parent=parent)
        kept = phone.finish(revision)
        if kept or revision.rev in phone.holds().revs:
            self.witness.finish(revision)
            if not revision.poisoned:
                phone.finished.append(revision)
            self.world.say(phone.name, f"finished {revision.rev[:8]} with {len(revision.attachments)} files")
            self.world.count("finished")
        elif phone.is_on:
            self.world.count("told that the phone is full")
        if kept:
            phone.wake("finalised")

    def trouble(self, phone: Phone) -> None:
        """Something happens to a phone."""
        chance = self.world.chance
        match chance.choice(["crash", "crash", "partition", "clock", "full", "button", "online"]):
            case "crash":
                phone.disk.steps_to_crash = chance.randint(1, 25)
                phone.wake("button")
            case "partition":
                self.network.partition(phone.name, chance.randint(1, 40 * MINUTE))
            case "clock":
                phone.clock_jumped = chance.choice([-1, 1]) * chance.randint(0, 8 * YEARS)
                self.world.say(phone.name, f"clock is out by {phone.clock_jumped // DAY} days")
                self.world.count("fault: clock of a phone")
                phone.wake("visible")
            case "full":
                self._fill(phone)
            case "button":
                phone.wake("button")
            case "online":
                phone.wake("online")

    def trouble_at_central(self) -> None:
        """Something happens to central."""
        chance = self.world.chance
        central = self.console.central
        match chance.choice(["crash", "crash", "crash", "full", "full", "clock", "weather"]):
            case "crash":
                central.disk.steps_to_crash = chance.randint(1, 40)
            case "full":
                central.disk.full = True
                self.world.say("central", "disk is full")
                self.world.after(chance.randint(SECOND, 20 * MINUTE), lambda: setattr(central.disk, "full", False))
            case "clock":
                central.clock.jumped = chance.choice([-1, 1]) * chance.randint(0, 3 * YEARS)
                self.world.say("central", f"clock is out by {central.clock.jumped // DAY} days")
                self.world.count("fault: clock of central")
            case _:
                self._weather()

    def erase(self) -> None:
        """Somebody asks for one of the responses to be erased; now and then the power fails in it."""
        if self.world.happens(0.25):
            self.console.central.disk.steps_to_crash = self.world.chance.randint(1, 12)
        held = self.console.central.held()
        there = sorted({one.response for one in self.witness.finalised.values() if one.rev in held.revs})
        newest = [one.response for one in self.witness.finalised.values() if one.rev in held.revs][-3:]
        if there:
            self.console.erase(self.world.chance.choice(newest if self.world.happens(0.6) else there))

    def restore(self) -> None:
        """Central is put back to an older state: any that is not a month behind."""
        may = self.console.shelf.may_be_put_back()
        if may:
            self.console.restore(self.world.chance.choice(may), by_hand=self.world.happens(0.5))

    def wipe(self, phone: Phone) -> None:
        """A phone loses everything; what central does not hold by then is excused, and nothing else."""
        self.witness.excuse(phone.device, self.console.central.held())
        self.world.say(phone.name, "is wiped")
        self.world.count("fault: wipe")
        phone.wipe()
        self._enrol(phone)

    def heal(self) -> None:
        """Make everything good that people can make good; clocks of phones stay as they are."""
        self.network.heal()
        central = self.console.central
        central.disk.full = False
        central.disk.steps_to_crash = None
        central.clock.jumped = 0
        if not central.is_up:
            central.start()
        for phone in self.phones:
            phone.disk.full = False
            phone.disk.steps_to_crash = None
            if not phone.is_on:
                phone.switch_on()
            self._enrol(phone)
            self._look_now_and_then(phone)
        self.world.say("world", "healed")

    def _look_now_and_then(self, phone: Phone) -> None:
        """People open the app again, some time."""
        phone.wake("visible")
        self.world.after(self.world.chance.randint(2 * HOUR, 5 * HOUR), lambda: self._look_now_and_then(phone))

    def _enrol(self, phone: Phone) -> None:
        """Enrol a phone, again and again until both sides have kept it."""
        lasts = timedelta(days=20 if self.world.happens(0.3) else 90)
        token = self.console.token(phone.device, lasts=lasts) if phone.is_on else None
        if token is None or not phone.enrol(token):
            self.world.after(5 * MINUTE, lambda: self._enrol(phone))
            return
        phone.wake("button")

    def _fill(self, phone: Phone) -> None:
        phone.disk.full = True
        self.world.say(phone.name, "disk is full")
        self.world.after(self.world.chance.randint(SECOND, 20 * MINUTE), lambda: setattr(phone.disk, "full", False))
        phone.wake("button")

    def _weather(self) -> None:
        """Choose how bad the network is, for everybody, until it changes."""
        chance = self.world.chance
        worst = chance.choice([0.0, 0.02, 0.06])
        self.network.weather = Weather(**{name: chance.uniform(0, worst) for name in vars(Weather())})

    def _at_some_time(self, action: Callable[[], None]) -> None:
        self.world.after(self.world.chance.randint(0, self.lasts), action)
