/** The form versions that may be begun now, in the server's order. Drafts carry their own copy and do not depend on this. */

import type { Connection } from './connection.ts';
import type { StoredForm } from './schema.ts';

export async function readForms(connection: Connection): Promise<StoredForm[]> {
  const forms = await connection.run((database) => database.getAll('forms'));
  return forms.sort((one, other) => one.place - other.place);
}

/** Replace the list, and remember which manifest it came from, in one transaction. */
export async function replaceForms(
  connection: Connection,
  forms: readonly StoredForm[],
  manifest: string,
): Promise<void> {
  await connection.write(['forms', 'settings'], async (tx) => {
    await tx.objectStore('forms').clear();
    await Promise.all(forms.map((form, place) => tx.objectStore('forms').put({ ...form, place })));
    await tx.objectStore('settings').put(manifest, 'manifest');
  });
}
