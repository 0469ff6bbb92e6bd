/**
 * From a draft to a finalised response.
 * - It inserts the revision and removes the draft, and the files that no revision names, in one transaction: all or nothing.
 * - What is no draft any more is not finalised: two tabs do not make two revisions of one response.
 */

import { removeOtherAttachments } from './attachments.ts';
import type { Connection } from './connection.ts';
import { putRevision } from './line-writing.ts';
import { filesOf } from './revisions.ts';
import type { StoredRevision } from './schema.ts';

/** `not-found`: another tab has finished, removed or opened it meanwhile, and nothing was stored. `opened`: as in the draft. */
export async function finaliseDraft(
  connection: Connection,
  revision: StoredRevision,
  opened?: number,
): Promise<'finalised' | 'not-found'> {
  const { rev, responseId } = revision;
  const closed = (await connection.seal?.closeRevision(revision)) ?? revision;
  return connection.write(['drafts', 'revisions', 'lines', 'attachments'], async (tx) => {
    const [drafts, revisions, lines] = [tx.objectStore('drafts'), tx.objectStore('revisions'), tx.objectStore('lines')];
    // A job may run again after it was done: then the revision is there, and the draft is not.
    const draft = await drafts.get(responseId);
    if (draft === undefined) return (await revisions.getKey(rev)) === undefined ? 'not-found' : 'finalised';
    if (draft.opened !== opened) return 'not-found';
    const keep = filesOf([...(await revisions.index('responseId').getAll(responseId)), revision]);
    await Promise.all([
      putRevision({ revisions, lines }, closed),
      drafts.delete(responseId),
      removeOtherAttachments(tx.objectStore('attachments'), { responseId, keep }),
    ]);
    return 'finalised';
  });
}
