/**
 * Sealing what lies in clear, and wrapping keys anew: one response at a time, a transaction for each record.
 *
 * - Whoever calls keeps other tabs from this response (app/lock-settling.ts).
 * - May end anywhere and begin again: each record says what it is. A response whose files may lie in clear still says so.
 * - A record that has changed since it was read is left for the next time; and so is one for which a key was made, when there is one
 *   after all: a response has one key.
 */

import type { Connection } from './connection.ts';
import { putRevision } from './line-writing.ts';
import type { StoredDraft, StoredLine, StoredRevision } from './schema.ts';
import type { StoredKeys } from './schema-keys.ts';
import type { RecordSeal } from './sealing.ts';

interface Whose {
  readonly connection: Connection;
  readonly seal: RecordSeal;
}

/** Sealed for its worker, who is signed in; a draft for them alone. */
export async function settleDraft({ connection, seal }: Whose, id: string): Promise<void> {
  const there = await connection.run((database) => database.get('drafts', id));
  const draft = there && (await seal.openDraft(there));
  if (there === undefined || draft === undefined || draft.sealed !== undefined) return;
  const hadKey = await keyOnDisk(connection, id);
  const closed = there.sealed === undefined ? await seal.closeDraft(draft, { anew: true }) : there;
  if (closed.keys === undefined) return;
  const keys = ownOnly(await seal.withOwn(id, closed.keys));
  const isNew = there.sealed === undefined && (draft.attachments ?? []).length > 0;
  const after = { ...closed, keys: isNew ? { ...keys, filesLeft: true as const } : keys };
  await putDraft(connection, { before: there, after, hadKey });
  seal.forget(id);
}

/** Sealed for its worker, and for the phone as long as it may have to be sent. */
export async function settleRevision({ connection, seal }: Whose, rev: string): Promise<void> {
  const there = await connection.run((database) => database.get('revisions', rev));
  if (there === undefined || there.visit !== undefined) return;
  const { responseId: id } = there;
  const hadKey = await keyOnDisk(connection, id);
  const closed = there.keys === undefined ? await seal.closeRevision(there, { anew: true }) : there;
  if (closed.keys === undefined) return;
  const both = await seal.withOwn(id, await seal.withPhone(id, closed.keys));
  const keys = there.state === 'safe' ? ownOnly(both) : both;
  const isNew = there.keys === undefined && (there.attachments ?? []).length > 0;
  await changeRevision(connection, { rev, id, hadKey }, (now) => {
    if (!now.keys !== !there.keys) return now;
    const sealed = there.keys === undefined ? sealedTexts(now, closed) : now;
    return { ...sealed, keys: isNew ? { ...keys, filesLeft: true } : keys };
  });
  seal.forget(id);
}

export async function settleFiles({ connection, seal }: Whose, id: string): Promise<void> {
  const keys = await connection.run((database) => database.getAllKeysFromIndex('attachments', 'responseId', id));
  for (const key of keys) {
    const file = await connection.run((database) => database.get('attachments', key));
    const closed = file && (await seal.closeFile(file));
    if (closed?.sealed === undefined || file?.sealed !== undefined) continue;
    await connection.write(['attachments'], async (tx) => {
      if ((await tx.store.get(key))?.sealed === undefined) await tx.store.put(closed);
    });
  }
  await noFilesLeft(connection, id);
}

/** From now on the phone's key opens it, and its worker's does not: they have no PIN any more, or it is another's. */
export async function releaseDraft({ connection, seal }: Whose, id: string, worker?: string): Promise<boolean> {
  const there = await connection.run((database) => database.get('drafts', id));
  if (there === undefined) return true;
  const keys = there.keys && (await released(seal, id, there.keys));
  if (there.keys !== undefined && keys === undefined) return false;
  const after = { ...there, ...(keys === undefined ? {} : { keys }), ...(worker === undefined ? {} : { worker }) };
  const put = await putDraft(connection, { before: there, after, hadKey: true });
  seal.forget(id);
  return put;
}

