/** What the screens can see: plain values, held in signals by `App` (app.ts). No DOM, no storage. */

import type { Direction, Lang, Language } from '../i18n/languages.ts';

export type { Direction, Lang, Language };

/** `unknown` only until the first read of the phone's own storage, a few milliseconds after start. */
export type Enrolment =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'enrolled';
      /** A resident's phone has met a poster: its person works for nobody. */
      readonly role: 'worker' | 'resident';
      readonly name: string;
      readonly neighbourhood: { readonly id: string; readonly name: string };
      /** The server no longer knows our token: everything is kept, a new enrolment link is needed. */
      readonly renewal: 'not-needed' | 'needed';
    };

export interface FormLanguage extends Language {
  readonly title: string;
  /** A person has not reviewed this translation yet; say so beside it. */
  readonly draft: boolean;
  /** True when its words are on this phone, so that it can be used without a network. */
  readonly here: boolean;
}

/** A language that a form can be heard in (store/schema.ts says what is what). */
export interface SpokenLanguage {
  readonly lang: Lang;
  readonly name: string;
  readonly beside: Lang;
  readonly sounds: string;
  readonly count: number;
  readonly bytes: number;
}

/** One published form version that a worker may begin. */
export interface FormSummary {
  readonly id: string;
  readonly version: string;
  /** In the language in use, else the form's default language (then `titleLang` says which). */
  readonly title: string;
  readonly titleLang: Lang;
  readonly defaultLang: Lang;
  readonly languages: readonly FormLanguage[];
  /** What people have recorded of it, by language. */
  readonly spoken: readonly SpokenLanguage[];
  /** `here`: can be begun with no network. `fetching`: on its way. `missing`: needs a connection first. */
  readonly readiness: 'here' | 'fetching' | 'missing';
}

/**
 * draft → finalised (on this phone only) → sent (receipt stored) → held (central has it) → safe (a verified backup has it and all
 * its files).
 * `set-aside`: sent, and a person of the team has to look at it before it counts; then it is `held`.
 * `refused`: the server could not take it in (`code`); it is kept here and stays visible.
 * `erased`: its answers were deleted at the team's request, here too.
 */
export type ResponseState = 'draft' | 'finalised' | 'sent' | 'set-aside' | 'held' | 'safe' | 'refused' | 'erased';

export interface ResponseSummary {
  /** UUID of the response. */
  readonly id: string;
  readonly formId: string;
  readonly formTitle: string;
  readonly formTitleLang: Lang;
  /** Language the response was last shown in. */
  readonly language: Lang;
  readonly state: ResponseState;
  /** ISO 8601 UTC: last change of a draft, moment of finalising otherwise. */
  readonly when: string;
  /** First words that were typed, at most 60 characters, '' when there are none: tells drafts apart. */
  readonly shortTitle: string;
  /** Photos, and other files, that have not left this phone; 0 for a draft, which has not either. */
  readonly photosHere: number;
  readonly filesHere: number;
  /** Photos and files whose bytes this phone has lost before they were sent: they cannot be. */
  readonly filesDamaged: number;
  /** Safe since (server's time, ISO 8601 UTC), and so long that the copy on this phone is gone. */
  readonly removedSafeSince?: string;
  /** Why it was refused: malformed | hash-mismatch | oversize. Only with state `refused`. */
  readonly code?: string;
  /** A correction, under way or finished, of what was finished before. */
  readonly corrects?: true;
  /** ISO 8601 UTC: when what is corrected was finished for the first time. Only with `corrects`. */
  readonly firstFinished?: string;
  /** What a draft corrects, as it was finished: it stays as it is, and can be read, until the correction is finished. */
  readonly before?: ResponseSummary;
  /** A part of it was erased while it was being corrected, and the correction went with that. */
  readonly correctionGone?: true;
  /** What a coordinator decided, as long as it is about the newest that is here; while it is corrected, what is answered by that. */
  readonly review?: { readonly state: 'approved' | 'returned' | 'rejected'; readonly reason: string };
  /** Of what a resident answered: the code in the poster's address, and the one that they keep. */
  readonly visit?: { readonly code: string; readonly reference: string };
}

/** `locked`: only the lock screen, help and the language are shown. `worker`: who is signed in, or was last. */
export interface LockState {
  readonly kind: 'open' | 'locked';
  readonly worker?: { readonly id: string; readonly name: string };
}

export type SyncTrouble =
  | 'no-connection' // nothing answered
  | 'not-our-server' // something answered that is not Fieldwell: the sign-in page of a Wi-Fi network
  | 'server-busy' // 429, 503, 507, or a receipt that says retry
  | 'server-error' // any other failing answer
  | 'server-too-old' // it does not speak our protocol yet: it has to be updated
  | 'storage-failed' // this phone could not read or write what it keeps
  | 'enrol-again' // 401 or 403: our token is not accepted
  | 'app-too-old'; // the server no longer speaks our protocol: update the app

/**
 * `under-way`: the team has signed this phone off; what it holds goes, and stays until all of it has gone.
 * `done`: it is empty.
 */
export type SignOff = 'no' | 'under-way' | 'done';

export type SyncStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending' }
  /** Will try again by itself at `retryAt` (milliseconds since 1970). */
  | { readonly kind: 'waiting'; readonly retryAt: number; readonly why: SyncTrouble }
  /** Will not get better by itself. */
  | { readonly kind: 'problem'; readonly why: SyncTrouble };

/** In bytes. */
export interface FileProgress {
  readonly arrived: number;
  readonly whole: number;
}

export interface SyncReport {
  readonly status: SyncStatus;
  /** Finalised responses that no server has acknowledged. Always show it when it is not 0. */
  readonly waiting: number;
  /** The file that is going now: how much of it has arrived. Only while `sending`. */
  readonly file?: FileProgress;
  /** ISO 8601 UTC of the last complete exchange with the server. */
  readonly lastSuccess?: string;
}

export type StorageTrouble =
  | 'none'
  | 'unavailable' // this browser gives us no storage at all (private window of an old browser)
  | 'wiped' // there was data here before and the browser has removed it
  | 'full' // a write failed for lack of space
  | 'failing' // a write or read failed three times
  | 'other-tab'; // an older page of ours, open in another tab, blocks the upgrade: ask to close it

/** `scarce`: there is little room left, and nobody has been told. `told`: the person has read it; it is said again when it gets scarce again. */
export type RoomState = 'ample' | 'scarce' | 'told';

/**
 * What can be done without a connection. `ready` is said only when it is true: the app itself, and every form with all its
 * languages and lists, are on this phone. `impossible`: this browser cannot keep the app.
 */
export type OfflineReadiness = 'getting-ready' | 'ready' | 'impossible';

/** `waiting`: a newer app is downloaded; `restartForUpdate()` uses it. Offer it only when no draft is being saved. */
export type UpdateStatus = 'none' | 'waiting';
