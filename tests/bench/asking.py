"""Requests of many callers at once from one thread: each on a connection of its own, as a proxy makes them."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Asked", "Asker", "GaveUp"]

CALL_SECONDS = 60.0


class GaveUp(Exception):
    """A caller got no answer, or not the one that lets them go on."""


@dataclass(frozen=True)
class Asked:
    """One request: its kind, how long the whole answer took, and whether it was not the expected one."""

    kind: str
    ms: float
    went_wrong: bool


class Asker:
    """Asks one port of this machine, and notes every request in `done`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.done: list[Asked] = []

    async def ask(
        self, kind: str, path: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None, expected: int = 200
    ) -> bytes:
        """Ask once: POST with a body, else GET. Give the answer's body. Raise GaveUp."""
        began = time.monotonic()
        try:
            status, content = await asyncio.wait_for(self._call(path, body, headers or {}), CALL_SECONDS)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            self._note(kind, began, went_wrong=True)
            raise GaveUp(f"{kind}: {error!r}") from error
        self._note(kind, began, went_wrong=status != expected)
        if status != expected:
            raise GaveUp(f"{kind}: {status} {content[:200]!r}")
        return content

    def _note(self, kind: str, began: float, *, went_wrong: bool) -> None:
        self.done.append(Asked(kind, (time.monotonic() - began) * 1_000, went_wrong))

    async def _call(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            told = {"Host": f"localhost:{self._port}", "Connection": "close", "Accept-Language": "en", **headers}
            told |= {"Content-Length": str(len(body))} if body else {}
            lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", *(f"{name}: {told[name]}" for name in told)]
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            await writer.drain()
            head, _, content = (await reader.read(-1)).partition(b"\r\n\r\n")
            return int(head.split(b" ", 2)[1]), content
        finally:
            writer.close()
