/**
 * Responses that came to their end on this phone, cleared or deleted: nothing of them is shown or gone on with here, also when the
 * browser's Back brings a page of the server with their answers. Only their ids are kept, newest last.
 */

import { listOf, textOf } from '../sync/shape.ts';
import type { Connection } from './connection.ts';

/** Older ones are let go: nobody goes back so far. */
const MOST_ENDED = 500;

export async function readEnded(connection: Connection): Promise<readonly string[]> {
  return listOf(await connection.run((database) => database.get('settings', 'ended')), textOf);
}

export async function noteEnded(connection: Connection, ids: Iterable<string>): Promise<void> {
  await connection.write(['settings'], async (tx) =>
    tx.store.put(endedWith(await tx.store.get('ended'), ids), 'ended'),
  );
}

/** It was deleted, and a person has put it back. */
export async function unmarkEnded(connection: Connection, id: string): Promise<void> {
  await connection.write(['settings'], async (tx) => {
    const others = listOf(await tx.store.get('ended'), textOf).filter((ended) => ended !== id);
    await tx.store.put(others, 'ended');
  });
}

/** `there`: the list as it is stored. */
export function endedWith(there: unknown, ids: Iterable<string>): readonly string[] {
  return [...new Set([...listOf(there, textOf), ...ids])].slice(-MOST_ENDED);
}
