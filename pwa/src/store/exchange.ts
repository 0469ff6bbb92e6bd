/**
 * What an answer of the server changes on this phone.
 * - Receipts, the page of changes, the states of files and the cursor are saved in one transaction: a crash falls before or after.
 * - The cursor belongs to the server that answered last. Another one knows nothing of ours: all is confirmed anew.
 * - What is safe is worked out only with a page without a reset or with findings: no other answer vouches for the log we know.
 * - May be repeated: the same answer kept twice is the same as once.
 */

import type { ChangesPage, HeldAttachment, HeldRevision, Receipt } from '../sync/messages.ts';
import { isWithServer } from './clearing.ts';
import type { Connection, Writing } from './connection.ts';
import { isTime, Ledger, type Standing } from './ledger.ts';
import type { StoredRevision } from './schema.ts';

const STORES = ['revisions', 'arrivals', 'attachments', 'cursors', 'settings'] as const;

type Exchanging = Writing<typeof STORES>;

interface Answered extends Standing {
  /** '' when it has not said who it is: then no cursor moves. */
  readonly serverId: string;
}

export interface Exchange extends Answered {
  readonly receipts: readonly Receipt[];
  readonly page?: ChangesPage;
}

/** What a server said it has, and has not, of what we asked for. */
export interface Findings extends Answered {
  readonly held: readonly HeldRevision[];
  readonly heldAttachments: readonly HeldAttachment[];
  readonly missing: readonly string[];
  readonly missingAttachments: readonly string[];
}

export async function keepExchange(connection: Connection, exchange: Exchange): Promise<void> {
  const { receipts, page, serverId } = exchange;
  await connection.write(STORES, async (tx) => {
    const ledger = await openLedger(tx);
    const isAnother = await meetServer(tx, serverId);
    if (isAnother || page?.reset === true) ledger.offerAgain();
    for (const receipt of receipts) ledger.note(receipt);
    for (const change of page?.changes ?? []) ledger.hear(change);
    if (page !== undefined) {
      await tx.objectStore('cursors').put({ serverId, cursor: page.cursor });
      if (!page.reset) await secure(tx, ledger, exchange);
    }
    await closeLedger(tx, ledger);
  });
}

export async function keepFindings(connection: Connection, findings: Findings): Promise<void> {
  await connection.write(STORES, async (tx) => {
    const ledger = await openLedger(tx);
    if (await meetServer(tx, findings.serverId)) ledger.offerAgain();
    for (const revision of findings.held) ledger.confirm(revision);
    for (const { sha256, seq } of findings.heldAttachments) ledger.holdFile(sha256, seq);
    for (const rev of findings.missing) ledger.miss(rev);
    for (const sha256 of findings.missingAttachments) ledger.missFile(sha256);
    await secure(tx, ledger, findings);
    await closeLedger(tx, ledger);
  });
}

/** The server has all of it. */
export async function markUploaded(connection: Connection, sha256: string): Promise<void> {
  await connection.write(STORES, async (tx) => {
    const ledger = await openLedger(tx);
    ledger.sent(sha256);
    await closeLedger(tx, ledger);
  });
}

/** True when it is not the one that answered before. */
async function meetServer(tx: Exchanging, serverId: string): Promise<boolean> {
  if (serverId === '') return false;
  const settings = tx.objectStore('settings');
  const before = await settings.get('server');
  if (before !== serverId) await settings.put(serverId, 'server');
  return before !== undefined && before !== serverId;
}

/** The server's time is kept, to see by how much its clock has moved when it speaks again. */
async function secure(tx: Exchanging, ledger: Ledger, { safeSeq, time }: Standing): Promise<void> {
  const settings = tx.objectStore('settings');
  const before = await settings.get('server-time');
  ledger.secure({ safeSeq, time }, typeof before === 'string' ? before : time);
  if (isTime(time)) await settings.put(time, 'server-time');
}

async function openLedger(tx: Exchanging): Promise<Ledger> {
  const revisions = await tx.objectStore('revisions').getAll();
  return new Ledger(revisions, await tx.objectStore('arrivals').getAll());
}

async function closeLedger(tx: Exchanging, ledger: Ledger): Promise<void> {
  const { revisions, arrivals, changedRevisions, changedArrivals, filesToDelete } = ledger;
  for (const rev of changedRevisions) await putOrLetGo(tx.objectStore('revisions'), revisions.get(rev));
  for (const sha256 of changedArrivals) await putIfThere(tx.objectStore('arrivals'), arrivals.get(sha256));
  for (const key of filesToDelete) await tx.objectStore('attachments').delete(key);
}

/** What a cleared phone kept only to send it goes when a server has it. What none takes in stays. */
async function putOrLetGo(
  store: { put(item: StoredRevision): Promise<unknown>; delete(rev: string): Promise<unknown> },
  revision: StoredRevision | undefined,
): Promise<void> {
  if (revision?.sealed && isWithServer(revision)) await store.delete(revision.rev);
  else await putIfThere(store, revision);
}

async function putIfThere<Item>(store: { put(item: Item): Promise<unknown> }, item: Item | undefined): Promise<void> {
  if (item !== undefined) await store.put(item);
}
