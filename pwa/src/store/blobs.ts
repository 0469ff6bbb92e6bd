/**
 * Logics, text packs and lists by the sha256 of their bytes.
 * - The text under a name never changes; saving it twice is the same as once.
 * - The caller has checked the name against the bytes.
 */

import type { Connection } from './connection.ts';
import type { StoredBlob } from './schema.ts';

export async function readBlob(connection: Connection, sha256: string): Promise<string | undefined> {
  const blob = await connection.run((database) => database.get('blobs', sha256));
  return blob?.text;
}

export async function saveBlob(connection: Connection, blob: StoredBlob): Promise<void> {
  await connection.write(['blobs'], (tx) => tx.objectStore('blobs').put(blob));
}

/** The names of all that is here. */
export async function blobNames(connection: Connection): Promise<string[]> {
  return connection.run((database) => database.getAllKeys('blobs'));
}
