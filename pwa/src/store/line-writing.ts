/** Writes a revision together with its line, and lines again where they are missing. The lines' contract: lines.ts. */

import type { Connection } from './connection.ts';
import type { StoredLine, StoredRevision } from './schema.ts';

/** Read at once while lines are made again: all revisions together may be more than a phone has memory for. */
const AT_ONCE = 200;

/** A store of a transaction, as far as it is needed here. */
interface Puts<Item> {
  put(item: Item): Promise<unknown>;
}
interface Deletes {
  delete(rev: string): Promise<unknown>;
}

export async function putRevision(
  { revisions, lines }: { readonly revisions: Puts<StoredRevision>; readonly lines: Puts<StoredLine> },
  revision: StoredRevision,
): Promise<void> {
  await Promise.all([revisions.put(revision), lines.put(lineOf(revision))]);
}

export async function deleteRevision(
  { revisions, lines }: { readonly revisions: Deletes; readonly lines: Deletes },
  rev: string,
): Promise<void> {
  await Promise.all([revisions.delete(rev), lines.delete(rev)]);
}

function lineOf({ header: _, parts: __, form, ...rest }: StoredRevision): StoredLine {
  return { ...rest, form: [form.id, form.version] };
}

export async function makeAgain(connection: Connection): Promise<void> {
  await connection.write(['revisions', 'lines'], async (tx) => {
    const [revisions, lines] = [tx.objectStore('revisions'), tx.objectStore('lines')];
    await lines.clear();
    for (let after = ''; ; ) {
      const some = await revisions.getAll(IDBKeyRange.lowerBound(after, true), AT_ONCE);
      for (const revision of some) await lines.put(lineOf(revision));
      const last = some[some.length - 1];
      if (last === undefined) return;
      after = last.rev;
    }
  });
}
