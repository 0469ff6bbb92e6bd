"""One link between a client and a loopback server: it counts what passes and can be as slow as a bad phone signal.

The browser's own throttling covers the page but not its service worker, so what the worker fetches behind the page
would be neither slowed nor counted. Here everything shares the link, as it does on a phone.
"""

import asyncio
import math
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from types import TracebackType

__all__ = ["SLOW_4G", "SLOW_PHONE", "UNTHROTTLED", "Conditions", "Link", "Passed", "Traffic"]

FRAME_BYTES = 1_500  # one Ethernet frame: small enough that requests side by side share the link fairly
STARTS = (b"HTTP/1.1 ", b"GET ", b"POST ", b"PUT ", b"HEAD ", b"DELETE ", b"PATCH ", b"OPTIONS ")
END_OF_HEADERS = b"\r\n\r\n"
START_SECONDS = 10.0


@dataclass(frozen=True)
class Conditions:
    """What a phone has: kilobits per second each way (0: no limit), added round trip in ms, CPU slowdown factor."""

    name: str
    kilobits: int
    latency_ms: int
    cpu_slowdown: int


UNTHROTTLED = Conditions("no throttle", kilobits=0, latency_ms=0, cpu_slowdown=1)
SLOW_4G = Conditions("CPU ×4, 1.6 Mbit/s, 150 ms", kilobits=1_600, latency_ms=150, cpu_slowdown=4)
SLOW_PHONE = Conditions("CPU ×6, 400 kbit/s, 400 ms", kilobits=400, latency_ms=400, cpu_slowdown=6)


@dataclass(frozen=True)
class Passed:
    """What had been delivered in one direction until a moment (epoch seconds): messages, bytes, bytes of headers."""

    moment: float = 0.0
    messages: int = 0
    bytes: int = 0
    header_bytes: int = 0

    @property
    def body_bytes(self) -> int:
        """Bytes of content alone, compressed as they were sent."""
        return self.bytes - self.header_bytes


@dataclass(frozen=True)
class Traffic:
    """What passed both ways."""

    up: Passed
    down: Passed


class Lane:
    """One direction of the link. Rates are bytes per second (0: no limit), delays seconds."""

    def __init__(self, rate: float, delay: float) -> None:
        self.rate = rate
        self.delay = delay
        self.history = [Passed()]
        self._free_at = 0.0

    async def wait_for_turn(self, size: int) -> None:
        """Sleep until `size` more bytes have fitted through, behind those already under way."""
        if not self.rate:
            return
        now = time.monotonic()
        self._free_at = max(now, self._free_at) + size / self.rate
        await asyncio.sleep(self._free_at - now)

    def count(self, chunk: bytes) -> None:
        """Note a chunk at the moment it is delivered.

        A message starts a chunk, because nobody sends the next one before the answer to the last has been read.
        """
        last, starts = self.history[-1], chunk.startswith(STARTS)
        headers = chunk.find(END_OF_HEADERS) + len(END_OF_HEADERS) if starts else 0
        self.history.append(
            Passed(time.time(), last.messages + starts, last.bytes + len(chunk), last.header_bytes + headers)
        )

    def passed(self, moment: float) -> Passed:
        """Give what had been delivered until `moment`."""
        return next(passed for passed in reversed(self.history) if passed.moment <= moment)


class Link:
    """Carry TCP connections from `url` to a server on loopback. Use as a context manager."""

    def __init__(self, conditions: Conditions, *, target_port: int) -> None:
        rate, delay = conditions.kilobits * 125.0, conditions.latency_ms / 2_000
        self._target_port = target_port
        self._up, self._down = Lane(rate, delay), Lane(rate, delay)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.url = ""

    def __enter__(self) -> "Link":
        self._thread.start()
        if not self._ready.wait(START_SECONDS):
            raise TimeoutError(f"The link did not start within {START_SECONDS:.0f} s.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(START_SECONDS)

    def traffic(self, moment: float = math.inf) -> Traffic:
        """Give what has passed both ways until `moment` (epoch seconds; now, if none is given)."""
        return Traffic(self._up.passed(moment), self._down.passed(moment))

    def down(self, moment: float = math.inf) -> Passed:
        """Give what had reached the client until `moment` (epoch seconds; now, if none is given)."""
        return self._down.passed(moment)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            try:
                far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
                with closing(far_writer):
                    await asyncio.gather(_carry(reader, far_writer, self._up), _carry(far_reader, writer, self._down))
            except (ConnectionError, asyncio.CancelledError):
                return  # The client sees its connection close; cancelled when the bench is done with the link.


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lane: Lane) -> None:
    """Pass one direction of one connection on until its sender closes it."""
    while chunk := await reader.read(FRAME_BYTES if lane.rate else 65_536):
        await lane.wait_for_turn(len(chunk))
        if lane.delay:
            asyncio.get_running_loop().call_later(lane.delay, _deliver, writer, lane, chunk)
        else:
            _deliver(writer, lane, chunk)
            await writer.drain()
    await asyncio.sleep(lane.delay)
    writer.close()


def _deliver(writer: asyncio.StreamWriter, lane: Lane, chunk: bytes) -> None:
    if not writer.is_closing():
        lane.count(chunk)
        writer.write(chunk)
