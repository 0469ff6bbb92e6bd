/**
 * The neighbourhood's map file, in pieces: a phone never has all of it in memory, and what has arrived outlives an interruption.
 *
 * - The key of a piece is the sha256 of the whole file and the number of the piece; all but the last are of one length (app/map-shelf.ts).
 * - Which file is whole is said in the settings, in the transaction that lets go of all other pieces: until then the one before stays.
 */

import { countOf, fieldsOf, textOf } from '../sync/shape.ts';
import type { Connection } from './connection.ts';
import { readSetting } from './settings.ts';

export interface KeptMap {
  readonly sha256: string;
  readonly bytes: number;
  readonly name: string;
}

const DIGITS = 6;

export async function saveMapPiece(
  connection: Connection,
  { sha256, place, content }: { readonly sha256: string; readonly place: number; readonly content: ArrayBuffer },
): Promise<void> {
  const piece = { sha256: keyOf(sha256, place), content };
  await connection.write(['maps'], (tx) => tx.objectStore('maps').put(piece));
}

/** Undefined when it is not here. */
export async function readMapPiece(
  connection: Connection,
  { sha256, place }: { readonly sha256: string; readonly place: number },
): Promise<ArrayBuffer | undefined> {
  const piece = await connection.run((database) => database.get('maps', keyOf(sha256, place)));
  return piece?.content;
}

export async function countMapPieces(connection: Connection, sha256: string): Promise<number> {
  return connection.run((database) => database.count('maps', piecesOf(sha256)));
}

/** It is whole: from now on it is the one, and nothing of any other is left. */
export async function keepMap(connection: Connection, map: KeptMap): Promise<void> {
  await connection.write(['maps', 'settings'], async (tx) => {
    await tx.objectStore('settings').put(map, 'map');
    const maps = tx.objectStore('maps');
    await maps.delete(IDBKeyRange.upperBound(keyOf(map.sha256, 0), true));
    await maps.delete(IDBKeyRange.lowerBound(after(map.sha256)));
  });
}

/** The one that is whole. */
export async function readKeptMap(connection: Connection): Promise<KeptMap | undefined> {
  const fields = fieldsOf(await readSetting(connection, 'map'));
  const [sha256, bytes] = [textOf(fields.get('sha256')), countOf(fields.get('bytes'))];
  if (sha256 === undefined || bytes === undefined) return undefined;
  return { sha256, bytes, name: textOf(fields.get('name')) ?? '' };
}

/** Pieces of one that did not become whole. */
export async function dropMapPieces(connection: Connection, sha256: string): Promise<void> {
  await connection.write(['maps'], (tx) => tx.objectStore('maps').delete(piecesOf(sha256)));
}

export async function removeMaps(connection: Connection): Promise<void> {
  await connection.write(['maps', 'settings'], async (tx) => {
    await tx.objectStore('maps').clear();
    await tx.objectStore('settings').delete('map');
  });
}

function keyOf(sha256: string, place: number): string {
  return `${sha256}/${String(place).padStart(DIGITS, '0')}`;
}

function piecesOf(sha256: string): IDBKeyRange {
  return IDBKeyRange.bound(`${sha256}/`, after(sha256), false, true);
}

/** The next text behind all its keys. */
function after(sha256: string): string {
  return `${sha256}0`;
}
