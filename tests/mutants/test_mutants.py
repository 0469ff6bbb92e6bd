"""Every planted fault still has its place in the code; whether the suite notices them is for `make mutants`."""

from collections import Counter
from typing import Final

import pytest

from tests.mutants.catalogue import read_mutants
from tests.mutants.checks import Node, Pytest
from tests.mutants.mutant import Edit, Mutant, Stale, change
from tests.project import ROOT, read

MUTANTS: Final = read_mutants()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_fits_the_code_of_today(mutant: Mutant) -> None:
    for file in {edit.file for edit in mutant.edits}:
        assert change(read(file), file, mutant.edits) != read(file)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_tests_that_must_catch_a_mutant_are_there(mutant: Mutant) -> None:
    match mutant.check:
        case Pytest(names=names):
            for file, _, name in (name.partition("::") for name in names):
                assert not name or f"def {name}(" in read(file)
        case Node(files=files):
            assert all((ROOT / "pwa" / file).is_file() for file in files)


def test_there_are_enough_mutants_and_no_name_stands_for_two() -> None:
    assert len(MUTANTS) >= 12
    assert [name for name, times in Counter(mutant.name for mutant in MUTANTS).items() if times > 1] == []


def test_a_mutant_whose_place_is_gone_or_not_clear_is_stale() -> None:
    for text in ("other = 1\n", "one = 1\none = 1\n"):
        with pytest.raises(Stale):
            change(text, "some.py", [Edit(file="some.py", old="one = 1\n", new="one = 2\n")])
