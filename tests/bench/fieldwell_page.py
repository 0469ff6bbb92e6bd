"""Fieldwell as a form client: from the enrolment link a person was sent to the first question of the first form."""

import json
from dataclasses import replace

from playwright.sync_api import Page

from tests.bench.fieldwell import Server
from tests.bench.visit import Client

__all__ = ["fieldwell", "fieldwell_typed"]

SAVE_SECONDS = 30.0
DRAFTS = """async () => {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('fieldwell');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const reading = database.transaction('drafts').objectStore('drafts').getAll();
  await new Promise((resolve, reject) => {
    reading.onsuccess = resolve;
    reading.onerror = () => reject(reading.error);
  });
  database.close();
  return JSON.stringify(reading.result);
}"""


def fieldwell(server: Server) -> Client:
    """Give the client of a phone that was never here: each visit uses up an enrolment of its own."""
    return Client(
        "Fieldwell",
        server.port,
        path=f"/enrol#{server.secrets.pop()}",
        field="main form.stack input, main form.stack textarea",
        steps=("main a.button[href='/']", "main .cards button"),
        keeps=_keeps,
    )


def fieldwell_typed(server: Server) -> Client:
    """Give the same for a form whose first question is typed."""
    return replace(fieldwell(server), keeps=_keeps_typed, text="7")


def _keeps_typed(page: Page, name: str, answer: str) -> bool:
    """Say whether the answer is in the draft on the disk, and shown again after a reload; fields have no name."""
    drafts = _drafts(page)
    page.reload()
    field = page.locator("main form.stack input").first
    field.wait_for(timeout=SAVE_SECONDS * 1_000)
    return f'"{answer}"' in drafts and field.input_value() == answer


def _keeps(page: Page, name: str, answer: str) -> bool:
    """Say whether the answer is in the draft on the phone's disk, and shown again after a reload."""
    drafts = _drafts(page)
    page.reload()
    field = page.locator(f"[name={json.dumps(name)}][value={json.dumps(answer)}]")
    field.wait_for(timeout=SAVE_SECONDS * 1_000)
    return f'"{answer}"' in drafts and field.is_checked()


def _drafts(page: Page) -> str:
    """Give all drafts on disk; they keep answers as JSON text, whose quotes are escaped in the JSON of the draft."""
    page.locator("html[data-saved=yes]").wait_for(state="attached", timeout=SAVE_SECONDS * 1_000)
    drafts: str = page.evaluate(DRAFTS)
    return drafts.replace("\\", "")
