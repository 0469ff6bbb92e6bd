/** Removes a draft, and puts it back as it was. Fetched apart. */

import { attachmentsOf } from '../store/attachments.ts';
import type { Connection } from '../store/connection.ts';
import { readDraft, removeDraft, saveDraft } from '../store/drafts.ts';
import type { StoredAttachment, StoredDraft } from '../store/schema.ts';
import type { InterviewDesk } from './desk.ts';
import type { ResponseList } from './responses.ts';
import type { Storage } from './storage.ts';

interface Surroundings {
  readonly storage: Storage;
  readonly desk: InterviewDesk;
  readonly responses: ResponseList;
}

export interface Discarded {
  /** False: it could not be written; it is still in hand, and may be tried again. */
  readonly undo: () => Promise<boolean>;
}

/** Its files go with it, and come back with it. Undefined: without a whole copy in hand, or when nothing can be written, it stays. */
export async function discard(id: string, around: Surroundings): Promise<Discarded | undefined> {
  const { storage, desk, responses } = around;
  if (desk.open.value?.responseId === id) await desk.close();
  const found = await storage.read((connection) => readWhole(connection, id));
  const { draft, attachments } = found.kind === 'done' ? found.value : NOTHING;
  if (draft === undefined) return undefined;
  const removed = await storage.write((connection) => removeDraft(connection, id));
  await responses.load();
  return removed.kind === 'done' ? { undo: () => putBack(draft, attachments, around) } : undefined;
}

/** Unless another tab has put newer answers in its place; one that has it open is told when it writes. */
async function putBack(
  draft: StoredDraft,
  files: readonly StoredAttachment[],
  { storage, responses }: Surroundings,
): Promise<boolean> {
  const back = { ...draft, opened: (draft.opened ?? 0) + 1 };
  const saved = await storage.writeVital((connection) => saveDraft(connection, back, files));
  await responses.load();
  return saved.kind === 'done';
}

interface WholeDraft {
  readonly draft: StoredDraft | undefined;
  readonly attachments: readonly StoredAttachment[];
}

const NOTHING: WholeDraft = { draft: undefined, attachments: [] };

async function readWhole(connection: Connection, id: string): Promise<WholeDraft> {
  return { draft: await readDraft(connection, id), attachments: await attachmentsOf(connection, id) };
}
