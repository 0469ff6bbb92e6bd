"""The ledger of erasures loses no line, whoever writes into it at the same moment."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.services import Services
from server.upkeep import ledger, lines
from server.upkeep.ledger import Ledger
from tests.server.erasures import planned
from tests.server.keeping import in_parts
from tests.server.pushing import push
from tests.server.records import Phone


def test_erasures_that_two_add_at_one_moment_are_both_there(
    running: Services, client: FlaskClient, device: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read what is there before either writes."""
    items = [in_parts(device, {"main": {"who": "x" * length}}) for length in (1, 500)]
    push(client, device, *items)
    erasures = [planned(running, item) for item in items]
    both_have_read = threading.Barrier(2)

    def add_lines(path: Path, choose: Callable[[Sequence[bytes]], list[bytes]]) -> None:
        first = True

        def choose_together(there: Sequence[bytes]) -> list[bytes]:
            nonlocal first
            chosen = choose(there)
            if first:
                first = False
                both_have_read.wait(10)
            return chosen

        lines.add_lines(path, choose_together)

    monkeypatch.setattr(ledger, "add_lines", add_lines)
    adding = [threading.Thread(target=Ledger(tmp_path).add, args=([one],)) for one in erasures]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()
    read = Ledger(tmp_path).read()
    assert {one.rev for one in read.erasures} == {one.rev for one in erasures}
    assert read.damaged == ()


def test_whoever_writes_into_a_file_of_lines_does_so_alone(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    within: list[str] = []
    begun, other_begun = threading.Event(), threading.Event()

    def slowly(there: Sequence[bytes]) -> list[bytes]:
        within.append("first")
        if len(within) == 2:
            begun.set()
            other_begun.wait(10)
            within.append("first ends")
        return [b"one\n"]

    def other(there: Sequence[bytes]) -> list[bytes]:
        other_begun.set()
        within.append(f"other sees {len(there)}")
        return [b"two\n"]

    first = threading.Thread(target=lines.add_lines, args=(path, slowly))
    first.start()
    assert begun.wait(10)
    second = threading.Thread(target=lines.add_lines, args=(path, other))
    second.start()
    first.join()
    second.join()
    assert lines.read_lines(path) == [b"one\n", b"two\n"]
    assert within[-1] == "other sees 1"
