/**
 * Finalised responses, verbatim. The outbox is those in state `finalised`.
 * - A correction is a revision of its own beside the one that it corrects, and keeps that one's files.
 * - Nothing here deletes a revision; a refused one stays too. How they come: finalising.ts. What waits to be sent: outbox.ts. What answers change: exchange.ts.
 */

import type { Connection } from './connection.ts';
import type { StoredArrival, StoredRevision } from './schema.ts';

/** So many of them, in the order of their revs, after that one. */
export async function readRevisionsAfter(connection: Connection, rev: string, most: number): Promise<StoredRevision[]> {
  const revisions = await connection.run((database) =>
    database.getAll('revisions', IDBKeyRange.lowerBound(rev, true), most),
  );
  return connection.seal?.openRevisions(revisions) ?? revisions;
}

/** How far their files have got; one that is not among them is only here. */
export async function readArrivals(connection: Connection): Promise<StoredArrival[]> {
  return connection.run((database) => database.getAll('arrivals'));
}

/** The one that no other corrects; of several, where two tabs corrected at once, the last that was finished. */
export function newestOf<Revision extends Pick<StoredRevision, 'rev' | 'corrects' | 'finalisedAt'>>(
  revisions: readonly Revision[],
): Revision | undefined {
  const corrected = new Set(revisions.map(({ corrects }) => corrects));
  const heads = revisions.filter(({ rev }) => !corrected.has(rev));
  return heads.sort((one, other) => (lateness(one) < lateness(other) ? -1 : 1))[heads.length - 1];
}

function lateness({ finalisedAt, rev }: Pick<StoredRevision, 'rev' | 'finalisedAt'>): string {
  return `${finalisedAt} ${rev}`;
}

/** The last finalised revision of a response. */
export async function readRevisionOf(connection: Connection, responseId: string): Promise<StoredRevision | undefined> {
  const revisions = await connection.run((database) => database.getAllFromIndex('revisions', 'responseId', responseId));
  const newest = newestOf(revisions);
  return connection.seal ? connection.seal.ownRevision(newest) : newest;
}

/** Sha256 of all that these name. */
export function filesOf(revisions: readonly StoredRevision[]): ReadonlySet<string> {
  return new Set(revisions.flatMap(({ attachments = [] }) => attachments.map(({ sha256 }) => sha256)));
}

/** Some of its answers were taken away at the team's request. Those that were removed long after they were safe are not meant. */
export function isErased({ parts, removedAt }: Pick<StoredRevision, 'parts' | 'removedAt'>): boolean {
  return removedAt === undefined && parts.some((part) => part === null);
}
