/**
 * How far we have read each server's log.
 * - A page's changes and its cursor are saved in one transaction, so a crash between them cannot happen.
 * - After a reset everything that this log may have lost goes back to the outbox; a repeat costs a `duplicate`, no more.
 */

import type { Change, ChangesPage } from '../sync/messages.ts';
import type { Connection } from './connection.ts';
import type { StoredRevision } from './schema.ts';

export async function readCursor(connection: Connection, serverId: string): Promise<string | undefined> {
  const there = await connection.run((database) => database.get('cursors', serverId));
  return there?.cursor;
}

interface TurnedPage {
  readonly page: ChangesPage;
  readonly serverId: string;
  /** Changes up to this seq are in a verified backup. */
  readonly safeSeq: number;
}

export async function keepPage(connection: Connection, { page, serverId, safeSeq }: TurnedPage): Promise<void> {
  const news = new Map(
    page.changes.filter((change) => change.kind === 'response').map((change) => [change.rev, change]),
  );
  await connection.write(['revisions', 'cursors'], async (tx) => {
    for (const revision of await tx.objectStore('revisions').getAll()) {
      const next = advance(page.reset ? offerAgain(revision) : revision, news.get(revision.rev), safeSeq);
      if (next !== revision) await tx.objectStore('revisions').put(next);
    }
    await tx.objectStore('cursors').put({ serverId, cursor: page.cursor });
  });
}

function offerAgain(revision: StoredRevision): StoredRevision {
  return revision.state === 'refused' || revision.state === 'finalised'
    ? revision
    : { ...revision, state: 'finalised' };
}

/** A state that a newer server has invented changes nothing. */
function advance(revision: StoredRevision, news: Change | undefined, safeSeq: number): StoredRevision {
  const said = news?.kind === 'response' ? news.state : undefined;
  if (said === 'set-aside') return { ...revision, state: said };
  const held = said === 'held';
  const seq = held ? news?.seq : revision.seq;
  if (!held && revision.state !== 'held') return revision;
  const state = seq !== undefined && seq <= safeSeq ? 'safe' : 'held';
  if (!held && state === revision.state) return revision;
  return { ...revision, state, ...(seq === undefined ? {} : { seq }) };
}
