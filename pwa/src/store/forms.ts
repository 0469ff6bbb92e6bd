/** The form versions that may be begun now, in the server's order. Drafts carry their own copy and do not depend on this. */

import type { Connection, Writing } from './connection.ts';
import type { StoredForm, StoredWords } from './schema.ts';

export async function readForms(connection: Connection): Promise<StoredForm[]> {
  const forms = await connection.run((database) => database.getAll('forms'));
  return forms.sort((one, other) => one.place - other.place);
}

/** What a manifest lists. */
export interface Offered {
  readonly forms: readonly StoredForm[];
  readonly words: readonly StoredWords[];
}

/** Replace what is offered, and remember which manifest it came from, in one transaction. Gives the words as they are stored now. */
export async function replaceOffered(
  connection: Connection,
  { forms, words }: Offered,
  manifest: string,
): Promise<readonly StoredWords[]> {
  return connection.write(['forms', 'words', 'blobs', 'settings'], async (tx) => {
    const kept = await Promise.all(words.map((language) => withBefore(tx, language)));
    await Promise.all([tx.objectStore('forms').clear(), tx.objectStore('words').clear()]);
    await Promise.all(forms.map((form, place) => tx.objectStore('forms').put({ ...form, place })));
    await Promise.all(kept.map((language, place) => tx.objectStore('words').put({ ...language, place })));
    await tx.objectStore('settings').put(manifest, 'offered');
    // An older page of ours in another tab would read the same manifest anew, and keep less of it.
    await tx.objectStore('settings').put(manifest, 'manifest');
    return kept;
  });
}

/** Which sentences of this language to speak until its new ones are here. */
async function withBefore(
  tx: Writing<['forms', 'words', 'blobs', 'settings']>,
  language: StoredWords,
): Promise<StoredWords> {
  const old = await tx.objectStore('words').get(language.lang);
  if (old === undefined) return language;
  const isHere = (await tx.objectStore('blobs').getKey(old.sha256)) !== undefined;
  const before = isHere ? old.sha256 : old.before;
  return before === undefined || before === language.sha256 ? language : { ...language, before };
}
