/**
 * A phone that its team signed off: the mark that outlives a reload, what is nowhere but here, and emptying it.
 * - Emptied is all at once, and only when the same transaction finds nothing that no server has acknowledged.
 * - The mark names our device, so that it says nothing of a later enrolment. Once emptied it stays, to say so.
 * - What stays beside it: the language, and the canary, which would else be missed.
 */

import { fieldsOf, textOf } from '../sync/shape.ts';
import type { Connection, Writing } from './connection.ts';
import { EMPTIED } from './settings.ts';

const ANSWERS = ['drafts', 'revisions', 'attachments', 'arrivals'] as const;
const ALL = [
  ...ANSWERS,
  'lines',
  'reviews',
  'settings',
  'blobs',
  'forms',
  'words',
  'wordReports',
  'media',
  'cursors',
  'ballast',
  'maps',
  'workers',
] as const;
const STAYING = new Set(['language', 'looks', 'canary', 'signed-off']);

/** As it stands on the disk. `token`: undefined when the phone is nobody's. */
export interface SigningOffRecord {
  readonly token: string | undefined;
  /** The device that was signed off, or EMPTIED. */
  readonly mark: string | undefined;
}

/** What no server has acknowledged. `refused`: a server will never keep it as it is. */
export interface Unsent {
  readonly drafts: number;
  readonly finalised: number;
  readonly refused: number;
  readonly files: number;
}

export async function readSigningOff(connection: Connection): Promise<SigningOffRecord> {
  return connection.run(async (database) => ({
    token: tokenIn(await database.get('settings', 'enrolment')),
    mark: textOf(await database.get('settings', 'signed-off')),
  }));
}

/** `other`: it was another token than ours now that was turned down; nothing is marked. */
export async function markSignedOff(
  connection: Connection,
  { device, token }: { readonly device: string; readonly token: string },
): Promise<'marked' | 'other'> {
  return connection.write(['settings'], async (tx) => {
    if (!(await isOurs(tx.objectStore('settings'), token))) return 'other';
    await tx.objectStore('settings').put(device, 'signed-off');
    return 'marked';
  });
}

/** The server takes us in again. */
export async function unmarkSignedOff(connection: Connection): Promise<void> {
  await connection.write(['settings'], (tx) => tx.objectStore('settings').delete('signed-off'));
}

/** Nothing is changed unless the answer is `emptied`. `token`: the one that was turned down. */
export async function emptyPhone(connection: Connection, token: string): Promise<'emptied' | 'other' | Unsent> {
  return connection.write(ALL, async (tx) => {
    if (!(await isOurs(tx.objectStore('settings'), token))) return 'other';
    const unsent = await unsentIn(tx);
    if (unsent.drafts + unsent.finalised + unsent.refused + unsent.files > 0) return unsent;
    for (const name of ALL) if (name !== 'settings') await tx.objectStore(name).clear();
    const settings = tx.objectStore('settings');
    for (const name of await settings.getAllKeys()) if (!STAYING.has(name)) await settings.delete(name);
    await settings.put(EMPTIED, 'signed-off');
    return 'emptied';
  });
}

type Emptying = Writing<typeof ALL>;

/** Files whose bytes are damaged count as gone: nobody can send them. */
async function unsentIn(tx: Emptying): Promise<Unsent> {
  const revisions = await tx.objectStore('revisions').getAll();
  const states = new Map((await tx.objectStore('arrivals').getAll()).map(({ sha256, state }) => [sha256, state]));
  const needed = new Set(
    revisions
      .filter(({ state }) => state !== 'erased')
      .flatMap(({ attachments = [] }) => attachments.map(({ sha256 }) => sha256)),
  );
  const here = new Set((await tx.objectStore('attachments').getAllKeys()).map(([sha256]) => sha256));
  return {
    drafts: await tx.objectStore('drafts').count(),
    finalised: revisions.filter(({ state }) => state === 'finalised').length,
    refused: revisions.filter(({ state }) => state === 'refused').length,
    files: [...here].filter((sha256) => needed.has(sha256) && (states.get(sha256) ?? 'here') === 'here').length,
  };
}

/** Also when there is no token any more: another tab was here first. */
async function isOurs(settings: { get(name: string): Promise<unknown> }, token: string): Promise<boolean> {
  const there = tokenIn(await settings.get('enrolment'));
  return there === undefined || there === token;
}

function tokenIn(enrolment: unknown): string | undefined {
  return textOf(fieldsOf(enrolment).get('token'));
}
