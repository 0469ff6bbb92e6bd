"""Write the form vectors: ``python -m tests.vectors.make_forms`` turns each module of ``sheets`` into forms-*.json."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.vectors.sheets import choices, defaults, entities, order, repeats, texts, types
from tests.vectors.sheets.writing import Case

__all__ = ["SUITES", "main", "written"]

SUITES: Mapping[str, tuple[str, Sequence[Case]]] = {
    "forms-types.json": ("forms: types of questions", types.CASES),
    "forms-repeats.json": ("forms: repeats", repeats.CASES),
    "forms-order.json": ("forms: the order in which things are worked out", order.CASES),
    "forms-choices.json": ("forms: choices", choices.CASES),
    "forms-texts.json": ("forms: texts", texts.CASES),
    "forms-entities.json": ("forms: entities", entities.CASES),
    "forms-defaults.json": ("forms: defaults, and values given once", defaults.CASES),
}


def main() -> None:
    """Write all files."""
    for name in SUITES:
        Path(__file__).with_name(name).write_text(written(name), encoding="utf-8")


def written(name: str) -> str:
    """Give the text of one file: a line for each step, so that differences can be read."""
    suite, cases = SUITES[name]
    return f'{{"suite": {json.dumps(suite)}, "cases": [\n{",".join(map(_case, cases))}\n]}}\n'


def _case(case: Case) -> str:
    fields = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in case.items()]
    steps = ",\n  ".join(json.dumps(step, ensure_ascii=False) for step in case["steps"])
    head = ",\n ".join(fields[:-1])
    return f'{{{head},\n "steps": [\n  {steps}\n ]}}\n'


if __name__ == "__main__":
    main()
