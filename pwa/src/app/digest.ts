/** The names of files: by the browser where it can, off the main thread; else by our own code. */

import type { Environment } from '../environment.ts';
import { hex } from '../sync/ids.ts';
import { sha256OfBytes } from '../sync/sha256.ts';

/** Lower-case hex of the SHA-256. */
export async function digestOf(content: ArrayBuffer, { digests }: Pick<Environment, 'digests'>): Promise<string> {
  const digest = await digests.sha256(content);
  return digest === undefined ? sha256OfBytes(new Uint8Array(content)) : hex(new Uint8Array(digest));
}
