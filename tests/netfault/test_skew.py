"""A client and a server of different releases: nothing is lost, and it is said which of the two is too old."""

import re
from typing import Final

import pytest

from tests.netfault.client import Client, assert_held_once, assert_truthful
from tests.netfault.faults import Fault
from tests.netfault.line import Line
from tests.netfault.proxy import Proxy

RANGE: Final = re.compile(rb'("(?:min|max)": ?)1\b')
UNPACKED: Final = (b"Accept-Encoding: gzip", b"Accept-Encoding: none")
"""What is rewritten on the way must not be compressed; a value of the same length keeps the request whole."""
KIND: Final = re.compile(rb'("kind": ?")response"')


class AnotherRelease(Fault):
    """The server says that it speaks another version of the protocol. Lengths stay as they are."""

    def __init__(self, version: int) -> None:
        self.version = version

    def up(self, line: Line, piece: bytes) -> None:
        line.up(piece.replace(*UNPACKED))

    def down(self, line: Line, piece: bytes) -> None:
        line.down(RANGE.sub(rb"\g<1>%d" % self.version, piece))


class UnknownChanges(Fault):
    """The feed tells of something that this client has never heard of."""

    def up(self, line: Line, piece: bytes) -> None:
        line.up(piece.replace(*UNPACKED))

    def down(self, line: Line, piece: bytes) -> None:
        line.down(KIND.sub(rb'\g<1>resp0nse"', piece))


@pytest.mark.parametrize(("version", "trouble"), [(2, "app-too-old"), (0, "server-too-old")])
@pytest.mark.parametrize("sent_before", [False, True], ids=["with-answers", "with-nothing-new"])
def test_another_release_loses_nothing_and_is_named(
    client: Client, line: Proxy, *, version: int, trouble: str, sent_before: bool
) -> None:
    client.finish([client.photo(3_000)])
    if sent_before:
        client.heal(line.url)
    before = client.outbox.states(), client.outbox.attachment_states()
    line.break_with(AnotherRelease(version))
    done = client.try_once(line.url)
    assert client.trouble() == trouble
    assert not done.finished
    assert (client.outbox.states(), client.outbox.attachment_states()) == before, "nothing it said was kept"
    assert_truthful(client)

    line.heal()
    client.begin_anew()
    client.heal(line.url)
    assert_held_once(client)


def test_a_change_of_a_newer_kind_is_passed_over_and_the_rest_is_heard(client: Client, line: Proxy) -> None:
    client.finish()
    line.break_with(UnknownChanges())
    client.try_once(line.url)
    assert client.trouble() == ""
    assert_truthful(client)
    assert client.is_done(), "what the feed could not tell was asked for"
    assert any(request.startswith("POST /sync/v1/have") for request in line.requests)
    assert_held_once(client)
