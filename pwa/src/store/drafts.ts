/**
 * Responses that are still being filled in.
 * - A save that has resolved is on disk: the last keystroke survives the battery.
 * - Several at once; the newest change wins within one, and one tab only has it open (app/desk.ts takes a lock). Where a browser's
 *   tabs cannot keep each other out for sure, each opening is counted, and a tab that opened it before the last one writes nothing.
 */

import { removeOtherAttachments } from './attachments.ts';
import type { Connection } from './connection.ts';
import { filesOf, isErased } from './revisions.ts';
import type { StoredAttachment, StoredDraft, StoredRevision } from './schema.ts';

export async function readDrafts(connection: Connection): Promise<StoredDraft[]> {
  const drafts = await connection.run((database) => database.getAll('drafts'));
  return connection.seal?.openDrafts(drafts) ?? drafts;
}

export async function readDraft(connection: Connection, id: string): Promise<StoredDraft | undefined> {
  const draft = await connection.run((database) => database.get('drafts', id));
  return connection.seal ? connection.seal.ownDraft(draft) : draft;
}

/**
 * With the files that came since the last save: all of it is on disk when this resolves, or none. `elsewhere`: another tab has
 * opened it since, or made it a revision, and nothing was written. `ended`: it was cleared, deleted or erased, and stays so.
 * The key that is on the disk holds: another tab may have wrapped it anew.
 */
export async function saveDraft(
  connection: Connection,
  draft: StoredDraft,
  attachments: readonly StoredAttachment[] = [],
): Promise<'saved' | 'elsewhere' | 'ended'> {
  const closed = (await connection.seal?.close(draft, attachments)) ?? { draft, files: attachments };
  return connection.write(['drafts', 'attachments', 'revisions', 'settings'], async (tx) => {
    const drafts = tx.objectStore('drafts');
    const there = await drafts.get(draft.id);
    // A revision, or its end, is looked for only when there is no draft: not with every keystroke.
    if (there === undefined && isEnded(await tx.objectStore('settings').get('ended'), draft.id)) return 'ended';
    const revisions = there === undefined ? await tx.objectStore('revisions').index('responseId').getAll(draft.id) : [];
    if (revisions.some(isErased)) return 'ended';
    if (there === undefined ? hasBecome(draft, revisions) : there.opened !== draft.opened) return 'elsewhere';
    for (const file of closed.files) await tx.objectStore('attachments').put(file);
    await drafts.put(there?.keys ? { ...closed.draft, keys: there.keys } : closed.draft);
    return 'saved';
  });
}

/**
 * With its files, but for those that a revision of the same response names, and only when a person discards it or leaves it without any answer; finalising removes it in its own transaction
 * (store/revisions.ts). With `left`, the draft as it was left: not when another tab has opened it since.
 */
export async function removeDraft(connection: Connection, id: string, left?: StoredDraft): Promise<void> {
  await connection.write(['drafts', 'revisions', 'attachments'], async (tx) => {
    if (left !== undefined && (await tx.objectStore('drafts').get(id))?.opened !== left.opened) return;
    await tx.objectStore('drafts').delete(id);
    const keep = filesOf(await tx.objectStore('revisions').index('responseId').getAll(id));
    await removeOtherAttachments(tx.objectStore('attachments'), { responseId: id, keep });
  });
}

/** It was finished: as the first of its response, or as what corrects the same one. */
function hasBecome({ corrects }: StoredDraft, revisions: readonly StoredRevision[]): boolean {
  return revisions.some((revision) => corrects === undefined || revision.corrects === corrects);
}

function isEnded(ended: unknown, id: string): boolean {
  return Array.isArray(ended) && ended.includes(id);
}
