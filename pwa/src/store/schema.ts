/** What is in the phone's IndexedDB. One file per store beside this one keeps its contract. */

import type { DBSchema } from 'idb';

export const DATABASE_NAME = 'fieldwell';
/** Only ever grows. An upgrade adds; it never drops a store that holds answers. */
export const DATABASE_VERSION = 1;

/** One language of a form version, as the manifest gave it. */
export interface StoredLanguage {
  readonly lang: string;
  readonly autonym: string;
  readonly title: string;
  readonly draft: boolean;
  /** Sha256 of its text pack: the key in `blobs`. */
  readonly texts: string;
}

export interface StoredForm {
  readonly id: string;
  readonly version: string;
  /** Sha256 of the logic: the key in `blobs`. */
  readonly logic: string;
  readonly defaultLang: string;
  readonly languages: readonly StoredLanguage[];
}

/** A response that is still being filled in. It keeps the form version and the packs that it was begun with. */
export interface StoredDraft {
  readonly id: string;
  readonly form: StoredForm;
  /** The language shown last. */
  readonly lang: string;
  /** Sha256 of the pack by language, of every language shown so far, in order of first showing. */
  readonly shown: readonly (readonly [lang: string, texts: string])[];
  /** Where the person was, in the screens' own words. */
  readonly position: string;
  /** JSON text, as the engine writes it: question names may be anything, so it never becomes an object here. */
  readonly answersJson: string;
  readonly shortTitle: string;
  readonly begunAt: string;
  readonly changedAt: string;
}

export type RevisionState = 'finalised' | 'sent' | 'held' | 'safe' | 'refused';

/** A finalised response: its exact bytes, and how far they have got. */
export interface StoredRevision {
  readonly rev: string;
  readonly header: string;
  readonly parts: readonly string[];
  readonly state: RevisionState;
  readonly responseId: string;
  /** As the draft had it, so that the answers can be read again with their questions. */
  readonly form: StoredForm;
  readonly lang: string;
  readonly shortTitle: string;
  readonly finalisedAt: string;
  /** Why the server could not take it in; only when refused. */
  readonly code?: string;
  /** The server's seq for it, once held; for `safe`. */
  readonly seq?: number;
}

/** A logic or a text pack, verbatim, under the sha256 of its bytes. */
export interface StoredBlob {
  readonly sha256: string;
  readonly text: string;
}

export interface FieldwellSchema extends DBSchema {
  settings: { key: string; value: unknown };
  blobs: { key: string; value: StoredBlob };
  forms: { key: [id: string, version: string]; value: StoredForm & { readonly place: number } };
  drafts: { key: string; value: StoredDraft };
  revisions: { key: string; value: StoredRevision; indexes: { state: RevisionState } };
  cursors: { key: string; value: { readonly serverId: string; readonly cursor: string } };
}
