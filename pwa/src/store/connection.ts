/**
 * The one connection to IndexedDB.
 *
 * - Opened at first use, and again after it has died: WebKit kills connections of tabs in the background, and a dead
 *   handle that is kept fails for ever. A job is tried three times, each time on a fresh connection.
 * - A job must be repeatable: it may run again when its transaction was lost.
 * - Never deletes the database, whatever happens.
 * - No job waits for the network, a timer or a person inside its transaction.
 */

import { type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { StorageFailing, StorageFull, StorageMissing } from './errors.ts';
import { DATABASE_NAME, DATABASE_VERSION, type FieldwellSchema } from './schema.ts';
import type { Seal } from './seal.ts';

/** How often a job is tried before it counts as failed. */
export const ATTEMPTS = 3;

export type Database = IDBPDatabase<FieldwellSchema>;

export type StoreName = StoreNames<FieldwellSchema>;
export type Writing<Names extends readonly StoreName[]> = IDBPTransaction<FieldwellSchema, [...Names], 'readwrite'>;

/** Browsers call a write complete when it is in memory; we ask for the disk. */
const STRICT = { durability: 'strict' } as const;

/** `blocked`: an older page of ours in another tab holds the database. `opened`: it no longer does. */
export type ConnectionNews = 'blocked' | 'opened';

interface Setting {
  readonly usable: boolean;
  readonly name?: string;
  readonly version?: number;
  readonly onNews?: (news: ConnectionNews) => void;
}

export class Connection {
  /** Where somebody has a PIN, or several people work: what the stores of responses go through. */
  seal: Seal | undefined;
  #opening: Promise<Database> | undefined;
  readonly #setting: Setting;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** Raises a StoreError when it cannot be done. */
  async run<Result>(job: (database: Database) => Promise<Result>): Promise<Result> {
    if (!this.#setting.usable) throw new StorageMissing('This browser gives the page no IndexedDB.');
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await job(await this.#open());
      } catch (error) {
        await this.#drop();
        if (isFull(error)) throw new StorageFull('There is no space left for this page.', { cause: error });
        if (attempt === ATTEMPTS)
          throw new StorageFailing(`Storage failed ${ATTEMPTS} times: ${error}`, { cause: error });
      }
    }
  }

  /** One transaction over these stores: all of `work` is on disk when this resolves, or none of it. */
  async write<const Names extends readonly StoreName[], Result>(
    stores: Names,
    work: (tx: Writing<Names>) => Promise<Result>,
  ): Promise<Result> {
    return this.run(async (database) => {
      const tx = database.transaction<[...Names], 'readwrite'>([...stores], 'readwrite', STRICT);
      const [result] = await Promise.all([undoOnError(tx, () => work(tx)), tx.done]);
      return result;
    });
  }

  /** Let go of the database; the next job opens it again. */
  async close(): Promise<void> {
    await this.#drop();
  }

  #open(): Promise<Database> {
    if (this.#opening !== undefined) return this.#opening;
    // The end of one connection says nothing about the next.
    const forget = (): void => {
      if (this.#opening === opening) this.#opening = undefined;
    };
    const opening = this.#openAt(this.#setting.version ?? DATABASE_VERSION, forget).then((database) => {
      this.#setting.onNews?.('opened');
      return database;
    });
    this.#opening = opening;
    return opening;
  }

  /** An app that is older than the database (an older hub served it) uses it as it is: upgrades only ever add. */
  async #openAt(version: number | undefined, forget: () => void): Promise<Database> {
    try {
      return await openDB<FieldwellSchema>(this.#setting.name ?? DATABASE_NAME, version, {
        upgrade: createStores,
        blocked: () => this.#setting.onNews?.('blocked'),
        // A newer app in another tab wants to upgrade: step aside, all that was acknowledged is on disk.
        blocking: () => void this.#drop(),
        terminated: forget,
      });
    } catch (error) {
      if (version !== undefined && error instanceof Error && error.name === 'VersionError')
        return this.#openAt(undefined, forget);
      throw error;
    }
  }

  async #drop(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    const database = await opening?.catch(() => undefined);
    database?.close();
  }
}

/** Also when `work` throws before it waits for anything: what it had asked for by then would be committed. */
async function undoOnError<Result>(tx: { abort(): void }, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    abortIfOpen(tx);
    throw error;
  }
}

function abortIfOpen(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // It has ended already: then what failed has undone it.
  }
}

/** What each version has added to those before it: a store with its key, and indexes, each on the member that it is named after. */
const ADDED: readonly (readonly (readonly [store: StoreName, key?: string | string[], index?: string])[])[] = [
  [
    ['settings'],
    ['blobs', 'sha256'],
    ['forms', ['id', 'version']],
    ['drafts', 'id'],
    ['revisions', 'rev', 'state'],
    ['cursors', 'serverId'],
  ],
  [
    ['attachments', ['sha256', 'responseId'], 'responseId'],
    ['media', 'sha256'],
  ],
  [['arrivals', 'sha256'], ['leases', 'name'], ['ballast'], ['revisions', '', 'responseId']],
  [
    ['words', 'lang'],
    ['wordReports', 'id'],
  ],
  [
    ['reviews', 'responseId'],
    ['workers', 'id'],
    ['maps', 'sha256'],
    ['lines', 'rev', 'state'],
  ],
];

/** An upgrade as far as we need it: the schema's own types know of no store that is not chosen in the code. */
interface Store {
  createIndex(name: string, member: string): unknown;
}

/** What is there stays as it is. */
function createStores(
  database: { createObjectStore(name: StoreName, options: IDBObjectStoreParameters): Store },
  oldVersion: number,
  _: number | null,
  tx: { objectStore(name: StoreName): Store },
): void {
  for (const [name, keyPath = null, index] of ADDED.slice(oldVersion).flat()) {
    const store = keyPath === '' ? tx.objectStore(name) : database.createObjectStore(name, { keyPath });
    if (index !== undefined) store.createIndex(index, index);
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}
