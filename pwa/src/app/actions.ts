/** Everything a screen can ask for. None of them throws for a reason that a person could meet: the outcome is a value. */

import type { ReadonlySignal } from '@preact/signals';
import type { TextPack } from '../formlogic/definition.ts';
import type { Form } from '../formlogic/form.ts';
import type { Day } from './day.ts';
import type { Discarded } from './discarding.ts';
import type { FileOutcome, StoredFile } from './interview.ts';
import type { People } from './lock.ts';
import type { Looks } from './looks.ts';
import type { Sounds } from './sounds.ts';
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

/** As OpenOutcome. `erased`: its answers were taken away at the team's request. `removed`: they are not on this phone any more. */
export type CorrectOutcome = OpenOutcome | 'erased' | 'removed';

/** `elsewhere`: in another tab an interview is open. `unsaved`: what was typed last is not on the disk. */
export type UpdateOutcome = 'restarting' | 'elsewhere' | 'unsaved';

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

/** Words of the screen that are wrong or hard to understand. */
export interface WordReport {
  readonly lang: Lang;
  /** Where they stood: a screen's name, and the id of its form. */
  readonly screen: string;
  readonly shown: string;
  readonly better: string;
  readonly note: string;
}

/** `kept`: on this phone; it goes after a later sync. `too-many`: as many as may be wait here already. */
export type ReportOutcome = 'sent' | 'kept' | 'too-many' | 'storage-failed';

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
  /** For the app's own words; an open interview has its own `showLanguage`. Remembered. */
  setLanguage(lang: Lang): Promise<void>;
  /** Remembered on this phone. */
  setLooks(looks: Looks): Promise<void>;
  /** Finalise the open interview with this id: one durable transaction. Closes the interview when it succeeds. */
  finalise(responseId: string): Promise<FinaliseOutcome>;
  /** A picture, sound or video that goes with a form's words; undefined: not on this phone yet (see `App.media`). */
  readMedia(sha256: string): Promise<StoredFile | undefined>;
  /** What people have recorded of forms; undefined when it cannot be had now. */
  sounds(): Promise<Sounds | undefined>;
  /** The answers of a finalised response, with their questions: in the language of the app if its words are here, else in its own. */
  readResponse(responseId: string): Promise<ReadOutcome>;
  /** Remove a draft. Resolves to an `undo` that puts it back as it was; offer it for a while. Undefined: this cannot be done now. */
  discardDraft(responseId: string): Promise<Discarded | undefined>;
  /** The button: try now, whatever the timer says. Resolves when this attempt has ended. */
  syncNow(): Promise<void>;
  /** Reload into the newer app. Does nothing while a change is not saved, or an interview is open in another tab. */
  restartForUpdate(): Promise<UpdateOutcome>;
  /** What a worker's day needs besides: fetched when it is first asked for; undefined when it cannot be had now. */
  day(): Promise<Day | undefined>;
  /** Who works with this phone, their PINs and the lock; undefined when it cannot be had now. */
  people(): Promise<People | undefined>;
  /** The person has read about the storage trouble `wiped`; do not say it again. */
  acknowledgeWipe(): Promise<void>;
  /** Fetch the app's own words in a language. True: it can be spoken at once, or nobody has words in it. */
  prepareWords(lang: Lang): Promise<boolean>;
  /** Tell the team of wrong words. */
  reportWords(report: WordReport): Promise<ReportOutcome>;
  /** What a resident's phone needs besides: fetched when it is first asked for; undefined when it cannot be had now. */
  visits(): Promise<Visits | undefined>;
  /** The person has read that there is little room. */
  acknowledgeRoom(): void;
}
