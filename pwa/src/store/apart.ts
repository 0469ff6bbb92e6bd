/** Drafts in a browser whose tabs cannot keep each other out: who opens one last has it; what another tab knows is kept beside it. */

import type { Connection } from './connection.ts';
import type { StoredAttachment, StoredDraft } from './schema.ts';

/** A draft as it would be written now, with the files that are on no disk yet. */
export interface LatestDraft {
  readonly draft: StoredDraft;
  readonly files: readonly StoredAttachment[];
}

/** Read it to go on with it: who opened it before can write to it no more. */
export async function claimDraft(connection: Connection, id: string): Promise<StoredDraft | undefined> {
  return connection.write(['drafts'], async (tx) => {
    const there = await tx.store.get(id);
    if (there === undefined) return undefined;
    const claimed = { ...there, opened: (there.opened ?? 0) + 1 };
    await tx.store.put(claimed);
    return claimed;
  });
}

/** Once more, under a name of its own: another tab has gone on with the draft itself. Its files come along; one whose bytes the other tab has removed is named no more. */
export async function saveApart(connection: Connection, { draft, files }: LatestDraft, id: string): Promise<void> {
  const { opened: _, attachments = [], ...rest } = draft;
  await connection.write(['drafts', 'attachments'], async (tx) => {
    const store = tx.objectStore('attachments');
    const kept: StoredAttachment[] = [];
    for (const { sha256 } of attachments) {
      const file = files.find((other) => other.sha256 === sha256) ?? (await store.get([sha256, draft.id]));
      if (file !== undefined) kept.push({ ...file, responseId: id });
    }
    for (const file of kept) await store.put(file);
    const names = new Set(kept.map(({ sha256 }) => sha256));
    const named = attachments.filter(({ sha256 }) => names.has(sha256));
    await tx.objectStore('drafts').put({ ...rest, id, ...(named.length === 0 ? {} : { attachments: named }) });
  });
}
