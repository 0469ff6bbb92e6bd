/**
 * What an answer of the server changes on this phone.
 * - Receipts, the page of changes, the states of files and the cursor are saved in one transaction: a crash falls before or after.
 * - The cursor belongs to the server that answered last. Another one knows nothing of ours: all is confirmed anew.
 * - What is safe is worked out only with a page without a reset or with findings: no other answer vouches for the log we know.
 * - May be repeated: the same answer kept twice is the same as once.
 */

import type { ChangesPage, HeldAttachment, HeldRevision, Receipt } from '../sync/messages.ts';
import { removeOtherAttachments } from './attachments.ts';
import { isWithServer } from './clearing.ts';
import type { Connection, Writing } from './connection.ts';
import { isTime, Ledger, type Standing } from './ledger.ts';
import { deleteRevision, putRevision } from './line-writing.ts';
import { forgetReview, forgetReviews, keepReview } from './reviews.ts';
import { filesOf, isErased, newestOf } from './revisions.ts';
import type { StoredDraft, StoredRevision } from './schema.ts';

const STORES = [
  'drafts',
  'revisions',
  'lines',
  'arrivals',
  'attachments',
  'cursors',
  'reviews',
  'settings',
  'workers',
] as const;

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
    await hearReviews(tx, ledger, page);
    if (page !== undefined) {
      await tx.objectStore('cursors').put({ serverId, cursor: page.cursor });
      if (!page.reset) await secure(tx, ledger, exchange);
    }
    await closeLedger(tx, ledger);
  });
}

/** The last word about a response is the one that counts. What nobody sees here any more is not spoken of either. */
async function hearReviews(tx: Exchanging, ledger: Ledger, page: ChangesPage | undefined): Promise<void> {
  const reviews = tx.objectStore('reviews');
  if (page?.reset === true) await forgetReviews(reviews);
  const heard = (page?.changes ?? []).filter((change) => change.kind === 'review');
  const seen = new Set(heard.length === 0 ? [] : ledger.seenResponses());
  for (const change of heard) if (seen.has(change.id)) await keepReview(reviews, change);
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
  const workers = new Set(await tx.objectStore('workers').getAllKeys());
  const isLeft = ({ worker }: StoredRevision): boolean => worker !== undefined && !workers.has(worker);
  return new Ledger(revisions, await tx.objectStore('arrivals').getAll(), isLeft);
}

async function closeLedger(tx: Exchanging, ledger: Ledger): Promise<void> {
  const { revisions, arrivals, changedRevisions, changedArrivals, filesToDelete } = ledger;
  const stores = { revisions: tx.objectStore('revisions'), lines: tx.objectStore('lines') };
  for (const rev of changedRevisions) await putOrLetGo(stores, revisions.get(rev));
  for (const rev of changedRevisions) await letGoOfCorrection(tx, stores, revisions.get(rev));
  for (const sha256 of changedArrivals) await putIfThere(tx.objectStore('arrivals'), arrivals.get(sha256));
  for (const key of filesToDelete) await tx.objectStore('attachments').delete(key);
}

/** What a cleared phone kept only to send it goes when a server has it. What none takes in stays. */
async function putOrLetGo(stores: RevisionStores, revision: StoredRevision | undefined): Promise<void> {
  if (revision?.sealed && isWithServer(revision)) await deleteRevision(stores, revision.rev);
  else if (revision !== undefined)
    await putRevision(stores, revision.state === 'erased' ? keyless(revision) : revision);
}

/** What it opened is gone. */
function keyless({ keys: _, ...revision }: StoredRevision): StoredRevision {
  return revision;
}

/** What is erased is not kept in a correction of it either. Where something is left of it, its line says so to whose it was. */
async function letGoOfCorrection(
  tx: Exchanging,
  stores: RevisionStores,
  revision: StoredRevision | undefined,
): Promise<void> {
  if (revision === undefined || !isErased(revision)) return;
  const { responseId } = revision;
  const drafts = tx.objectStore('drafts');
  const draft = await drafts.get(responseId);
  await drafts.delete(responseId);
  // Files that the correction alone named go with it; of what is erased as a whole, all, also where others have the same picture.
  const there = await tx.objectStore('revisions').index('responseId').getAll(responseId);
  const left = there.filter(({ state }) => state !== 'erased');
  await removeOtherAttachments(tx.objectStore('attachments'), { responseId, keep: filesOf(left) });
  const newest = newestOf(left);
  if (newest !== undefined && (await isMissed(tx, draft, newest)))
    await putRevision(stores, { ...newest, correctionGone: true });
  await forgetReview(tx.objectStore('reviews'), responseId);
}

/** Somebody had changed something in it, and it is they who are shown the line. What names nobody is the first worker's (sealing.ts). */
async function isMissed(tx: Exchanging, draft: StoredDraft | undefined, line: StoredRevision): Promise<boolean> {
  if (draft === undefined || draft.untouched) return false;
  const first = (await tx.objectStore('workers').getAll()).find((worker) => worker.first)?.id;
  return (draft.worker ?? first) === (line.worker ?? first);
}

type RevisionStores = Parameters<typeof putRevision>[0] & Parameters<typeof deleteRevision>[0];

async function putIfThere<Item>(store: { put(item: Item): Promise<unknown> }, item: Item | undefined): Promise<void> {
  if (item !== undefined) await store.put(item);
}
