/**
 * What waits: finished responses that no server has acknowledged, those that wait to be confirmed, and files that can go.
 * - Oldest first in all of it.
 * - Files follow their response: none is offered before its response has been taken in.
 * - A damaged one comes last: there may be a whole copy of it by now, or the disk may have thought better of it.
 */

import type { Connection, Database } from './connection.ts';
import type { FileKey } from './ledger.ts';
import { filesOf } from './revisions.ts';
import type { AttachmentState, StoredAttachment, StoredRevision } from './schema.ts';

/** Most names of one question about what the server has: revisions, and files. */
const MOST_REVS = 1_500;
const MOST_FILES = 500;
/** Files looked for in one go: those that turn out to be damaged are passed by. */
const CANDIDATES = 20;

export interface Wanted {
  /** Most revisions. */
  readonly items: number;
  /** Names of revisions and files that are not offered again in this pass. */
  readonly setAside: readonly string[];
}

export interface Gathered {
  readonly waiting: readonly StoredRevision[];
  readonly unconfirmed: { readonly revs: readonly string[]; readonly attachments: readonly string[] };
  /** The first is the one to send, unless its bytes are damaged. */
  readonly files: readonly FileKey[];
}

export async function gatherOutbox(connection: Connection, { items, setAside }: Wanted): Promise<Gathered> {
  const aside = new Set(setAside);
  const { waiting, ...gathered } = await connection.run(async (database) => {
    const waiting = await database.getAllFromIndex('revisions', 'state', 'finalised');
    const sent = await database.getAllKeysFromIndex('revisions', 'state', 'sent');
    const arrivals = await database.getAll('arrivals');
    const sentFiles = arrivals.filter(({ state }) => state === 'sent').map(({ sha256 }) => sha256);
    const states = new Map(arrivals.map(({ sha256, state }) => [sha256, state]));
    return {
      waiting: waiting.filter(({ rev }) => !aside.has(rev)).sort(byAge),
      unconfirmed: {
        revs: sent.filter((rev) => !aside.has(rev)).slice(0, MOST_REVS),
        attachments: sentFiles.filter((sha256) => !aside.has(sha256)).slice(0, MOST_FILES),
      },
      files: await filesToSend(database, (sha256) => (aside.has(sha256) ? undefined : (states.get(sha256) ?? 'here'))),
    };
  });
  return { ...gathered, waiting: await openedFirst(connection, waiting, items) };
}

/** What lies sealed and cannot be opened now stands in no other's way. */
async function openedFirst(
  { seal }: Connection,
  waiting: readonly StoredRevision[],
  most: number,
): Promise<readonly StoredRevision[]> {
  const opened: StoredRevision[] = [];
  for (const revision of waiting) {
    const found = revision.keys === undefined ? revision : await seal?.openRevision(revision);
    if (found !== undefined) opened.push(found);
    if (opened.length === most) break;
  }
  return opened;
}

/** Our place in the log of the server that answered last; '' before the first answer. */
export async function readSince(connection: Connection): Promise<string> {
  return connection.run(async (database) => {
    const server = await database.get('settings', 'server');
    const there = typeof server === 'string' ? await database.get('cursors', server) : undefined;
    return there?.cursor ?? '';
  });
}

/** The bytes of a file, or undefined when they are not there any more, or cannot be opened now. */
export async function readFileToSend(connection: Connection, key: FileKey): Promise<StoredAttachment | undefined> {
  const file = await connection.run((database) => database.get('attachments', key));
  return file?.sealed === undefined ? file : connection.seal?.openFile(file);
}

/** What the disk gives back is not what was put there: it is said in the list. */
export async function markDamaged(connection: Connection, sha256: string): Promise<void> {
  await connection.write(['arrivals'], (tx) => tx.objectStore('arrivals').put({ sha256, state: 'damaged' }));
}

/** Only names are read: the bytes of all files together may be more than a phone has memory for. */
async function filesToSend(
  database: Database,
  stateOf: (sha256: string) => AttachmentState | undefined,
): Promise<readonly FileKey[]> {
  const whole: Candidate[] = [];
  const damaged: Candidate[] = [];
  for (const key of await database.getAllKeys('attachments')) {
    const state = stateOf(key[0]);
    if (state !== 'here' && state !== 'damaged') continue;
    const revisions = await database.getAllFromIndex('revisions', 'responseId', key[1]);
    const revision = revisions.find((one) => isTakenIn(one) && filesOf([one]).has(key[0]));
    if (revision !== undefined) (state === 'here' ? whole : damaged).push({ key, finalisedAt: revision.finalisedAt });
  }
  return [...whole.sort(byAge), ...damaged.sort(byAge)].slice(0, CANDIDATES).map(({ key }) => key);
}

interface Candidate {
  readonly key: FileKey;
  readonly finalisedAt: string;
}

function isTakenIn({ state }: StoredRevision): boolean {
  return state === 'sent' || state === 'set-aside' || state === 'held' || state === 'safe';
}

function byAge(one: { readonly finalisedAt: string }, other: { readonly finalisedAt: string }): number {
  return one.finalisedAt === other.finalisedAt ? 0 : one.finalisedAt < other.finalisedAt ? -1 : 1;
}
