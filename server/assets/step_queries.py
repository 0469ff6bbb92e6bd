"""SQL of the steps that people took with assets: written once, read for ever, within what a reader may see."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Step", "insert_step", "labels_of_mentions", "names_of_assets", "step_by_id", "steps_of_asset"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that somebody did; ``undoes`` is the step that it takes back, ``undone``: it was taken back itself."""

    step_id: str
    at: str
    person_name: str
    neighbourhood_id: str
    action: str
    reason: str
    changes: str
    undoes: str | None
    undone: bool


def insert_step(
    connection: sqlite3.Connection,
    *,
    step_id: str,
    at: str,
    person_id: str,
    neighbourhood_id: str,
    action: str,
    reason: str,
    changes: str,
    undoes: str | None,
    subjects: Sequence[str],
) -> None:
    """Keep a step and the assets that it is about."""
    connection.execute(
        """
        INSERT INTO asset_steps (step_id, at, person_id, neighbourhood_id, action, reason, changes, undoes)
        VALUES (:step_id, :at, :person_id, :neighbourhood_id, :action, :reason, :changes, :undoes)
        """,
        {
            "step_id": step_id,
            "at": at,
            "person_id": person_id,
            "neighbourhood_id": neighbourhood_id,
            "action": action,
            "reason": reason,
            "changes": changes,
            "undoes": undoes,
        },
    )
    connection.execute(
        """
        INSERT INTO asset_step_subjects (asset_id, seq)
        SELECT DISTINCT subject.value, asset_steps.seq
          FROM asset_steps JOIN json_each(:subjects) AS subject
         WHERE asset_steps.step_id = :step_id
        """,
        {"step_id": step_id, "subjects": json.dumps(list(subjects))},
    )


def step_by_id(connection: sqlite3.Connection, step_id: str, *, reader: str) -> Step | None:
    """Find one step."""
    row = connection.execute(
        """
        SELECT asset_steps.step_id, asset_steps.at, people.name AS person_name, asset_steps.neighbourhood_id,
               asset_steps.action, asset_steps.reason, asset_steps.changes, asset_steps.undoes,
               EXISTS (SELECT 1 FROM asset_steps AS later WHERE later.undoes = asset_steps.step_id) AS undone
          FROM asset_steps
          JOIN people USING (person_id)
         WHERE asset_steps.step_id = :step_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', asset_steps.neighbourhood_id))
        """,
        {"step_id": step_id, "reader": reader},
    ).fetchone()
    return None if row is None else _step(row)


def steps_of_asset(connection: sqlite3.Connection, asset_id: str, *, reader: str, limit: int) -> list[Step]:
    """List the latest steps about an asset, newest first; of an import only that there was one."""
    rows = connection.execute(
        """
        SELECT asset_steps.step_id, asset_steps.at, people.name AS person_name, asset_steps.neighbourhood_id,
               asset_steps.action, asset_steps.reason,
               CASE WHEN asset_steps.action = 'imported' THEN '[]' ELSE asset_steps.changes END AS changes,
               asset_steps.undoes,
               EXISTS (SELECT 1 FROM asset_steps AS later WHERE later.undoes = asset_steps.step_id) AS undone
          FROM asset_step_subjects
          JOIN asset_steps USING (seq)
          JOIN people USING (person_id)
         WHERE asset_step_subjects.asset_id = :asset_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', asset_steps.neighbourhood_id))
         ORDER BY asset_steps.seq DESC
         LIMIT :limit
        """,
        {"asset_id": asset_id, "reader": reader, "limit": limit},
    )
    return [_step(row) for row in rows]


def names_of_assets(connection: sqlite3.Connection, asset_ids: Sequence[str], *, reader: str) -> dict[str, str]:
    """Give the names that assets are shown by, merged ones too, by id."""
    rows = connection.execute(
        """
        SELECT assets.asset_id, assets.shown_name
          FROM assets
         WHERE assets.asset_id IN (SELECT value FROM json_each(:ids))
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
         ORDER BY assets.asset_id
        """,
        {"ids": json.dumps(list(asset_ids)), "reader": reader},
    )
    return {row["asset_id"]: row["shown_name"] for row in rows}


def labels_of_mentions(
    connection: sqlite3.Connection, mentions: Sequence[tuple[str, str]], *, reader: str
) -> dict[tuple[str, str], str]:
    """Give what people called what they mentioned, by the ids of response and mention; what is erased has no name."""
    rows = connection.execute(
        """
        SELECT said.response_id, said.observation_id, said.label
          FROM json_each(:mentions) AS mention
          JOIN asset_observations AS said ON said.response_id = json_extract(mention.value, '$[0]')
                                         AND said.observation_id = json_extract(mention.value, '$[1]')
          JOIN responses ON responses.response_id = said.response_id
         WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY mention.key
        """,
        {"mentions": json.dumps(list(mentions)), "reader": reader},
    )
    return {(row["response_id"], row["observation_id"]): row["label"] for row in rows}


def _step(row: sqlite3.Row) -> Step:
    return Step(**{**row, "undone": bool(row["undone"])})
