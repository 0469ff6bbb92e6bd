"""The two sessions are one: whatever happens, both take the same step; and whatever a server says, a pass ends."""

from collections.abc import Iterator
from random import Random
from typing import Final, get_args

import pytest

from sync.batch import Batch
from sync.session import new_session, step
from sync.session_types import (
    Answered,
    Effect,
    Event,
    Gathered,
    Keep,
    Kept,
    Phase,
    Pushing,
    Session,
    Step,
    StoreFailed,
    Unconfirmed,
    Upload,
    Wake,
    WakeReason,
)
from tests.sync.honest_server import HonestServer
from tests.sync.odd_server import NAMES, odd_answer
from tests.sync.session_json import as_json
from tests.sync.telling import Tale
from tests.sync.twin_session import TwinSession

SEED: Final = 20261120
WILD: Final = 100
CONVERSATIONS: Final = 200
EVENTS: Final = 30
LENGTHS: Final = (0, 10, 9_000, 200_000)
REASONS: Final[tuple[WakeReason, ...]] = get_args(WakeReason)
# How often the server is not itself: never, so that conversations get far, up to every third time.
ODDNESS: Final = (0.0, 0.01, 0.05, 0.3)
# Of one waking with four revisions and three photos of at most 200,000 bytes, or 25 pieces of 8 KiB.
MOST_CALLS: Final = 200


@pytest.fixture(scope="module")
def twin() -> Iterator[TwinSession]:
    with TwinSession() as process:
        yield process


def test_sessions_agree_on_any_event_in_any_phase(twin: TwinSession) -> None:
    for seed in range(SEED, SEED + WILD):
        random = Random(seed)
        session, at = new_session(), 1_000_000
        for number in range(EVENTS):
            at += random.choice((0, 500, 400_000, -(10**11), 10**11))
            session = both(twin, session, wild_event(random, session, at), f"seed {seed}, event {number}").session


def test_passes_end_and_sessions_agree_whatever_a_server_says(twin: TwinSession) -> None:
    most = 0
    seen: set[str] = set()
    for seed in range(SEED, SEED + CONVERSATIONS):
        random = Random(seed)
        tale = TwinTale(twin, random, seed)
        for _ in range(random.randrange(1, 5)):
            tale.at += random.choice((0, 5_000, 400_000, -(10**11)))
            most = max(most, converse(tale, random))
        finish_honestly(tale)
        seen |= {told["phase"] for told in tale.steps}
        seen |= {effect["kind"] for told in tale.steps for effect in told["effects"]}
    print(f"{CONVERSATIONS} conversations from seed {SEED}; most calls of one waking: {most}")
    assert most < MOST_CALLS
    assert seen == kinds(Phase) | kinds(Effect), "all there is has happened"


def kinds(union: object) -> set[str]:
    """Return the kinds of a union of dataclasses."""
    return {member.kind for member in get_args(union)}


def both(twin: TwinSession, session: Session, event: Event, place: str) -> Step:
    here = step(session, event)
    there = twin.step_json(as_json(session), as_json(event))
    assert there["effects"] == as_json(here.effects), f"{place}: {event}"
    assert there["session"] == as_json(here.session), f"{place}: {event}"
    return here


class TwinTale(Tale):
    """A conversation that both sessions take part in, over a shelf that fails now and then."""

    def __init__(self, twin: TwinSession, random: Random, seed: int) -> None:
        super().__init__(waiting="a b c"[: random.randrange(6)], fraction=random.random())
        owners = [*self.shelf.revisions, ""]
        self.shelf.photos = {
            name: (random.choice(LENGTHS), random.choice(owners)) for name in "pqr" if random.random() < 0.7
        }
        self.twin = twin
        self.seed = seed

    def take(self, session: Session, event: Event) -> Step:
        taken = both(self.twin, session, event, f"seed {self.seed}, step {len(self.steps)}")
        keeps = [effect for effect in taken.effects if isinstance(effect, Keep)]
        assert len(keeps) < 2
        sent = session.phase.revs if isinstance(session.phase, Pushing) else ()
        assert {receipt.rev for keep in keeps for receipt in keep.receipts} <= set(sent), "only what this push brought"
        return taken


def converse(tale: TwinTale, random: Random) -> int:
    """Wake the session and talk until the pass is over; return how many calls each waking came to."""
    tale.reads = tale.writes = True
    calls, wakings = len(tale.calls), 1
    oddness = random.choice(ODDNESS)
    tale.wake(random.choice(REASONS))
    while not tale.is_over:
        if random.random() < 0.05:
            wakings += 1
            tale.wake(random.choice(REASONS))
        if random.random() < 0.03:
            wakings += 1
            tale.finalise("d")
        tale.writes = random.random() >= oddness / 4
        tale.reads = random.random() >= oddness / 8
        tale.hear(odd_answer(random, tale.session.phase, oddness=oddness))
        assert len(tale.calls) - calls < MOST_CALLS * wakings, f"seed {tale.seed}: endless"
    return (len(tale.calls) - calls) // wakings


def finish_honestly(tale: TwinTale) -> None:
    """After all lies a truthful server gets everything: nothing waits any more, and nothing is in doubt."""
    tale.reads = tale.writes = True
    server = HonestServer(seen_before=tale.shelf)
    for _ in range(3):
        tale.wake("button")
        while not tale.is_over:
            tale.hear(server.answer(tale.session.phase))
    assert tale.phase == "resting", f"seed {tale.seed}"
    assert not {"finalised", "sent"} & set(tale.shelf.revisions.values()), f"seed {tale.seed}: {tale.shelf}"
    assert tale.shelf.upload(()) is None, f"seed {tale.seed}: {tale.shelf}"
    assert "sent" not in tale.shelf.photo_states.values(), f"seed {tale.seed}: {tale.shelf}"


def wild_event(random: Random, session: Session, at: int) -> Event:
    fraction = random.random()
    kind = random.randrange(10)
    if kind < 2:
        return Wake(at=at, fraction=fraction, reason=random.choice(REASONS))
    if kind < 5:
        return wild_gathered(random, at, fraction)
    if kind < 8:
        return Answered(at=at, fraction=fraction, answer=odd_answer(random, session.phase, oddness=0.2))
    return Kept(at=at, fraction=fraction) if kind == 8 else StoreFailed(at=at, fraction=fraction)


def wild_gathered(random: Random, at: int, fraction: float) -> Gathered:
    revs = tuple(random.sample(NAMES, random.randrange(4)))
    names = random.sample(NAMES, random.randrange(4))
    unconfirmed = Unconfirmed(revs=tuple(names[:2]), attachments=tuple(names[2:]))
    return Gathered(
        at=at,
        fraction=fraction,
        batch=Batch(revs=revs, body="{}") if random.random() < 0.4 else None,
        unconfirmed=unconfirmed if random.random() < 0.5 else Unconfirmed(),
        upload=Upload(sha256=random.choice("pqr"), bytes=random.choice(LENGTHS)) if random.random() < 0.6 else None,
    )
