"""The network between a phone and central: what goes in need not come out, or comes out twice, late, or cut.

A phone's call gets exactly one answer, as from a real transport: what came back, or that nothing did.
What comes after the phone stopped waiting is thrown away there, but central may have acted on it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tests.simulate.world import HOUR, MINUTE, SECOND, World

__all__ = ["CALM", "Lost", "Network", "Reply", "Request", "Weather"]

TIMEOUT = 30 * SECOND
PORTAL = b"<!doctype html><title>Welcome to Free WiFi</title><form action=/login>"


@dataclass(frozen=True, kw_only=True)
class Request:
    """One call as bytes; ``whole`` is False when the line was cut while the body was sent."""

    phone: str
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = True


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back, whoever it came from; ``whole`` is False when the body was cut.

    ``line`` is for the watch alone: the backups of the log that answered, as they were by then.
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = True
    line: frozenset[int] = frozenset()

    def json(self) -> object:
        """Give the body as JSON values, or None when it is none."""
        try:
            content: object = json.loads(self.body)
        except ValueError:
            return None
        return content


@dataclass(frozen=True)
class Lost:
    """Nothing came back."""

    why: str


Heard = Reply | Lost
Deliver = Callable[[Heard], None]


@dataclass(frozen=True, kw_only=True)
class Weather:
    """How likely each fault is at a call."""

    drop: float = 0.0
    answer_lost: float = 0.0
    duplicate: float = 0.0
    late: float = 0.0
    truncate_request: float = 0.0
    truncate_answer: float = 0.0
    portal: float = 0.0
    gateway: float = 0.0
    half_open: float = 0.0
    redirect: float = 0.0


CALM = Weather()


class Network:
    """Carries calls to ``arrive``, which answers now or later, with None when central is not there; or never."""

    def __init__(self, world: World, arrive: Callable[[Request, Callable[[Reply | None], None]], None]) -> None:
        self.world = world
        self.weather = CALM
        self.cut_off: dict[str, int] = {}
        self._arrive_at_central = arrive

    def partition(self, phone: str, milliseconds: int) -> None:
        """Take the network away from one phone for a while."""
        self.cut_off[phone] = self.world.now + milliseconds
        self.world.count("fault: partition")
        self.world.say(phone, f"no network for {milliseconds} ms")

    def heal(self) -> None:
        """Make every line good from now on."""
        self.weather = CALM
        self.cut_off.clear()

    def call(self, request: Request, deliver: Deliver) -> None:
        """Send ``request``; ``deliver`` is called once, with what the phone hears."""
        self.world.count("requests")
        once = _Once(deliver)
        if self.cut_off.get(request.phone, 0) > self.world.now:
            self.world.after(self._moments(5), lambda: once(Lost("unreachable")))
            return
        fault = self._fault()
        if fault is not None:
            self.world.count(f"fault: {fault}")
            self.world.say(request.phone, f"{fault}: {request.method} {request.path.split('?')[0]}")
        self._send(request, once, fault)
        self.world.after(TIMEOUT, lambda: once(Lost("timeout")))

    def _fault(self) -> str | None:
        """Choose at most one fault of this call."""
        dice = self.world.chance.random()
        for name, probability in vars(self.weather).items():
            dice -= probability
            if dice < 0:
                return str(name).replace("_", " ")
        return None

    def _send(self, request: Request, once: "_Once", fault: str | None) -> None:
        world = self.world
        there = self._moments(200)
        match fault:
            case "drop":
                if world.happens(0.5):
                    world.after(there, lambda: once(Lost("unreachable")))
            case "portal" | "gateway" | "redirect":
                world.after(there, lambda: once(_stranger(fault, world)))
            case "late":
                world.after(self._moments(2 * MINUTE), lambda: self._arrive(request, once))
            case "duplicate":
                again = self._moments(world.chance.choice([1, SECOND, MINUTE, HOUR]))
                world.after(there, lambda: self._arrive(request, once))
                world.after(there + again, lambda: self._arrive(request, once))
            case "truncate request":
                world.after(there, lambda: self._arrive(_cut(request, world), _Once(lambda _heard: None)))
                world.after(there + self._moments(500), lambda: once(Lost("unreachable")))
            case "answer lost":
                world.after(there, lambda: self._arrive(request, _Once(lambda _heard: None)))
                world.after(there + self._moments(500), lambda: once(Lost("unreachable")))
            case "half open":
                world.after(there, lambda: self._arrive(request, _Once(lambda _heard: None)))
            case "truncate answer":
                world.after(there, lambda: self._arrive(request, once, shorten=True))
            case _:
                world.after(there, lambda: self._arrive(request, once))

    def _arrive(self, request: Request, once: "_Once", *, shorten: bool = False) -> None:
        self._arrive_at_central(request, lambda reply: self._answer(reply, once, shorten=shorten))

    def _answer(self, reply: Reply | None, once: "_Once", *, shorten: bool) -> None:
        heard: Heard = Lost("unreachable")
        if reply is not None:
            heard = _cut_reply(reply, self.world) if shorten else reply
        self.world.after(self._moments(200), lambda: once(heard))

    def _moments(self, most: int) -> int:
        return self.world.chance.randint(1, most)


class _Once:
    """Hands on the first thing heard; the phone no longer waits for a second."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver: Deliver | None = deliver

    def __call__(self, heard: Heard) -> None:
        deliver, self._deliver = self._deliver, None
        if deliver is not None:
            deliver(heard)


def _stranger(fault: str, world: World) -> Reply:
    """Answer in central's place."""
    html = {"Content-Type": "text/html; charset=utf-8"}
    if fault == "portal":
        return Reply(status=world.chance.choice([200, 204, 511]), headers=html, body=PORTAL)
    if fault == "redirect":
        return Reply(status=200, headers={"Content-Type": "application/json"}, body=b'{"logged_in": false}')
    status = world.chance.choice([429, 500, 502, 503, 504])
    return Reply(status=status, headers={**html, "Retry-After": "20"}, body=b"<h1>Bad gateway</h1>")


def _cut(request: Request, world: World) -> Request:
    length = world.chance.randint(0, max(0, len(request.body) - 1))
    return Request(**{**vars(request), "body": request.body[:length], "whole": False})


def _cut_reply(reply: Reply, world: World) -> Reply:
    length = world.chance.randint(0, max(0, len(reply.body) - 1))
    noticed = world.happens(0.7)  # a length that was announced tells that the end is missing; not all announce one
    return replace(reply, body=reply.body[:length], whole=not noticed)
