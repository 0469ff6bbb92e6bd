/**
 * A borrowed phone is given back: no screen of it shows from now on what a person answered.
 * - Drafts go at once, and so does all that a server has.
 * - What no server has stays, sealed: no screen shows it, its code is forgotten, and it goes when a server has it (store/exchange.ts).
 * - Their ids are kept, so that nothing of them comes back (store/ended.ts).
 */

import type { Connection } from './connection.ts';
import { endedWith } from './ended.ts';
import { deleteRevision, putRevision } from './line-writing.ts';
import { forgetReview } from './reviews.ts';
import type { StoredDraft, StoredRevision } from './schema.ts';

/** `visits`: only what residents answered at posters; a worker's own stays. */
export type WhatToClear = 'all' | 'visits';

export async function clearAnswers(connection: Connection, what: WhatToClear): Promise<void> {
  await connection.write(['drafts', 'revisions', 'lines', 'attachments', 'reviews', 'settings'], async (tx) => {
    const [drafts, settings] = [tx.objectStore('drafts'), tx.objectStore('settings')];
    const stores = { revisions: tx.objectStore('revisions'), lines: tx.objectStore('lines') };
    const [kept, ended] = [new Set<string>(), new Set<string>()];
    for (const revision of await stores.revisions.getAll()) {
      const goes = isMeant(revision, what) && isWithServer(revision);
      if (goes) await deleteRevision(stores, revision.rev);
      else kept.add(revision.responseId);
      if (isMeant(revision, what)) ended.add(revision.responseId);
      if (isMeant(revision, what) && !goes) await putRevision(stores, sealed(revision));
    }
    for (const draft of await drafts.getAll()) {
      (isMeant(draft, what) ? ended : kept).add(draft.id);
      if (isMeant(draft, what)) await drafts.delete(draft.id);
    }
    const attachments = tx.objectStore('attachments');
    for (const key of await attachments.getAllKeys()) if (!kept.has(key[1])) await attachments.delete(key);
    for (const id of ended) await forgetReview(tx.objectStore('reviews'), id);
    await settings.put(endedWith(await settings.get('ended'), ended), 'ended');
    // The next person may speak, hear and see in another way.
    if (what === 'all') for (const name of ['language', 'listen', 'looks']) await settings.delete(name);
  });
}

/** A server has it, or had it and was asked to delete it: nothing is lost when the phone lets it go. */
export function isWithServer({ state }: Pick<StoredRevision, 'state'>): boolean {
  return state !== 'finalised' && state !== 'refused';
}

function isMeant({ visit }: StoredDraft | StoredRevision, what: WhatToClear): boolean {
  return what === 'all' || visit !== undefined;
}

function sealed({ visit: _, ...revision }: StoredRevision): StoredRevision {
  return { ...revision, shortTitle: '', sealed: true };
}
