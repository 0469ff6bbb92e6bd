"""Both engines agree on random forms: 300 with each commit, the same ones every time, and all that ever differed."""

from collections.abc import Iterator

import pytest

from server.formlogic.functions import FUNCTIONS
from tests.fuzz.kept import Kept, kept
from tests.fuzz.playing import differences, replay
from tests.fuzz.reference import compiled
from tests.fuzz.running import run
from tests.fuzz.signatures import SIGNATURES
from tests.fuzz.twin import Twin

FORMS = 300
SEED = 20261120


@pytest.fixture(scope="module")
def twin() -> Iterator[Twin]:
    with Twin() as process:
        yield process


def test_engines_agree_on_random_forms(twin: Twin) -> None:
    print(f"FUZZ={FORMS} FUZZ_SEED={SEED}")
    run(twin, number=FORMS, seed=SEED, smallest=False)


def test_engines_agree_on_what_once_made_them_differ(twin: Twin) -> None:
    found = {example.name: differing(twin, example) for example in kept()}
    assert found
    assert {name: lines for name, lines in found.items() if lines} == {}


def differing(twin: Twin, example: Kept) -> list[str]:
    return [line for lines in replay(compiled(example.form), twin, example.steps) for line in lines]


def test_random_expressions_call_every_function(twin: Twin) -> None:
    assert sorted(SIGNATURES) == sorted(FUNCTIONS) == sorted(twin.functions())


def test_a_difference_is_seen() -> None:
    one = {"elements": {"/data/q": {"value": "1", "relevant": True}}, "answers": {"q": "1"}}
    other = {"elements": {"/data/q": {"value": "2", "relevant": True}}, "answers": {"q": "2"}}
    assert differences(one, one) == []
    assert differences(one, other) == [
        "/data/q value: reference '1', phone '2'",
        "answers: reference {'q': '1'}, phone {'q': '2'}",
    ]
    assert len(differences(one, {"elements": {}, "answers": {}})) == 1
