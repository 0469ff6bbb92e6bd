/**
 * Who works with this phone, and the key of the phone itself.
 * - The worker's row with the wrapped key is on the disk before anything is sealed under it.
 * - A lock is taken away only when the same transaction finds nothing that it alone opens.
 * - The setting `people` names who was signed in last; without it nobody here has a PIN, and none of this is looked at.
 */

import { textOf } from '../sync/shape.ts';
import type { Ciphers } from './ciphers.ts';
import type { Connection } from './connection.ts';
import { putRevision } from './line-writing.ts';
import type { StoredDraft, StoredRevision } from './schema.ts';
import type { StoredWorker } from './schema-keys.ts';
import { readSetting, saveSettingOnce } from './settings.ts';

export async function readWorkers(connection: Connection): Promise<StoredWorker[]> {
  return connection.run((database) => database.getAll('workers'));
}

/** Who they are, who was signed in last, and the phone's key. */
export async function readPeople(connection: Connection): Promise<{
  readonly workers: readonly StoredWorker[];
  readonly active: string | undefined;
  readonly phone: CryptoKey | undefined;
}> {
  const active = textOf(await readSetting(connection, 'people'));
  return { workers: await readWorkers(connection), active, phone: await readPhoneKey(connection) };
}

/** New ones, and a first PIN, with who is signed in, together. What another tab has changed since stays. */
export async function saveWorkers(
  connection: Connection,
  workers: readonly StoredWorker[],
  signedIn: string,
): Promise<void> {
  await connection.write(['workers', 'settings'], async (tx) => {
    for (const worker of workers) {
      const there = await tx.objectStore('workers').get(worker.id);
      if (there === undefined || there.lock === undefined) await tx.objectStore('workers').put(worker);
    }
    await tx.objectStore('settings').put(signedIn, 'people');
  });
}

/** `before`: as it was read; another tab may have changed it since, then nothing is written. */
export async function replaceWorker(
  connection: Connection,
  before: StoredWorker,
  after: StoredWorker,
): Promise<boolean> {
  return connection.write(['workers'], async (tx) => {
    const there = await tx.store.get(before.id);
    if (there === undefined || !isSameLock(there, before)) return false;
    await tx.store.put(after);
    return true;
  });
}

/** False: something is left that only their PIN opens. */
export async function unlockWorker(
  connection: Connection,
  id: string,
  isTheirs: (record: StoredDraft | StoredRevision) => boolean,
): Promise<boolean> {
  return connection.write(['workers', 'drafts', 'revisions'], async (tx) => {
    const records = [...(await tx.objectStore('drafts').getAll()), ...(await tx.objectStore('revisions').getAll())];
    const worker = await tx.objectStore('workers').get(id);
    if (worker === undefined || records.some((record) => isTheirs(record) && opensByOwn(record))) return false;
    const { lock: _, ...rest } = worker;
    await tx.objectStore('workers').put(rest);
    return true;
  });
}

/** What stops them from going: drafts, and what no server takes in. Their key goes with them, and what is safe is removed from here. */
export async function removeWorker(
  connection: Connection,
  { id, isTheirs, next, at }: Leaving,
): Promise<'removed' | Leftover> {
  return connection.write(LEAVING, async (tx) => {
    const stores = { revisions: tx.objectStore('revisions'), lines: tx.objectStore('lines') };
    const drafts = (await tx.objectStore('drafts').getAll()).filter(isTheirs);
    const revisions = (await stores.revisions.getAll()).filter(isTheirs);
    const refused = revisions.filter(({ state }) => state === 'refused').length;
    if (drafts.length + refused > 0) return { drafts: drafts.length, refused };
    const arrivals = new Map((await tx.objectStore('arrivals').getAll()).map(({ sha256, state }) => [sha256, state]));
    for (const revision of revisions) {
      const files = (revision.attachments ?? []).map(({ sha256 }) => sha256);
      const isSafe = revision.state === 'safe' && files.every((sha256) => arrivals.get(sha256) === 'safe');
      // Names whose it was, so that nobody else is shown it.
      const named = { ...revision, worker: id };
      await putRevision(stores, isSafe ? emptied(named, at) : named);
      if (isSafe) for (const sha256 of files) await tx.objectStore('attachments').delete([sha256, revision.responseId]);
    }
    await tx.objectStore('workers').delete(id);
    await tx.objectStore('settings').put(next, 'people');
    return 'removed';
  });
}

const LEAVING = ['workers', 'drafts', 'revisions', 'lines', 'attachments', 'arrivals', 'settings'] as const;

interface Leaving {
  readonly id: string;
  readonly isTheirs: (record: StoredDraft | StoredRevision) => boolean;
  /** Who is offered next. */
  readonly next: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

export interface Leftover {
  readonly drafts: number;
  readonly refused: number;
}

/** The phone's own key: whoever has this phone open can use it, and no script can read it out. */
export async function readPhoneKey(connection: Connection): Promise<CryptoKey | undefined> {
  const there = await readSetting(connection, 'phone-key');
  return there instanceof CryptoKey ? there : undefined;
}

/** Undefined where this browser does not give back the key that was stored. */
export async function makePhoneKey(connection: Connection, ciphers: Ciphers): Promise<CryptoKey | undefined> {
  await saveSettingOnce(connection, 'phone-key', await ciphers.newKept());
  const kept = await readPhoneKey(connection);
  if (kept === undefined) return undefined;
  const tried = new Uint8Array([1, 2, 3]);
  const opened = await ciphers.open(kept, await ciphers.seal(kept, tried, 'trial'), 'trial');
  return opened?.byteLength === tried.length ? kept : undefined;
}

function isSameLock({ lock: one }: StoredWorker, { lock: other }: StoredWorker): boolean {
  return one?.failures === other?.failures && one?.waitUntil === other?.waitUntil && !one === !other;
}

function opensByOwn({ keys }: StoredDraft | StoredRevision): boolean {
  return keys !== undefined && keys.phone === undefined;
}

function emptied(revision: StoredRevision, at: string): StoredRevision {
  return { ...revision, parts: revision.parts.map(() => null), shortTitle: '', removedAt: revision.removedAt ?? at };
}
