/**
 * The languages that the team has added or corrected, in the server's order. Their sentences are in `blobs`, by the sha256 of their bytes.
 * - Replaced as a whole, together with the forms of the same manifest (forms.ts).
 */

import type { Connection } from './connection.ts';
import type { StoredWords } from './schema.ts';

export async function readWords(connection: Connection): Promise<StoredWords[]> {
  const words = await connection.run((database) => database.getAll('words'));
  return words.sort((one, other) => one.place - other.place);
}
