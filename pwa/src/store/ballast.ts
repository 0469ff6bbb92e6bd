/**
 * What gives way to answers on a full phone. First, bytes that stand for nothing, so that the draft at hand and its finish still
 * fit; when there is room again they are put back (ballast-intake.ts, fetched apart). Then the pictures and sounds of forms.
 */

import type { Connection } from './connection.ts';
import { saveSetting } from './settings.ts';

/** A long interview with its revision is far below this. */
export const BALLAST_BYTES = 262_144;

/** The key of the one record. */
export const BALLAST = 'only';

export async function dropBallast(connection: Connection): Promise<void> {
  await connection.write(['ballast'], async (tx) => {
    const isThere = (await tx.objectStore('ballast').getKey(BALLAST)) !== undefined;
    if (isThere) await tx.objectStore('ballast').delete(BALLAST);
  });
}

/** What goes with forms' words can be fetched again, answers cannot. From then on nothing of it comes unasked. */
export async function dropMedia(connection: Connection): Promise<void> {
  const count = await connection.write(['media'], async (tx) => {
    const media = tx.objectStore('media');
    const there = await media.count();
    await media.clear();
    return there;
  });
  // Without this mark it would come again, and give way again: no reason to lose an answer.
  if (count > 0) await saveSetting(connection, 'media-bytes', Number.POSITIVE_INFINITY).catch(() => undefined);
}
