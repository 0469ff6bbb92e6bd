/**
 * What the list of responses needs of a revision, without its texts: a phone with 10,000 responses opens its list in a blink.
 * - Written in the transaction that writes its revision, and gone with it (line-writing.ts).
 * - The revision is the truth: where an older app has written revisions alone, the lines are made again.
 */

import type { Connection, Database } from './connection.ts';
import type { RevisionState, StoredForm, StoredLine } from './schema.ts';

const STATES: readonly RevisionState[] = ['finalised', 'sent', 'set-aside', 'held', 'safe', 'refused', 'erased'];

export interface Lines {
  readonly lines: readonly StoredLine[];
  /** By formKey, of every form that a line names. */
  readonly forms: ReadonlyMap<string, StoredForm>;
}

export function formKey([id, version]: StoredLine['form']): string {
  return JSON.stringify([id, version]);
}

export async function readLines(connection: Connection): Promise<Lines> {
  if (!(await connection.run(areWhole)))
    await import('./line-writing.ts').then(
      ({ makeAgain }) => makeAgain(connection),
      // Without a network the old lines serve, until the next time.
      () => undefined,
    );
  const { lines, forms } = await connection.run(async (database) => {
    const lines = await database.getAll('lines');
    return { lines, forms: await formsOf(database, lines) };
  });
  return { lines: (await connection.seal?.openLines(lines)) ?? lines, forms };
}

/** As many lines in each state as there are revisions: neither bodies nor lines are read for that. */
async function areWhole(database: Database): Promise<boolean> {
  const tx = database.transaction(['revisions', 'lines']);
  const [revisions, lines] = [tx.objectStore('revisions').index('state'), tx.objectStore('lines').index('state')];
  const counts = await Promise.all(
    STATES.map(async (state) => (await revisions.count(state)) === (await lines.count(state))),
  );
  return counts.every((isSame) => isSame);
}

/** Of those on offer; else as the first revision that was made with it has it. */
async function formsOf(database: Database, lines: readonly StoredLine[]): Promise<ReadonlyMap<string, StoredForm>> {
  const firsts = new Map<string, StoredLine>();
  for (const line of lines) if (!firsts.has(formKey(line.form))) firsts.set(formKey(line.form), line);
  const forms = new Map<string, StoredForm>();
  for (const [key, { form, rev }] of firsts) {
    const found = (await database.get('forms', [...form])) ?? (await database.get('revisions', rev))?.form;
    if (found !== undefined) forms.set(key, found);
  }
  return forms;
}
