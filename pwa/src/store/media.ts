/**
 * Pictures, sounds and videos that go with a form's words, by the sha256 of their bytes.
 * - The bytes under a name never change; the caller has checked the name against them.
 */

import type { Connection } from './connection.ts';
import type { StoredMedia } from './schema.ts';

export async function readMedia(connection: Connection, sha256: string): Promise<StoredMedia | undefined> {
  return connection.run((database) => database.get('media', sha256));
}

export async function saveMedia(connection: Connection, media: StoredMedia): Promise<void> {
  await connection.write(['media'], (tx) => tx.objectStore('media').put(media));
}

/** The names of all that is here. */
export async function mediaNames(connection: Connection): Promise<string[]> {
  return connection.run((database) => database.getAllKeys('media'));
}
