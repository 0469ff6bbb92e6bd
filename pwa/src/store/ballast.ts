/**
 * Bytes that stand for nothing. When the phone is full they are let go, so that the draft at hand and its finish still fit; when
 * there is room again they are put back (ballast-intake.ts, fetched apart).
 */

import type { Connection } from './connection.ts';

/** A long interview with its revision is far below this. */
export const BALLAST_BYTES = 262_144;

/** The key of the one record. */
export const BALLAST = 'only';

/** False when there was none to let go. */
export async function dropBallast(connection: Connection): Promise<boolean> {
  return connection.write(['ballast'], async (tx) => {
    const isThere = (await tx.objectStore('ballast').getKey(BALLAST)) !== undefined;
    await tx.objectStore('ballast').delete(BALLAST);
    return isThere;
  });
}