export async function releaseRevision({ connection, seal }: Whose, line: StoredLine): Promise<boolean> {
  const keys = line.keys && (await released(seal, line.responseId, line.keys));
  if (keys === undefined) return line.keys === undefined;
  const { rev, responseId: id } = line;
  await changeRevision(connection, { rev, id, hadKey: true }, (now) => ({ ...now, keys }));
  seal.forget(line.responseId);
  return true;
}

async function released(seal: RecordSeal, id: string, keys: StoredKeys): Promise<StoredKeys | undefined> {
  const { own: _, ...rest } = await seal.withPhone(id, keys);
  return rest.phone === undefined ? undefined : rest;
}

async function noFilesLeft(connection: Connection, id: string): Promise<void> {
  await connection.write(['drafts', 'revisions', 'lines'], async (tx) => {
    const [drafts, revisions, lines] = [tx.objectStore('drafts'), tx.objectStore('revisions'), tx.objectStore('lines')];
    const draft = await drafts.get(id);
    if (draft?.keys?.filesLeft) await drafts.put({ ...draft, keys: whole(draft.keys) });
    for (const revision of await revisions.index('responseId').getAll(id))
      if (revision.keys?.filesLeft)
        await putRevision({ revisions, lines }, { ...revision, keys: whole(revision.keys) });
  });
}

interface Change {
  readonly before: StoredDraft;
  readonly after: StoredDraft;
  /** Its response had a key already. */
  readonly hadKey: boolean;
}

/** False when it has changed since. */
async function putDraft(connection: Connection, { before, after, hadKey }: Change): Promise<boolean> {
  return connection.write(['drafts', 'revisions'], async (tx) => {
    const drafts = tx.objectStore('drafts');
    const there = await drafts.get(before.id);
    if (there === undefined || there.changedAt !== before.changedAt || !there.sealed !== !before.sealed) return false;
    const revisions = await tx.objectStore('revisions').index('responseId').getAll(before.id);
    if (!hadKey && hasKey([there, ...revisions])) return false;
    await drafts.put(after);
    return true;
  });
}

async function changeRevision(
  connection: Connection,
  { rev, id, hadKey }: { readonly rev: string; readonly id: string; readonly hadKey: boolean },
  change: (now: StoredRevision) => StoredRevision,
): Promise<void> {
  await connection.write(['drafts', 'revisions', 'lines'], async (tx) => {
    const stores = { revisions: tx.objectStore('revisions'), lines: tx.objectStore('lines') };
    const now = await stores.revisions.get(rev);
    const all = [await tx.objectStore('drafts').get(id), ...(await stores.revisions.index('responseId').getAll(id))];
    if (now !== undefined && (hadKey || !hasKey(all))) await putRevision(stores, change(now));
  });
}

async function keyOnDisk(connection: Connection, id: string): Promise<boolean> {
  return connection.run(async (database) =>
    hasKey([await database.get('drafts', id), ...(await database.getAllFromIndex('revisions', 'responseId', id))]),
  );
}

function hasKey(records: readonly (StoredDraft | StoredRevision | undefined)[]): boolean {
  return records.some((record) => record?.keys !== undefined);
}

/** What was erased meanwhile stays erased. */
function sealedTexts(now: StoredRevision, closed: StoredRevision): StoredRevision {
  const parts = now.parts.map((part, place) => (part === null ? null : (closed.parts[place] ?? null)));
  return { ...now, parts, shortTitle: now.shortTitle === '' ? '' : closed.shortTitle };
}

function ownOnly({ phone, ...keys }: StoredKeys): StoredKeys {
  return keys.own === undefined && phone !== undefined ? { ...keys, phone } : keys;
}

function whole({ filesLeft: _, ...keys }: StoredKeys): StoredKeys {
  return keys;
}
