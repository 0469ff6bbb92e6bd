"""Play one random form in both engines, and say where they differ after any step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from server.formlogic.definition import Node
from server.formlogic.instance import Element
from tests.fuzz.odd_words import ANSWERS
from tests.fuzz.reference import Compiled, Reference, State, Step
from tests.fuzz.twin import Twin

__all__ = ["Move", "differences", "moves", "play", "replay"]

MOST_MOVES = 8
_KINDS = (*("answer",) * 6, *("add",) * 3, "remove", "remove", "language", "finish")


@dataclass(frozen=True)
class Move:
    """Something that a person does to the ``place``-th thing there is to do it to; the text is of an answer."""

    kind: str
    place: int
    text: str


def moves() -> st.SearchStrategy[list[Move]]:
    """Draw what a person does."""
    move = st.builds(Move, st.sampled_from(_KINDS), st.integers(0, 40), ANSWERS)
    return st.lists(move, min_size=2, max_size=MOST_MOVES)


def play(form: Compiled, twin: Twin, moves: Sequence[Move]) -> Iterator[tuple[list[Step], list[str]]]:
    """Make every move in both engines; give the steps so far, and what differs after the last of them.

    In the end the server's check of the answers is held against what the phone finds wrong.
    """
    steps: list[Step] = []
    reference = Reference(form)
    yield steps, differences(reference.state(), twin.begin(form))
    for move in moves:
        step = _step(move, reference)
        if step is not None:
            steps.append(step)
            reference.take(step)
            yield steps, differences(reference.state(), twin.take(step))
    yield steps, reference.false_alarms()


def replay(form: Compiled, twin: Twin, steps: Sequence[Step]) -> Iterator[list[str]]:
    """Take steps that are known in both engines; give what differs after each of them."""
    reference = Reference(form)
    yield differences(reference.state(), twin.begin(form))
    for step in steps:
        reference.take(step)
        yield differences(reference.state(), twin.take(step))
    yield reference.false_alarms()


def differences(one: State, other: State) -> list[str]:
    """Say where the states of the reference and of the phone differ."""
    mine, yours = one["elements"], other["elements"]
    if list(mine) != list(yours):
        return [f"elements: reference {list(mine)}, phone {list(yours)}"]
    found = [
        f"{path} {name}: reference {value!r}, phone {yours[path].get(name)!r}"
        for path, seen in mine.items()
        for name, value in seen.items()
        if value != yours[path].get(name)
    ]
    if one["answers"] != other["answers"]:
        found.append(f"answers: reference {one['answers']!r}, phone {other['answers']!r}")
    return found


def _step(move: Move, reference: Reference) -> Step | None:
    """Say where a move happens; nothing where there is no such place."""
    if move.kind == "finish":
        return {"finish": True}
    if move.kind == "language":
        return {"language": reference.languages[move.place % len(reference.languages)]}
    paths = [path for element in reference.response.root.walk() for path in _open_to(move.kind, element, reference)]
    if not paths:
        return None
    path = paths[move.place % len(paths)]
    return {"answer": path, "value": move.text} if move.kind == "answer" else {move.kind: path}


def _open_to(kind: str, element: Element, reference: Reference) -> Iterator[str]:
    node = element.definition
    if node is None:
        return
    if kind == "answer" and node.kind == "leaf" and node.calculate is None:
        yield element.path
    if kind == "remove" and _is_free(node):
        yield element.path
    if kind == "add":
        definition = reference.response.definition
        below = (definition.nodes[number] for number in definition.children[node.number])
        yield from (f"{element.path}/{child.name}" for child in below if _is_free(child))


def _is_free(node: Node) -> bool:
    return node.kind == "repeat" and node.count is None
