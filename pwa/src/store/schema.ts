/** What is in the phone's IndexedDB. One file per store beside this one keeps its contract. */

import type { DBSchema } from 'idb';
import type { Sealed, StoredKeys, StoredWorker } from './schema-keys.ts';

export const DATABASE_NAME = 'fieldwell';
/** Only ever grows. An upgrade adds; it never drops a store that holds answers. */
export const DATABASE_VERSION = 5;

/** One language of a form version, as the manifest gave it. */
export interface StoredLanguage {
  readonly lang: string;
  readonly autonym: string;
  readonly title: string;
  readonly draft: boolean;
  /** Sha256 of its text pack: the key in `blobs`. */
  readonly texts: string;
}

/** A list of choices that comes as a file of its own. */
export interface StoredList {
  /** As the form calls it. */
  readonly id: string;
  /** The key in `blobs`. */
  readonly sha256: string;
}

/** What people have recorded of a form in one language, as the manifest gave it. */
export interface StoredSpoken {
  /** BCP 47; of its own where the form is not written in it (Sylheti beside Bengali words). */
  readonly lang: string;
  readonly name: string;
  /** The written language that it goes with. */
  readonly beside: string;
  /** Sha256 of its sound pack: the key in `blobs`. */
  readonly sounds: string;
  readonly count: number;
  /** Of all its sounds together. */
  readonly bytes: number;
}

export interface StoredForm {
  readonly id: string;
  readonly version: string;
  /** Sha256 of the logic: the key in `blobs`. */
  readonly logic: string;
  readonly defaultLang: string;
  readonly languages: readonly StoredLanguage[];
  /** Absent in what version 1 of this database stored: then the form has none. */
  readonly lists?: readonly StoredList[];
  /** Absent when nothing is recorded. */
  readonly spoken?: readonly StoredSpoken[];
}

/** A language of the app's own sentences that the team has added or corrected, as the manifest gave it. */
export interface StoredWords {
  readonly lang: string;
  readonly autonym: string;
  readonly direction: 'ltr' | 'rtl';
  /** No person has checked these sentences. */
  readonly draft: boolean;
  /** The language whose dates, numbers and plurals it shares, where browsers do not know its own. */
  readonly formatsLike?: string;
  /** Of its sentences: the key in `blobs`. */
  readonly sha256: string;
  /** Of the last sentences that were here, until those of `sha256` are. */
  readonly before?: string;
}

/** Words that somebody found wrong, until a server has heard of them. */
export interface StoredWordReport {
  /** UUID. */
  readonly id: string;
  readonly lang: string;
  /** Where they were read, in the app's own words. */
  readonly screen: string;
  readonly shown: string;
  readonly better: string;
  readonly note: string;
}

/** A photo, recording or file of a response, as the header of its revision names it. */
export interface AttachmentReference {
  /** What the answer to its question says. */
  readonly name: string;
  readonly sha256: string;
  /** Length. */
  readonly bytes: number;
  /** `image/jpeg` */
  readonly type: string;
}

/** Of what a resident answers: which poster it came from, and the code that they keep. */
export interface StoredVisit {
  readonly poster: string;
  /** In the poster's address. */
  readonly code: string;
  /** The reference code itself; only its hash leaves this phone. */
  readonly reference: string;
}

/** A response that is still being filled in. It keeps the form version, the packs and the lists that it was begun with. */
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
  /** Every file that was given so far, also those that no answer names any more; absent when there was none. */
  readonly attachments?: readonly AttachmentReference[];
  /** Id of the one that the phone worked in when this was begun; absent in drafts of older versions of the app. */
  readonly neighbourhood?: string;
  /** No person has answered anything yet: nothing is lost when it is let go. */
  readonly untouched?: true;
  /** How often it was opened again, where tabs cannot keep each other out: only who opened it last may write. Absent: never. */
  readonly opened?: number;
  readonly visit?: StoredVisit;
  /** Id of whose it is, where several people work with this phone. */
  readonly worker?: string;
  readonly keys?: StoredKeys;
  /** All of it; what may be read without a key stands beside it (sealing.ts). */
  readonly sealed?: Sealed;
  /** Rev of the finished one that this corrects: the newest that this phone knew when it was begun. */
  readonly corrects?: string;
  /** The server's seq of the decision that was known then. */
  readonly answered?: number;
  /** Id of the venue that the worker chose for the day. */
  readonly venue?: string;
}

/** `finalised` is the outbox; `sent` waits to be confirmed; `erased`: no part of its answers is left, as the team asked. */
export type RevisionState = 'finalised' | 'sent' | 'set-aside' | 'held' | 'safe' | 'refused' | 'erased';

