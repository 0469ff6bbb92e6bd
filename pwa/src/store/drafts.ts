/**
 * Responses that are still being filled in.
 * - A save that has resolved is on disk: the last keystroke survives the battery.
 * - Several at once; the newest change wins within one, and one tab only has it open (app/drafts.ts).
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
 * With the files that came since the last save: all of it is on disk when this resolves, or none. `finished`: another tab has
 * made it a revision, and nothing was written.
 */
export async function saveDraft(
  connection: Connection,
  draft: StoredDraft,
  attachments: readonly StoredAttachment[] = [],
): Promise<'saved' | 'finished'> {
  return connection.write(['drafts', 'attachments', 'revisions'], async (tx) => {
    const drafts = tx.objectStore('drafts');
    // Looked for only when there is no draft: not with every keystroke.
    const isThere = (await drafts.getKey(draft.id)) !== undefined;
    if (!isThere && (await tx.objectStore('revisions').getAll()).some(({ responseId }) => responseId === draft.id))
      return 'finished';
    for (const attachment of attachments) await tx.objectStore('attachments').put(attachment);
    await drafts.put(draft);
    return 'saved';
  });
}

/** With its files, and only when a person discards it or leaves it without any answer; finalising removes it in its own transaction (store/revisions.ts). */
export async function removeDraft(connection: Connection, id: string): Promise<void> {
  await connection.write(['drafts', 'attachments'], async (tx) => {
    await tx.objectStore('drafts').delete(id);
    await removeOtherAttachments(tx.objectStore('attachments'), { responseId: id, keep: new Set() });
  });
}
