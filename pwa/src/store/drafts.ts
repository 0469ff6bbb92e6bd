/**
 * Responses that are still being filled in.
 * - A save that has resolved is on disk: the last keystroke survives the battery.
 * - Several at once; the newest change wins within one, and one tab only has it open (app/drafts.ts).
 */

import type { Connection } from './connection.ts';
import type { StoredDraft } from './schema.ts';

export async function readDrafts(connection: Connection): Promise<StoredDraft[]> {
  return connection.run((database) => database.getAll('drafts'));
}

export async function readDraft(connection: Connection, id: string): Promise<StoredDraft | undefined> {
  return connection.run((database) => database.get('drafts', id));
}

export async function saveDraft(connection: Connection, draft: StoredDraft): Promise<void> {
  await connection.write(['drafts'], (tx) => tx.objectStore('drafts').put(draft));
}

/** Only when a person discards it; finalising removes it in its own transaction (store/revisions.ts). */
export async function removeDraft(connection: Connection, id: string): Promise<void> {
  await connection.write(['drafts'], (tx) => tx.objectStore('drafts').delete(id));
}
