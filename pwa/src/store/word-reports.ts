/**
 * Words that somebody found wrong, until a server has heard of them.
 * - At most MOST_REPORTS: a phone that is never near a network does not fill up with them.
 */

import type { Connection } from './connection.ts';
import type { StoredWordReport } from './schema.ts';

/** As many as one call takes (server/wrong_words/rules.py). */
export const MOST_REPORTS = 50;

export async function readWordReports(connection: Connection): Promise<StoredWordReport[]> {
  return connection.run((database) => database.getAll('wordReports', undefined, MOST_REPORTS));
}

/** False: as many as may be are here, and this one was not kept. */
export async function keepWordReport(connection: Connection, report: StoredWordReport): Promise<boolean> {
  return connection.write(['wordReports'], async (tx) => {
    const isRoom = (await tx.store.count()) < MOST_REPORTS;
    if (isRoom) await tx.store.put(report);
    return isRoom;
  });
}

export async function removeWordReports(connection: Connection, ids: readonly string[]): Promise<void> {
  await connection.write(['wordReports'], async (tx) => {
    for (const id of ids) await tx.store.delete(id);
  });
}
