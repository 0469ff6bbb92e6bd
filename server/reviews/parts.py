"""Join the parts of a response: a group such as ``equality`` travels as a part of its own, to be erased alone.

Pure. A part that was erased, or that never came, is simply missing; what is not known for that reason is no mistake of
the person who answered.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from server.formlogic.response import AnswerTree
from server.formlogic.validate import Problem

__all__ = ["Joined", "join_parts"]

OBJECT_LIMIT = 5_000  # groups and instances of one part; settling and reading take time that grows with their square
MAIN = "main"  # the part that holds whatever is in no other
_NOT_RECKONED = frozenset({"calculation-differs", "required"})


@dataclass(frozen=True)
class Joined:
    """The answers of the parts that are there, and the names of those that were erased."""

    answers: AnswerTree
    erased: Collection[str]

    def fair(self, problems: Sequence[Problem], *, root: str) -> list[Problem]:
        """Leave out what only seems wrong because a part was erased; ``root`` is the path of the whole response."""
        if not self.erased:
            return list(problems)
        gone = tuple(f"{root}/{name}" for name in self.erased)
        return [one for one in problems if one.code not in _NOT_RECKONED and not _within(one.path, gone)]


def join_parts(bodies: Iterable[tuple[str, str | None]]) -> Joined:
    """Join parts, given as name and text; no text means erased.

    The part that is named for a group has the say on that group. Raises what the JSON parser raises.
    """
    parts = dict(bodies)
    answers: dict[str, str | AnswerTree | list[AnswerTree]] = {}
    for name in sorted(parts, key=lambda name: name != MAIN):
        body = parts[name]
        given = _readable(body) if body else {}
        answers |= {one: answer for one, answer in given.items() if one == name or one not in answers}
    return Joined(answers, frozenset(name for name, body in parts.items() if body is None))


def _readable(body: str) -> dict[str, str | AnswerTree | list[AnswerTree]]:
    """Parse the answers of a part; raise ValueError for more groups and instances than any form gives rise to."""
    answers: dict[str, str | AnswerTree | list[AnswerTree]] = json.loads(body)["answers"]
    if body.count("{") + body.count("[") > OBJECT_LIMIT and _objects(answers) > OBJECT_LIMIT:
        raise ValueError(f"The answers hold more than {OBJECT_LIMIT} groups and instances.")
    if "\\u" not in body:  # half a pair can only be spelt out; by far the most texts spell nothing out
        return answers
    cleaned: dict[str, str | AnswerTree | list[AnswerTree]] = json.loads(
        _without_half_pairs(json.dumps(answers, ensure_ascii=False))
    )
    return cleaned


def _objects(value: object) -> int:
    """Count objects and lists; with its own stack, since nesting may be as deep as the parser lets it be."""
    count, waiting = 0, [value]
    while waiting and count <= OBJECT_LIMIT:
        one = waiting.pop()
        inside = list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else None
        if inside is not None:
            count += 1
            waiting.extend(inside)
    return count


def _without_half_pairs(text: str) -> str:
    """Put U+FFFD for half a surrogate pair, which JSON can spell but neither a page nor a column can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _within(path: str, places: Collection[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)