/** A finalised response: its exact bytes, and how far they have got. */
export interface StoredRevision {
  readonly rev: string;
  readonly header: string;
  /** null: erased, or removed from this phone long after it was safe. */
  readonly parts: readonly (string | null)[];
  readonly state: RevisionState;
  readonly responseId: string;
  /** As the draft had it, so that the answers can be read again with their questions. */
  readonly form: StoredForm;
  readonly lang: string;
  readonly shortTitle: string;
  readonly finalisedAt: string;
  /** As in the header; absent when there is none. */
  readonly attachments?: readonly AttachmentReference[];
  /** Why the server could not take it in; only when refused. */
  readonly code?: string;
  /** Why a receipt said that it is set aside, until the feed says so too or lets it in; '' when no reason was given. */
  readonly why?: string;
  /** The server's seq for it, once a receipt or the feed has told; for `safe`. */
  readonly seq?: number;
  /** When it was found safe with all its files: the server's time, never this phone's. */
  readonly safeAt?: string;
  /** The server's time at which the answers and files were removed from this phone; the line in the list stays. */
  readonly removedAt?: string;
  readonly visit?: StoredVisit;
  /** The phone was cleared before it was sent: no screen shows it, and it goes as soon as it has been sent. */
  readonly sealed?: true;
  /** Rev of the one that this corrects; absent: it is the first of its response. */
  readonly corrects?: string;
  /** As in the draft. */
  readonly answered?: number;
  /** As in the draft. */
  readonly worker?: string;
  /** A correction of it was under way here when a part of it was erased, and went with that. */
  readonly correctionGone?: true;
  /** Then `parts` and `shortTitle` are sealed, as base64. */
  readonly keys?: StoredKeys;
}

/** A revision as the list shows it, without its texts; see lines.ts. */
export interface StoredLine extends Omit<StoredRevision, 'header' | 'parts' | 'form'> {
  readonly form: readonly [id: string, version: string];
}

/** `here`: on this phone only. `damaged`: the disk gave back other bytes, it cannot be sent. */
export type AttachmentState = 'here' | 'sent' | 'held' | 'safe' | 'damaged' | 'erased';

/**
 * How far the bytes under a name have got: apart from the bytes, which would be written anew with each step, and once for all
 * responses that name them. One without such a record is `here`: so is what older versions of the app stored.
 */
export interface StoredArrival {
  readonly sha256: string;
  readonly state: AttachmentState;
  /** The server's seq for it, once the feed has told; for `safe`. */
  readonly seq?: number;
}

/**
 * The bytes of a photo, recording or file that a person gave. An ArrayBuffer and no Blob: WebKit has lost, emptied and swapped
 * stored Blobs.
 */
export interface StoredAttachment extends AttachmentReference {
  readonly responseId: string;
  readonly content: ArrayBuffer;
  /** What the person's own device called it; stays on this phone. '' when it was just taken. */
  readonly givenName: string;
  /** Then `content` is sealed under its response's key: the iv. */
  readonly sealed?: ArrayBuffer;
}

/** Which tab may do what one tab only may do, where the browser has no locks. */
export interface StoredLease {
  readonly name: string;
  /** Made up by the tab. */
  readonly holder: string;
  /** Milliseconds since 1970 by the phone's clock. */
  readonly until: number;
  /** Counts up with each renewal. */
  readonly beat: number;
}

/** A picture, sound or video that goes with a form's words. */
export interface StoredMedia {
  readonly sha256: string;
  readonly type: string;
  readonly content: ArrayBuffer;
}

/** What a coordinator decided last about a response of this phone, as the feed told. */
export interface StoredReview {
  readonly responseId: string;
  /** The revision that was looked at: what was made after it has not been judged. */
  readonly rev: string;
  readonly state: 'received' | 'approved' | 'returned' | 'rejected';
  /** Why it was returned; '' when nothing was said. */
  readonly reason: string;
  /** The server's seq of the decision. */
  readonly seq: number;
}

/** A piece of a neighbourhood's map file (PMTiles); see maps.ts. The Cache API keeps no answers to ranges. */
export interface StoredMap {
  /** Of the whole file, and the number of the piece. */
  readonly sha256: string;
  readonly content: ArrayBuffer;
}

/** A logic, a text pack or a list, verbatim, under the sha256 of its bytes. */
export interface StoredBlob {
  readonly sha256: string;
  readonly text: string;
}

export interface FieldwellSchema extends DBSchema {
  settings: { key: string; value: unknown };
  blobs: { key: string; value: StoredBlob };
  forms: { key: [id: string, version: string]; value: StoredForm & { readonly place: number } };
  words: { key: string; value: StoredWords & { readonly place: number } };
  wordReports: { key: string; value: StoredWordReport };
  drafts: { key: string; value: StoredDraft };
  revisions: { key: string; value: StoredRevision; indexes: { state: RevisionState; responseId: string } };
  lines: { key: string; value: StoredLine; indexes: { state: RevisionState } };
  attachments: { key: [sha256: string, responseId: string]; value: StoredAttachment; indexes: { responseId: string } };
  arrivals: { key: string; value: StoredArrival };
  media: { key: string; value: StoredMedia };
  cursors: { key: string; value: { readonly serverId: string; readonly cursor: string } };
  leases: { key: string; value: StoredLease };
  reviews: { key: string; value: StoredReview };
  workers: { key: string; value: StoredWorker };
  maps: { key: string; value: StoredMap };
  /** Bytes that are given up when the phone is full, so that what matters still fits. */
  ballast: { key: string; value: ArrayBuffer };
}
