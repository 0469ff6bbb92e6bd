/** Takes ballast in while there is room (ballast.ts lets it go). */

import { BALLAST, BALLAST_BYTES } from './ballast.ts';
import type { Connection } from './connection.ts';

/** Browsers give at most so many random bytes at once. */
const MOST_AT_ONCE = 65_536;

export async function takeBallast(connection: Connection, random: (count: number) => Uint8Array): Promise<void> {
  await connection.write(['ballast'], async (tx) => {
    if ((await tx.objectStore('ballast').getKey(BALLAST)) !== undefined) return;
    await tx.objectStore('ballast').put(randomBytes(random), BALLAST);
  });
}

/** Zeros would be packed to nothing on the disk. */
function randomBytes(random: (count: number) => Uint8Array): ArrayBuffer {
  const bytes = new Uint8Array(BALLAST_BYTES);
  for (let start = 0; start < BALLAST_BYTES; start += MOST_AT_ONCE) bytes.set(random(MOST_AT_ONCE), start);
  return bytes.buffer;
}
