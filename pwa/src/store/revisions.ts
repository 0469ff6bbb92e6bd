/**
 * Finalised responses, verbatim. The outbox is those in state `finalised`.
 * - Finalising inserts the revision and removes the draft, and the files that it no longer names, in one transaction: all or nothing.
 * - What is no draft any more is not finalised: two tabs do not make two revisions of one response.
 * - Nothing here deletes a revision; a refused one stays too.
 */

import type { Receipt } from '../sync/messages.ts';
import { removeOtherAttachments } from './attachments.ts';
import type { Connection } from './connection.ts';
import type { RevisionState, StoredRevision } from './schema.ts';

export async function readRevisions(connection: Connection): Promise<StoredRevision[]> {
  return connection.run((database) => database.getAll('revisions'));
}

/** The last finalised revision of a response. */
export async function readRevisionOf(connection: Connection, responseId: string): Promise<StoredRevision | undefined> {
  const revisions = await readRevisions(connection);
  return revisions.filter((revision) => revision.responseId === responseId).pop();
}

/** The outbox without `setAside`, oldest first, at most `limit`. */
export async function readOutbox(
  connection: Connection,
  { setAside, limit }: { readonly setAside: readonly string[]; readonly limit: number },
): Promise<StoredRevision[]> {
  const waiting = await connection.run((database) => database.getAllFromIndex('revisions', 'state', 'finalised'));
  return waiting
    .filter(({ rev }) => !setAside.includes(rev))
    .sort((one, other) => (one.finalisedAt < other.finalisedAt ? -1 : 1))
    .slice(0, limit);
}

/** `not-found`: another tab has finished or removed it meanwhile, and nothing was stored. */
export async function finaliseDraft(
  connection: Connection,
  revision: StoredRevision,
): Promise<'finalised' | 'not-found'> {
  const { rev, responseId, attachments = [] } = revision;
  const keep = new Set(attachments.map(({ sha256 }) => sha256));
  return connection.write(['drafts', 'revisions', 'attachments'], async (tx) => {
    const [drafts, revisions] = [tx.objectStore('drafts'), tx.objectStore('revisions')];
    // A job may run again after it was done: then the revision is there, and the draft is not.
    if ((await drafts.getKey(responseId)) === undefined)
      return (await revisions.getKey(rev)) === undefined ? 'not-found' : 'finalised';
    await Promise.all([
      revisions.put(revision),
      drafts.delete(responseId),
      removeOtherAttachments(tx.objectStore('attachments'), { responseId, keep }),
    ]);
    return 'finalised';
  });
}

/** Store what the server said about each; a receipt about a revision that has got further meanwhile changes nothing. */
export async function noteReceipts(connection: Connection, receipts: readonly Receipt[]): Promise<void> {
  await connection.write(['revisions'], async (tx) => {
    for (const receipt of receipts) {
      const revision = await tx.objectStore('revisions').get(receipt.rev);
      if (revision?.state === 'finalised') await tx.objectStore('revisions').put(withReceipt(revision, receipt));
    }
  });
}

/** `quarantined` is on the server's disk and waits there for a person; for the worker it has been sent. */
function withReceipt(revision: StoredRevision, { status, code }: Receipt): StoredRevision {
  const state: RevisionState = status === 'refused' ? 'refused' : 'sent';
  return { ...revision, state, ...(state === 'refused' ? { code: code ?? 'malformed' } : {}) };
}
