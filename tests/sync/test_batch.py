"""The body of a push: verbatim texts, cut at 500 items and 1 MiB, byte for byte as a phone writes it."""

from sync.batch import Offered, cut_batch
from sync.limits import BATCH_BYTES


def offered(name: str, size: int = 10) -> Offered:
    return Offered(rev=name, header="h", parts=("x" * size,))


def revs(waiting: list[Offered], items: int = 500) -> tuple[str, ...]:
    batch = cut_batch(waiting, device="d", since="", items=items)
    return () if batch is None else batch.revs


def test_nothing_waiting_makes_no_batch() -> None:
    assert cut_batch([], device="d", since="", items=500) is None


def test_texts_travel_verbatim_and_an_erased_part_as_null() -> None:
    waiting = Offered(rev="r", header='{"é":1}', parts=('{"a":"\\n"}', None))
    batch = cut_batch([waiting], device="d", since="c1", items=500)
    assert batch is not None
    assert batch.body == (
        r'{"device":"d","since":"c1","items":[{"rev":"r","header":"{\"é\":1}","parts":["{\"a\":\"\\n\"}",null]}]}'
    )


def test_as_many_go_as_are_asked_for() -> None:
    assert len(revs([offered(f"r{number}") for number in range(501)])) == 500
    assert revs([offered("a"), offered("b")], items=1) == ("a",)


def test_a_body_of_exactly_1_mib_is_let_through_and_one_byte_more_is_not() -> None:
    small = cut_batch([offered("a"), offered("b")], device="d", since="", items=500)
    assert small is not None
    room = BATCH_BYTES - len(small.body.encode()) + 10
    assert revs([offered("a"), offered("b", room)]) == ("a", "b")
    assert revs([offered("a"), offered("b", room + 1)]) == ("a",)


def test_an_item_that_is_too_large_alone_goes_alone_and_delays_no_other() -> None:
    assert revs([offered("big", BATCH_BYTES), offered("small")]) == ("big",)
