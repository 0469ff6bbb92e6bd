/**
 * Finalised responses, verbatim. The outbox is those in state `finalised`.
 * - Finalising inserts the revision and removes the draft, and the files that it no longer names, in one transaction: all or nothing.
 * - What is no draft any more is not finalised: two tabs do not make two revisions of one response.
 * - Nothing here deletes a revision; a refused one stays too. What waits to be sent: outbox.ts. What answers change: exchange.ts.
 */

import { removeOtherAttachments } from './attachments.ts';
import type { Connection } from './connection.ts';
import type { StoredArrival, StoredRevision } from './schema.ts';

export async function readRevisions(connection: Connection): Promise<StoredRevision[]> {
  return connection.run((database) => database.getAll('revisions'));
}

/** How far their files have got; one that is not among them is only here. */
export async function readArrivals(connection: Connection): Promise<StoredArrival[]> {
  return connection.run((database) => database.getAll('arrivals'));
}

/** The last finalised revision of a response. */
export async function readRevisionOf(connection: Connection, responseId: string): Promise<StoredRevision | undefined> {
  const revisions = await connection.run((database) => database.getAllFromIndex('revisions', 'responseId', responseId));
  return revisions.pop();
}

/** `not-found`: another tab has finished, removed or opened it meanwhile, and nothing was stored. `opened`: as in the draft. */
export async function finaliseDraft(
  connection: Connection,
  revision: StoredRevision,
  opened?: number,
): Promise<'finalised' | 'not-found'> {
  const { rev, responseId, attachments = [] } = revision;
  const keep = new Set(attachments.map(({ sha256 }) => sha256));
  return connection.write(['drafts', 'revisions', 'attachments'], async (tx) => {
    const [drafts, revisions] = [tx.objectStore('drafts'), tx.objectStore('revisions')];
    // A job may run again after it was done: then the revision is there, and the draft is not.
    const draft = await drafts.get(responseId);
    if (draft === undefined) return (await revisions.getKey(rev)) === undefined ? 'not-found' : 'finalised';
    if (draft.opened !== opened) return 'not-found';
    await Promise.all([
      revisions.put(revision),
      drafts.delete(responseId),
      removeOtherAttachments(tx.objectStore('attachments'), { responseId, keep }),
    ]);
    return 'finalised';
  });
}
