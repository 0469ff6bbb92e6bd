"""Examples that made the engines differ, kept as files beside, to be played again with every run."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.fuzz.reference import Step
from tests.fuzz.shell import RandomForm

__all__ = ["Kept", "keep", "kept"]

FOLDER = Path(__file__).with_name("seeds")


@dataclass(frozen=True)
class Kept:
    """A form, the steps that were taken, and the file that holds them."""

    name: str
    form: RandomForm
    steps: Sequence[Step]


def kept() -> list[Kept]:
    """Give all examples, in the order of their names."""
    return [_read(path) for path in sorted(FOLDER.glob("*.json"))]


def keep(form: RandomForm, steps: Sequence[Step]) -> Path:
    """Write an example to a file named by what is in it, and give its path."""
    body = {"form": form.xml, "lists": dict(form.lists), "steps": list(steps)}
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    path = FOLDER / f"{sha256(text.encode()).hexdigest()[:12]}.json"
    path.write_text(text, encoding="utf-8")
    return path


def _read(path: Path) -> Kept:
    body = json.loads(path.read_text(encoding="utf-8"))
    return Kept(path.stem, RandomForm(body["form"], body["lists"]), body["steps"])
