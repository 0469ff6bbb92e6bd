/** Everything a screen can ask for. None of them throws for a reason that a person could meet: the outcome is a value. */

import type { ReadonlySignal } from '@preact/signals';
import type { TextPack } from '../formlogic/definition.ts';
import type { Form } from '../formlogic/form.ts';
import type { FileOutcome, StoredFile } from './interview.ts';
import type { FormLanguage, Lang } from './state.ts';
import type { Visits } from './visits.ts';

export type EnrolOutcome =
  | 'enrolled'
  | 'used' // somebody else has used this link: ask for a new one
  | 'expired'
  | 'unknown' // mistyped, or of another server
  | 'no-connection'
  | 'not-our-server'
  | 'server-error'
  | 'storage-failed';

export type BeginOutcome =
  | { readonly kind: 'begun'; readonly responseId: string }
  | { readonly kind: 'form-not-here' } // needs a connection first
  | { readonly kind: 'storage-failed' };

/** `open-elsewhere`: another tab has this draft open; two tabs must not write over each other. */
export type OpenOutcome =
  | 'open'
  | 'not-found'
  | 'form-not-here'
  | 'open-elsewhere'
  | 'kept-apart' // another tab has gone on with it; what only this one knew is a draft of its own now
  | 'storage-failed';

export type FinaliseOutcome =
  | { readonly kind: 'finalised' }
  /** Still a draft. `interview.problems` lists what is to be put right. */
  | { readonly kind: 'has-problems' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'storage-failed' };

/** A finished response, to read: its answers do not change, its language may. */
export interface ReadResponse {
  readonly form: Form;
  readonly pack: ReadonlySignal<TextPack>;
  readonly languages: readonly FormLanguage[];
  showLanguage(lang: Lang): Promise<boolean>;
  /** The photo, recording or file that an answer names. */
  readFile(name: string): Promise<FileOutcome>;
}

export type ReadOutcome =
  | { readonly kind: 'read'; readonly response: ReadResponse }
  | { readonly kind: 'not-found' }
  /** Its answers are not on this phone any more: erased, or safe for so long that the copy was removed. */
  | { readonly kind: 'removed' }
  | { readonly kind: 'form-not-here' }
  | { readonly kind: 'storage-failed' };

export interface Actions {
  /** The one-time secret in the address (`/enrol#secret`), if there is one. */
  secretInAddress(): string | undefined;
  /** Take the secret or a whole enrolment link. May be repeated safely; removes the secret from the address after success. */
  enrol(secretOrLink: string): Promise<EnrolOutcome>;
  /** Make a draft, store it, and open it as `app.interview`. */
  beginResponse(formId: string): Promise<BeginOutcome>;
  /** Open a stored draft as `app.interview`, at the page where it was left. Already open: resolves at once. */
  openDraft(responseId: string): Promise<OpenOutcome>;
  /** Write what is unsaved and set `app.interview` to undefined. The draft stays, unless no person has answered anything. */
  closeInterview(): Promise<void>;
  /** For the whole app and for the open interview, when its form has that language. Remembered. */
  setLanguage(lang: Lang): Promise<void>;
  /** Finalise the open interview with this id: one durable transaction. Closes the interview when it succeeds. */
  finalise(responseId: string): Promise<FinaliseOutcome>;
  /** A picture, sound or video that goes with a form's words; undefined: not on this phone yet (see `App.media`). */
  readMedia(sha256: string): Promise<StoredFile | undefined>;
  /** The answers of a finalised response, with their questions, in the language it was last shown in. */
  readResponse(responseId: string): Promise<ReadOutcome>;
  /** Remove a draft. Resolves to an `undo` that puts it back as it was; offer it for a while. */
  discardDraft(responseId: string): Promise<{ readonly undo: () => Promise<void> }>;
  /** The button: try now, whatever the timer says. Resolves when this attempt has ended. */
  syncNow(): Promise<void>;
  /** Reload into the newer app. Does nothing while a change is not saved. */
  restartForUpdate(): Promise<void>;
  /** The person has read about the storage trouble `wiped`; do not say it again. */
  acknowledgeWipe(): Promise<void>;
  /** The sentences of all screens from now on, in whatever language: those of the first screens are always there. */
  fetchAllWords(): Promise<void>;
  /** What a resident's phone needs besides: fetched when it is first asked for; undefined when it cannot be had now. */
  visits(): Promise<Visits | undefined>;
  /** The person has read that there is little room. */
  acknowledgeRoom(): void;
}
