"""Changing neighbourhoods: each with its line in the log of what people did, in one transaction.

All raise NotAllowed unless an administrator asks. Saving the same again changes and notes nothing.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.people.rights import must_administer
from server.places import area_queries
from server.places.area_queries import Area
from server.places.queries import Neighbourhood, add_neighbourhood
from server.places.rules import make_id
from server.programme.language_order import rearranged
from server.programme.queries import programme
from server.store.database import Database

__all__ = ["Added", "Change", "NameTaken", "add", "languages_after", "put_boundary", "put_small_areas", "rename"]


@dataclass(frozen=True, kw_only=True)
class Added:
    """The neighbourhood was added, or renamed."""

    neighbourhood_id: str


@dataclass(frozen=True, kw_only=True)
class NameTaken:
    """Nothing was changed: another neighbourhood of the system has the name."""

    neighbourhood_id: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """Who changes what, and by which clock."""

    database: Database
    actor: Actor
    clock: Clock

    def at(
        self,
        neighbourhood_id: str,
        action: str,
        do: Callable[[sqlite3.Connection, Area], Mapping[str, str | int] | None],
    ) -> bool:
        """Do something to a neighbourhood and note it, unless `do` gives None; False when there is no such one."""
        now = as_text(self.clock.now())

        def change(connection: sqlite3.Connection) -> bool:
            must_administer(connection, self.actor)
            there = area_queries.area(connection, neighbourhood_id, reader=self.actor.person_id or "")
            if there is None:
                return False
            details = do(connection, there)
            if details is not None:
                note(
                    connection,
                    at=now,
                    actor=self.actor,
                    action=action,
                    subject=neighbourhood_id,
                    neighbourhood_id=neighbourhood_id,
                    details=details,
                )
            return True

        return self.database.write(change)


def add(change: Change, *, name: str, system: str) -> Added | NameTaken:
    """Add a neighbourhood under an id made from its name."""
    now = as_text(change.clock.now())

    def put(connection: sqlite3.Connection) -> Added | NameTaken:
        must_administer(connection, change.actor)
        there = area_queries.with_name(connection, name=name, system=system)
        if there is not None:
            return NameTaken(neighbourhood_id=there)
        new = make_id(name, taken=area_queries.ids_in_use(connection))
        add_neighbourhood(connection, Neighbourhood(neighbourhood_id=new, name=name, system=system))
        note(
            connection,
            at=now,
            actor=change.actor,
            action="neighbourhood-added",
            subject=new,
            neighbourhood_id=new,
            details={"name": name, "system": system},
        )
        return Added(neighbourhood_id=new)

    return change.database.write(put)


def rename(change: Change, neighbourhood_id: str, *, name: str, system: str) -> Added | NameTaken:
    """Give a neighbourhood another name or system; its id stays."""
    clash: list[str] = []

    def put(connection: sqlite3.Connection, there: Area) -> Mapping[str, str] | None:
        other = area_queries.with_name(connection, name=name, system=system)
        if other is not None and other != neighbourhood_id:
            clash.append(other)
            return None
        if (there.name, there.system) == (name, system):
            return None
        area_queries.put_names(connection, neighbourhood_id, name=name, system=system)
        return {"name": name, "system": system, "name before": there.name, "system before": there.system}

    change.at(neighbourhood_id, "neighbourhood-changed", put)
    return NameTaken(neighbourhood_id=clash[0]) if clash else Added(neighbourhood_id=neighbourhood_id)


def put_boundary(change: Change, neighbourhood_id: str, boundary: str | None, *, corners: int = 0) -> bool:
    """Keep a boundary as GeoJSON text, or take it away."""

    def put(connection: sqlite3.Connection, there: Area) -> Mapping[str, int] | None:
        if there.boundary == boundary:
            return None
        area_queries.put_boundary(connection, neighbourhood_id, boundary)
        return {"corners": corners}

    return change.at(neighbourhood_id, "boundary-changed" if boundary else "boundary-removed", put)


def put_small_areas(change: Change, neighbourhood_id: str, codes: tuple[str, ...]) -> bool:
    """Keep these small areas and no others."""

    def put(connection: sqlite3.Connection, there: Area) -> Mapping[str, int] | None:
        if there.small_areas == codes:
            return None
        area_queries.put_small_areas(connection, neighbourhood_id, codes)
        return {"codes": len(codes), "codes before": len(there.small_areas)}

    return change.at(neighbourhood_id, "small-areas-changed", put)


def languages_after(change: Change, neighbourhood_id: str, press: str, *, offered: tuple[str, ...]) -> bool:
    """Do what a button says: `own` begins with the programme's languages, `programme` goes back to them."""

    def put(connection: sqlite3.Connection, there: Area) -> Mapping[str, str] | None:
        whole = programme(connection)
        match press:
            case "own":
                languages = there.languages or (whole.languages if whole else ("en",))
            case "programme":
                languages = ()
            case _:
                languages = rearranged(there.languages, press, offered=offered)
        if languages == there.languages:
            return None
        area_queries.put_languages(connection, neighbourhood_id, languages)
        return {"languages": " ".join(languages)}

    return change.at(neighbourhood_id, "languages-changed", put)
