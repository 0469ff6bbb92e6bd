"""Events, sessions and effects as JSON values, spelt as the phone's session spells them, and back.

Names are camelCase there, and what is None here is left out.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sync.session_types import Event, Session, Step

__all__ = ["Json", "as_json", "read_event", "read_session", "read_step"]

Json = Any
"""What json.loads gives."""
Kind = Any
"""A type as its hint names it."""


def as_json(value: object) -> Json:
    """Turn a frozen value into JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        members = ((camel(field.name), getattr(value, field.name)) for field in fields(value))
        return {name: as_json(member) for name, member in members if member is not None}
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def read_event(value: Json) -> Event:
    """Read what happened."""
    event: Event = _read(Event, value)
    return event


def read_session(value: Json) -> Session:
    """Read where a conversation stands."""
    session: Session = _read(Session, value)
    return session


def read_step(value: Json) -> Step:
    """Read a session and the effects that came with it."""
    taken: Step = _read(Step, value)
    return taken


def camel(name: str) -> str:
    """Return snake_case as camelCase."""
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def _read(kind: Kind, value: Json) -> Json:
    origin: object = get_origin(kind)
    if origin in {Union, UnionType}:
        return _read_one_of(get_args(kind), value)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in value)
    if hints := _hints(kind):
        members = {name: value[camel(name)] for name in hints if camel(name) in value}
        return kind(**{name: _read(hints[name], member) for name, member in members.items()})
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


def _read_one_of(kinds: tuple[Kind, ...], value: Json) -> Json:
    for kind in kinds:
        if _hints(kind) and all(value.get(name) in words for name, words in _marks(kind).items()):
            return _read(kind, value)
    return value


@cache
def _hints(kind: Kind) -> Mapping[str, Any]:
    """Return the members of a dataclass; of anything else, none."""
    return get_type_hints(kind) if is_dataclass(kind) else {}


@cache
def _marks(kind: Kind) -> Mapping[str, tuple[Any, ...]]:
    """Return the members that tell a dataclass from its sisters."""
    hints = {name: _hints(kind).get(name) for name in ("kind", "name")}
    return {name: get_args(hint) for name, hint in hints.items() if get_origin(hint) is Literal}
