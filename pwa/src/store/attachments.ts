/**
 * Photos, recordings and files that people gave, by sha256 and response.
 * - They come with the draft that names them, in one transaction (store/drafts.ts): neither is ever here without the other.
 * - Finalising keeps those that the revision names; the others were taken back, and go (store/revisions.ts).
 * - Nothing here deletes a file of a finalised response.
 */

import type { Connection } from './connection.ts';
import type { StoredAttachment } from './schema.ts';

export async function readAttachment(
  connection: Connection,
  { sha256, responseId }: Pick<StoredAttachment, 'sha256' | 'responseId'>,
): Promise<StoredAttachment | undefined> {
  const file = await connection.run((database) => database.get('attachments', [sha256, responseId]));
  return connection.seal ? connection.seal.openFile(file) : file;
}

export async function attachmentsOf(connection: Connection, responseId: string): Promise<StoredAttachment[]> {
  const files = await connection.run((database) => database.getAllFromIndex('attachments', 'responseId', responseId));
  const opened = await Promise.all(files.map((file) => (connection.seal ? connection.seal.openFile(file) : file)));
  return opened.flatMap((file) => file ?? []);
}

type Key = [sha256: string, responseId: string];

/** The store within some transaction that may write to it. */
interface AttachmentStore {
  index(name: 'responseId'): { getAllKeys(responseId: string): Promise<Key[]> };
  delete(key: Key): Promise<void>;
}

/** Within a larger write: take out what this response has no more use for. */
export async function removeOtherAttachments(
  store: AttachmentStore,
  { responseId, keep }: { readonly responseId: string; readonly keep: ReadonlySet<string> },
): Promise<void> {
  for (const key of await store.index('responseId').getAllKeys(responseId))
    if (!keep.has(key[0])) await store.delete(key);
}
