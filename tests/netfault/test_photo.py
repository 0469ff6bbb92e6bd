"""A photo over a line that is cut again and again: what has arrived is not sent a second time."""

from typing import Final

from tests.journeys.chance import printed_chance
from tests.netfault.client import Client, assert_held_once, assert_truthful
from tests.netfault.faults import CutAt, CutUp
from tests.netfault.proxy import Proxy

PHOTO_BYTES: Final = 400_000
CUTS: Final = 20
MOST_PART_OF_SIZE: Final = 1.15
PASSES: Final = 60
SMALL_PHOTO_BYTES: Final = 4_000
EACH_BYTE: Final = 97


def test_photo_over_a_line_cut_20_times_sends_at_most_15_percent_more_than_its_size(
    client: Client, line: Proxy
) -> None:
    chance = printed_chance()
    client.finish([client.photo(PHOTO_BYTES)])
    fault = CutAt(chance.sample(range(1, PHOTO_BYTES), CUTS))
    line.break_with(fault)
    passes = 0
    while not client.is_done():
        passes += 1
        assert passes <= PASSES, client.describe()
        client.try_once(line.url)
        line.wait_until_quiet()  # A client comes back after a second at the least; the server needs far less.
        assert_truthful(client)
    assert fault.cuts == CUTS
    assert_held_once(client)
    more = line.bytes_up / PHOTO_BYTES - 1
    print(f"{CUTS} cuts: {line.bytes_up} bytes sent for {PHOTO_BYTES}, {more:.1%} more, {len(line.requests)} requests")
    assert line.bytes_up <= PHOTO_BYTES * MOST_PART_OF_SIZE


def test_a_program_that_is_started_again_after_each_cut_goes_on_where_the_photo_stopped(
    client: Client, line: Proxy
) -> None:
    client.finish([client.photo(PHOTO_BYTES)])
    fault = CutAt([PHOTO_BYTES // 4 * quarter for quarter in (1, 2, 3)])
    line.break_with(fault)
    for _ in range(4):
        client.begin_anew()
        client.try_once(line.url)
        line.wait_until_quiet()
    assert client.is_done(), client.describe()
    assert line.bytes_up <= PHOTO_BYTES * MOST_PART_OF_SIZE
    assert_held_once(client)


def test_a_piece_may_be_cut_after_any_byte(client: Client, line: Proxy) -> None:
    """Each photo is cut somewhere else: in the head, between head and body, in the body, after its last byte."""
    for after in range(1, SMALL_PHOTO_BYTES + 600, EACH_BYTE):
        client.finish([client.photo(SMALL_PHOTO_BYTES)])
        line.break_with(CutUp(after), on="PATCH ")
        client.try_once(line.url)
        assert_truthful(client)
        line.heal()
        client.heal(line.url)
    assert_held_once(client)
