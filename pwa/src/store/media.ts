/**
 * Pictures, sounds and videos that go with a form's words, by the sha256 of their bytes.
 * - The bytes under a name never change; the caller has checked the name against them.
 * - How many bytes they are together is counted beside: reading them all to know it would take seconds.
 */

import { countOf } from '../sync/shape.ts';
import type { Connection } from './connection.ts';
import { StorageFull } from './errors.ts';
import type { StoredMedia } from './schema.ts';
import { readSetting } from './settings.ts';

export async function readMedia(connection: Connection, sha256: string): Promise<StoredMedia | undefined> {
  return connection.run((database) => database.get('media', sha256));
}

/** False when there is no room for it: then the phone is as it was. */
export async function saveMedia(connection: Connection, media: StoredMedia): Promise<boolean> {
  try {
    await connection.write(['media', 'settings'], async (tx) => {
      const [store, settings] = [tx.objectStore('media'), tx.objectStore('settings')];
      const isNew = (await store.getKey(media.sha256)) === undefined;
      await store.put(media);
      if (isNew) await settings.put(readBytes(await settings.get('media-bytes')) + sizeOf(media), 'media-bytes');
    });
    return true;
  } catch (error) {
    if (error instanceof StorageFull) return false;
    throw error;
  }
}

/** The names of all that is here. */
export async function mediaNames(connection: Connection): Promise<string[]> {
  return connection.run((database) => database.getAllKeys('media'));
}

/** Of all that is here; Infinity once it had to give way to answers. */
export async function mediaBytes(connection: Connection): Promise<number> {
  return readBytes(await readSetting(connection, 'media-bytes'));
}

/** What no form needs any more: media, and sound packs. `packs`: of words and sounds, those that forms name now. */
export async function removeUnneeded(
  connection: Connection,
  unneeded: { readonly media: readonly string[]; readonly blobs: readonly string[] },
  packs: readonly string[],
): Promise<void> {
  await connection.write(['media', 'blobs', 'settings'], async (tx) => {
    const [store, settings] = [tx.objectStore('media'), tx.objectStore('settings')];
    let bytes = readBytes(await settings.get('media-bytes'));
    for (const name of unneeded.media) {
      bytes -= sizeOf(await store.get(name));
      await store.delete(name);
    }
    for (const name of unneeded.blobs) await tx.objectStore('blobs').delete(name);
    await settings.put(Math.max(0, bytes), 'media-bytes');
    await settings.put(packs, 'packs');
  });
}

function sizeOf(media: StoredMedia | undefined): number {
  return media?.content.byteLength ?? 0;
}

function readBytes(value: unknown): number {
  return value === Number.POSITIVE_INFINITY ? value : (countOf(value) ?? 0);
}
