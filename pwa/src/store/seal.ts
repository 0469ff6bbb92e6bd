/** The door through which the stores of responses go, on a phone where somebody has a PIN or several people work (sealing.ts is behind it). */

import type { StoredAttachment, StoredDraft, StoredLine, StoredRevision } from './schema.ts';

export type Owned = Pick<StoredDraft, 'worker'>;

/** What the stores of responses go through on a phone where somebody has a PIN, or several people work. */
export interface Seal {
  /** It belongs to who is signed in. */
  isVisible(record: Owned): boolean;
  /** Of whose it is; undefined: nobody is known. */
  nameOf(record: Owned): string | undefined;
  openDrafts(drafts: readonly StoredDraft[]): Promise<StoredDraft[]>;
  /** Undefined when it is another's. */
  ownDraft(draft: StoredDraft | undefined): Promise<StoredDraft | undefined>;
  /** Together with files that came with it. */
  close(draft: StoredDraft, files: readonly StoredAttachment[]): Promise<ClosedDraft>;
  openFile(file: StoredAttachment | undefined): Promise<StoredAttachment | undefined>;
  /** With their first words. */
  openLines(lines: readonly StoredLine[]): Promise<StoredLine[]>;
  ownRevision(revision: StoredRevision | undefined): Promise<StoredRevision | undefined>;
  openRevision(revision: StoredRevision): Promise<StoredRevision | undefined>;
  /** All of them; those of others without a word. */
  openRevisions(revisions: readonly StoredRevision[]): Promise<StoredRevision[]>;
  closeRevision(revision: StoredRevision): Promise<StoredRevision>;
}

export interface ClosedDraft {
  readonly draft: StoredDraft;
  readonly files: readonly StoredAttachment[];
}
