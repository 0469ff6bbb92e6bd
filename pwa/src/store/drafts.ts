/**
 * Responses that are still being filled in.
 * - A save that has resolved is on disk: the last keystroke survives the battery.
 * - Several at once; the newest change wins within one, and one tab only has it open (app/desk.ts takes a lock). Where a browser's
 *   tabs cannot keep each other out for sure, each opening is counted, and a tab that opened it before the last one writes nothing.
 */

import { removeOtherAttachments } from './attachments.ts';
import type { Connection } from './connection.ts';
import type { StoredAttachment, StoredDraft } from './schema.ts';

export async function readDrafts(connection: Connection): Promise<StoredDraft[]> {
  return connection.run((database) => database.getAll('drafts'));
}

export async function readDraft(connection: Connection, id: string): Promise<StoredDraft | undefined> {
  return connection.run((database) => database.get('drafts', id));
}

/**
 * With the files that came since the last save: all of it is on disk when this resolves, or none. `elsewhere`: another tab has
 * opened it since, or made it a revision, and nothing was written. `ended`: it was cleared or deleted, and stays so.
 */
export async function saveDraft(
  connection: Connection,
  draft: StoredDraft,
  attachments: readonly StoredAttachment[] = [],
): Promise<'saved' | 'elsewhere' | 'ended'> {
  return connection.write(['drafts', 'attachments', 'revisions', 'settings'], async (tx) => {
    const drafts = tx.objectStore('drafts');
    const there = await drafts.get(draft.id);
    // A revision, or its end, is looked for only when there is no draft: not with every keystroke.
    if (there === undefined && isEnded(await tx.objectStore('settings').get('ended'), draft.id)) return 'ended';
    const isElsewhere =
      there === undefined
        ? (await tx.objectStore('revisions').index('responseId').getKey(draft.id)) !== undefined
        : there.opened !== draft.opened;
    if (isElsewhere) return 'elsewhere';
    for (const attachment of attachments) await tx.objectStore('attachments').put(attachment);
    await drafts.put(draft);
    return 'saved';
  });
}

/**
 * With its files, and only when a person discards it or leaves it without any answer; finalising removes it in its own transaction
 * (store/revisions.ts). With `left`, the draft as it was left: not when another tab has opened it since.
 */
export async function removeDraft(connection: Connection, id: string, left?: StoredDraft): Promise<void> {
  await connection.write(['drafts', 'attachments'], async (tx) => {
    if (left !== undefined && (await tx.objectStore('drafts').get(id))?.opened !== left.opened) return;
    await tx.objectStore('drafts').delete(id);
    await removeOtherAttachments(tx.objectStore('attachments'), { responseId: id, keep: new Set() });
  });
}

function isEnded(ended: unknown, id: string): boolean {
  return Array.isArray(ended) && ended.includes(id);
}
