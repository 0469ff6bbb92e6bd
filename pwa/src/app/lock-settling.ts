/**
 * Brings what lies on the disk in line with who has a PIN: after each unlock, so that whatever a kill has left is gone on with.
 *
 * - One tab at a time, and each response only while no tab has it open.
 * - What needs it is found among the lines, without reading an answer.
 */

import type { Environment } from '../environment.ts';
import type { Connection } from '../store/connection.ts';
import { releaseDraft, releaseRevision, settleDraft, settleFiles, settleRevision } from '../store/resealing.ts';
import type { StoredDraft, StoredLine } from '../store/schema.ts';
import type { RecordSeal } from '../store/sealing.ts';
import { lockName } from './desk.ts';
import type { Storage } from './storage.ts';

const LOCK = 'fieldwell-settling';
const PATIENCE_MS = 300;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly seal: RecordSeal;
}

export interface Settling extends Surroundings {
  /** Id of whose it is. */
  readonly worker: string;
}

/** Seals what this worker, who is signed in, has in clear. */
export function settle(around: Settling): Promise<boolean> {
  return forEachResponse(around, isUnsettled, async (connection, { id, draft, lines }) => {
    const whose = { connection, seal: around.seal };
    if (draft !== undefined) await settleDraft(whose, id);
    for (const { rev } of lines.filter(isUnsettledLine)) await settleRevision(whose, rev);
    await settleFiles(whose, id);
    return true;
  });
}

/** Nothing of this worker needs their key any more. False: something is open in another tab, or could not be written. */
export function release(around: Settling): Promise<boolean> {
  return forEachResponse(around, hasKeys, async (connection, { id, draft, lines }) => {
    const whose = { connection, seal: around.seal };
    let isReleased = draft === undefined || (await releaseDraft(whose, id));
    for (const line of lines) isReleased = (await releaseRevision(whose, line)) && isReleased;
    return isReleased;
  });
}

/** A draft goes on with another worker of this phone. */
export function handOver({ seal, ...around }: Surroundings, id: string, to: string): Promise<boolean> {
  return alone(around, lockName(id), (connection) => releaseDraft({ connection, seal }, id, to));
}

/** All that this phone has of one response. */
interface Held {
  readonly id: string;
  draft?: StoredDraft;
  readonly lines: StoredLine[];
}

async function forEachResponse(
  { seal, worker, ...around }: Settling,
  isMeant: (held: Held) => boolean,
  act: (connection: Connection, held: Held) => Promise<boolean>,
): Promise<boolean> {
  const isTheirs = (one: StoredDraft | StoredLine): boolean => seal.ownerOf(one) === worker && one.visit === undefined;
  return alone(around, LOCK, async (connection) => {
    const held = (await heldHere(connection, isTheirs)).filter(isMeant);
    const done: boolean[] = [];
    for (const one of held) done.push(await alone(around, lockName(one.id), () => act(connection, one)));
    return done.every((isDone) => isDone);
  });
}

async function heldHere(connection: Connection, isTheirs: (one: StoredDraft | StoredLine) => boolean): Promise<Held[]> {
  const [drafts, lines] = await connection.run((database) =>
    Promise.all([database.getAll('drafts'), database.getAll('lines')]),
  );
  const held = new Map<string, Held>();
  const of = (id: string): Held => {
    const there = held.get(id) ?? { id, lines: [] };
    held.set(id, there);
    return there;
  };
  for (const draft of drafts.filter(isTheirs)) of(draft.id).draft = draft;
  for (const line of lines.filter(isTheirs)) of(line.responseId).lines.push(line);
  return [...held.values()];
}

async function alone(
  { environment, storage }: Omit<Surroundings, 'seal'>,
  name: string,
  act: (connection: Connection) => Promise<boolean>,
): Promise<boolean> {
  const lock = await environment.locks.hold(name, PATIENCE_MS);
  if (lock === undefined) return false;
  try {
    const done = await storage.write(act);
    return done.kind === 'done' && done.value;
  } finally {
    lock.release();
  }
}

function isUnsettled({ draft, lines }: Held): boolean {
  return (draft !== undefined && isUnsettledDraft(draft)) || lines.some(isUnsettledLine);
}

function isUnsettledDraft({ sealed, keys }: StoredDraft): boolean {
  return sealed === undefined || keys?.own === undefined || keys.phone !== undefined || keys.filesLeft === true;
}

/** What was removed from this phone has nothing left to seal. */
function isUnsettledLine({ keys, state, removedAt }: StoredLine): boolean {
  if (removedAt !== undefined || state === 'erased') return false;
  const isWrapped = keys?.own !== undefined && (state === 'safe' || keys.phone !== undefined);
  return !isWrapped || keys.filesLeft === true;
}

function hasKeys({ draft, lines }: Held): boolean {
  return draft?.keys !== undefined || lines.some(({ keys }) => keys !== undefined);
}
