"""Run random forms through both engines, so many from a seed, and keep the smallest that makes them differ."""

from collections.abc import Sequence
from functools import partial

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import seed as starting_at
from hypothesis import strategies as st

from server.formlogic.expressions import ExpressionError
from server.forms.problems import FormRefused
from tests.fuzz.forms import forms
from tests.fuzz.kept import keep
from tests.fuzz.playing import Move, moves, play
from tests.fuzz.reference import Compiled, Step, compiled
from tests.fuzz.shell import RandomForm
from tests.fuzz.signatures import SIGNATURES
from tests.fuzz.twin import Twin, TwinFailed
from tests.fuzz.worksheets import worksheets

__all__ = ["Differ", "run"]

BATCH = 30  # forms of one seed: Hypothesis varies what it has, so many seeds give more kinds of form


class Differ(AssertionError):
    """The engines differ, or one of them raised an error; ``form`` and ``steps`` make it happen again."""

    def __init__(self, form: RandomForm, steps: Sequence[Step], found: str) -> None:
        super().__init__(found)
        self.form = form
        self.steps = steps


def run(twin: Twin, *, number: int, seed: int, smallest: bool = True) -> None:
    """Play ``number`` forms, in batches from ``seed`` on, and some that call each function.

    Keep the first that differs, and raise ``Differ``; ``smallest`` looks for the smallest like it, which may take
    minutes.
    """
    play = partial(_play, twin, smallest=smallest)
    for batch in range(0, number, BATCH):
        play(forms(), number=min(BATCH, number - batch), seed=seed + batch // BATCH)
    for place, name in enumerate(sorted(SIGNATURES)):
        play(worksheets(name), number=max(2, number // BATCH // 3), seed=seed + place)


def _play(twin: Twin, strategy: st.SearchStrategy[RandomForm], *, number: int, seed: int, smallest: bool) -> None:
    try:
        _batch(twin, strategy, number=number, seed=seed, smallest=smallest)
    except Differ as differ:
        differ.add_note(f"Kept as {keep(differ.form, differ.steps)}; from seed {seed}.")
        raise


def _batch(twin: Twin, strategy: st.SearchStrategy[RandomForm], *, number: int, seed: int, smallest: bool) -> None:
    @starting_at(seed)
    @settings(
        max_examples=number,
        phases=[Phase.generate, Phase.shrink] if smallest else [Phase.generate],
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy, moves())
    def engines_agree(form: RandomForm, made: list[Move]) -> None:
        logic = _published(form)
        assume(logic is not None)
        if logic is not None:
            _compare(twin, form, logic, made)

    engines_agree()


def _published(form: RandomForm) -> Compiled | None:
    try:
        return compiled(form)
    except FormRefused:  # a circle, most often: phones never see such a form
        return None


def _compare(twin: Twin, form: RandomForm, logic: Compiled, made: Sequence[Move]) -> None:
    steps: list[Step] = []
    try:
        for taken, found in play(logic, twin, made):
            steps = taken
            if found:
                raise Differ(form, steps, "\n".join(found))
    except (TwinFailed, ExpressionError, RuntimeError) as error:
        raise Differ(form, steps, f"{type(error).__name__}: {error}") from error
